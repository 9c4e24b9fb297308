"""What follows a booking outside its transaction: mails, reminders, and the end of holds and meetings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bookings import attendance, followup, holds, letters
from bookings.brief import brief
from bookings.frames import confirmed
from bookings.models import Booking, BookingChange, Reminder
from chat import jobs, mail
from chat.publish import publish
from experts.calendars import google, reading
from experts.models import Expert, ExternalCalendar
from experts.slots import Span
from prd.services import latest
from prd.sharing import filename

_NEWS: dict[str, letters.News] = {"book": "book", "reschedule": "reschedule", "cancel": "cancel"}
REMINDERS = {"24h": timedelta(hours=24), "1h": timedelta(hours=1)}


def announce_later(booking: Booking, change: BookingChange | None, *, now: datetime) -> None:
    """Promise the mails that tell of a change, in the order of the changes, and the reminders of the new state."""
    if change is None:
        return
    lane = f"booking.{booking.pk}"
    if _calendars([booking.expert_id, (change.before or {}).get("expert", booking.expert_id)]).exists():
        jobs.defer(write_calendar, now=now, lane=lane, change_id=change.pk)
    jobs.defer(announce, now=now, lane=lane, change_id=change.pk)
    if booking.status == Booking.Status.CONFIRMED:
        _plan_reminders(booking, now)


def _plan_reminders(booking: Booking, now: datetime) -> None:
    for kind, ahead in REMINDERS.items():
        due = booking.start - ahead
        if due > now:
            Reminder.objects.create(booking=booking, kind=kind, sequence=booking.sequence, due_at=due)
            jobs.defer(
                remind, now=now, run_at=due, booking_id=str(booking.pk), reminder=kind, sequence=booking.sequence
            )


def _calendars(expert_ids: Sequence[Any]) -> QuerySet[ExternalCalendar]:
    """The calendars that bookings are written into."""
    google = ExternalCalendar.Kind.GOOGLE
    return ExternalCalendar.objects.filter(expert__in=expert_ids, kind=google, is_active=True).select_related("expert")


def _event(booking: Booking) -> google.Meeting:
    return google.Meeting(
        key=booking.uid.hex,
        span=Span(booking.start, booking.end),
        summary=f"{booking.client_name} \N{MULTIPLICATION SIGN} {booking.expert.name}",
        description=booking.notes,
        attendees=(booking.client_email, booking.expert.email),
    )


def _write_event(calendar: ExternalCalendar, booking: Booking, now: datetime) -> None:
    """As the booking stands now: an older change that comes late must not undo a newer one."""
    client = reading.google()
    if booking.status == Booking.Status.CONFIRMED and booking.expert_id == calendar.expert_id:
        link = client.put(calendar.secret, calendar.calendar_id, _event(booking))
        if link and link != booking.meeting_link:
            _use_link(booking, link, now)
    else:
        client.remove(calendar.secret, calendar.calendar_id, booking.uid.hex)


@transaction.atomic
def _use_link(booking: Booking, link: str, now: datetime) -> None:
    """The calendar's own video link takes the place of ours, on the visitor's page too."""
    Booking.objects.filter(pk=booking.pk).update(meeting_link=link)
    booking.meeting_link = link
    if booking.session is not None:
        publish(booking.session, confirmed(booking), now=now)


@jobs.task(queue="documents", lease_seconds=90, max_attempts=3)
def write_calendar(claim: jobs.Claim, *, now: datetime, change_id: int) -> None:
    """Runs before the mails of the same change, which carry the link; gives up early so that they go out in time."""
    change = BookingChange.objects.get(pk=change_id)
    booking = Booking.objects.select_related("expert", "session").get(pk=change.booking_id)
    for calendar in _calendars([change.after["expert"], (change.before or {}).get("expert", booking.expert_id)]):
        try:
            _write_event(calendar, booking, now)
        except (google.Disconnected, google.Missing) as error:
            ExternalCalendar.objects.filter(pk=calendar.pk).update(error=str(error)[:200])
        reading.read(calendar, now=now)
    claim.finish(now=now)


def _send(letter: letters.Letter, booking: Booking, now: datetime) -> None:
    if letter.to:
        mail.post(
            to=letter.to, subject=letter.subject, text=letter.text, html=letter.html, kind=letter.kind,
            session=booking.session, attachments=letter.attachments, now=now,
        )  # fmt: skip


def _to_expert(booking: Booking, news: letters.News, reason: str = "") -> letters.Letter:
    """With what is known of the visitor; for a meeting that will take place, with the requirements as a file."""
    version = latest(booking.session) if booking.session is not None and news != "cancel" else None
    documents = ((filename(version, "md"), "text/markdown", version.markdown.encode()),) if version else ()
    return letters.to_expert(booking, news, reason=reason, brief=brief(booking.session), documents=documents)


def _as_of(change: BookingChange) -> Booking:
    """The booking as this change left it, so that each mail tells its own change, however late it is written."""
    booking, after = change.booking, change.after
    booking.expert = Expert.objects.get(pk=after["expert"])
    booking.start, booking.end = datetime.fromisoformat(after["start"]), datetime.fromisoformat(after["end"])
    booking.sequence, booking.status, booking.updated_at = after["sequence"], after["status"], change.at
    return booking


def _expert_before(change: BookingChange) -> Expert | None:
    """Who lost the meeting, when it moved to another expert."""
    before = (change.before or {}).get("expert")
    return None if before in (None, change.after["expert"]) else Expert.objects.get(pk=before)


@jobs.task(queue="documents", lease_seconds=60, max_attempts=8)
def announce(claim: jobs.Claim, *, now: datetime, change_id: int) -> None:
    change = BookingChange.objects.select_related("booking__session").get(pk=change_id)
    booking, news = _as_of(change), _NEWS[change.action]
    with transaction.atomic():
        _send(letters.to_visitor(booking, news, reason=change.reason), booking, now)
        former = _expert_before(change)
        if former is None:
            _send(_to_expert(booking, news, change.reason), booking, now)
        else:
            _send(letters.to_expert(booking, "cancel", reason=change.reason, expert=former), booking, now)
            _send(_to_expert(booking, "book"), booking, now)
        claim.finish(now=now)


@jobs.task(queue="documents", lease_seconds=60, max_attempts=8)
def remind(claim: jobs.Claim, *, now: datetime, booking_id: str, reminder: str, sequence: int) -> None:
    """Once for each state of the booking; a state that has passed reminds nobody."""
    with transaction.atomic():
        booking = Booking.objects.select_related("expert", "session").get(pk=booking_id)
        current = booking.status == Booking.Status.CONFIRMED and booking.sequence == sequence and now < booking.start
        due = Reminder.objects.filter(booking=booking, kind=reminder, sequence=sequence, sent_at=None)
        if current and due.update(sent_at=now):
            _send(letters.to_visitor(booking, "reminder"), booking, now)
            _send(letters.to_expert(booking, "reminder"), booking, now)
        claim.finish(now=now)


@shared_task(ignore_result=True)
def expire_holds() -> None:
    holds.end_all(now=timezone.now())


@shared_task(ignore_result=True)
def follow_up() -> None:
    followup.send_all(now=timezone.now())


@shared_task(ignore_result=True)
def complete_meetings() -> None:
    attendance.complete_all(now=timezone.now())
