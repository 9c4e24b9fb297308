"""Twelve visitors, two a language: what they said must be understood."""

import json
from pathlib import Path

import pytest

from chat.consultant.policy import MOST_ASKS
from chat.consultant.rehearsal import play
from chat.consultant.speak import MOST_WORDS
from tests.chat.consultant.talking import NOW

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.json"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_visitor_is_understood(path: Path) -> None:
    """C2 C3 C8 C9 I1-I10: at least 95 % of the facts, none that must not be, nothing known asked again."""
    report = play(json.loads(path.read_text(encoding="utf-8")), now=NOW)
    assert report.share >= 0.95, report.wrong + report.missing
    assert (report.forbidden, report.asked_again, report.late) == ([], [], False)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_reply_is_short_and_asks_one_thing(path: Path) -> None:
    """C2"""
    report = play(json.loads(path.read_text(encoding="utf-8")), now=NOW)
    said = [text for who, text in report.transcript if who == "bot"]
    assert max(len(text.split()) for text in said) <= MOST_WORDS
    assert max(sum(text.count(mark) for mark in "?？؟") for text in said) <= MOST_ASKS
