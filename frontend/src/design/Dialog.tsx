import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../language/text";
import { Button } from "./Button";
import { Toasts } from "./Toasts";

interface Props {
  title: string;
  wide?: boolean;
  /** Takes the whole height of a phone, whatever is in it so far. */
  tall?: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}

/**
 * The browser's own modal: it traps focus, closes on Escape and gives focus back to what opened it.
 * The page behind it is inert, so what has to be told meanwhile is told in here.
 */
export function Dialog({ title, wide = false, tall = false, onClose, children, footer }: Props) {
  const t = useText();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${wide ? "dialog-wide" : ""} ${tall ? "dialog-tall" : ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button look="icon" aria-label={t("close")} onClick={onClose}>
          <X size={20} aria-hidden />
        </Button>
      </header>
      <div className="dialog-body" tabIndex={0} role="group" aria-labelledby={titleId}>
        {children}
      </div>
      {footer && <footer className="dialog-foot">{footer}</footer>}
      <Toasts />
    </dialog>
  );
}
