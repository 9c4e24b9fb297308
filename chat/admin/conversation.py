"""One conversation as a page: what was said, what is known, what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chat import brief, handover
from chat.admin.access import sees_people, staff_name
from chat.admin.brief import facts, service
from chat.admin.filters import band
from chat.consultant.language import Language, load
from chat.consultant.ledger import Entry, Fact
from chat.consultant.scoring import service_weights
from chat.models import Attachment, Message, Session

SPOKEN_OF = ("challenges", "success_criteria", "constraints", "intent")
SPEAKERS = {"user": "Visitor", "assistant": "UnoBot", "staff": "Staff"}


@dataclass(frozen=True)
class Panel:
    """What another app shows beside a conversation; ``rows`` is told whether people may be seen."""

    title: str
    template: str
    rows: Callable[[Session, bool], Any]


PANELS: list[Panel] = []


@dataclass(frozen=True, slots=True)
class Spoken:
    message: Message
    speaker: str
    pressed: bool
    """A quick reply's button, not typed words."""
    rating: int | None
    files: list[Attachment]
    """What the visitor attached after it."""


def spoken(session: Session) -> list[Spoken]:
    rows = session.messages.select_related("feedback").order_by("number")
    attached = list(session.attachments.order_by("created_at"))
    return [_spoken(row, [file for file in attached if file.after == row.number]) for row in rows]


def _spoken(message: Message, files: list[Attachment]) -> Spoken:
    name = message.meta.get("name") if message.role == "staff" else None
    feedback = getattr(message, "feedback", None)
    return Spoken(
        message=message,
        speaker=str(name or SPEAKERS[message.role]),
        pressed="quick_reply" in message.meta,
        rating=feedback.rating if feedback else None,
        files=files,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One component of the lead score: ``points`` of ``most``, why, and the message it rests on."""

    name: str
    points: float
    most: int
    reason: str
    known: bool
    message: int | None


def score_parts(explanation: Mapping[str, Any]) -> list[Part]:
    return [
        Part(
            name=part["key"].replace("_", " ").capitalize(),
            points=part["points"],
            most=part["most"],
            reason=part["reason"],
            known=part["known"],
            message=part["message"],
        )
        for part in explanation.get("components", ())
    ]


@dataclass(frozen=True, slots=True)
class Service:
    """How much the visitor's words speak for a service, and the messages in which they do."""

    name: str
    weight: float
    messages: tuple[int, ...]


def services(known: Mapping[str, Fact], session: Session) -> list[Service]:
    language = load(session.language)
    weights = service_weights(known, language)
    said = [(entry.message, {slot: Fact(slot, (entry,))}) for slot in SPOKEN_OF for entry in _entries(known, slot)]
    return [
        Service(brief.SERVICES[key], weight, _messages(key, said, language))
        for key, weight in sorted(weights.items(), key=lambda item: -item[1])
    ]


def _entries(known: Mapping[str, Fact], slot: str) -> tuple[Entry, ...]:
    fact = known.get(slot)
    return fact.entries if fact and fact.known else ()


def _messages(key: str, said: Sequence[tuple[int | None, Mapping[str, Fact]]], language: Language) -> tuple[int, ...]:
    return tuple(sorted({number for number, alone in said if number and service_weights(alone, language)[key]}))


@dataclass(frozen=True, slots=True)
class Handed:
    """What a person needs who takes over: why, what is open, and words to begin with until somebody has spoken."""

    reason: str
    questions: list[str]
    suggestion: str


def _handed(session: Session, known: Mapping[str, Fact], request: HttpRequest) -> Handed:
    spoken_to = session.messages.filter(role="staff").exists()
    reply = brief.suggested_reply(known, language=session.language, staff=staff_name(request))
    return Handed(handover.reason(session), brief.open_questions(known), "" if spoken_to else reply)


def page(session: Session, request: HttpRequest) -> dict[str, Any]:
    people = sees_people(request)
    known = facts(session.ledger.select_related("message").order_by("id"))
    who = brief.text(known, "name") if people else ""
    return {
        "session": session,
        "people": people,
        "who": who,
        "title": who or str(session),
        "subtitle": "",
        "company": brief.text(known, "company") if people else "",
        "email": brief.text(known, "email") if people else "",
        "facts": brief.shown(known, people=people),
        "spoken": spoken(session) if people else [],
        "service": service(session),
        "services": services(known, session) if session.score is not None else [],
        "score_parts": score_parts(session.score_explanation),
        "band": band(session.score) if session.score is not None else "",
        "events": session.events.count(),
        "panels": [(panel, panel.rows(session, people)) for panel in PANELS],
        "mails": session.mails.order_by("created_at"),
        "jobs": session.jobs.exclude(state="done"),
        "handed": _handed(session, known, request) if people and session.handed_over else None,
        "may_speak": people and session.status == "open" and request.user.has_perm("chat.change_session"),
        "may_erase": people and session.status != "erased" and request.user.has_perm("chat.delete_session"),
    }
