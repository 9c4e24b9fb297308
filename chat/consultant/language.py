"""A language is one data file under languages/; this reads it and compiles its cue words.

In a cue ``~`` means "and any ending", a space any white space, ``<name>`` a fragment of the file's [fragments] table
or of FRAGMENTS below, and the rest is a regular expression, matched without regard to case or accents.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from chat.consultant.canon import canon

FOLDER = Path(__file__).parent / "languages"
FALLBACK = "en"

_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯΑ-Ω]"
_LETTER = r"[^\W\d_]"
_PARTICLE = r"(?:van|von|de|da|di|du|dos|del|della|der|den|la|le|bin|ibn|al|el|ter|ten|zu|y)"
_TITLE = r"(?:Dr|Prof|Mr|Mrs|Ms|Sra?|Dra|Mme|Dipl|Ing)\."
_WORD = rf"{_UPPER}(?:{_LETTER}|['\-](?={_LETTER}))*"
# A look-behind must have a fixed width: a space in one is a single one.
_LOOK_BEHIND = re.compile(r"\(\?<[!=][^)]*\)")
# "im the owner, its my call": what is typed without its apostrophe ("we're" and "we'll" would be other words).
_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=(?:t|m|s|ve)\b)|(?<=you)'(?=re\b)|(?<=they)'(?=re\b)")
_JOIN = r"(?:&|and|und|et|y|e|de|du|des|del|of|für|for)"
_LEGAL = (
    r"(?:(?:GmbH|AG|UG|SE) & Co\.? (?:KGaA|KG|OHG)|GmbH|gGmbH|e\.\s?V\.|e\.\s?K\.|mbH|KG|plc|ltd|inc|llc"
    r"|\((?:Pty|Pvt)\) Ltd|S\.A\.(?:S\.)?|S\.L\.|S\.r\.l\.|S\.p\.A\.|B\.V\.|N\.V\.)"
)
FRAGMENTS = {
    "day": r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?!\d))",
    "year": r"(?P<year>20[2-9]\d)",
    "given": rf"(?-i:(?:{_TITLE}\s?)*{_WORD}(?:\s{_TITLE})*"
    rf"(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}|\s{_UPPER}\.(?=\s)){{0,3}})",
    "org": rf"(?-i:(?:{_UPPER}|\d{{1,3}}(?={_UPPER}))[\w'&.\-]*(?:,?\s{_LEGAL}|\s{_JOIN}\s(?={_UPPER}){_UPPER}[\w'&\-]*"
    rf"|,?\s{_LEGAL}|\s{_UPPER}[\w'&\-]*(?:\.(?=\w)\w+)*|\s\d{{1,4}}(?=\s{_UPPER})){{0,6}})",
}


@dataclass(frozen=True)
class Language:
    code: str
    data: Mapping[str, Any]
    spaced: bool
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False)
    captures: dict[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict, compare=False)
    fragments: dict[str, str] = field(default_factory=dict, compare=False)
    # What ``has`` found in the message at hand, for the readings ask the same again; ``listen`` empties it.
    seen: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)

    def cue(self, name: str) -> re.Pattern[str]:
        """The alternatives of [cues] ``name`` as one pattern; a missing cue never matches."""
        found = self.compiled.get(name)
        if found is None:
            found = self.compiled[name] = self.compile(self.data["cues"].get(name, []))
        return found

    def has(self, name: str, text: str) -> bool:
        found = self.seen.get((name, text))
        if found is None:
            found = self.seen[name, text] = self.cue(name).search(text) is not None
        return found

    def capturing(self, name: str) -> tuple[re.Pattern[str], ...]:
        """The patterns of [captures] ``name``, each with named groups."""
        found = self.captures.get(name)
        if found is None:
            sources = self.data["captures"].get(name, [])
            found = self.captures[name] = tuple(self.compile([source]) for source in sources)
        return found

    def table(self, name: str) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self.data.get(name, {})
        return table

    def words(self, name: str) -> frozenset[str]:
        """A list of plain words, folded and lower-cased, for look-ups of whole tokens."""
        return _word_set(self.code, name)

    def compile(self, alternatives: Sequence[str]) -> re.Pattern[str]:
        if not alternatives:
            return re.compile(r"(?!)")
        body = _number_groups("|".join(self._expand(source) for source in alternatives))
        if not self.spaced:
            return re.compile(f"(?:{body})", re.IGNORECASE)
        prefix = self.data["language"].get("prefix", "")
        before = r"\w" if self.data["language"].get("elision") else r"\w'"
        return re.compile(rf"(?<![{before}])(?<!\w-){prefix}(?:{body})(?!\w)", re.IGNORECASE)

    def _expand(self, source: str) -> str:
        if not self.fragments:
            own = self.data.get("fragments", {})
            self.fragments.update({**FRAGMENTS, "number": self._number(), **self._lexicon_groups(), **own})
        for _ in range(3):
            source = re.sub(r"(?<!P)(?<!k)<([a-z_]+)>", lambda m: self.fragments.get(m[1], m[0]), source)
        # Fragments are expanded first: a group's name must not be folded, and a class of capitals must keep its case.
        source = _LOOK_BEHIND.sub(lambda m: m[0].replace(" ", r"\s"), source)
        if self.spaced:
            source = _APOSTROPHE.sub("'?", source)
        return _fold_outside_classes(source).replace(" ?", r"\s*").replace(" ", r"\s+").replace("~", r"\w*")

    def _number(self) -> str:
        """A figure or a number in words, as in "37", "1,350" or "thirty-seven"."""
        numbers = self.data.get("numbers", {})
        small, large = _any_of(numbers.get("values", {})), _any_of(w for w in numbers.get("large", {}) if len(w) > 2)
        spelled = rf"(?:{small}|{large})(?:(?:{numbers.get('glue', '[ -]+(?:and )?')})(?:{small}|{large}))*"
        digits = rf"(?:\d{{1,3}}(?:[.,' ]\d{{3}})+|\d+)(?: ?(?:{large})\b)?"
        return rf"(?<![\d.,])(?:{digits}|{spelled if small else '(?!)'})(?![.,]?\d)"

    def _lexicon_groups(self) -> dict[str, str]:
        lexicon = self.data.get("lexicon", {})
        return {name: f"(?P<{name}>{_any_of(table)})" for name, table in lexicon.items()}


def _number_groups(source: str) -> str:
    """A group's name may stand in several alternatives; ``re`` wants it once, so the others get a number."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        seen[match[1]] = count = seen.get(match[1], 0) + 1
        return match[0] if count == 1 else f"(?P<{match[1]}__{count}>"

    return re.sub(r"\(\?P<([a-z_]+)>", rename, source)


def named_groups(match: re.Match[str]) -> dict[str, str]:
    """The groups that took part, by the names they have in the language file."""
    return {name.split("__")[0]: text for name, text in match.groupdict().items() if text}


def group_span(match: re.Match[str], name: str) -> tuple[int, int] | None:
    for group, text in match.groupdict().items():
        if text and group.split("__")[0] == name:
            return match.span(group)
    return None


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word).replace(r"\ ", " ") + (r"\.?" if len(word) <= 4 and word.isalpha() else "") for word in ordered
    )


def _fold_outside_classes(source: str) -> str:
    return "".join(part if part.startswith("[") else canon(part) for part in re.split(r"(\[[^\]]*\])", source))


@lru_cache(maxsize=256)
def _word_set(code: str, name: str) -> frozenset[str]:
    listed = load(code).data.get("words", {}).get(name, [])
    return frozenset(canon(word).lower() for word in listed)


@lru_cache(maxsize=32)
def load(code: str) -> Language:
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(code=code, data=data, spaced=data["language"].get("spaced", True))


@lru_cache(maxsize=1)
def supported() -> tuple[str, ...]:
    """The codes of all language files, the fallback first."""
    codes = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (FALLBACK, *(code for code in codes if code != FALLBACK))


def choose_language(*wanted: str | None) -> str:
    """The first of ``wanted`` (codes such as "de" or "de-AT", an Accept-Language header) that we speak."""
    for listed in wanted:
        for tag in (listed or "").split(","):
            code = tag.split(";")[0].strip().lower().split("-")[0].split("_")[0]
            if code in supported():
                return code
    return FALLBACK
