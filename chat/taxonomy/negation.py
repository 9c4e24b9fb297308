"""What a text turns down: "no chatbot" excludes; "we have no chatbot" is a lack, and so a need."""

from collections.abc import Sequence
from dataclasses import dataclass

from chat.taxonomy.spans import Span
from chat.taxonomy.words import Word

WINDOW = 6
JAPANESE_WINDOW = 14
VERB_ENDINGS = {"en": ("ing",), "es": ("ar", "er", "ir", "arlo"), "fr": ("er", "ir", "oir")}
NO_ENDING = ("\0",)


@dataclass(frozen=True, slots=True)
class Denied:
    """Places (word numbers, or characters in Japanese) that are turned down."""

    ranges: tuple[tuple[int, int], ...]

    def covers(self, span: Span) -> bool:
        return any(first <= span.first and span.last <= last for first, last in self.ranges)


def _ends(cue: Span, breaks: Sequence[Span], text: Sequence[Word]) -> int:
    """Where a denial stops: at its clause's end, at a turn of the sentence, or after some words."""
    limit = min(cue.last + WINDOW, len(text))
    stops = [b.first for b in breaks if b.first >= cue.last]
    clause = text[cue.last - 1].clause
    change = next((i for i in range(cue.last, limit) if text[i].clause != clause), limit)
    return min([limit, change, *stops])


def _begins(cue: Span, breaks: Sequence[Span], text: Sequence[Word]) -> int:
    limit = max(cue.first - WINDOW, 0)
    turns = [b.last for b in breaks if b.last <= cue.first]
    clause = text[cue.first].clause
    change = next((i + 1 for i in range(cue.first - 1, limit - 1, -1) if text[i].clause != clause), limit)
    return max([limit, change, *turns])


def _opens_clause(cue: Span, text: Sequence[Word]) -> bool:
    """ "No app" at the head of a clause is a wish; "no invoice gets paid" in its middle is a trouble."""
    return cue.first == 0 or text[cue.first - 1].clause != text[cue.first].clause


def in_words(text: Sequence[Word], steering: Sequence[Span], language: str) -> Denied:
    lacks = [s for s in steering if s.sign.kind == "lack"]
    breaks = [s for s in steering if s.sign.kind == "break"]
    ranges = []
    for cue in steering:
        if any(lack.first < cue.last and cue.first < lack.last and lack.size >= cue.size for lack in lacks):
            continue
        if cue.sign.kind == "reject" or (cue.sign.kind == "start" and _opens_clause(cue, text)):
            if cue.last < len(text) and text[cue.last].folded.endswith(VERB_ENDINGS.get(language, NO_ENDING)):
                continue  # "without typing" names a nuisance, not a thing that is offered
            ranges.append((cue.last, _ends(cue, breaks, text)))
        elif cue.sign.kind == "after":
            ranges.append((_begins(cue, breaks, text), cue.first))
    return Denied(tuple(ranges))


def in_japanese(spans: Sequence[Span]) -> Denied:
    """Japanese denies at the end: the words before the denial, back to the sentence's start or a turn."""
    breaks = [s.last for s in spans if s.sign.kind == "break"]
    lacks = [s for s in spans if s.sign.kind == "lack"]
    ranges = []
    for cue in (s for s in spans if s.sign.kind == "after"):
        if any(lack.first <= cue.first and cue.last <= lack.last for lack in lacks):
            continue
        ranges.append((max([cue.first - JAPANESE_WINDOW, *(b for b in breaks if b <= cue.first)]), cue.first))
    return Denied(tuple(ranges))
