import { CalendarCheck2 } from "lucide-react";
import { useSession } from "../app/visit";
import { dayAndTime } from "../language/dates";
import { useLocale } from "../language/text";

/** The next meeting in one line, for the brief. */
export function BookingSummary() {
  const locale = useLocale();
  const booking = useSession((session) => session.booking);
  if (!booking || booking.status === "cancelled") return null;
  return (
    <p className="brief-booking">
      <CalendarCheck2 size={18} aria-hidden />
      <span>
        <strong>{dayAndTime(booking.start_time, locale, booking.timezone)}</strong>
        <br />
        {booking.expert_name}
      </span>
    </p>
  );
}
