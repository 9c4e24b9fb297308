from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from bookings.agenda import free
from chat.taxonomy.index import shipped
from experts.models import Expert, MeetingType
from experts.seeding import open_hours, seed
from experts.slots import Span

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def test_seeding_twice_adds_everyone_once() -> None:
    added = seed(today=TODAY)
    assert added >= 12
    assert (seed(today=TODAY), Expert.objects.count()) == (0, added)


def test_seeding_leaves_alone_what_staff_have_changed() -> None:
    call_command("seed_experts", verbosity=0)
    Expert.objects.update(role="Changed")
    call_command("seed_experts", verbosity=0)
    assert set(Expert.objects.values_list("role", flat=True)) == {"Changed"}


def test_every_seeded_expert_is_whole_and_speaks_the_taxonomys_words() -> None:
    seed(today=TODAY)
    industries = set(shipped().catalogue.industries)
    for expert in Expert.objects.all():
        expert.full_clean()
        assert set(expert.industries) <= industries, expert


@pytest.mark.parametrize("now", [datetime(2026, 11, 23, tzinfo=UTC), datetime(2027, 3, 26, 18, 30, tzinfo=UTC)])
def test_every_seeded_expert_has_five_free_times_on_several_days(now: datetime) -> None:
    """K3"""
    seed(today=TODAY)
    for starts in free(Expert.objects.all(), window=Span(now, now + timedelta(days=14)), now=now).values():
        assert len(starts) >= 5
        assert len({start.date() for start in starts}) >= 3
        assert all(start > now for start in starts)


def test_each_kind_of_meeting_is_offered_by_all() -> None:
    seed(today=TODAY)
    assert MeetingType.objects.filter(slug="deep-dive").count() == Expert.objects.count()


def test_hours_are_read_for_each_day_of_a_range() -> None:
    assert list(open_hours("thu-fri 09:00-24:00")) == [(3, 540, 1440), (4, 540, 1440)]
    assert list(open_hours("sat 09:30-12:00")) == [(5, 570, 720)]
