"""Whatever was said, the document keeps the hard rules (P2)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.consultant.ledger import Entry, fold
from chat.taxonomy.find import find
from prd.brief import Brief, Candidate, Said, mentions_in
from prd.lint import lint
from prd.markdown import render
from prd.outline import write
from tests.prd.conversations import TALKS, TODAY, Talk, brief, entries, messages

SUBJECTS = ["our nurses", "the drivers", "Maja's team", "two clerks", "our shop in Graz", "the 7 planners"]
PAINS = ["type orders twice", "lose returns", "wait for the ERP", "answer the same questions", "don't see the stock"]
CONTACTS = ["amira.haddad@example.org", "+49 40 1234567", "https://shop.example/a?b=1", "030/901820-1", "@maja_l"]
NOES = ["please don't replace the till", "no chatbot", "We must not store card data", "never call our patients"]
NUMBERS = st.integers(1, 99_999).map(str)
SENTENCES = st.one_of(
    st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(PAINS)).map(" ".join),
    st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(PAINS), NUMBERS).map(
        "{0[0]} {0[1]} {0[2]} hours a week".format
    ),
    st.sampled_from(NOES),
    st.sampled_from(CONTACTS).map("You can reach me at {}".format),
    NUMBERS.map("Budget is {} euros".format),
    st.text(max_size=60),
    st.just("Can you tell me what it costs?"),
)
TALKED = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(". ".join), min_size=1, max_size=6)
SLOTS = st.lists(
    st.sampled_from(["challenges", "success_criteria", "tech_stack", "company", "industry", "constraints"]), max_size=6
)
thorough = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def invented(said: list[str], slots: list[str]) -> Brief:
    """A conversation in which each slot's value is a whole message."""
    talk = Talk(language="en", said=said)
    facts = [
        Entry(slot=slot, value=text, quote=text, message=2 * n + 2, start=0, end=len(text))
        for n, (slot, text) in enumerate(zip(slots, said, strict=False))
        if text.strip()
    ]
    mentions = mentions_in(messages(talk), find)
    return Brief(language="en", version=1, created=TODAY, facts=fold(facts), messages=messages(talk), mentions=mentions)


@thorough
@given(TALKED, SLOTS)
def test_no_rule_is_broken_whatever_was_said(said: list[str], slots: list[str]) -> None:
    """P2"""
    given_brief = invented(said, slots)
    assert lint(write(given_brief), given_brief) == []


@thorough
@given(TALKED, SLOTS)
def test_no_contact_data_appears_whatever_was_said(said: list[str], slots: list[str]) -> None:
    text = render(write(invented(said, slots)))
    leaked = [c for c in ("amira.haddad@example.org", "1234567", "shop.example", "901820", "@maja_l") if c in text]
    assert leaked == []


@pytest.mark.parametrize(("words", "kept"), [("type … twice", True), ("twice … type", False), ("type … thrice", False)])
def test_an_expert_s_reason_may_leave_words_out_of_a_quotation_but_not_change_them(words: str, kept: bool) -> None:
    """P2"""
    said = [Said(2, "user", "Our clerks type every order twice.")]
    expert = Candidate("Ada", "Engineer", (f"Knows process automation (you said “{words}”, message 2)",))
    given_brief = Brief(language="en", version=1, created=TODAY, facts={}, messages=said, experts=[expert])
    assert (lint(write(given_brief), given_brief) == []) is kept


@pytest.mark.parametrize("name", sorted(TALKS))
@pytest.mark.parametrize("slot", ["budget", "timeline", "tech_stack", "challenges", "company", "success_criteria"])
def test_a_missing_fact_becomes_a_question(name: str, slot: str) -> None:
    """P2"""
    asked = {item.key for item in write(brief(TALKS[name], without=slot)).section("questions").standing}
    assert f"q.{slot}" in asked


@pytest.mark.parametrize("name", sorted(TALKS))
@pytest.mark.parametrize("slot", ["", "budget", "timeline", "tech_stack", "challenges", "company", "industry"])
def test_the_rules_hold_in_every_language_with_any_fact_left_out(name: str, slot: str) -> None:
    """P2"""
    given_brief = brief(TALKS[name], without=slot, found=True)
    assert lint(write(given_brief), given_brief) == []


@thorough
@given(st.sampled_from(sorted(TALKS)), st.sets(st.integers(0, 15)))
def test_the_rules_hold_with_any_facts_left_out(name: str, left_out: set[int]) -> None:
    """P2"""
    talk = TALKS[name]
    kept = [e for n, e in enumerate(entries(talk)) if n not in left_out]
    given_brief = Brief(language=talk.language, version=1, created=TODAY, facts=fold(kept), messages=messages(talk))
    assert lint(write(given_brief), given_brief) == []


@pytest.mark.parametrize("name", sorted(TALKS))
def test_the_rules_hold_when_facts_were_typed_into_the_list(name: str) -> None:
    """P2, C9"""
    talk = TALKS[name]
    typed = [Entry(slot=e.slot, value=e.value, extractor="visitor") for e in entries(talk)]
    given_brief = Brief(language=talk.language, version=1, created=TODAY, facts=fold(typed), messages=messages(talk))
    assert lint(write(given_brief), given_brief) == []
