"""The texts of the privacy page, from the data file beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FALLBACK = "en"


@cache
def texts() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "privacy.toml").read_text(encoding="utf-8"))


def chosen(wish: str, accepted: str) -> str:
    """The language wished for in the address, else the first of an Accept-Language header that we have."""
    return next((code for code in (wish, *_codes(accepted)) if code in texts()), FALLBACK)


def _codes(header: str) -> Iterator[str]:
    """Two-letter codes, most wanted first."""
    weighted = [part.strip().partition(";q=") for part in header.lower().split(",")]
    for tag, _, _q in sorted(weighted, key=lambda part: -_weight(part[2])):
        yield tag[:2]


def _weight(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdecimal() else 1.0 if not text else 0.0
