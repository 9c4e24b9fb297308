"""One character in, one character out: spelling variants fold together while every span stays where it was."""

import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_PUNCTUATION = str.maketrans(
    "’‘´`ʼ“”„«»「」『』‐‑–—−～〜،؛؟٪٬٫\u00a0\u202f\u3000", "'''''" + '"' * 9 + "-----~~,;?%,.   "
)


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    if char < "\x80":
        return char
    char = char.translate(_PUNCTUATION).translate(_ARABIC)
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


def canon(text: str) -> str:
    """``text`` with accents, full-width forms, foreign digits and quotation marks made plain, length unchanged."""
    return "".join(map(_fold, text))
