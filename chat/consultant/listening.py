"""A message made ready to be understood: masked, folded, cut into sentences and clauses with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chat.consultant.canon import canon
from chat.consultant.language import Language
from chat.consultant.masking import BLANK, mask

_ENDS = re.compile(r"[.!?]+(?=[\s\"')\x00]|$)|[。!?｡]+|\n+|\x00{3,}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|inc|ltd|co|st|nr|no|ca|approx|vs|etc|e\.g|i\.e|z\.b|bzw|usw|evtl|inkl|mio|mrd|tsd|sr|sra|"
    r"srta|mme|mlle|env|p\.ej|d\.h|u\.a|max|min|dept|incl|str|abt|jan|feb|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez)|\b[A-Z]|(?<!\w)[دما])\Z",
    re.IGNORECASE,
)
_LONGEST_SENTENCE = 500
_LONGEST_UNSPACED = 120
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d)|[;()]|:(?!\d)|\s-+\s|、")


@dataclass(frozen=True, slots=True)
class Span:
    """``text`` is canonical and masked; [start, end) are its places in the message."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    question: bool = False


@dataclass(frozen=True)
class Heard:
    """``asked``: the slots of our last question. ``own_name``: the visitor's, as far as known.

    ``currency``: what an amount without one is taken to be in.
    """

    raw: str
    text: str
    language: Language
    today: date
    asked: tuple[str, ...]
    currency: str
    own_name: str = ""
    sentences: tuple[Sentence, ...] = ()

    def quote(self, start: int, end: int) -> str:
        return self.raw[start:end]


def _is_end(text: str, match: re.Match[str], language: Language) -> bool:
    if match[0][0] != ".":
        return True
    before, after = text[: match.start()], text[match.end() :].lstrip()
    if re.match(r"(?:KG|OHG)(?:aA)?\b", after):
        return False
    if re.search(r"\bn[or]\Z", before, re.IGNORECASE) and not after[:1].isdigit():
        return True
    if _ABBREVIATION.search(before) and after[:1] and len(match[0]) == 1:
        return bool(re.search(r"\b(?:inc|ltd|co|etc|usw)\Z", before, re.IGNORECASE)) and after[:1].isupper()
    ordinal = re.search(r"(?:^|\D)\d{1,2}\Z", before)
    return not (ordinal and language.cue("month_name").match(after))


def _cut(text: str, language: Language) -> Iterator[tuple[int, int]]:
    start, longest = 0, _LONGEST_SENTENCE if language.spaced else _LONGEST_UNSPACED
    for match in _ENDS.finditer(text):
        if _is_end(text, match, language):
            yield from _bounded(text, start, match.end(), longest)
            start = match.end()
    yield from _bounded(text, start, len(text), longest)


def _bounded(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """What runs on without an end is cut at a blank: some patterns take time by the square of the length."""
    while end - start > longest:
        blank = text.rfind(" ", start + longest // 2, start + longest)
        cut = blank if blank > 0 else start + longest
        yield start, cut
        start = cut
    yield start, end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without blanks and separators at its edges."""
    edge = " \t\r\n,;:-" + BLANK
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def _is_question(text: str, language: Language) -> bool:
    if language.has("soft_question", text) and re.search(r"\d", text):
        return False
    tagged = language.cue("tag_question").search(text.rstrip("\"') \x00"))
    if tagged and tagged.start() > 0 and not language.cue("question_start").match(text):
        return False
    if text.rstrip("\"') \x00").endswith("?") or language.has("question_end", text):
        return True
    if language.cue("question_form").match(text) and not any(language.has(cue, text) for cue in ("pain", "need")):
        return True
    starts = language.cue("question_start").match(text)
    # "You may keep my data" begins like a question in some languages.
    return (
        bool(starts)
        and not language.has("consent_yes", text)
        and any(
            language.has(cue, text)
            for cue in language.data["cues"]
            if cue.startswith(("topic_", "why_ask", "meta_bot"))
        )
    )


def _split_question(text: str, start: int, end: int, language: Language) -> int | None:
    """Where the question begins in a sentence that first states something: "We are 40, is that too small?" """
    for match in re.finditer(r"[,;:]\s*|\s-+\s|\s(?=(?:and|but|und|aber|y|pero|et|mais)\s)", text[start:end]):
        rest = text[start + match.end() : end]
        rest = re.sub(r"^(?:and|but|und|aber|y|pero|et|mais|so|also)\s+", "", rest, flags=re.IGNORECASE)
        if match.start() and language.cue("question_start").match(rest):
            return start + match.end()
    return None


def split_sentences(text: str, language: Language) -> Iterator[Sentence]:
    for cut_start, cut_end in _cut(text, language):
        start, end = trim(text, cut_start, cut_end)
        if start == end or not any(char.isalnum() for char in text[start:end]):
            continue
        question = _is_question(text[start:end], language)
        turn = _split_question(text, start, end, language) if question else None
        if turn is not None:
            first = trim(text, start, turn)
            opening = text[first[0] : first[1]]
            yield Sentence(*first, opening, language.cue("question_start").match(opening) is not None)
            start = turn
        yield Sentence(start, end, text[start:end], question)


def split_clauses(span: Span, language: Language) -> Iterator[Span]:
    """Clauses by punctuation and by the language's "but"."""
    joints = [*_CLAUSE.finditer(span.text), *language.cue("clause_joint").finditer(span.text)]
    start = 0
    for joint in sorted(joints, key=lambda match: match.start()):
        if joint.start() >= start:
            yield from _clause(span, start, joint.start())
            start = joint.start() if joint[0][0].isalpha() and language.spaced else joint.end()
    yield from _clause(span, start, len(span.text))


def _clause(span: Span, start: int, end: int) -> Iterator[Span]:
    start, end = trim(span.text, start, end)
    if start < end:
        yield Span(span.start + start, span.start + end, span.text[start:end])


def listen(
    text: str, language: Language, *, today: date, asked: tuple[str, ...], currency: str, own_name: str = ""
) -> Heard:
    language.seen.clear()
    plain = canon(mask(text))
    sentences = tuple(split_sentences(plain, language))
    return Heard(text, plain, language, today, asked, currency, own_name, sentences)


_TOKEN = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")


def content_words(text: str, language: Language) -> list[str]:
    """The words that carry meaning; in a script without spaces every two characters count as one."""
    if not language.spaced:
        plain = re.sub(r"[\W_ぁ-ん]+", "", text)
        return [plain[i : i + 2] for i in range(0, len(plain), 2)]
    stop = language.words("stop")
    return [word for word in _TOKEN.findall(text.lower()) if word not in stop]
