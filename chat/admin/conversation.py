"""One conversation as a page: what was said, what is known, what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chat.admin import brief
from chat.admin.access import sees_people
from chat.admin.filters import band
from chat.models import Message, Session

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


def spoken(session: Session) -> list[Spoken]:
    rows = session.messages.select_related("feedback").order_by("number")
    return [_spoken(message) for message in rows]


def _spoken(message: Message) -> Spoken:
    name = message.meta.get("name") if message.role == "staff" else None
    feedback = getattr(message, "feedback", None)
    return Spoken(
        message=message,
        speaker=str(name or SPEAKERS[message.role]),
        pressed="quick_reply" in message.meta,
        rating=feedback.rating if feedback else None,
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


def page(session: Session, request: HttpRequest) -> dict[str, Any]:
    people = sees_people(request)
    known = brief.facts(session.ledger.select_related("message").order_by("id"))
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
        "service": brief.service(session),
        "score_parts": score_parts(session.score_explanation),
        "band": band(session.score) if session.score is not None else "",
        "events": session.events.count(),
        "panels": [(panel, panel.rows(session, people)) for panel in PANELS],
        "mails": session.mails.order_by("created_at"),
        "jobs": session.jobs.exclude(state="done"),
        "may_speak": people and session.status == "open" and request.user.has_perm("chat.change_session"),
        "may_erase": people and session.status != "erased" and request.user.has_perm("chat.delete_session"),
    }
