"""What the consultant calls the keys that travel: the names of industries and services, for the page to show."""

import json

from chat.consultant.language import load

KINDS = {"industry": "industry_names", "service": "services"}


def named(language: str) -> dict[str, str]:
    """``<kind>_<key>`` to its name, written as a value that stands alone and not in a sentence."""
    words = load(language)
    tables = {kind: words.table(table) for kind, table in KINDS.items()}
    return {f"{kind}_{key}": _alone(str(name)) for kind, table in tables.items() for key, name in table.items()}


def document(language: str) -> str:
    """The whole of ``frontend/src/language/terms/<language>.json``."""
    return json.dumps(named(language), indent=2, ensure_ascii=False) + "\n"


def _alone(name: str) -> str:
    bare = name.removeprefix("the ")
    return bare[:1].upper() + bare[1:]
