"""What a yes or a value settles when two values, or an address that looks mistyped, were put to the visitor."""

from collections.abc import Sequence
from typing import Any

from chat.consultant.commands import Command, Confirm, SetFact
from chat.consultant.state import State, Turn


def _from_button(slot: str, value: Any) -> SetFact:
    return SetFact(slot=slot, value=value, quote="", start=0, end=0)


def resolve(commands: Sequence[Command], state: State, turn: Turn) -> list[Command]:
    """``commands`` with the answer to the pending question made explicit; the quote was given with the value before."""
    pending = state.pending
    # A yes or no that came with other facts belongs to them.
    alone = not any(isinstance(c, SetFact) for c in commands)
    answered = next((c.yes for c in commands if isinstance(c, Confirm) and alone), None)
    if pending is None or pending.kind not in ("conflict", "email") or (pending.kind == "email" and answered is None):
        return list(commands)
    if any(isinstance(c, SetFact) and c.slot == pending.slot for c in commands):
        return list(commands)
    # "Yes" to two values means the later one, "yes" to a suggested address takes it, and "no" keeps the first.
    # Who goes on without an answer has said the later one last.
    chosen = pending.options[0] if answered is False else pending.options[1]
    return [*commands, _from_button(pending.slot, chosen)]
