"""C6: a question back is answered from the entry that it is about, and gives no fact."""

import json
from pathlib import Path

import pytest

from chat.consultant.commands import AskBack, SetFact
from chat.consultant.state import State
from chat.consultant.turn import Turn
from chat.consultant.understand import understand
from tests.chat.consultant.talking import NOW

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))


def heard(code: str, text: str) -> tuple[list[str], list[str]]:
    """(topics asked about, slots filled) of a question put while we asked for the tools."""
    state = State(language=code, heard=code, asking=("tech_stack",), turns=4)
    commands = understand(Turn(text=text, number=8, now=NOW), state)
    asked = [command.topic for command in commands if isinstance(command, AskBack)]
    return asked[:1], [command.slot for command in commands if isinstance(command, SetFact)]


@pytest.mark.parametrize("code", QUESTIONS)
def test_what_a_question_is_about_is_recognised(code: str) -> None:
    """C6"""
    asked = [(topic, text) for topic, texts in QUESTIONS[code].items() for text in texts]
    missed = [(topic, text) for topic, text in asked if heard(code, text)[0] != [topic]]
    assert len(missed) <= 0.03 * len(asked), missed


@pytest.mark.parametrize("code", QUESTIONS)
def test_no_question_fills_a_slot(code: str) -> None:
    """C6"""
    assert not [text for texts in QUESTIONS[code].values() for text in texts if heard(code, text)[1]]
