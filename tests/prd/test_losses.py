"""What doing nothing costs, from the visitor's own figures."""

import pytest

from prd.losses import Loss, losses, number
from prd.outline import draft_of
from tests.prd.conversations import Talk, brief


def counted(language: str, *said: str) -> list[Loss]:
    """The losses in messages that were all taken for problems."""
    facts = [{"slot": "challenges", "value": text, "quote": text} for text in said]
    return losses(draft_of(brief(Talk(language=language, said=said, facts=facts))).ground)


@pytest.mark.parametrize(
    ("language", "said", "yearly"),
    [
        ("en", "We lose 4,000 dollars a month", 48_000),
        ("fr", "Cela nous coûte 2 500 euros par mois", 30_000),
        ("de", "Das kostet uns 1.200 Euro pro Woche", 62_400),
        ("en", "Our clerks lose 5 hours a day", 5 * 220 * 40),
        ("es", "Son unas 30 citas perdidas al mes, cada una de 45 euros", 30 * 45 * 12),
        ("en", "About 120 visitors a day give up, at 14 pounds a ticket", 120 * 14 * 220),
    ],
)
def test_a_figure_is_counted_over_the_year(language: str, said: str, yearly: float) -> None:
    [loss] = counted(language, said)
    assert loss.money == pytest.approx(yearly)


def test_how_often_and_how_much_may_be_said_apart() -> None:
    [loss] = counted(
        "en", "Roughly 25 orders a week must be corrected.", "Each correction takes our office 45 minutes."
    )
    assert (loss.times, loss.amount) == ("25", "45 minutes")
    assert loss.hours == pytest.approx(25 * 0.75 * 46)
    assert loss.messages == (2, 4)


def test_what_one_costs_without_how_many_is_no_yearly_loss() -> None:
    assert counted("en", "Each return costs us 30 euros and they come every day") == []


@pytest.mark.parametrize("said", ["Our turnover is 2,000,000 euros a year", "We answer 40 calls a day"])
def test_income_and_mere_counts_are_no_loss(said: str) -> None:
    assert counted("en", said) == []


@pytest.mark.parametrize(
    ("text", "value"), [("1,200", 1200), ("1.200", 1200), ("2 500", 2500), ("1.5", 1.5), ("1,5", 1.5), ("٢٥", 25)]
)
def test_numbers_are_read_in_any_notation(text: str, value: float) -> None:
    assert number(text) == value
