"""The lead score follows from the facts and says why."""

from typing import Any

from chat.consultant.language import load
from chat.consultant.ledger import Entry, fold
from chat.consultant.scoring import recommend, score
from tests.chat.consultant.talking import NOW


def _score(**facts: Any) -> Any:
    ledger = [Entry(slot=slot, value=value, message=4) for slot, value in facts.items()]
    return score(fold(ledger), service="custom_development", today=NOW.date())


EUROS = {"min": 80_000, "max": 80_000, "currency": "EUR"}
MINE = {"self": True, "name": None}


def test_the_same_facts_give_the_same_score() -> None:
    """L1"""
    assert _score(budget=EUROS, decision_maker=MINE) == _score(budget=EUROS, decision_maker=MINE)


def test_an_unknown_budget_is_not_a_low_one() -> None:
    """L1"""
    tiny = {"min": 500, "max": 500, "currency": "EUR"}
    assert _score(decision_maker=MINE).points > _score(decision_maker=MINE, budget=tiny).points


def test_who_decides_counts() -> None:
    """I8 L1"""
    assert _score(decision_maker=MINE).points > _score(decision_maker={"self": False, "name": None}).points


def test_the_range_closes_as_facts_come_in() -> None:
    """L1"""
    little, more = _score(decision_maker=MINE), _score(decision_maker=MINE, budget=EUROS)
    assert more.high - more.low < little.high - little.low
    assert more.confidence > little.confidence


def test_each_component_names_the_message_it_rests_on() -> None:
    """L1"""
    parts = {part.key: part for part in _score(budget=EUROS).components}
    assert parts["budget"].message == 4
    assert not parts["authority"].known


def test_the_service_follows_the_words_and_changes_with_them() -> None:
    """L2"""
    reports = [Entry(slot="challenges", value="Our reports and dashboards take days, we need a forecast")]
    chatbot = [Entry(slot="challenges", value="We want an AI strategy, a chatbot and a copilot")]
    assert recommend(fold(reports), load("en"))[0] == "data_intelligence"
    assert recommend(fold(chatbot), load("en"))[0] == "ai_strategy"


def test_two_services_as_close_are_put_as_a_question() -> None:
    """L2"""
    both = [Entry(slot="challenges", value="We need an app and a dashboard")]
    assert recommend(fold(both), load("en"))[1] is not None
