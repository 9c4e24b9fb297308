"""Drills: what one message means when something was asked. drills/<language>.json holds them as a list of

``kind``; ``asked`` (slots of our last question); ``text``; ``expect`` and ``never`` as in a rehearsal's script. A
drill with neither says that nothing may be held. "*" is any value, and "constraints|exclusions" either slot.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chat.consultant.gate import validate
from chat.consultant.ledger import Fact, fold
from chat.consultant.rehearsal import agrees
from chat.consultant.state import State, Turn
from chat.consultant.understand import hear, understand
from tests.chat.consultant.talking import NOW

FOLDER = Path(__file__).parent / "drills"


def drills(language: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return listed


def faults(language: str, drill: Mapping[str, Any]) -> list[str]:
    """What is held otherwise than the drill wants; empty when it is passed."""
    state = State(language=language, heard=language, asking=tuple(drill["asked"]), turns=3)
    turn = Turn(text=drill["text"], number=3, now=NOW)
    held = fold(validate(understand(turn, state), hear(turn, state), 3, []).entries)
    known = {slot: fact for slot, fact in held.items() if fact.known and slot != "intent"}
    if "expect" not in drill and "never" not in drill:
        return [f"{slot}: {fact.value}" for slot, fact in known.items()]
    wanted = [(s, one) for s, v in drill.get("expect", {}).items() for one in (v if isinstance(v, list) else [v])]
    refused = [(s, one) for s, values in drill.get("never", {}).items() for one in values]
    missing = [
        f"{s}: {one} (held {known[s].value if s in known else None})"
        for s, one in wanted
        if not any(_holds(slot, one, held) for slot in s.split("|"))
    ]
    return missing + [f"never {s}: {one}" for s, one in refused if s in known and _holds(s, one, held)]


def _holds(slot: str, wanted: Any, held: Mapping[str, Fact]) -> bool:
    fact = held.get(slot)
    return fact is not None and fact.known if wanted == "*" else agrees(slot, wanted, fact)
