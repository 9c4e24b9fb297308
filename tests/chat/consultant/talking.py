"""A visitor at the keyboard, for the tests of the consultant."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chat import shapes
from chat.consultant.ledger import Entry, fold
from chat.consultant.turn import Knowledge, Reply, Turn, answer, greet

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Talk:
    """One conversation; ``reply`` is the consultant's last one."""

    language: str = "en"
    ledger: list[Entry] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reply: Reply = greet(language=self.language, seed=7, now=NOW)

    def say(self, *texts: str) -> Reply:
        for text in texts:
            self._turn(text, None)
        return self.reply

    def press(self, command: shapes.AnyQuickCommand) -> Reply:
        self._turn("(button)", command)
        return self.reply

    def _turn(self, text: str, quick: shapes.AnyQuickCommand | None) -> None:
        self.messages.append(text)
        turn = Turn(text=text, number=2 * len(self.messages), now=NOW, quick=quick)
        self.reply = answer(turn, self.ledger, self.reply.state, Knowledge.default())
        self.ledger += self.reply.entries

    def fact(self, slot: str) -> Any:
        held = fold(self.ledger).get(slot)
        return held.value if held else None

    def status(self, slot: str) -> str | None:
        held = fold(self.ledger).get(slot)
        return held.status if held else None
