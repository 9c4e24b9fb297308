"""Calendar objects by RFC 5545 and RFC 5546 (iTIP): REQUEST makes or moves an event, CANCEL takes it away. Pure.

A calendar finds the event by UID and believes the higher SEQUENCE. A CANCEL without the attendees, the organiser or a
raised SEQUENCE leaves the event standing in most clients.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL"]
_REMIND_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """One state of one meeting; ``stamped`` is when this state was made."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    stamped: datetime
    summary: str
    description: str
    link: str
    organizer: Person
    attendees: Sequence[Person]


def _address(person: Person, role: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    if role:
        address.params["ROLE"] = vText(role)
        address.params["PARTSTAT"] = vText("ACCEPTED")
        address.params["RSVP"] = vText("FALSE")
    return address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_REMIND_BEFORE)
    return alarm


def _event(invite: Invite, method: Method) -> Event:
    event = Event()
    event.add("uid", invite.uid)
    event.add("sequence", invite.sequence)
    event.add("dtstamp", invite.stamped)
    event.add("dtstart", invite.start)
    event.add("dtend", invite.end)
    event.add("summary", invite.summary)
    event.add("description", invite.description)
    event.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    event.add("organizer", _address(invite.organizer, ""))
    for person in invite.attendees:
        event.add("attendee", _address(person, "REQ-PARTICIPANT"))
    if invite.link:
        event.add("location", invite.link)
        event.add("url", invite.link)
    if method == "REQUEST":
        event.add_component(_alarm(invite.summary))
    return event


def render(invite: Invite, method: Method) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//UnoBot//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(invite, method))
    return bytes(calendar.to_ical())
