"""The figures of made-up weeks whose numbers are known, and the page that shows them."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bookings import services
from bookings.models import Booking
from chat.models import Message, Session
from experts.models import Expert
from prd.models import Prd, PrdVersion
from tests.bookings.people import MONDAY, TEN, book, make_expert
from tests.staff import staff
from unobot.analytics import Meeting, Visit, analyse, drop_off, funnel, loads, scores, waits
from unobot.insights import Period, report

MINUTE = timedelta(minutes=1)


def visit(**fields: Any) -> Visit:
    booked = fields.pop("booked_after", None)
    return Visit(begun=MONDAY, booked_at=None if booked is None else MONDAY + booked * MINUTE, **fields)


FIVE = [
    visit(),
    visit(said=1, asked="challenges"),
    visit(said=6, score=39, asked="budget"),
    visit(said=9, score=40, has_prd=True, asked="budget"),
    visit(said=12, score=100, has_prd=True, booked_after=14),
]


def test_the_funnel_counts_each_visit_in_every_step_it_reached() -> None:
    """A3 O7"""
    told = [(step.count, step.share, step.kept) for step in funnel(FIVE)]
    assert told == [(5, 100, 100), (4, 80, 80), (2, 40, 50), (2, 40, 100), (1, 20, 50)]


def test_the_question_most_visitors_leave_at_comes_first() -> None:
    told = [(bar.label, bar.count, bar.share, bar.width) for bar in drop_off(FIVE)]
    assert told == [("budget", 2, 67, 100), ("challenges", 1, 33, 50)]


def test_who_never_said_a_word_did_not_leave_a_question() -> None:
    assert drop_off([visit(asked="challenges")]) == []


@pytest.mark.parametrize(
    ("score", "label"), [(0, "0 to 9"), (9, "0 to 9"), (10, "10 to 19"), (90, "90 to 100"), (100, "90 to 100")]
)
def test_a_score_falls_into_its_ten(score: int, label: str) -> None:
    assert [bar.label for bar in scores([visit(score=score)]) if bar.count] == [label]


@pytest.mark.parametrize(
    ("minutes", "label"),
    [(0, "under 5"), (5, "5 to 15"), (15, "15 minutes"), (60, "1 to 24"), (1440, "more than"), (99999, "more than")],
)
def test_a_wait_falls_into_its_stretch(minutes: int, label: str) -> None:
    assert [bar.label.startswith(label) for bar in waits([minutes * MINUTE]) if bar.count] == [True]


def test_experts_are_measured_against_the_places_of_the_period() -> None:
    """E5"""
    meetings = [Meeting("Ann", status) for status in ("confirmed", "completed", "no_show", "cancelled")]
    told = [dataclasses.astuple(load) for load in loads(meetings, [("Bea", 20), ("Ann", 20)], 7)]
    assert told == [("Ann", 3, 5, 60, 1, 2), ("Bea", 0, 5, 0, 0, 0)]


def test_an_expert_who_has_left_is_still_counted() -> None:
    assert [load.meetings for load in loads([Meeting("Ann", "completed")], [], 28)] == [1]


def test_no_shows_are_of_the_meetings_that_are_over() -> None:
    statuses = ("no_show", "completed", "completed", "confirmed", "cancelled")
    found = analyse([], [Meeting("Ann", status) for status in statuses], [], days=30)
    assert (found.missed, found.over, found.missed_share, found.cancelled) == (1, 3, 33, 1)


def test_goals_are_measured_or_say_nothing() -> None:
    """O7"""
    goals = [(goal.measured, goal.met) for goal in analyse(FIVE, [], [], days=30).goals]
    assert goals == [("80 %", True), ("50 %", False), ("50 %", False), ("25 %", False), ("60", False), ("14 min", True)]
    assert {goal.met for goal in analyse([], [], [], days=30).goals} == {None}


visits_of_any_kind = st.lists(
    st.builds(
        Visit,
        begun=st.just(MONDAY),
        said=st.integers(0, 200),
        score=st.none() | st.integers(0, 100),
        has_prd=st.booleans(),
        booked_at=st.none() | st.integers(0, 99999).map(lambda minutes: MONDAY + minutes * MINUTE),
        asked=st.none() | st.sampled_from(["budget", "name", "timeline"]),
    )
)


@given(visits=visits_of_any_kind)
def test_no_count_is_lost_or_made_up(visits: list[Visit]) -> None:
    found = analyse(visits, [], [], days=30)
    assert sum(bar.count for bar in found.scores) == sum(visit.score is not None for visit in visits)
    assert sum(bar.count for bar in found.waits) == found.funnel[-1].count
    assert all(0 <= bar.width <= 100 and 0 <= bar.share <= 100 for bar in (*found.scores, *found.drop_off))


PERIOD = Period(MONDAY.date(), MONDAY.date())


@pytest.fixture
def later() -> Iterator[datetime]:
    """Two days after, when nobody answers any more."""
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        yield MONDAY + timedelta(days=2)


def talk(session: Session, *asking: str) -> None:
    """The bot asks, the visitor answers, as often as there are questions; the last one stays open."""
    for number, slot in enumerate(asking):
        said = {"session": session, "created_at": MONDAY}
        Message.objects.create(number=2 * number + 1, role="assistant", content="?", meta={"asking": [slot]}, **said)
        if number + 1 < len(asking):
            Message.objects.create(number=2 * number + 2, role="user", content="x", **said)


@pytest.fixture
def ann(db: None) -> Expert:
    return make_expert(capacity=28)


def visitor(**fields: Any) -> Session:
    return Session.objects.create(created_at=MONDAY, last_activity_at=MONDAY, **fields)


def test_what_is_read_is_what_happened(ann: Expert, later: datetime) -> None:
    """A3"""
    talk(visitor(status="abandoned"), "challenges", "budget")
    talk(visitor(status="erased"), "challenges")
    vera = visitor(score=80)
    talk(vera, "challenges", "email")
    prd = Prd.objects.create(session=vera, created_at=MONDAY)
    PrdVersion.objects.create(prd=prd, number=1, state="written", requested_at=MONDAY)
    book(vera, ann, now=MONDAY + 9 * MINUTE)
    found = report(PERIOD, now=later)
    assert [step.count for step in found.funnel] == [3, 2, 1, 1, 1]
    assert [(bar.label, bar.count) for bar in found.drop_off] == [("budget", 1)]
    assert [bar.count for bar in found.waits] == [0, 1, 0, 0, 0]
    assert [(load.meetings, load.places) for load in found.loads] == [(1, 1)]


def test_who_still_talks_has_left_no_question(ann: Expert) -> None:
    talk(visitor(), "challenges", "budget")
    assert report(PERIOD, now=MONDAY + timedelta(hours=1)).drop_off == []
    assert [bar.label for bar in report(PERIOD, now=MONDAY + timedelta(hours=25)).drop_off] == ["budget"]


def test_a_hold_that_was_given_up_is_no_cancelled_meeting(ann: Expert) -> None:
    vera = visitor()
    held = services.hold_slot(session=vera, now=MONDAY, expert_id=ann.pk, start_time=TEN).result or {}
    services.release_hold(session=vera, now=MONDAY, hold_id=held["hold_id"])
    assert Booking.objects.get().status == "cancelled"
    assert report(PERIOD, now=MONDAY).cancelled == 0


def test_a_period_is_read_in_three_queries_however_many_visits(ann: Expert) -> None:
    for _ in range(20):
        talk(visitor(), "challenges", "budget")
    with CaptureQueriesContext(connection) as queries:
        report(PERIOD, now=MONDAY)
    assert len(queries) == 3


def look(client: Client, **query: str) -> Any:
    return client.get(reverse("analytics"), query)


@pytest.mark.parametrize("role", ["Administrators", "Sales", "Viewers"])
def test_every_role_may_see_the_figures(ann: Expert, later: datetime, role: str) -> None:
    book(visitor(), ann)
    shown = look(staff(role), first="2026-11-30", last="2026-11-30")
    assert [step.count for step in shown.context["report"].funnel] == [1, 0, 0, 0, 1]
    assert "Vera" not in shown.content.decode()


def test_strangers_are_sent_to_the_sign_in(db: None) -> None:
    """A1"""
    assert "/admin/login/" in Client().get(reverse("analytics")).headers["Location"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"first": "junk", "last": "2026-11-30"},
        {"first": "2026-12-02", "last": "2026-11-30"},
        {"first": "0001-01-01", "last": "9999-12-31"},
    ],
)
def test_without_two_dates_in_order_it_is_the_last_thirty_days(
    later: datetime, db: None, query: dict[str, str]
) -> None:
    assert look(staff("Viewers"), **query).context["period"].days == 30


def test_the_page_needs_nothing_from_elsewhere(db: None) -> None:
    """Q2: no script of its own, so that it works under the admin's policy."""
    shown = look(staff("Viewers")).content.decode()
    main = shown[shown.index('id="content-main"') :]
    assert "http" not in main.split("</main>")[0].replace("http://www.w3.org", "")
    assert "<script" not in main.split("ub-charts")[1].split("</section>\n    </div>")[0]
