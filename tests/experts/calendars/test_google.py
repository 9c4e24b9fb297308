from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from experts.calendars.google import CalendarError, Disconnected, Google, Meeting, Missing, TryLater
from experts.slots import Span
from tests.experts.calendars.google_server import GoogleServer, google_server

TEN = datetime(2026, 11, 30, 10, tzinfo=UTC)
HALF_HOUR = Span(TEN, TEN + timedelta(minutes=30))
MEETING = Meeting(key="abc123", span=HALF_HOUR, summary="Vera x Ann", description="", attendees=("vera@example.com",))


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with google_server() as running:
        yield running


@pytest.fixture
def google(server: GoogleServer) -> Google:
    return Google("id", "secret", server.endpoints, timeout=1.0)


def test_connecting_asks_for_lasting_access_and_carries_the_state(google: Google) -> None:
    """K1"""
    asked = parse_qs(urlsplit(google.authorize_url(state="s1", redirect_uri="https://x/cb")).query)
    assert (asked["state"], asked["access_type"], asked["redirect_uri"]) == (["s1"], ["offline"], ["https://x/cb"])
    assert google.exchange(code="c", redirect_uri="https://x/cb") == "refresh"


def test_busy_times_are_read(server: GoogleServer, google: Google) -> None:
    """K2"""
    server.busy = [{"start": "2026-11-30T10:00:00Z", "end": "2026-11-30T11:30:00+01:00"}]
    assert google.busy("refresh", "primary", HALF_HOUR) == [HALF_HOUR]


def test_an_event_is_made_with_a_video_link_and_moved_in_place(server: GoogleServer, google: Google) -> None:
    """B1"""
    assert google.put("refresh", "ann@example.com", MEETING) == "https://meet.google.com/abc"
    assert google.put("refresh", "ann@example.com", MEETING) == "https://meet.google.com/abc"
    assert list(server.events) == ["abc123"]
    assert server.events["abc123"]["attendees"] == [{"email": "vera@example.com"}]


def test_removing_twice_is_harmless(server: GoogleServer, google: Google) -> None:
    """B6"""
    google.put("refresh", "primary", MEETING)
    for _ in range(2):
        google.remove("refresh", "primary", MEETING.key)
    assert server.events == {}


def test_one_401_is_answered_with_a_fresh_token(server: GoogleServer, google: Google) -> None:
    server.failures = [(401, "authError")]
    assert google.busy("refresh", "primary", HALF_HOUR) == []
    assert server.tokens_given == 2


@pytest.mark.parametrize(
    ("failures", "error"),
    [
        ([(401, "authError")] * 2, Disconnected),
        ([(403, "insufficientPermissions")] * 2, Disconnected),
        ([(403, "rateLimitExceeded")], TryLater),
        ([(429, "rateLimitExceeded")], TryLater),
        ([(500, "backendError")], TryLater),
        ([(503, "")], TryLater),
        ([(404, "notFound")], Missing),
        ([(410, "fullSyncRequired")], Missing),
        ([(400, "invalid")], CalendarError),
    ],
)
def test_a_failure_says_what_can_be_done_next(
    server: GoogleServer, google: Google, failures: list[tuple[int, str]], error: type[CalendarError]
) -> None:
    server.failures = failures
    with pytest.raises(error):
        google.busy("refresh", "primary", HALF_HOUR)


def test_google_says_how_long_to_wait(server: GoogleServer, google: Google) -> None:
    server.failures = [(429, "")]
    with pytest.raises(TryLater) as refusal:
        google.busy("refresh", "primary", HALF_HOUR)
    assert refusal.value.seconds == 7


def test_a_withdrawn_consent_means_connecting_again(server: GoogleServer, google: Google) -> None:
    server.revoked = True
    with pytest.raises(Disconnected):
        google.busy("refresh", "primary", HALF_HOUR)


def test_a_google_that_is_away_is_asked_later() -> None:
    with google_server() as gone:
        endpoints = gone.endpoints
    with pytest.raises(TryLater):
        Google("id", "secret", endpoints, timeout=0.5).busy("refresh", "primary", HALF_HOUR)
