from datetime import date

import pytest

from experts.holidays import mark, public_holidays
from experts.models import DateOverride, Expert

TODAY = date(2026, 11, 23)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def ann(db: None) -> Expert:
    return Expert.objects.create(
        name="Ann", email="ann@example.com", role="Engineer", timezone="Europe/Berlin", country="DE-BY"
    )


def days(source: str) -> set[date]:
    return set(DateOverride.objects.filter(source=source).values_list("day", flat=True))


def test_holidays_are_days_off_with_a_name(ann: Expert) -> None:
    mark([ann], today=TODAY)
    christmas = DateOverride.objects.get(expert=ann, day=CHRISTMAS)
    assert (christmas.intervals, christmas.source, bool(christmas.label)) == ([], "holiday", True)


def test_marking_twice_enters_nothing_twice(ann: Expert) -> None:
    assert mark([ann], today=TODAY) > 8
    assert mark([ann], today=TODAY) == 0


def test_what_staff_entered_for_a_holiday_stays(ann: Expert) -> None:
    DateOverride.objects.create(expert=ann, day=CHRISTMAS, intervals=[[600, 720]])
    mark([ann], today=TODAY)
    assert DateOverride.objects.get(expert=ann, day=CHRISTMAS).intervals == [[600, 720]]


def test_moving_to_another_country_changes_the_holidays(ann: Expert) -> None:
    mark([ann], today=TODAY)
    DateOverride.objects.create(expert=ann, day=date(2026, 12, 1))
    ann.country = "US"
    mark([ann], today=TODAY)
    thanksgiving, epiphany = date(2026, 11, 26), date(2027, 1, 6)
    assert (thanksgiving in days("holiday"), epiphany in days("holiday")) == (True, False)
    assert days("manual") == {date(2026, 12, 1)}


def test_a_country_without_a_list_has_no_holidays() -> None:
    assert public_holidays("XX", first=TODAY, last=CHRISTMAS) == {}
