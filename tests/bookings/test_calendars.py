"""Calendars that experts keep elsewhere, from the feed to the times on offer and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection

from bookings import services, tasks
from bookings.agenda import free
from chat.models import Event, Session
from experts.calendars import reading
from experts.calendars.fetch import Fetched, Fetcher, FetchError
from experts.calendars.google import Google
from experts.models import Expert, ExternalBusy, ExternalCalendar
from experts.slots import Span
from tests.bookings.people import MONDAY, TEN, book, make_expert
from tests.bookings.test_mails import work
from tests.experts.calendars.google_server import GoogleServer, google_server
from tests.experts.calendars.test_ics import feed

HALF_PAST = TEN + timedelta(minutes=30)
BUSY_AT_TEN = feed("DTSTART:20261130T090000Z|DTEND:20261130T093000Z")


@dataclass(frozen=True)
class Feed(Fetcher):
    """Answers with a body, or fails with an error; asks nobody."""

    body: bytes | None = BUSY_AT_TEN
    error: FetchError | None = None

    def get(self, url: str, *, etag: str = "", accept: str = "*/*") -> Fetched:
        if self.error:
            raise self.error
        assert url == "https://example.com/secret.ics"
        return Fetched(self.body, "1")


@pytest.fixture
def feed_of_ann(ann: Expert) -> ExternalCalendar:
    return ExternalCalendar.objects.create(expert=ann, secret="https://example.com/secret.ics")


def offered(expert: Expert) -> set[object]:
    return set(free([expert], window=Span(MONDAY, MONDAY + timedelta(days=1)), now=MONDAY)[expert.pk])


def test_busy_elsewhere_is_not_offered_here(ann: Expert, feed_of_ann: ExternalCalendar) -> None:
    """K2"""
    assert reading.read(feed_of_ann, now=MONDAY, fetcher=Feed())
    assert TEN not in offered(ann)
    assert HALF_PAST in offered(ann)


def test_a_feed_that_fails_keeps_its_last_copy_and_says_so(ann: Expert, feed_of_ann: ExternalCalendar) -> None:
    reading.read(feed_of_ann, now=MONDAY, fetcher=Feed())
    later = MONDAY + timedelta(hours=1)
    assert not reading.read(feed_of_ann, now=later, fetcher=Feed(error=FetchError("The host answered 500.")))
    feed_of_ann.refresh_from_db()
    assert (feed_of_ann.read_at, feed_of_ann.tried_at, feed_of_ann.error) == (MONDAY, later, "The host answered 500.")
    assert TEN not in offered(ann)


def test_an_unchanged_feed_is_laid_out_again(feed_of_ann: ExternalCalendar) -> None:
    reading.read(feed_of_ann, now=MONDAY, fetcher=Feed())
    ExternalBusy.objects.all().delete()
    feed_of_ann.refresh_from_db()
    reading.read(feed_of_ann, now=MONDAY, fetcher=Feed(body=None))
    assert ExternalBusy.objects.count() == 1


def test_the_feeds_address_is_sealed_in_the_database(feed_of_ann: ExternalCalendar) -> None:
    """K1 E3"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM experts_externalcalendar")
        assert "example.com" not in cursor.fetchone()[0]
    feed_of_ann.refresh_from_db()
    assert feed_of_ann.secret == "https://example.com/secret.ics"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    with google_server() as running:
        monkeypatch.setattr(reading, "google", lambda: Google("id", "secret", running.endpoints, timeout=1.0))
        yield running


@pytest.fixture
def google_of_ann(ann: Expert) -> ExternalCalendar:
    return ExternalCalendar.objects.create(expert=ann, kind="google", secret="refresh")


def test_a_booking_stands_in_the_experts_google_calendar_with_its_video_link(
    server: GoogleServer, google_of_ann: ExternalCalendar, ann: Expert, vera: Session
) -> None:
    """B1"""
    booking = book(vera, ann)
    work(tasks.write_calendar)
    booking.refresh_from_db()
    assert server.events[booking.uid.hex]["summary"] == "Vera Stein × Ann"
    assert booking.meeting_link == "https://meet.google.com/abc"
    assert Event.objects.filter(session=vera, type="booking_confirmed").count() == 2


def test_a_cancelled_booking_leaves_the_google_calendar(
    server: GoogleServer, google_of_ann: ExternalCalendar, ann: Expert, vera: Session
) -> None:
    """B6"""
    booking = book(vera, ann)
    services.cancel_booking(session=vera, now=MONDAY, booking_id=booking.pk)
    work(tasks.write_calendar)
    assert server.events == {}


def test_a_move_to_another_expert_moves_the_event(
    server: GoogleServer, google_of_ann: ExternalCalendar, ann: Expert, vera: Session
) -> None:
    booking = book(vera, ann)
    work(tasks.write_calendar)
    ben = make_expert("Ben")
    services.reschedule_booking(session=vera, now=MONDAY, booking_id=booking.pk, start_time=TEN, expert_id=ben.pk)
    work(tasks.write_calendar)
    assert server.events == {}


def test_our_own_event_over_there_does_not_hinder_a_move(
    server: GoogleServer, google_of_ann: ExternalCalendar, ann: Expert, vera: Session
) -> None:
    Expert.objects.update(interval=15)
    server.busy = [{"start": TEN.isoformat(), "end": HALF_PAST.isoformat()}]
    booking = book(vera, ann)
    work(tasks.write_calendar)
    quarter_past = TEN + timedelta(minutes=15)
    services.reschedule_booking(session=vera, now=MONDAY, booking_id=booking.pk, start_time=quarter_past)
    booking.refresh_from_db()
    assert booking.start == quarter_past


def test_a_withdrawn_google_consent_is_told_and_hinders_no_booking(
    server: GoogleServer, google_of_ann: ExternalCalendar, ann: Expert, vera: Session
) -> None:
    """N7 Z4"""
    server.revoked = True
    book(vera, ann)
    assert work(tasks.write_calendar) == 1
    google_of_ann.refresh_from_db()
    assert (google_of_ann.is_active, "connected again" in google_of_ann.error) == (False, True)
    assert work(tasks.announce) == 1
