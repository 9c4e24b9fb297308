import { FactDialog } from "../brief/FactDialog";
import { Brief } from "../brief/Brief";
import { CancelDialog } from "../booking/CancelDialog";
import { RescheduleDialog } from "../booking/RescheduleDialog";
import { ScheduleDialog } from "../booking/ScheduleDialog";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
import { PrdDialog } from "../prd/PrdDialog";
import { ElsewhereDialog } from "../shell/ElsewhereDialog";
import { MyDataDialog } from "../shell/MyDataDialog";
import { HumanDialog, StartOverDialog } from "../shell/Questions";
import { usePage } from "./page";

/** Dialogs that are about nothing in particular. */
const PLAIN = {
  cancel_booking: CancelDialog,
  my_data: MyDataDialog,
  elsewhere: ElsewhereDialog,
  start_over: StartOverDialog,
  human: HumanDialog,
  brief: BriefDialog,
};

export function Dialogs() {
  const open = usePage((page) => page.stack.at(-1));
  if (!open) return null;
  switch (open.kind) {
    case "prd":
      return <PrdDialog version={open.version} />;
    case "schedule":
      return <ScheduleDialog expertId={open.expertId} />;
    case "reschedule":
      return <RescheduleDialog expertId={open.expertId} />;
    case "fact":
      return <FactDialog slot={open.slot} />;
    default: {
      const Plain = PLAIN[open.kind];
      return <Plain />;
    }
  }
}

function BriefDialog() {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <Dialog tall title={t("brief")} onClose={() => show(null)}>
      <Brief />
    </Dialog>
  );
}
