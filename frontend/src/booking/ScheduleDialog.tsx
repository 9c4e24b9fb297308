import { useEffect, useRef, useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession, useVisit } from "../app/visit";
import { Calendar, SlotButton } from "../calendar/Calendar";
import { HoldCountdown, useTimeLeft } from "../calendar/HoldCountdown";
import type { Error as ErrorFrame, Slot, SlotHeld } from "../contract";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { dayAndTime, localZone } from "../language/dates";
import { refusalText } from "../language/refusals";
import { useLanguage, useLocale, useText } from "../language/text";
import type { Details } from "./details";
import { DetailsForm } from "./DetailsForm";
import { type Known, useExpert } from "./expert";

const FORM = "booking-details";

/** From a free time to a booking: choosing holds the time, the form confirms it, leaving lets it go. */
export function ScheduleDialog({ expertId }: { expertId: string }) {
  const t = useText();
  const visit = useVisit();
  const act = useAct();
  const show = usePage((page) => page.show);
  const expert = useExpert(expertId);
  const hold = useSession((session) => (session.hold?.expert_id === expertId ? session.hold : null));
  const [zone, setZone] = useState(localZone);
  const [refusal, setRefusal] = useState<ErrorFrame | null>(null);
  const [booking, setBooking] = useState(false);
  const keep = useReleaseOnLeave(hold);

  const choose = async (slot: Slot) => {
    setRefusal(null);
    const answer = await visit.perform({ type: "hold_slot", expert_id: expertId, start_time: slot.start_time });
    if (answer.type === "error") setRefusal(answer);
  };
  const book = async (details: Details) => {
    if (!hold) return;
    setBooking(true);
    const answer = await visit.perform({
      type: "create_booking",
      expert_id: expertId,
      start_time: hold.start_time,
      timezone: zone,
      client_name: details.name.trim(),
      client_email: details.email.trim(),
      hold_id: hold.hold_id,
      notes: details.notes.trim() || null,
    });
    setBooking(false);
    if (answer.type === "error") return setRefusal(answer);
    keep();
    show(null);
  };
  const otherTime = () => {
    if (hold) void act({ type: "release_hold", hold_id: hold.hold_id });
  };
  return (
    <Dialog
      tall
      title={t("calendar_title", { name: expert.name })}
      onClose={() => show(null)}
      footer={
        hold && (
          <>
            <Button onClick={otherTime}>{t("back_to_times")}</Button>
            <Button look="primary" type="submit" form={FORM} disabled={booking}>
              {t(booking ? "booking_working" : "booking_confirm")}
            </Button>
          </>
        )
      }
    >
      {refusal && <Refusal frame={refusal} expert={expert} zone={zone} onChoose={(slot) => void choose(slot)} />}
      {hold ? (
        <Held hold={hold} zone={zone} onBook={(details) => void book(details)} />
      ) : (
        <Calendar expert={expert} zone={zone} onZone={setZone} chosen={null} onChoose={(slot) => void choose(slot)} />
      )}
    </Dialog>
  );
}

function Held({ hold, zone, onBook }: { hold: SlotHeld; zone: string; onBook: (details: Details) => void }) {
  const locale = useLocale();
  const over = useTimeLeft(hold.expires_at) <= 0;
  const chosen = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone: the focus goes to what it chose, just before the form.
  useEffect(() => chosen.current?.focus(), []);
  return (
    <div className="held">
      <p className="held-time" ref={chosen} tabIndex={-1}>{dayAndTime(hold.start_time, locale, zone)}</p>
      <HoldCountdown hold={hold} />
      {!over && <DetailsForm id={FORM} onSubmit={onBook} />}
    </div>
  );
}

function Refusal({ frame, expert, zone, onChoose }: { frame: ErrorFrame; expert: Known; zone: string; onChoose: (slot: Slot) => void }) {
  const t = useText();
  const language = useLanguage();
  const alternatives = frame.alternatives ?? [];
  return (
    <div className="refusal">
      <p className="alert" role="alert">
        {alternatives.length > 0 ? t("slot_taken") : refusalText(frame, t, language)}
      </p>
      {alternatives.length > 0 && (
        <ul className="slots">
          {alternatives.map((slot) => (
            <li key={slot.start_time}>
              <SlotButton slot={slot} zone={zone} expert={expert} chosen={false} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Lets go of a held time when the dialog closes; the function it gives back says that the time is booked. */
function useReleaseOnLeave(hold: SlotHeld | null): () => void {
  const visit = useVisit();
  const held = useRef(hold);
  useEffect(() => {
    held.current = hold;
  }, [hold]);
  useEffect(() => {
    return () => {
      if (held.current) void visit.perform({ type: "release_hold", hold_id: held.current.hold_id });
    };
  }, [visit]);
  return () => {
    held.current = null;
  };
}
