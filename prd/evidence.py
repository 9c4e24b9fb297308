"""The visitor's own words, cut into clauses that can be quoted: without contact data, each with its message."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prd.brief import Said

SENTENCE = re.compile(r"[^.!?。！？؟;\n]+(?:[.](?=\w)[^.!?。！？؟;\n]*)*[.!?。！？؟;]?")
WORD = re.compile(
    r"[一-龯々]+|[ぁ-ゖ]+|[ァ-ヺー]+|[^\W_一-龯々ぁ-ゖァ-ヺー]+(?:['’.,:-][^\W_一-龯々ぁ-ゖァ-ヺー]+)*|[%€$£¥]"
)
DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
CODE = re.compile(r"```.*?(?:```|$)|<[^>\n]{1,300}>|\{[^{}\n]*:[^{}\n]*\}", re.S)
CONTACT = re.compile(
    r"""[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+     # e-mail
    | (?:https?://|www\.)\S+                   # links
    | (?<![\w@])@\w{3,}                        # handles
    | (?<![\w.,])(?:\+|00|\(?0)\(?\d[\d\s()/.-]{5,}\d(?!\w)   # phone numbers
    | (?<![\w.,])\d{3}[\s.-]\d{3}[\s.-]\d{4}(?!\w)""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Verbatim words of message ``message`` at [start, end); ``question`` when the visitor asked it."""

    message: int
    text: str
    start: int
    end: int
    question: bool = False

    def covers(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


def masked(text: str, private: Sequence[str] = ()) -> str:
    """The text with code and contact data blanked out in place, so that positions still hold."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * len(match[0])

    for pattern in (CODE, CONTACT, *(re.compile(re.escape(p), re.I) for p in private if len(p) > 3)):
        text = pattern.sub(blank, text)
    return text


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' \t\r\n,;:–—-•*"“”„«»':
        start += 1
    while end > start and text[end - 1] in ' \t\r\n,;:–—-•*"“”„«».。!！':
        end -= 1
    return start, end


def _pieces(sentence: str, breaks: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    at = 0
    for match in breaks.finditer(sentence) if breaks else ():
        yield at, match.start()
        at = match.end()
    yield at, len(sentence)


def _unended(text: str, abbreviations: Sequence[str]) -> str:
    """The text with the stops of abbreviations ("Dr.") taken for part of the word, in place."""
    for short in abbreviations:
        text = re.sub(rf"(?<!\w)({re.escape(short)})\.", r"\1_", text)
    return text


def clauses(
    messages: Iterable[Said],
    *,
    breaks: Sequence[str] = (),
    private: Sequence[str] = (),
    abbreviations: Sequence[str] = (),
) -> list[Clause]:
    """Every clause the visitor said; ``breaks`` are the words that start a contrasting one ("but")."""
    pattern = re.compile("|".join(breaks), re.I) if breaks else None
    found = []
    for said in messages:
        if said.role != "user":
            continue
        text = _unended(masked(said.text, private), abbreviations)
        for sentence in SENTENCE.finditer(text):
            question = sentence[0].rstrip().endswith(("?", "？", "؟"))
            for start, end in _pieces(sentence[0], pattern):
                first, last = _trimmed(text, sentence.start() + start, sentence.start() + end)
                if WORD.search(text, first, last) and not _leftover(said.text, text, first, last):
                    found.append(Clause(said.number, said.text[first:last], first, last, question))
    return found


def _leftover(original: str, text: str, start: int, end: int) -> bool:
    """Whether a few words are all that stands around masked contact data ("my e-mail is")."""
    around = range(max(0, start - 3), start), range(end, min(len(text), end + 3))
    beside = any(text[i] == "\n" != original[i] for part in around for i in part)
    return beside and len(words(text[start:end])) < 7


def beginning(term: str) -> str:
    """A pattern before a term: a word begins here. Scripts that join words to what precedes them have no such mark."""
    return r"(?<![^\W_])" if re.match(r"[\\(]*[0-9A-Za-zÀ-ÿ]", term) else ""


def words(text: str) -> list[str]:
    return [part.casefold() for word in WORD.findall(text) for part in re.split("['’]", word)]


def fragment(
    text: str, *, limit: int, avoid: re.Pattern[str] | None = None, around: tuple[int, int] | None = None
) -> str:
    """The longest verbatim run of at most ``limit`` words without ``avoid``; one that covers ``around`` goes first."""
    spans = [match.span() for match in WORD.finditer(text)]
    runs: list[list[tuple[int, int]]] = [[]]
    bad = [match.span() for match in avoid.finditer(text)] if avoid else []
    for span in spans:
        if any(span[0] < end and start < span[1] for start, end in bad):
            runs.append([])
        else:
            runs[-1].append(span)
    best = max(runs, key=lambda run: (_touches(run, around), len(run)))
    best = _window(best, limit, around)
    if not best:
        return ""
    start, end = best[0][0], best[-1][1]
    return text[start:end] + ("%" if text[end : end + 1] == "%" else "")


def _touches(run: list[tuple[int, int]], around: tuple[int, int] | None) -> bool:
    return bool(around) and any(start < around[1] and around[0] < end for start, end in run) if around else False


def _window(run: list[tuple[int, int]], limit: int, around: tuple[int, int] | None) -> list[tuple[int, int]]:
    if len(run) <= limit:
        return run
    inside = [i for i, (start, end) in enumerate(run) if around and start < around[1] and around[0] < end]
    first = max(0, min(inside[0] - 2, len(run) - limit)) if inside and inside[-1] >= limit else 0
    return run[first : first + limit]


def numbers(text: str) -> set[str]:
    """The digit numbers of a text, without thousands separators, so that 12,000 is 12000."""
    return {re.sub(r"[.,:](?=\d{3}(?:\D|$))", "", number) for number in DIGITS.findall(_western(text))}


def _western(text: str) -> str:
    """Arabic-Indic and full-width digits as ASCII."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)
