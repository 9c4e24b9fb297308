"""What staff wrote over the shipped catalogue: for an entry, the fields that differ, in the form the files have.

An entry is named by kind ("topic", "insight", "industry", "rule"), key and language; NEUTRAL is for what is the same in
every language. ``off`` among the neutral fields takes an entry out; a key that no file has is an entry of their own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str, str, str]
Fields = Mapping[str, Any]
Edits = Mapping[Place, Fields]
NEUTRAL = ""
NONE: Edits = {}


def keys(edits: Edits, kind: str) -> tuple[str, ...]:
    """Every key of the kind that staff wrote something for."""
    return tuple(dict.fromkeys(key for edited, key, _ in edits if edited == kind))


def is_off(edits: Edits, kind: str, key: str) -> bool:
    return bool(edits.get((kind, key, NEUTRAL), {}).get("off"))


def written(edits: Edits, kind: str, language: str) -> Iterator[tuple[str, Fields]]:
    """(key, fields) of the entries of a kind in one language."""
    return ((key, fields) for (edited, key, code), fields in edits.items() if (edited, code) == (kind, language))
