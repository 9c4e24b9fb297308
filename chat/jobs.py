"""Durable jobs: a row written with the user's action, hurried along by Celery, recovered by a sweep.

A job is claimed by a conditional UPDATE that counts its attempt and takes a lease. Whoever finishes it does so in
the transaction of its last write, fenced by the attempt number, so a late twin writes nothing. Jobs of one lane
run one at a time in the order in which they were promised.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from chat.models import Job, Session

log = logging.getLogger(__name__)

REQUEUE_AFTER = timedelta(seconds=8)
OPEN = (Job.State.PENDING, Job.State.RUNNING)


class Superseded(Exception):
    """Another attempt of this job has taken over; whatever this one was about to write must not be."""


@dataclass(frozen=True)
class Claim:
    """The right to do one attempt of a job."""

    job_id: int
    attempt: int

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job_id, attempt=self.attempt, state=Job.State.RUNNING)

    def finish(self, *, now: datetime) -> None:
        """Mark the job done, inside the transaction of its last write."""
        if not self._mine().update(state=Job.State.DONE, finished_at=now, lease_until=None):
            raise Superseded


@dataclass(frozen=True)
class Kind:
    """How one kind of job is done; ``exhausted`` is told when its last attempt has failed."""

    name: str
    work: Callable[..., None]
    task: Any
    queue: str
    lease_seconds: int
    max_attempts: int
    exhausted: Callable[..., None] | None


KINDS: dict[str, Kind] = {}


class _JobTask(Task):  # type: ignore[type-arg]
    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        if not isinstance(exc, Superseded):
            give_back(kwargs["job_id"], reason=type(exc).__name__, now=timezone.now())


def task(
    *, queue: str, lease_seconds: int = 60, max_attempts: int = 5, exhausted: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], Kind]:
    """Make ``work(claim, *, now, **arguments)`` a kind of job with a Celery task of its own."""

    def register(work: Callable[..., None]) -> Kind:
        name = f"{work.__module__}.{work.__name__}"

        def run(*, job_id: int) -> None:
            _run(name, job_id=job_id)

        celery_task = shared_task(name=name, base=_JobTask, ignore_result=True)(run)
        kind = Kind(name, work, celery_task, queue, lease_seconds, max_attempts, exhausted)
        KINDS[name] = kind
        return kind

    return register


def defer(
    kind: Kind,
    *,
    now: datetime,
    session: Session | None = None,
    run_at: datetime | None = None,
    lane: str = "",
    **arguments: Any,
) -> Job:
    """Promise a job inside the caller's transaction; it is handed to a worker after the commit."""
    due = run_at is None or run_at <= now
    job = Job.objects.create(
        kind=kind.name,
        arguments=arguments,
        session=session,
        lane=lane,
        run_at=run_at or now,
        enqueued_at=now if due else None,
        created_at=now,
    )
    if due:
        transaction.on_commit(lambda: _enqueue(job))
    return job


def _enqueue(job: Job) -> None:
    kind = KINDS[job.kind]
    try:
        kind.task.apply_async(kwargs={"job_id": job.pk}, queue=kind.queue, retry=False)
    except (BrokerError, OSError) as error:
        log.warning("job_not_enqueued", extra={"job": job.pk, "reason": type(error).__name__})


def _run(name: str, *, job_id: int) -> None:
    kind = KINDS[name]
    claim = _claim(job_id, now=timezone.now(), lease_seconds=kind.lease_seconds)
    if claim is None:
        return
    job = Job.objects.get(pk=job_id)
    kind.work(claim, now=timezone.now(), **job.arguments)
    Job.objects.filter(pk=job_id, attempt=claim.attempt, state=Job.State.RUNNING).update(
        state=Job.State.DONE, finished_at=timezone.now(), lease_until=None
    )
    _enqueue_next(job.lane)


def _claim(job_id: int, *, now: datetime, lease_seconds: int) -> Claim | None:
    ahead = Job.objects.filter(lane=OuterRef("lane"), pk__lt=OuterRef("pk"), state__in=OPEN).exclude(lane="")
    free = Q(state=Job.State.PENDING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(free, ~Exists(ahead), pk=job_id, run_at__lte=now).update(
        state=Job.State.RUNNING, attempt=F("attempt") + 1, lease_until=now + timedelta(seconds=lease_seconds)
    )
    if not claimed:
        return None
    return Claim(job_id, Job.objects.values_list("attempt", flat=True).get(pk=job_id))


def _enqueue_next(lane: str) -> None:
    if lane and (job := Job.objects.filter(lane=lane, state=Job.State.PENDING).first()):
        _enqueue(job)


def give_back(job_id: int, *, reason: str, now: datetime) -> None:
    """After a failed attempt: try again later, 1, 2, 4 … seconds on, or give up and tell."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.RUNNING).first()
        if job is None:
            return
        kind = KINDS[job.kind]
        job.error, job.lease_until, job.enqueued_at = reason[:200], None, None
        if job.attempt < kind.max_attempts:
            job.state, job.run_at = Job.State.PENDING, now + timedelta(seconds=min(2 ** (job.attempt - 1), 300))
        else:
            job.state, job.finished_at = Job.State.FAILED, now
            if kind.exhausted:
                kind.exhausted(now=now, **job.arguments)
        job.save()
    log.warning("job_attempt_failed", extra={"job": job_id, "kind": job.kind, "attempt": job.attempt, "reason": reason})
    if job.state == Job.State.FAILED:
        _enqueue_next(job.lane)


def retry(failed: QuerySet[Job], *, now: datetime) -> int:
    """Promise those of the jobs that have failed once more, with all their attempts; returns how many."""
    again = {
        "state": Job.State.PENDING,
        "attempt": 0,
        "run_at": now,
        "enqueued_at": now,
        "error": "",
        "finished_at": None,
    }
    with transaction.atomic():
        rows = [job for job in failed if Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(**again)]
        for job in rows:
            transaction.on_commit(partial(_enqueue, job))
    return len(rows)


def sweep(*, now: datetime, all_leases: bool = False) -> int:
    """Hand stale jobs to the workers again; returns how many. ``all_leases``: nobody else can be at work."""
    if all_leases:
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until=now - timedelta(seconds=1))
        Job.objects.filter(state=Job.State.PENDING).update(enqueued_at=None)
    overdue = Q(enqueued_at=None) | Q(enqueued_at__lt=now - REQUEUE_AFTER)
    pending = Q(state=Job.State.PENDING, run_at__lte=now) & overdue
    stale = Q(state=Job.State.RUNNING, lease_until__lt=now)
    jobs = Job.objects.filter(pending | stale).order_by("run_at")[:200]
    return sum(_requeue(job, now) for job in jobs)


def _requeue(job: Job, now: datetime) -> int:
    if job.kind not in KINDS:
        return 0
    if job.state == Job.State.RUNNING and job.attempt >= KINDS[job.kind].max_attempts:
        give_back(job.pk, reason="LeaseExpired", now=now)
        return 0
    mine = Job.objects.filter(pk=job.pk, enqueued_at=job.enqueued_at).update(enqueued_at=now)
    if mine:
        _enqueue(job)
    return mine
