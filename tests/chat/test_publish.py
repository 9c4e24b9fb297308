"""The log counts 1, 2, 3 … for each session, in the writer's own transaction."""

import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from chat import eventlog, publish
from chat.contract import ConsentRecorded, PhaseChange
from chat.models import Session
from tests.chat.people import NOW, new_session

PHASE = PhaseChange(phase="discovery", previous="greeting")


@pytest.fixture
def pushed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    frames: list[Any] = []
    monkeypatch.setattr(publish, "_push", lambda group, new: frames.append((group, new)))
    return frames


@pytest.mark.django_db(transaction=True)
def test_events_are_numbered_and_pushed_as_they_are_logged(pushed: list[Any]) -> None:
    session = new_session()
    with transaction.atomic():
        last = publish.publish(session, PHASE, ConsentRecorded(granted=True, recorded_at=NOW), now=NOW)
        assert pushed == []
    logged = eventlog.after(session.pk, 0)
    assert last == 2
    assert [json.loads(body)["seq"] for _, body in logged] == [1, 2]
    assert pushed == [(publish.room(session.pk), logged)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_said(pushed: list[Any]) -> None:
    session = new_session()
    with transaction.atomic():
        publish.publish(session, PHASE, now=NOW)
        transaction.set_rollback(True)
    assert (eventlog.after(session.pk, 0), pushed) == ([], [])
    assert Session.objects.get().last_seq == 0


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_of_a_session_leave_no_gap(pushed: list[Any]) -> None:
    """Z5, F7"""
    session = new_session()

    def write() -> None:
        mine = Session.objects.get(pk=session.pk)
        for _ in range(10):
            with transaction.atomic():
                publish.publish(mine, PHASE, now=NOW)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [seq for seq, _ in eventlog.after(session.pk, 0)] == list(range(1, 81))


@pytest.mark.django_db
def test_a_reader_gets_what_came_after_its_position() -> None:
    session = new_session()
    publish.publish(session, PHASE, PHASE, PHASE, now=NOW)
    assert [seq for seq, _ in eventlog.after(session.pk, 1)] == [2, 3]
    assert [seq for seq, _ in eventlog.after(session.pk, 0, limit=2)] == [1, 2]
    assert eventlog.positions([session.pk]) == {session.pk: 3}
