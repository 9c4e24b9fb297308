"""A promised job is done once, in the order of its lane, whatever dies meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chat import jobs
from chat.models import Job

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
done: list[str] = []
given_up: list[str] = []


def _given_up(*, now: datetime, name: str) -> None:
    given_up.append(name)


@jobs.task(queue="chat", lease_seconds=10, max_attempts=2, exhausted=_given_up)
def greet(claim: jobs.Claim, *, now: datetime, name: str) -> None:
    done.append(name)
    claim.finish(now=now)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, transactional_db: Any) -> list[int]:
    """No broker: what would be handed to Celery is only written down."""
    handed: list[int] = []
    monkeypatch.setattr(jobs, "_enqueue", lambda job: handed.append(job.pk))
    done.clear()
    given_up.clear()
    return handed


def promise(name: str, **options: Any) -> Job:
    return jobs.defer(greet, now=NOW, name=name, **options)


def test_a_promised_job_is_handed_over_and_done(quiet: list[int]) -> None:
    job = promise("Ann")
    assert quiet == [job.pk]
    jobs._run(greet.name, job_id=job.pk)
    assert done == ["Ann"]
    assert Job.objects.get().state == Job.State.DONE


def test_a_job_handed_over_twice_is_done_once() -> None:
    """Z2"""
    job = promise("Ann")
    jobs._run(greet.name, job_id=job.pk)
    jobs._run(greet.name, job_id=job.pk)
    assert done == ["Ann"]


def test_a_lane_is_worked_in_order(quiet: list[int]) -> None:
    """Z5"""
    first, second = promise("Ann", lane="l"), promise("Ben", lane="l")
    jobs._run(greet.name, job_id=second.pk)
    assert done == []
    jobs._run(greet.name, job_id=first.pk)
    assert quiet[-1] == second.pk
    jobs._run(greet.name, job_id=second.pk)
    assert done == ["Ann", "Ben"]


def test_a_dead_workers_job_is_handed_over_when_its_lease_ends(quiet: list[int]) -> None:
    """Z3"""
    job = promise("Ann")
    assert jobs._claim(job.pk, now=NOW, lease_seconds=10)
    assert jobs.sweep(now=NOW + timedelta(seconds=9)) == 0
    assert jobs.sweep(now=NOW + timedelta(seconds=11)) == 1
    assert quiet == [job.pk, job.pk]


def test_at_start_an_embedded_server_takes_over_at_once() -> None:
    """Z3"""
    job = promise("Ann")
    jobs._claim(job.pk, now=NOW, lease_seconds=10)
    assert jobs.sweep(now=NOW + timedelta(seconds=1), all_leases=True) == 1


def test_a_late_twin_writes_nothing() -> None:
    job = promise("Ann")
    late = jobs._claim(job.pk, now=NOW, lease_seconds=10)
    newer = jobs._claim(job.pk, now=NOW + timedelta(seconds=11), lease_seconds=10)
    assert late
    assert newer
    with pytest.raises(jobs.Superseded):
        late.finish(now=NOW)
    newer.finish(now=NOW)


def test_a_lost_hand_over_is_repeated() -> None:
    """Z4"""
    promise("Ann")
    assert jobs.sweep(now=NOW + timedelta(seconds=2)) == 0
    assert jobs.sweep(now=NOW + timedelta(seconds=9)) == 1


def test_a_later_job_waits_for_its_time(quiet: list[int]) -> None:
    promise("Ann", run_at=NOW + timedelta(hours=1))
    assert quiet == []
    assert jobs.sweep(now=NOW + timedelta(minutes=59)) == 0
    assert jobs.sweep(now=NOW + timedelta(minutes=61)) == 1


def test_a_failed_attempt_is_tried_again_later() -> None:
    job = promise("Ann")
    jobs._claim(job.pk, now=NOW, lease_seconds=10)
    jobs.give_back(job.pk, reason="ValueError", now=NOW)
    assert Job.objects.get().state == Job.State.PENDING
    assert jobs.sweep(now=NOW + timedelta(seconds=2)) == 1


def test_the_last_failure_is_told() -> None:
    job = promise("Ann")
    for attempt in range(2):
        jobs._claim(job.pk, now=NOW + timedelta(seconds=attempt * 5), lease_seconds=10)
        jobs.give_back(job.pk, reason="ValueError", now=NOW + timedelta(seconds=attempt * 5))
    assert Job.objects.get().state == Job.State.FAILED
    assert given_up == ["Ann"]


def test_a_job_whose_every_worker_died_is_given_up() -> None:
    job = promise("Ann")
    for attempt in range(2):
        jobs._claim(job.pk, now=NOW + timedelta(seconds=attempt * 20), lease_seconds=10)
    jobs.sweep(now=NOW + timedelta(minutes=5))
    assert given_up == ["Ann"]


def test_the_next_in_a_lane_goes_on_after_one_was_given_up(quiet: list[int]) -> None:
    first, second = promise("Ann", lane="l"), promise("Ben", lane="l")
    Job.objects.filter(pk=first.pk).update(state=Job.State.RUNNING, attempt=2, lease_until=NOW)
    jobs.give_back(first.pk, reason="ValueError", now=NOW)
    assert quiet[-1] == second.pk
