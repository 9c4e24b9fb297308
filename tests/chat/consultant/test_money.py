"""Amounts in running text."""

import pytest

from chat.consultant.canon import canon
from chat.consultant.figures import read_budget
from chat.consultant.language import load
from tests.chat.consultant.talking import Talk

AMOUNTS = [
    ("en", "80k", 80_000, 80_000),
    ("en", "between 50 and 80k", 50_000, 80_000),
    ("en", "up to $80,000", None, 80_000),
    ("en", "at least 1.5 million dollars", 1_500_000, None),
    ("en", "not 50k but 80k", 80_000, 80_000),
    ("en", "3 lakh rupees", 300_000, 300_000),
    ("en", "fifty thousand pounds", 50_000, 50_000),
    ("en", "half a million", 500_000, 500_000),
    ("de", "2,5 Mio. Euro", 2_500_000, 2_500_000),
    ("de", "zwischen 50.000 und 70.000 €", 50_000, 70_000),
    ("de", "fünfzigtausend Euro", 50_000, 50_000),
    ("es", "como máximo 35.000 euros", None, 35_000),
    ("es", "ochenta mil euros", 80_000, 80_000),
    ("fr", "entre 30 000 et 50 000 euros", 30_000, 50_000),
    ("fr", "40 k€", 40_000, 40_000),
    ("ja", "500万円から800万円", 5_000_000, 8_000_000),
    ("ja", "1,200万円以内", None, 12_000_000),
    ("ar", "بين 200 و300 ألف ريال", 200_000, 300_000),
    ("ar", "٥٠ ألف درهم", 50_000, 50_000),
    ("ar", "نصف مليون ريال", 500_000, 500_000),
]


@pytest.mark.parametrize(("language", "said", "low", "high"), AMOUNTS)
def test_an_amount_is_read(language: str, said: str, low: int | None, high: int | None) -> None:
    """I6"""
    value = read_budget(canon(said), load(language), "EUR")
    assert value is not None
    assert (value["min"], value["max"]) == (low, high)


@pytest.mark.parametrize(
    "said",
    [
        "Our revenue is 5 million euros",
        "We lose 20k a month",
        "We spent 50k on a failed project last year",
        "We handle 80k invoices a year",
        "The old license costs us 12,000 dollars",
        "We serve 30,000 customers",
    ],
)
def test_another_sum_is_no_budget(said: str) -> None:
    """I6"""
    talk = Talk()
    talk.say(said)
    assert talk.fact("budget") is None


def test_a_flexible_budget_is_an_answer() -> None:
    """I6"""
    talk = Talk()
    talk.say("Our budget is flexible")
    assert talk.fact("budget") == {"min": None, "max": None, "currency": "USD"}
