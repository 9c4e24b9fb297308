"""What holds for any text at all."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.consultant.commands import SetFact
from chat.consultant.gate import validate
from chat.consultant.language import supported
from chat.consultant.state import State
from chat.consultant.turn import Turn
from chat.consultant.understand import hear, understand
from tests.chat.consultant.talking import NOW, Talk

PIECES = [
    "80k", "€", "between", "and", "I'm", "Anna", "from", "SAP", "not", "budget", "bis", "Ende Juni", "?", "…", "\x00",
    "<b>", "```", "“", "”", "@", "a@b.co", "予算は500万円", "です", "الميزانية", "٥٠ ألف", "n'est pas", "{", "}",
    "no,", "actually", "{name}", "%s", "\n", ",", "we use", "by hand", "DROP TABLE",
]  # fmt: skip
TEXT = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXT, code=st.sampled_from(supported()))
def test_any_text_is_answered_and_every_fact_is_quoted(text: str, code: str) -> None:
    """Z6 L3"""
    talk = Talk(code)
    reply = talk.say(text or " ")
    assert reply.text
    for entry in reply.entries:
        assert text[entry.start : entry.end] == entry.quote


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=200), value=st.text(min_size=1, max_size=20))
def test_an_invented_quote_falls_through(text: str, value: str) -> None:
    """L3"""
    turn = Turn(text=text, number=2, now=NOW)
    invented = SetFact(slot="company", value=value, quote=value + "~", start=0, end=len(value) + 1)
    assert validate([invented], hear(turn, State()), 2, []).entries == []


def test_a_hallucinated_budget_falls_through() -> None:
    """L3"""
    text = "we have 40k euros"
    turn = Turn(text=text, number=2, now=NOW)
    wrong = SetFact(
        slot="budget", value={"min": 90_000, "max": 90_000, "currency": "EUR"}, quote="40k euros", start=8, end=17
    )
    assert validate([wrong], hear(turn, State()), 2, []).entries == []


def test_facts_do_not_depend_on_how_sentences_are_sent() -> None:
    """C8"""
    sentences = [
        "I'm Anna Berg from Nordwind Logistics.",
        "We retype invoices by hand and lose hours.",
        "Our budget is 80k euros.",
        "We use SAP and Excel.",
        "It must go live by the end of June.",
    ]
    at_once, one_by_one = Talk(), Talk()
    at_once.say(" ".join(sentences))
    one_by_one.say(*sentences)
    for slot in ("name", "company", "challenges", "budget", "tech_stack", "timeline"):
        assert at_once.fact(slot) == one_by_one.fact(slot)


@pytest.mark.parametrize("text", ["a" * 4000, "1,000 " * 600, "(" * 4000, "we use " * 500, "か" * 4000, "« " * 2000])
def test_the_longest_message_is_understood_in_time(text: str) -> None:
    """Z6: of processor time, for the machine may be shared."""
    turn = Turn(text=text, number=2, now=NOW)
    understand(turn, State())
    started = process_time()
    understand(turn, State())
    assert process_time() - started < 0.5
