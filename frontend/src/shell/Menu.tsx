import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type Open, usePage } from "../app/page";
import { type Theme, usePreferences } from "../app/preferences";
import { Button } from "../design/Button";
import { type Language, LANGUAGES, useText } from "../language/text";
import { EMBEDDED, tellHost } from "../widget/frame";
import { PrivacyLink } from "./PrivacyLink";

/** A disclosure with ordinary controls in it, closed by Escape or by leaving it. */
export function Menu() {
  const t = useText();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  return (
    <div
      className="menu"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        setOpen(false);
        button.current?.querySelector("button")?.focus();
      }}
    >
      <div ref={button}>
        <Button look="icon" aria-label={t("menu")} aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
          <MenuIcon size={20} aria-hidden />
        </Button>
      </div>
      {open && <MenuPanel onDone={() => setOpen(false)} />}
    </div>
  );
}

function MenuPanel({ onDone }: { onDone: () => void }) {
  const t = useText();
  const { language, theme, sound, set } = usePreferences();
  const show = usePage((page) => page.show);
  const go = (open: Open) => {
    onDone();
    show(open);
  };
  return (
    <div className="menu-panel" id="menu">
      <label className="menu-row">
        {t("language")}
        <select className="input" value={language} onChange={(event) => set({ language: event.target.value as Language })}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="menu-row">
        {t("theme")}
        <select className="input" value={theme} onChange={(event) => set({ theme: event.target.value as Theme })}>
          <option value="system">{t("theme_system")}</option>
          <option value="light">{t("theme_light")}</option>
          <option value="dark">{t("theme_dark")}</option>
        </select>
      </label>
      <label className="menu-row">
        {t("sound")}
        <input type="checkbox" className="check" checked={sound} onChange={(event) => set({ sound: event.target.checked })} />
      </label>
      {EMBEDDED && <PositionRow />}
      <hr />
      <Button look="quiet" onClick={() => go({ kind: "human" })}>
        {t("human")}
      </Button>
      <Button look="quiet" onClick={() => go({ kind: "elsewhere" })}>
        {t("elsewhere")}
      </Button>
      <Button look="quiet" onClick={() => go({ kind: "my_data" })}>
        {t("my_data")}
      </Button>
      <Button look="quiet" onClick={() => go({ kind: "start_over" })}>
        {t("start_over")}
      </Button>
      <PrivacyLink className="button button-quiet" />
    </div>
  );
}

function PositionRow() {
  const t = useText();
  return (
    <div className="menu-row" role="group" aria-label={t("position")}>
      <span>{t("position")}</span>
      <span className="menu-sides">
        <Button onClick={() => tellHost({ unobot: "position", side: "left" })}>{t("position_left")}</Button>
        <Button onClick={() => tellHost({ unobot: "position", side: "right" })}>{t("position_right")}</Button>
      </span>
    </div>
  );
}
