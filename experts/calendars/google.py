"""Google Calendar over its REST interface: connecting, free/busy, and events with a Meet link.

What went wrong is told by what can be done next: try later, connect again, or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from experts.slots import Span

SCOPES = "https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.freebusy"
_RATE_LIMITS = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"}


class CalendarError(Exception):
    """Google would not do it; asking again will not help."""


class TryLater(CalendarError):
    """``seconds`` is what Google asked for, if it did."""

    def __init__(self, text: str, seconds: float | None = None) -> None:
        super().__init__(text)
        self.seconds = seconds


class Disconnected(CalendarError):
    """The expert has to connect the calendar again."""


class Missing(CalendarError):
    """There is no such calendar or event (any more)."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    authorize: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token: str = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
    api: str = "https://www.googleapis.com/calendar/v3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An event of ours; ``key`` (0-9, a-f) is its id there, so that a repeat makes no second one."""

    key: str
    span: Span
    summary: str
    description: str
    attendees: tuple[str, ...]


def _reason(answer: httpx.Response) -> str:
    try:
        error = answer.json().get("error", {})
    except ValueError:
        return ""
    if isinstance(error, str):
        return error
    return str(next((each.get("reason", "") for each in error.get("errors", [])), error.get("status", "")))


def _failure(answer: httpx.Response) -> CalendarError:
    status, reason = answer.status_code, _reason(answer)
    if status == 429 or status >= 500 or (status == 403 and reason in _RATE_LIMITS):
        after = answer.headers.get("Retry-After", "")
        return TryLater(f"Google answered {status}.", float(after) if after.isdigit() else None)
    if status in (401, 403) or reason == "invalid_grant":
        return Disconnected(f"Google answered {status}; the calendar has to be connected again.")
    if status in (404, 410):
        return Missing(f"Google answered {status}.")
    return CalendarError(f"Google answered {status}.")


@dataclass(frozen=True)
class Google:
    """One client for all experts; ``refresh_token`` is what opens one expert's calendar."""

    client_id: str
    client_secret: str
    endpoints: Endpoints = field(default_factory=Endpoints)
    timeout: float = 5.0

    def authorize_url(self, *, state: str, redirect_uri: str) -> str:
        asked = {"response_type": "code", "access_type": "offline", "prompt": "consent", "scope": SCOPES}
        return f"{self.endpoints.authorize}?" + urlencode(
            {"client_id": self.client_id, "redirect_uri": redirect_uri, "state": state, **asked}
        )

    def exchange(self, *, code: str, redirect_uri: str) -> str:
        """The refresh token for a code that Google gave to the browser."""
        given = self._token({"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri})
        if "refresh_token" not in given:
            raise Disconnected("Google gave no lasting access; connect again and allow it.")
        return str(given["refresh_token"])

    def busy(self, refresh_token: str, calendar_id: str, window: Span) -> list[Span]:
        wanted = {
            "timeMin": window.start.isoformat(),
            "timeMax": window.end.isoformat(),
            "items": [{"id": calendar_id}],
        }
        answer = self._call(refresh_token, "POST", "/freeBusy", wanted)
        calendar = answer.get("calendars", {}).get(calendar_id, {})
        if calendar.get("errors"):
            raise Missing("Google does not know this calendar.")
        return [
            Span(datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
            for each in calendar.get("busy", [])
        ]

    def put(self, refresh_token: str, calendar_id: str, meeting: Meeting) -> str:
        """Make the event or bring it up to date; the video link, or an empty text when Google gave none."""
        path, body = self._events(calendar_id), _body(meeting)
        try:
            made = self._call(refresh_token, "PATCH", f"{path}/{meeting.key}?{_OPTIONS}", body)
        except Missing:
            conference = {
                "createRequest": {"requestId": meeting.key, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
            }
            new = {**body, "id": meeting.key, "conferenceData": conference}
            made = self._call(refresh_token, "POST", f"{path}?{_OPTIONS}", new)
        return str(made.get("hangoutLink", ""))

    def remove(self, refresh_token: str, calendar_id: str, key: str) -> None:
        """Idempotent: an event that is gone is as it should be."""
        try:
            self._call(refresh_token, "DELETE", f"{self._events(calendar_id)}/{key}?sendUpdates=none", None)
        except Missing:
            return

    @staticmethod
    def _events(calendar_id: str) -> str:
        return f"/calendars/{quote(calendar_id, safe='')}/events"

    def _token(self, grant: Mapping[str, str]) -> dict[str, Any]:
        secrets = {"client_id": self.client_id, "client_secret": self.client_secret}
        return self._send("POST", self.endpoints.token, data={**grant, **secrets})

    def _call(self, refresh_token: str, method: str, path: str, body: Any) -> dict[str, Any]:
        """An access token may have been withdrawn a moment ago: a 401 is worth one fresh token."""
        for attempt in (1, 2):
            access = self._token({"grant_type": "refresh_token", "refresh_token": refresh_token})["access_token"]
            headers = {"Authorization": f"Bearer {access}"}
            try:
                return self._send(method, f"{self.endpoints.api}{path}", json=body, headers=headers)
            except Disconnected:
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _send(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(method, url, timeout=self.timeout, **options)
        except httpx.HTTPError as error:
            raise TryLater(f"Google did not answer ({type(error).__name__}).") from error
        if answer.is_error:
            raise _failure(answer)
        if not answer.content:
            return {}
        try:
            found: dict[str, Any] = answer.json()
        except ValueError as error:
            raise TryLater("Google's answer could not be read.") from error
        return found


_OPTIONS = "conferenceDataVersion=1&sendUpdates=none"


def _body(meeting: Meeting) -> dict[str, Any]:
    return {
        "status": "confirmed",
        "summary": meeting.summary,
        "description": meeting.description,
        "start": {"dateTime": meeting.span.start.isoformat(), "timeZone": "UTC"},
        "end": {"dateTime": meeting.span.end.isoformat(), "timeZone": "UTC"},
        "attendees": [{"email": email} for email in meeting.attendees],
    }
