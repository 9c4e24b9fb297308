"""Whatever was said, the document keeps the hard rules (P2)."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.consultant.ledger import Entry, fold
from chat.taxonomy.find import find
from prd.brief import Brief, mentions_in
from prd.lint import lint
from prd.markdown import render
from prd.outline import write
from tests.prd.conversations import TALKS, Talk, brief, entry, found, messages

SUBJECTS = st.sampled_from(["our nurses", "the drivers", "Maja's team", "two clerks", "our shop in Graz", "the 7 planners"])
PAINS = st.sampled_from(
    [
        "type every order twice",
        "lose track of returns",
        "wait for the ERP",
        "answer the same questions all day",
        "don't see the stock",
        "find defects by eye",
        "copy figures into Excel",
        "miss appointments",
    ]
)
NUMBERS = st.integers(1, 99_999).map(str)
CONTACTS = st.sampled_from(["amira.haddad@example.org", "+49 40 1234567", "https://shop.example/a?b=1", "030/901820-1", "@maja_l"])
NOES = st.sampled_from(["please don't replace the till", "no chatbot", "We must not store card data", "never call our patients"])
SENTENCES = st.one_of(
    st.tuples(SUBJECTS, PAINS).map(" ".join),
    st.tuples(SUBJECTS, PAINS, st.just("for"), NUMBERS, st.just("hours a week")).map(" ".join),
    NOES,
    CONTACTS.map("You can reach me at {}".format),
    NUMBERS.map("Budget is {} euros".format),
    st.text(max_size=60),
    st.just("Can you tell me what it costs?"),
)
TALKED = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(". ".join), min_size=1, max_size=6)
SLOTS = st.sampled_from(["challenges", "success_criteria", "tech_stack", "company", "industry", "constraints", "exclusions"])
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def invented(said: list[str], slots: list[str], created: Any = None) -> Brief:
    """A conversation in which each slot's value is a whole message."""
    talk = Talk(language="en", said=said, facts=())
    facts = [
        Entry(slot=slot, value=text, quote=text, message=2 * n + 2, start=0, end=len(text))
        for n, (slot, text) in enumerate(zip(slots, said, strict=False))
        if text.strip()
    ]
    return brief(talk, facts=fold(facts), mentions=mentions_in(messages(talk), find))


@relaxed
@given(TALKED, st.lists(SLOTS, max_size=6))
def test_no_rule_is_broken_whatever_was_said(said: list[str], slots: list[str]) -> None:
    """P2"""
    given_brief = invented(said, slots)
    assert lint(write(given_brief), given_brief) == []


@relaxed
@given(TALKED, st.lists(SLOTS, max_size=6))
def test_no_contact_data_appears_whatever_was_said(said: list[str], slots: list[str]) -> None:
    text = render(write(invented(said, slots)))
    assert not any(contact in text for contact in ("amira.haddad@example.org", "1234567", "shop.example", "901820", "@maja_l"))


@relaxed
@given(st.sampled_from(sorted(TALKS)), st.data())
def test_a_missing_fact_becomes_a_question(name: str, data: st.DataObject) -> None:
    """P2"""
    talk = TALKS[name]
    slot = data.draw(st.sampled_from([s for s in ("budget", "timeline", "tech_stack", "challenges", "company") if s in {f[0] for f in talk.facts}]))
    less = brief(talk, facts=fold(entry(talk, *fact) for fact in talk.facts if fact[0] != slot))
    asked = {item.key for item in write(less).section("questions").standing}
    assert f"q.{slot}" in asked


@relaxed
@given(st.sampled_from(sorted(TALKS)), st.sets(st.integers(0, 15)))
def test_rules_hold_with_any_facts_left_out(name: str, left_out: set[int]) -> None:
    """P2"""
    talk = TALKS[name]
    kept = [fact for n, fact in enumerate(talk.facts) if n not in left_out]
    given_brief = brief(talk, facts=fold(entry(talk, *fact) for fact in kept), mentions=found(talk, find))
    assert lint(write(given_brief), given_brief) == []
