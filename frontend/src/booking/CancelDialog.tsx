import { useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { dayAndTime } from "../language/dates";
import { useLocale, useText } from "../language/text";

export function CancelDialog() {
  const t = useText();
  const locale = useLocale();
  const act = useAct();
  const show = usePage((page) => page.show);
  const booking = useSession((session) => session.booking);
  const [reason, setReason] = useState("");
  if (!booking) return null;
  const time = dayAndTime(booking.start_time, locale, booking.timezone);
  const cancel = async () => {
    if (await act({ type: "cancel_booking", booking_id: booking.booking_id, reason: reason.trim() || null })) show(null);
  };
  return (
    <Dialog
      title={t("cancel_booking")}
      onClose={() => show(null)}
      footer={
        <>
          <Button onClick={() => show(null)}>{t("cancel_keep")}</Button>
          <Button look="danger" onClick={() => void cancel()}>
            {t("cancel_booking")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("cancel_question", { name: booking.expert_name, time })}</p>
        <label className="field">
          <span className="field-label">{t("cancel_reason")}</span>
          <input className="input" value={reason} maxLength={2000} dir="auto" onChange={(event) => setReason(event.target.value)} />
        </label>
      </div>
    </Dialog>
  );
}
