"""What staff word stays worded, keeps the rules and its place."""

from dataclasses import replace

import pytest

from prd import editing
from prd.document import Document, Line
from prd.lint import lint
from prd.markdown import render
from prd.outline import write
from tests.prd.conversations import TALKS, brief

NOTE = "agreed by phone"


def next_brief(name: str, previous: Document, **changes: object):  # type: ignore[no-untyped-def]
    return replace(brief(TALKS[name]), version=previous.version + 1, previous=previous, **changes)  # type: ignore[arg-type]


def edited(name: str, first: Document, **texts: str) -> Document:
    given = next_brief(name, first, author="staff", note=NOTE)
    return editing.edited(first, given, {key.replace("__", "."): text for key, text in texts.items()})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Said. [m2] [A-10]", Line("Said.", (2,), ("A-10",))),
        ("Said [m4] so. [m2][m3]", Line("Said [m4] so.", (2, 3))),
        ("  Two   words ", Line("Two words")),
    ],
)
def test_references_at_the_end_are_read_as_such(text: str, line: Line) -> None:
    assert editing.typed(text) == line


@pytest.mark.parametrize("name", sorted(TALKS))
def test_a_form_sent_back_untouched_changes_nothing(name: str) -> None:
    first = write(brief(TALKS[name]))
    fields = {f.name: f.text for part in editing.form(first) for entry in part.entries for f in entry.fields}
    second = editing.edited(first, next_brief(name, first, author="staff"), fields)
    assert [s for s in second.sections if s.key not in editing.COMPUTED] == [
        s for s in first.sections if s.key not in editing.COMPUTED
    ]


def test_a_withdrawn_requirement_stays_listed_with_the_reason_and_stays_out() -> None:
    """P7"""
    first = write(brief(TALKS["bakery"]))
    second = edited("bakery", first, fr__2__withdraw="not needed this year")
    third_brief = next_brief("bakery", second)
    third = write(third_brief)
    for document in (second, third):
        assert document.items()["FR-003"].withdrawn == "withdrawn in v2 (not needed this year)"
    assert "FR-003" not in "".join(d.text for item in third.section("plan").standing for d in item.details)
    assert lint(third, third_brief) == []


def test_staffs_words_outlive_the_next_version() -> None:
    first = write(brief(TALKS["bakery"]))
    second = edited("bakery", first, out_of_scope__0__text="Deliveries at night. [A-9]")
    third = write(next_brief("bakery", second))
    assert third.section("out_of_scope").items[0].text == "Deliveries at night."


def test_a_new_requirement_gets_the_next_id_and_is_kept() -> None:
    first = write(brief(TALKS["bakery"]))
    number = len(first.section("fr").items) + 1
    basis = first.section("fr").standing[0].assumes[0]
    texts = {"text": f"The system shall list open orders. [{basis}]", "title": "Open orders", "priority": "Should"}
    texts |= {"goal": "G-1", "source": "a call", "acceptance": "Given an order, when it is open, then it is listed."}
    second = edited("bakery", first, **{f"fr__new__{name}": text for name, text in texts.items()})
    assert second.items()[f"FR-{number:03d}"].title == "Open orders"
    third = write(next_brief("bakery", second))
    assert third.items()[f"FR-{number:03d}"].title == "Open orders"
    assert lint(third, next_brief("bakery", second)) == []


@pytest.mark.parametrize("name", ["dentist", "joiner", "shoes", "packaging", "ryokan", "shipping"])
def test_the_list_of_changes_names_staff_and_their_reason(name: str) -> None:
    first = write(brief(TALKS[name]))
    [*_, line] = (
        edited(name, first, next__0__text=first.section("next").items[0].text + " [A-1]").section("changelog").items
    )
    assert line.detail("author") != "UnoBot"
    assert NOTE in line.detail("reason").casefold()
    assert render(first).count("UnoBot") >= 1
