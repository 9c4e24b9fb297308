"""What Celery runs for the chat: one call each."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from chat import assistant, jobs, retention


def _could_not_answer(*, now: datetime, message_id: str) -> None:
    assistant.give_up(UUID(message_id), now=now)


@jobs.task(queue="chat", lease_seconds=10, max_attempts=4, exhausted=_could_not_answer)
def answer(claim: jobs.Claim, *, now: datetime, message_id: str) -> None:
    assistant.take_turn(claim, UUID(message_id), now=now)


@shared_task(name="chat.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    jobs.sweep(now=timezone.now())


@shared_task(name="chat.tasks.retire_sessions", ignore_result=True)
def retire_sessions() -> None:
    retention.retire(now=timezone.now())
