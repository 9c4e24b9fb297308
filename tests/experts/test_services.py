from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bookings.models import Booking
from chat.errors import Conflict, Invalid, NotFound
from experts import services
from experts.models import DateOverride, MeetingType, TimeOff
from experts.slots import Span

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ANN: dict[str, Any] = {"name": "Ann", "email": "ann@example.com", "role": "Engineer", "timezone": "Europe/Berlin"}
pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_expert() -> None:
    """E1"""
    services.create_expert(**ANN)
    with pytest.raises(Conflict):
        services.create_expert(**{**ANN, "email": "Ann@Example.com"})


@pytest.mark.parametrize("fields", [{"timezone": "Mars/Olympus"}, {"email": "ann"}, {"duration": 0}, {"name": ""}])
def test_what_cannot_be_an_expert_is_refused_with_its_field(fields: dict[str, Any]) -> None:
    """E1 K9"""
    with pytest.raises(Invalid) as refusal:
        services.create_expert(**{**ANN, **fields})
    assert [detail.field for detail in refusal.value.details] == list(fields)


def test_an_expert_is_changed_listed_and_deleted() -> None:
    """E1"""
    ann = services.create_expert(**ANN)
    services.update_expert(expert_id=ann.pk, role="Architect")
    assert [expert.role for expert in services.list_experts()] == ["Architect"]
    services.delete_expert(expert_id=ann.pk)
    with pytest.raises(NotFound):
        services.delete_expert(expert_id=ann.pk)


def test_an_inactive_expert_is_not_listed_and_not_found() -> None:
    """E2"""
    ann = services.create_expert(**ANN, is_active=False)
    assert services.list_experts() == []
    with pytest.raises(NotFound):
        services.get_expert(expert_id=ann.pk)


def test_an_expert_with_bookings_stays_on_record() -> None:
    ann = services.create_expert(**ANN)
    end = NOW + timedelta(hours=1)
    times = {"start": NOW, "end": end, "busy_from": NOW, "busy_until": end, "created_at": NOW, "updated_at": NOW}
    Booking.objects.create(expert=ann, status="completed", **times)
    with pytest.raises(Conflict):
        services.delete_expert(expert_id=ann.pk)


def test_nobody_changes_an_expert_who_does_not_exist() -> None:
    with pytest.raises(NotFound):
        services.update_expert(expert_id=uuid4(), role="Ghost")


def test_the_rules_are_the_experts_with_the_meetings_own_on_top() -> None:
    ann = services.create_expert(**ANN, buffer_after=15, notice=60)
    kind = MeetingType.objects.create(expert=ann, slug="long", name="Long", duration=90, buffer_after=0)
    DateOverride.objects.create(expert=ann, day="2026-12-01", intervals=[[540, 600]])
    TimeOff.objects.create(expert=ann, start=NOW, end=NOW + timedelta(days=1))
    rules = services.rules_of([ann], window=Span(NOW, NOW + timedelta(days=7)), kind=kind)[ann.pk]
    assert (rules.duration, rules.after, rules.notice, rules.interval) == (90, 0, 60, 30)
    assert list(rules.overrides.values()) == [[(540, 600)]]
    assert len(rules.time_off) == 1


def test_a_meeting_type_of_someone_else_is_refused() -> None:
    ann, ben = services.create_expert(**ANN), services.create_expert(**{**ANN, "email": "ben@example.com"})
    MeetingType.objects.create(expert=ben, slug="long", name="Long", duration=90)
    with pytest.raises(Invalid):
        services.get_meeting_type(expert=ann, slug="long")


def test_the_rules_of_many_are_read_in_three_queries(django_assert_num_queries: Any) -> None:
    experts = [services.create_expert(**{**ANN, "email": f"ann{number}@example.com"}) for number in range(5)]
    with django_assert_num_queries(3):
        assert len(services.rules_of(experts, window=Span(NOW, NOW))) == 5
