import { memo } from "react";
import { useSession } from "../app/visit";
import { BookingCard } from "../booking/BookingCard";
import { ExpertList } from "../experts/ExpertList";
import { dayAndTime } from "../language/dates";
import { useLocale, useText } from "../language/text";
import { PrdCard } from "../prd/PrdCard";
import type { TimelineItem } from "../session/state";
import { AttachmentCard } from "./Attachment";
import { Bubble } from "./Bubble";

export function Timeline() {
  const items = useSession((session) => session.timeline);
  const lastKey = items.findLast((item) => item.kind === "message")?.key;
  return items.map((item) => (
    <li key={item.key}>
      <Item item={item} latest={item.key === lastKey} />
    </li>
  ));
}

const Item = memo(function Item({ item, latest }: { item: TimelineItem; latest: boolean }) {
  switch (item.kind) {
    case "message":
      return <Bubble message={item.message} latest={latest} />;
    case "attachment":
      return <AttachmentCard attachment={item.attachment} />;
    case "prd":
      return <PrdCard version={item.version} />;
    case "experts":
      return <ExpertList matched={item.matched} />;
    case "booking":
      return <BookingCard bookingId={item.bookingId} />;
    case "notice":
      return <Notice event={item.event} />;
  }
});

function Notice({ event }: { event: Extract<TimelineItem, { kind: "notice" }>["event"] }) {
  const t = useText();
  const locale = useLocale();
  const words = () => {
    switch (event.type) {
      case "booking_rescheduled":
        return t("notice_rescheduled", { time: dayAndTime(event.start_time, locale) });
      case "booking_cancelled":
        return t("notice_cancelled", { time: dayAndTime(event.old_start_time, locale) });
      case "handed_over":
        return t(event.active ? "notice_handed_over" : "notice_handed_back");
      case "prd_in_review":
        return t("notice_prd_in_review", { version: event.version });
      case "prd_approved":
        return t("notice_prd_approved", { version: event.version });
      case "session_closed":
        return t("notice_closed");
    }
  };
  return <p className="notice">{words()}</p>;
}
