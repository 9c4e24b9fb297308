"""A visitor who talks with the bot through the real use cases, each turn worked off at once."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from chat import assistant, jobs, services
from chat.models import Event, Job, Message, Session
from tests.chat.people import NOW


def begin(**wishes: Any) -> Session:
    started = services.start_session(**{"language": "en", "zone": "UTC", "referrer": "", "now": NOW, **wishes})
    return Session.objects.get(pk=started.session_id)


def send(session: Session, text: str, *, now: datetime = NOW) -> UUID:
    """A message whose answer is still to be written."""
    with transaction.atomic():
        locked = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        sent = services.send_message(session=locked, now=now, content=text, quick_reply=None)
    return UUID(sent.result["message_id"])


def work_off(message_id: UUID, *, now: datetime) -> None:
    """What the worker does for a message, if anything was promised."""
    for job in Job.objects.filter(arguments={"message_id": str(message_id)}):
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempt=1)
        assistant.take_turn(jobs.Claim(job.pk, 1), message_id, now=now)


def say(session: Session, text: str, *, minutes: int = 1) -> str:
    """What the bot says to a message; empty when it is silent."""
    now = NOW + timedelta(minutes=minutes)
    message_id = send(session, text, now=now)
    work_off(message_id, now=now)
    session.refresh_from_db()
    answer = Message.objects.filter(answers=message_id).first()
    return answer.content if answer else ""


def told(session: Session) -> list[str]:
    """The types of the events in the session's log."""
    return list(Event.objects.filter(session=session).order_by("seq").values_list("type", flat=True))


def last(session: Session, kind: str) -> dict[str, Any]:
    body = Event.objects.filter(session=session, type=kind).order_by("-seq").values_list("body", flat=True)[0]
    event: dict[str, Any] = json.loads(body)
    return event
