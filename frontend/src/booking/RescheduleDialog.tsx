import { useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import { Calendar } from "../calendar/Calendar";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { localZone } from "../language/dates";
import { useText } from "../language/text";
import { useExpert } from "./expert";

export function RescheduleDialog({ expertId }: { expertId: string }) {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const expert = useExpert(expertId);
  const bookingId = useSession((session) => session.booking?.booking_id ?? "");
  const [zone, setZone] = useState(localZone);
  const [chosen, setChosen] = useState<string | null>(null);
  const move = async () => {
    if (!chosen) return;
    if (await act({ type: "reschedule_booking", booking_id: bookingId, start_time: chosen, timezone: zone })) show(null);
  };
  return (
    <Dialog
      tall
      title={t("reschedule_title", { name: expert.name })}
      onClose={() => show(null)}
      footer={
        <Button look="primary" disabled={!chosen} onClick={() => void move()}>
          {t("reschedule_confirm")}
        </Button>
      }
    >
      <Calendar expert={expert} zone={zone} onZone={setZone} chosen={chosen} onChoose={(slot) => setChosen(slot.start_time)} />
    </Dialog>
  );
}
