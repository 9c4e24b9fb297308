"""Booking mails, written from one state of a booking: for the visitor in the visitor's language and zone, for the
expert in the expert's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings

from bookings import links
from bookings.invite import Invite, Method, Person, render
from bookings.models import Booking
from bookings.phrases import languages, say
from chat import letterhead
from chat.letterhead import Sheet, date_of
from chat.mail import Attachment
from experts.models import Expert

News = Literal["book", "reschedule", "cancel", "reminder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    to: str
    kind: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def moment(start: datetime, end: datetime, *, zone: str, language: str) -> str:
    """A meeting's time as a person of that language and zone reads it."""
    local, until = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    return f"{date_of(local, language)}, {local:%H:%M}\N{EN DASH}{until:%H:%M} ({zone})"


def invite(booking: Booking, method: Method, *, expert: Expert | None = None) -> bytes:
    """The calendar object for both sides; ``expert`` is who loses the meeting when it moves to another."""
    host = expert or booking.expert
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    people = (Person(booking.client_name, booking.client_email), Person(host.name, host.email))
    return render(
        Invite(
            uid=f"{booking.uid}@unobot",
            sequence=booking.sequence,
            start=booking.start,
            end=booking.end,
            stamped=booking.updated_at,
            summary=" \N{MULTIPLICATION SIGN} ".join(person.name for person in people if person.name),
            description=booking.meeting_link,
            link=booking.meeting_link,
            organizer=Person(name or "UnoBot", email),
            attendees=[person for person in people if person.email],
        ),
        method,
    )


def _calendar(booking: Booking, news: News, expert: Expert | None = None) -> tuple[Attachment, ...]:
    if news == "reminder":
        return ()
    method: Method = "CANCEL" if news == "cancel" else "REQUEST"
    return (("invite.ics", f"text/calendar; method={method}", invite(booking, method, expert=expert)),)


def _spoken(expert: Expert) -> str:
    known = [language for language in expert.languages if language in languages()]
    return "en" if "en" in known or not known else known[0]


def _write(
    *,
    to: str,
    name: str,
    language: str,
    side: links.Party,
    news: News,
    fills: dict[str, str],
    rows: Sequence[tuple[str, str]],
    buttons: Sequence[tuple[str, str]],
    attachments: tuple[Attachment, ...],
) -> Letter:
    subject = say(language, side, news, "subject", **fills)
    parts = letterhead.write(
        Sheet(
            language=language,
            subject=subject,
            opening=[say(language, "hello", name=name), say(language, side, news, "text", **fills)],
            rows=[(say(language, label), value) for label, value in rows if value],
            buttons=[(say(language, label), url) for label, url in buttons if url],
            signature=say(language, "signature"),
        )
    )
    return Letter(
        to=to,
        kind=f"booking_{news}" if side == "visitor" else f"booking_{news}_notice",
        subject=subject,
        text=parts.text,
        html=parts.html,
        attachments=attachments,
    )


def _actions(booking: Booking, news: News, party: links.Party) -> list[tuple[str, str]]:
    if news == "cancel":
        return []
    return [
        ("join", booking.meeting_link),
        ("calendar", absolute(links.ics_path(booking.pk))),
        ("reschedule", absolute(links.path(booking.pk, "reschedule", party)) if party == "visitor" else ""),
        ("cancel", absolute(links.path(booking.pk, "cancel", party))),
    ]


def _fills(booking: Booking, when: str) -> dict[str, str]:
    expert = booking.expert
    client = booking.client_name or say(_spoken(expert), "client")
    return {"expert": expert.name, "role": expert.role, "client": client, "when": when}


def to_visitor(booking: Booking, news: News, *, reason: str = "") -> Letter:
    language = booking.language if booking.language in languages() else "en"
    when = moment(booking.start, booking.end, zone=booking.timezone, language=language)
    rows = [
        ("when", when),
        ("with", f"{booking.expert.name}, {booking.expert.role}"),
        ("where", "" if news == "cancel" else booking.meeting_link),
        ("reason", reason),
    ]
    return _write(
        to=booking.client_email,
        name=booking.client_name,
        language=language,
        side="visitor",
        news=news,
        fills=_fills(booking, when),
        rows=rows,
        buttons=_actions(booking, news, "visitor"),
        attachments=_calendar(booking, news),
    )


def to_expert(
    booking: Booking,
    news: News,
    *,
    reason: str = "",
    brief: str = "",
    documents: tuple[Attachment, ...] = (),
    expert: Expert | None = None,
) -> Letter:
    """``brief`` is what is known of the visitor, ``documents`` the PRD; ``expert`` is one who loses the meeting."""
    host = expert or booking.expert
    language = _spoken(host)
    when = moment(booking.start, booking.end, zone=host.timezone, language=language)
    rows = [
        ("when", when),
        ("client", booking.client_name),
        ("email", booking.client_email),
        ("notes", "\n".join(part for part in (booking.notes, brief) if part)),
        ("reason", reason),
    ]
    return _write(
        to=host.email,
        name=host.name,
        language=language,
        side="expert",
        news=news,
        fills=_fills(booking, when),
        rows=rows,
        buttons=_actions(booking, news, "expert"),
        attachments=(*_calendar(booking, news, expert), *documents),
    )
