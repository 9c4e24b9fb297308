import { CalendarPlus, CircleCheck, CircleX, Video } from "lucide-react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import { Button } from "../design/Button";
import { clockTime, longDate, zoneCity } from "../language/dates";
import { useLocale, useText } from "../language/text";
import type { Booking } from "../session/state";

export function BookingCard({ bookingId }: { bookingId: string }) {
  const booking = useSession((session) => session.booking);
  if (booking?.booking_id !== bookingId) return null;
  return booking.status === "cancelled" ? <Cancelled booking={booking} /> : <Confirmed booking={booking} />;
}

function Confirmed({ booking }: { booking: Booking }) {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <article className="card booking">
      <div className="card-head">
        <span className="card-icon card-icon-good">
          <CircleCheck size={24} aria-hidden />
        </span>
        <h3>{t("booking_title")}</h3>
      </div>
      <Facts booking={booking} />
      <p className="quiet">{t("booking_mail", { email: booking.client_email })}</p>
      <div className="actions">
        <a className="button button-primary" href={booking.meeting_link} target="_blank" rel="noopener noreferrer">
          <Video size={16} aria-hidden /> {t("join_meeting")}
        </a>
        <a className="button button-secondary" href={booking.ics_url} download>
          <CalendarPlus size={16} aria-hidden /> {t("add_calendar")}
        </a>
      </div>
      <div className="actions booking-changes">
        <Button look="quiet" onClick={() => show({ kind: "reschedule", expertId: booking.expert_id })}>
          {t("reschedule")}
        </Button>
        <Button look="quiet" onClick={() => show({ kind: "cancel_booking" })}>
          {t("cancel_booking")}
        </Button>
      </div>
    </article>
  );
}

function Facts({ booking }: { booking: Booking }) {
  const t = useText();
  const locale = useLocale();
  const { start_time, end_time, timezone } = booking;
  const hours = `${clockTime(start_time, locale, timezone)} – ${clockTime(end_time, locale, timezone)}`;
  return (
    <dl className="booking-facts">
      <dt>{t("booking_when")}</dt>
      <dd>
        <strong>{longDate(start_time, locale, timezone)}</strong>
        <br />
        {hours} ({zoneCity(timezone)})
      </dd>
      <dt>{t("booking_with")}</dt>
      <dd>
        {booking.expert_name}
        <br />
        <span className="quiet">{booking.expert_role}</span>
      </dd>
      <dt>{t("booking_for")}</dt>
      <dd>{booking.client_name}</dd>
    </dl>
  );
}

function Cancelled({ booking }: { booking: Booking }) {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <article className="card booking">
      <div className="card-head">
        <span className="card-icon card-icon-bad">
          <CircleX size={24} aria-hidden />
        </span>
        <h3>{t("booking_cancelled")}</h3>
      </div>
      <Button onClick={() => show({ kind: "schedule", expertId: booking.expert_id })}>{t("book_again")}</Button>
    </article>
  );
}
