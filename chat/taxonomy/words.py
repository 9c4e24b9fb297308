"""Words of a text with their places, folded and stemmed per language, so that inflection does not hide a match."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_STEMMERS = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "sv": "swedish",
    "tr": "turkish",
}
_CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f"
_WORD = re.compile(rf"[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)*")
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
# Words whose usual stem is that of another word ("accessible" -> "access", "business" -> "busy").
_OWN_STEM = {
    word: stem
    for stem, forms in {
        "accessible": "accessible accessibility",
        "accountant": "accountant accountants",
        "authority": "authority authorities",
        "automate": "automate automates automated automating automation automatic automatically",
        "business": "business businesses",
        "construction": "construction",
        "cookie": "cookie cookies",
        "customer": "customer customers",
        "developer": "developer developers",
        "direction": "direction directions",
        "directive": "directive directives",
        "distribution": "distribution",
        "engineer": "engineer engineers",
        "expensive": "expensive",
        "experience": "experience experiences experienced",
        "federal": "federal",
        "federation": "federation",
        "governance": "governance",
        "government": "government",
        "hospitality": "hospitality",
        "important": "important",
        "information": "information",
        "instalment": "instalment instalments installment installments",
        "invention": "invention inventions",
        "location": "location locations",
        "manager": "manager managers management",
        "marketing": "marketing",
        "medical": "medical",
        "medication": "medication medications",
        "modern": "modern",
        "modernise": "modernise modernize modernising modernizing modernisation modernization",
        "nightly": "nightly",
        "observability": "observability",
        "operation": "operation operations operational",
        "operator": "operator operators",
        "organisation": "organisation organisations organization organizations",
        "paste": "paste pasting pasted",
        "pensioner": "pensioner pensioners",
        "personal": "personal personally",
        "personalise": "personalise personalize personalised personalized personalisation personalization",
        "presentation": "presentation presentations",
        "production": "production",
        "proposal": "proposal proposals",
        "provider": "provider providers",
        "readiness": "readiness",
        "supporter": "supporter supporters",
        "terminal": "terminal terminals",
        "university": "university universities",
        "unusable": "unusable",
        "useful": "useful",
    }.items()
    for word in forms.split()
}
_BREAK = re.compile(r"([.!?;:…。！？؟\n]+)|([,،、，()–—]+)")
_ENGLISH_TAIL = re.compile(r"['’](s|t|re|ve|ll|d|m)$")
_ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ؤ": "و", "ـ": None})
_ARABIC_HEAD = re.compile(r"^(وبال|وال|بال|كال|فال|ولل|لل|ال)(?=..)|^و(?=....)")
_ARABIC_TAIL = re.compile(r"(?<=...)(يات|ات|ون|ين|ان|ها|هم|كم|نا|يه|ته|ه|ي)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word at [start, end) of its text; ``folded`` is without case and accents."""

    folded: str
    raw: str
    start: int
    end: int
    clause: int
    sentence: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; Japanese keeps its marks because there they change the letter."""
    if _CJK_CHARACTER.search(word):
        return unicodedata.normalize("NFKC", word).casefold()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_LETTERS)


@lru_cache(maxsize=65536)
def stems(raw: str, language: str) -> tuple[str, ...]:
    """The stem of a word, and the stem of its unaccented spelling when that differs."""
    if language == "ar":
        bare = _ARABIC_HEAD.sub("", fold(raw))
        return (_ARABIC_TAIL.sub("", bare),)
    if language == "en" and raw.casefold() in _OWN_STEM:
        return (_OWN_STEM[raw.casefold()],)
    name = _STEMMERS.get(language)
    if name is None:
        return (fold(raw),)
    stemmer = _stemmer(name)
    accented, plain = fold(stemmer.stemWord(raw.casefold())), fold(stemmer.stemWord(fold(raw)))
    return (accented,) if accented == plain else (accented, plain)


def is_gerund(raw: str, language: str) -> bool:
    """English words in -ing are words of their own: "accounting" is no account, "billing" no bill."""
    return language == "en" and len(raw) > 6 and raw.casefold().endswith(("ing", "ings"))


@lru_cache(maxsize=16)
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


def _pieces(match: re.Match[str]) -> list[tuple[str, int, int]]:
    """A match as words: "don't" is one word, "customer's" loses its tail, "l'app" is two."""
    text, start = match.group(), match.start()
    tail = _ENGLISH_TAIL.search(text)
    if tail and tail.group(1) == "t":
        return [(text.replace("'", "").replace("’", ""), start, match.end())]
    if tail:
        text = text[: tail.start()]
    found, at = [], 0
    for part in re.split("['’]", text):
        found.append((part, start + at, start + at + len(part)))
        at += len(part) + 1
    return found


def words(text: str) -> list[Word]:
    """The words of a text outside Japanese runs, with clause and sentence numbers."""
    breaks = [(m.start(), bool(m.group(1))) for m in _BREAK.finditer(text)]
    found: list[Word] = []
    passed = clause = sentence = 0
    for match in _WORD.finditer(text):
        while passed < len(breaks) and breaks[passed][0] < match.start():
            clause += 1
            sentence += breaks[passed][1]
            passed += 1
        found += [Word(fold(raw), raw, start, end, clause, sentence) for raw, start, end in _pieces(match)]
    return found


def has_japanese(text: str) -> bool:
    return _CJK_CHARACTER.search(text) is not None


def japanese_folded(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place in the original."""
    parts: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character).casefold()
        parts.append(folded)
        places += [at] * len(folded)
    return "".join(parts), places
