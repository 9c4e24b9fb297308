"""Data that is the same in every language: data/reference.toml, read once."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "reference.toml"


@lru_cache(maxsize=1)
def reference() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
