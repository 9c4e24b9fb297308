"""When something shall be ready."""

import pytest

from chat.consultant.canon import canon
from chat.consultant.dates import find_dates
from chat.consultant.language import load
from tests.chat.consultant.talking import NOW, Talk

DATES = [
    ("en", "by the end of June", "2027-06-30"),
    ("en", "in Q2", "2027-06-30"),
    ("en", "within six months", "2027-05-23"),
    ("en", "before Christmas", "2026-12-24"),
    ("en", "March 15th", "2027-03-15"),
    ("en", "mid-March", "2027-03-15"),
    ("en", "before Easter", "2027-03-27"),
    ("en", "by the end of Q3 next year", "2027-09-30"),
    ("de", "bis Ende Juni", "2027-06-30"),
    ("de", "im zweiten Quartal", "2027-06-30"),
    ("de", "bis zum 15. März 2027", "2027-03-15"),
    ("de", "in drei Monaten", "2027-02-23"),
    ("es", "antes de Semana Santa", "2027-03-27"),
    ("es", "a finales de marzo", "2027-03-31"),
    ("fr", "d'ici fin juin", "2027-06-30"),
    ("fr", "pour la rentrée", "2027-09-01"),
    ("ja", "来年の6月末までに", "2027-06-30"),
    ("ja", "年度末までに", "2027-03-31"),
    ("ja", "半年以内", "2027-05-23"),
    ("ar", "قبل نهاية يونيو", "2027-06-30"),
    ("ar", "خلال ستة أشهر", "2027-05-23"),
]


@pytest.mark.parametrize(("language", "said", "day"), DATES)
def test_a_date_is_read(language: str, said: str, day: str) -> None:
    """I7"""
    found = next(find_dates(canon(said), load(language), NOW.date()))
    assert str(found.date) == day


def test_the_go_live_counts_and_not_the_tender() -> None:
    """I7"""
    talk = Talk()
    talk.say("The RFP closes on January 15th, but we want to go live by the end of September")
    assert talk.fact("timeline")["date"] == "2027-09-30"


@pytest.mark.parametrize("said", ["We were founded in March 2020", "It takes 3 days every month", "I may call you"])
def test_another_time_is_no_deadline(said: str) -> None:
    """I7"""
    talk = Talk()
    talk.say(said)
    assert talk.fact("timeline") is None
