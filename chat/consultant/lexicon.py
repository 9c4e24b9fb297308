"""Words that stand for a value ("June" is 6): the [lexicon] tables of a language file, and their patterns."""

from functools import lru_cache
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.language import Language, load


@lru_cache(maxsize=512)
def _table(code: str, name: str) -> dict[str, Any]:
    return {canon(word).lower(): value for word, value in load(code).table("lexicon").get(name, {}).items()}


def look_up(language: Language, name: str, word: str) -> Any:
    """The value of ``word`` in the lexicon ``name``; the empty string when it is not listed."""
    key = " ".join(canon(word).lower().replace(".", "").split())
    return _table(language.code, name).get(key, "")
