from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts import hours

minute = st.integers(0, hours.DAY)
days = (
    st.lists(minute, unique=True, max_size=12)
    .map(sorted)
    .map(lambda cuts: list(zip(cuts[::2], cuts[1::2], strict=False)))
)


@given(days)
def test_hours_are_read_as_they_were_written(day: list[hours.Interval]) -> None:
    assert hours.parse(hours.write(day)) == day


@given(st.text(alphabet="0123456789:-–, to\n", max_size=40))
def test_any_text_is_hours_in_order_or_refused(text: str) -> None:
    try:
        day = hours.parse(text)
    except hours.BadHours:
        return
    assert all(0 <= start < end <= hours.DAY for start, end in day)
    assert all(end < start for (_, end), (start, _) in pairwise(day))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", []),
        ("09:00-17:00", [(540, 1020)]),
        ("13:30-24:00; 9:00 - 12:30", [(540, 750), (810, 1440)]),
        ("09:00-12:00, 12:00-17:00", [(540, 1020)]),
        ("00:00-24:00", [(0, 1440)]),
        ("9:00–17:00", [(540, 1020)]),
    ],
)
def test_hours_are_written_as_people_do(text: str, day: list[hours.Interval]) -> None:
    assert hours.parse(text) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9-17", "Write 9-17 as 09:00-17:00"),
        ("22:00-02:00", "over midnight"),
        ("09:00-25:00", "not a time"),
        ("09:60-10:00", "not a time"),
        ("24:00-24:00", "not a time"),
        ("09:00-12:00, 11:00-13:00", "11:00-12:00 is given twice"),
        ("09:00-09:00", "ends before"),
    ],
)
def test_what_cannot_be_hours_is_refused_with_a_hint(text: str, words: str) -> None:
    with pytest.raises(hours.BadHours, match=words):
        hours.parse(text)
