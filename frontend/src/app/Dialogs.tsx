import { FactDialog } from "../brief/FactDialog";
import { Brief } from "../brief/Brief";
import { CancelDialog } from "../booking/CancelDialog";
import { RescheduleDialog } from "../booking/RescheduleDialog";
import { ScheduleDialog } from "../booking/ScheduleDialog";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
import { PrdDialog } from "../prd/PrdDialog";
import { MyDataDialog } from "../shell/MyDataDialog";
import { HumanDialog, StartOverDialog } from "../shell/Questions";
import { usePage } from "./page";

export function Dialogs() {
  const open = usePage((page) => page.stack.at(-1));
  switch (open?.kind) {
    case undefined:
      return null;
    case "prd":
      return <PrdDialog version={open.version} />;
    case "schedule":
      return <ScheduleDialog expertId={open.expertId} />;
    case "reschedule":
      return <RescheduleDialog expertId={open.expertId} />;
    case "cancel_booking":
      return <CancelDialog />;
    case "fact":
      return <FactDialog slot={open.slot} />;
    case "my_data":
      return <MyDataDialog />;
    case "start_over":
      return <StartOverDialog />;
    case "human":
      return <HumanDialog />;
    case "brief":
      return <BriefDialog />;
  }
}

function BriefDialog() {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <Dialog title={t("brief")} onClose={() => show(null)}>
      <Brief />
    </Dialog>
  );
}
