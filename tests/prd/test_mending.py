"""A document that would break its own rules is saved without what breaks them, and says so."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from prd import outline
from prd.document import SECTIONS, Detail, Item
from prd.draft import Draft
from prd.lint import lint
from prd.markdown import render
from prd.mending import mended
from prd.wording import languages
from tests.prd.conversations import TALKS, brief

Break = Callable[[str, Item], None]
OF_EACH_LANGUAGE = [next(name for name, talk in TALKS.items() if talk.language == language) for language in languages()]
BAD = {
    "number": "The assistant shall answer within 37 seconds.",
    "vague": "The assistant shall be fast and user-friendly.",
    "contact": "The assistant shall write to eva@example.org.",
    "placeholder": "The assistant shall do TBD.",
    "quote": "The assistant shall do as told: “we never said this at all”.",
}


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Makes the writer of a section add an item."""

    def add(section: str, item: Item) -> None:
        usual = outline.WRITERS[section]
        monkeypatch.setitem(outline.WRITERS, section, lambda draft: [*usual(draft), _cited(draft, item)])

    return add


def _cited(draft: Draft, item: Item) -> Item:
    """An item rests on an assumption of the document, unless its fault is to claim a number of a message."""
    return item if item.sources else msgspec.structs.replace(item, assumes=(draft.assume("experience"),))


def requirement(text: str, sources: tuple[int, ...] = ()) -> Item:
    parts = {"priority": "Must", "goal": "G-1", "source": "ours", "acceptance": "Given a, when b, then c."}
    details = tuple(Detail(name=name, label=name, text=words, sources=sources) for name, words in parts.items())
    return Item(key="fr.bad", title="Bad", text=text, sources=sources, details=details)


@pytest.mark.parametrize("rule", BAD)
def test_a_requirement_that_breaks_a_rule_is_withdrawn_and_asked_for(add: Break, rule: str) -> None:
    given = brief(TALKS["dentist"])
    add("fr", requirement(BAD[rule], sources=(2,) if rule == "number" else ()))
    document, told = mended(given)
    bad = next(item for item in document.section("fr").items if item.key == "fr.bad")
    assert rule in {finding.rule for finding in told}
    assert (bad.text, bad.withdrawn) == ("", "withdrawn in v1 (not proven by the conversation)")
    assert any(bad.id in item.text for item in document.section("questions").standing)
    assert lint(document, given) == []


@pytest.mark.parametrize("section", [key for key in SECTIONS if key in outline.WRITERS and key != "fr"])
def test_a_statement_of_any_section_that_breaks_a_rule_is_left_out(add: Break, section: str) -> None:
    given = brief(TALKS["bakery"])
    add(section, Item(key="bad", text="Reach us at eva@example.org.", sources=(2,)))
    document, told = mended(given)
    assert told
    assert "eva@" not in render(document)
    assert lint(document, given) == []


@pytest.mark.parametrize("name", OF_EACH_LANGUAGE)
def test_the_question_for_better_words_keeps_the_rules_in_every_language(add: Break, name: str) -> None:
    given = brief(TALKS[name])
    add("fr", requirement(BAD["contact"]))
    add("risks", Item(key="risk.bad", text="Call +49 40 1234567.", sources=(2,)))
    document, _ = mended(given)
    asked = {item.key for item in document.section("questions").standing}
    assert {"q.mended.fr.bad", "q.mended.risk.bad"} <= asked
    assert lint(document, given) == []


def test_an_assumption_that_breaks_a_rule_says_only_that_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(brief(TALKS["dentist"]))
    frame = {"text": "Ask eva@example.org.", "why": "TBD", "confirm": "TBD", "wrong": "TBD"}
    monkeypatch.setitem(outline.voice_for(given).frame["assumptions"], "handover", frame)
    document, _ = mended(given)
    assert "still to be agreed" in render(document)
    assert lint(document, given) == []


def test_a_document_that_keeps_the_rules_is_left_as_it_is() -> None:
    given = brief(TALKS["dentist"])
    assert mended(given) == (outline.write(given), [])
