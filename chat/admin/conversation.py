"""One conversation as a page: what was said, what is known, what came of it."""

from collections.abc import Callable
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


def page(session: Session, request: HttpRequest) -> dict[str, Any]:
    people = sees_people(request)
    known = brief.facts(session.ledger.select_related("message").order_by("id"))
    who = brief.text(known, "name") if people else ""
    return {
        "session": session,
        "people": people,
        "title": who or str(session),
        "subtitle": "",
        "company": brief.text(known, "company") if people else "",
        "email": brief.text(known, "email") if people else "",
        "facts": brief.shown(known, people=people),
        "spoken": spoken(session) if people else [],
        "band": band(session.score) if session.score is not None else "",
        "events": session.events.count(),
        "panels": [(panel, panel.rows(session, people)) for panel in PANELS],
        "mails": session.mails.order_by("created_at"),
        "jobs": session.jobs.exclude(state="done"),
        "may_speak": people and request.user.has_perm("chat.change_session") and session.status == Session.Status.OPEN,
        "may_erase": people and request.user.has_perm("chat.delete_session") and session.status != Session.Status.ERASED,
    }
