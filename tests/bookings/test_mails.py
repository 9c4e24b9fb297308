from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from icalendar import Calendar, Event

from bookings import services
from bookings.models import Booking, Reminder
from bookings.tasks import announce, remind
from chat import jobs, transcript
from chat.consultant.ledger import Entry
from chat.mail import send_mail
from chat.models import Job, Mail, Session
from experts.models import Expert
from prd.models import Prd, PrdVersion
from tests.bookings.people import MONDAY, TEN, book, make_expert


def work(kind: jobs.Kind, *, now: object = MONDAY) -> int:
    """Do the open jobs of a kind, as a worker would."""
    open_jobs = Job.objects.filter(kind=kind.name, state=Job.State.PENDING).order_by("id")
    for job in open_jobs:
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempt=1)
        kind.work(jobs.Claim(job.pk, 1), now=now, **job.arguments)
    return len(open_jobs)


def kinds() -> list[str]:
    return sorted(Mail.objects.values_list("kind", flat=True))


def addresses(event: Event) -> set[str]:
    people: Any = event["ATTENDEE"]
    return {str(person) for person in (people if isinstance(people, list) else [people])}


def calendar_of(mail: Mail) -> Calendar:
    return Calendar.from_ical(bytes(mail.attachments.get(filename="invite.ics").content))


def test_both_sides_get_a_mail_in_their_own_zone(ann: Expert, vera: Session) -> None:
    """N1 N2"""
    book(vera, ann)
    work(announce)
    to_vera, to_ann = Mail.objects.get(to="vera@example.com"), Mail.objects.get(to=ann.email)
    assert "Monday, 30 November 2026, 09:00" in to_vera.subject
    assert "(Europe/London)" in to_vera.text
    assert "10:00" in to_ann.subject
    assert "vera@example.com" in to_ann.text


def test_the_invite_names_the_instant_and_both_sides(ann: Expert, vera: Session) -> None:
    """N3"""
    booking = book(vera, ann)
    work(announce)
    calendar = calendar_of(Mail.objects.get(to=ann.email))
    event = calendar.events[0]
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", f"{booking.uid}@unobot", 0)
    assert (event.start, event.end) == (TEN, TEN + timedelta(minutes=30))
    assert addresses(event) == {"mailto:vera@example.com", f"mailto:{ann.email}"}


def test_the_expert_gets_what_is_known_and_the_prd(ann: Expert, vera: Session) -> None:
    """N2"""
    transcript.record(
        vera, [Entry(slot="company", value="Stein & Co"), Entry(slot="challenges", value="late")], now=MONDAY
    )
    prd = Prd.objects.create(session=vera, created_at=MONDAY)
    PrdVersion.objects.create(prd=prd, number=1, state="written", title="Plan", markdown="# Plan", requested_at=MONDAY)
    book(vera, ann)
    work(announce)
    told = Mail.objects.get(to=ann.email)
    assert "Company: Stein & Co\nChallenges: late" in told.text
    assert bytes(told.attachments.get(filename="plan-v1.md").content) == b"# Plan"


def test_a_cancel_takes_the_same_event_away(ann: Expert, vera: Session) -> None:
    """B6"""
    booking = book(vera, ann)
    services.cancel_booking(session=vera, now=MONDAY, booking_id=booking.pk)
    work(announce)
    calendar = calendar_of(Mail.objects.get(kind="booking_cancel"))
    event = calendar.events[0]
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["UID"] == f"{booking.uid}@unobot"
    assert len(addresses(event)) == 2


def test_a_second_cancel_mails_nobody(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    for _ in range(2):
        services.cancel_booking(session=vera, now=MONDAY, booking_id=booking.pk)
    work(announce)
    assert kinds().count("booking_cancel") == 1


def test_each_mail_tells_its_own_change_however_late(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    services.reschedule_booking(session=vera, now=MONDAY, booking_id=booking.pk, start_time=TEN + timedelta(hours=1))
    work(announce)
    starts = [
        calendar_of(mail).events[0].start for mail in Mail.objects.filter(to=ann.email).order_by("created_at", "kind")
    ]
    assert starts == [TEN, TEN + timedelta(hours=1)]


def test_a_move_to_another_expert_tells_all_three(ann: Expert, vera: Session) -> None:
    ben = make_expert("Ben")
    booking = book(vera, ann)
    work(announce)
    services.reschedule_booking(session=vera, now=MONDAY, booking_id=booking.pk, start_time=TEN, expert_id=ben.pk)
    work(announce)
    assert calendar_of(Mail.objects.get(to=ann.email, kind="booking_cancel_notice"))["METHOD"] == "CANCEL"
    assert calendar_of(Mail.objects.get(to=ben.email))["METHOD"] == "REQUEST"


def test_what_a_visitor_types_is_escaped(ann: Expert, vera: Session) -> None:
    """N5 Q2"""
    book(vera, ann, client_name="<script>alert(1)</script>", notes="<img src=x onerror=alert(1)>")
    work(announce)
    html = "".join(Mail.objects.values_list("html", flat=True))
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_sent_mail_carries_a_calendar_part(ann: Expert, vera: Session) -> None:
    """N3"""
    book(vera, ann)
    work(announce)
    work(send_mail)
    parts = {part.get_content_type(): part for part in outbox.outbox[0].message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"


def test_the_expert_hears_of_an_erased_visitors_meeting_without_the_name(ann: Expert, vera: Session) -> None:
    book(vera, ann)
    work(announce)
    services.erase(session=vera, now=MONDAY)
    work(announce)
    told = Mail.objects.get(kind="booking_cancel_notice")
    assert "Vera" not in told.subject + told.text + told.html
    assert addresses(calendar_of(told).events[0]) == {f"mailto:{ann.email}"}


@pytest.mark.parametrize(("language", "word"), [("de", "Bestätigt"), ("xx", "Confirmed")])
def test_the_visitors_language_is_spoken(ann: Expert, vera: Session, language: str, word: str) -> None:
    vera.language = language
    book(vera, ann)
    work(announce)
    assert word in Mail.objects.get(to="vera@example.com").subject


def test_reminders_are_sent_once(ann: Expert, vera: Session) -> None:
    """N4"""
    book(vera, ann, TEN + timedelta(days=2))
    assert Reminder.objects.count() == 2
    work(remind)
    Job.objects.update(state=Job.State.PENDING)
    work(remind)
    assert kinds().count("booking_reminder") == 2


def test_a_reschedule_voids_the_old_reminders(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann, TEN + timedelta(days=2))
    services.reschedule_booking(session=vera, now=MONDAY, booking_id=booking.pk, start_time=TEN + timedelta(days=3))
    assert work(remind) == 4
    assert kinds().count("booking_reminder") == 2


def _cancel(booking: Booking, session: Session) -> None:
    services.cancel_booking(session=session, now=MONDAY, booking_id=booking.pk)


def _start(booking: Booking, session: Session) -> None:
    Booking.objects.filter(pk=booking.pk).update(
        start=MONDAY - timedelta(hours=1), busy_from=MONDAY - timedelta(hours=1)
    )


@pytest.mark.parametrize("fate", [_cancel, _start])
def test_nobody_is_reminded_of_a_meeting_that_is_off_or_has_begun(
    ann: Expert, vera: Session, fate: Callable[[Booking, Session], None]
) -> None:
    fate(book(vera, ann, TEN + timedelta(days=2)), vera)
    work(remind)
    assert "booking_reminder" not in kinds()
