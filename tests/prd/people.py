"""Sessions that have said what a talk says, and workers that do what was promised."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from chat import jobs, transcript
from chat.models import Job, Session
from prd import services
from prd.models import PrdVersion
from tests.chat.people import new_session
from tests.prd.conversations import Talk, entries, messages

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def session_of(talk: Talk) -> Session:
    session = new_session(language=talk.language)
    for said in messages(talk):
        transcript.add_message(session, said.role, said.text, now=NOW)
    transcript.record(session, entries(talk), now=NOW)
    return session


def work() -> None:
    """Do the promised jobs, as a worker would."""
    for job in Job.objects.filter(state=Job.State.PENDING).order_by("id"):
        jobs._run(job.kind, job_id=job.pk)


def asked(session: Session, **wish: Any) -> PrdVersion:
    """A version asked for and written."""
    with transaction.atomic():
        outcome = services.generate_prd(session=session, now=NOW, **wish)
    work()
    return PrdVersion.objects.get(prd__session=session, number=outcome.result["version"])


def spoken(talk: Talk, write: Callable[[Session], PrdVersion] = asked) -> PrdVersion:
    return write(session_of(talk))
