import { X } from "lucide-react";
import { useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import type { FactBody } from "../contract";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
import { FactFields } from "./FactFields";
import { isList, quotesOf, slotName } from "./facts";

export function FactDialog({ slot }: { slot: string }) {
  const fact = useSession((session) => session.facts[slot]);
  return isList(slot) ? <ListDialog slot={slot} fact={fact} /> : <SingleDialog slot={slot} fact={fact} />;
}

function SingleDialog({ slot, fact }: { slot: string; fact: FactBody | undefined }) {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const [value, setValue] = useState<unknown>(fact?.value ?? null);
  const close = () => show(null);
  const save = async () => {
    if (await act({ type: "edit_fact", slot, value })) close();
  };
  const remove = async () => {
    if (await act({ type: "retract_fact", slot })) close();
  };
  return (
    <Dialog
      title={slotName(slot, t)}
      onClose={close}
      footer={
        <>
          <Button onClick={() => void remove()}>{t("remove")}</Button>
          <Button look="primary" disabled={value === null || value === ""} onClick={() => void save()}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Quotes fact={fact} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FactFields slot={slot} value={value} onChange={setValue} />
      </form>
    </Dialog>
  );
}

function ListDialog({ slot, fact }: { slot: string; fact: FactBody | undefined }) {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const [added, setAdded] = useState("");
  const items = Array.isArray(fact?.value) ? fact.value.map(String) : [];
  const add = async () => {
    if (added.trim() && (await act({ type: "edit_fact", slot, value: added.trim() }))) setAdded("");
  };
  return (
    <Dialog title={slotName(slot, t)} onClose={() => show(null)}>
      <Quotes fact={fact} />
      <ul className="fact-items">
        {items.map((item) => (
          <li key={item}>
            <span dir="auto">{item}</span>
            <Button look="icon" aria-label={t("remove_fact", { name: item })} onClick={() => void act({ type: "retract_fact", slot, item })}>
              <X size={16} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="fact-add"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input className="input" aria-label={t("add_item")} value={added} dir="auto" onChange={(event) => setAdded(event.target.value)} />
        <Button type="submit" look="primary" disabled={!added.trim()}>
          {t("add_item")}
        </Button>
      </form>
    </Dialog>
  );
}

function Quotes({ fact }: { fact: FactBody | undefined }) {
  const t = useText();
  const quotes = fact ? quotesOf(fact) : [];
  if (quotes.length === 0) return null;
  return (
    <figure className="quotes">
      <figcaption>{t("your_words")}</figcaption>
      {quotes.map((quote) => (
        <blockquote key={quote} dir="auto">
          {quote}
        </blockquote>
      ))}
    </figure>
  );
}
