"""What kind of company: its industry and its size."""

import re
from collections.abc import Iterator
from typing import Any

from chat.consultant.commands import SetFact
from chat.consultant.industries import find_industry
from chat.consultant.language import Language, group_span
from chat.consultant.lexicon import look_up
from chat.consultant.listening import Heard, Sentence, content_words, split_clauses, trim
from chat.consultant.money import find_amounts

_MOST_PEOPLE = 3_000_000


def find_sector(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """The industry, from "we are a ..." or when it was asked; a word in passing ("our shop is slow") is weaker."""
    found = find_industry(sentence.text, heard.language)
    if found is None:
        return
    start, end, key = found
    asked = "industry" in heard.asked
    cued = heard.language.has("we_are", sentence.text)
    lead = sentence.text[max(0, start - 30) : start]
    if heard.language.has("customers", lead) and not asked:
        return
    opening = "challenges" in heard.asked and not _complains(heard, sentence, start)
    if asked or cued or opening or len(content_words(sentence.text, heard.language)) <= 4:
        confidence = 0.95 if asked or cued else 0.8
        start, end = start + sentence.start, end + sentence.start
        yield SetFact(
            slot="industry", value=key, quote=heard.quote(start, end), start=start, end=end, confidence=confidence
        )


def sector_of_name(heard: Heard, fact: object) -> SetFact | None:
    """ "Nordwind Logistics" tells its industry; a weak hint that any statement outweighs."""
    if not isinstance(fact, SetFact) or fact.slot != "company":
        return None
    found = find_industry(heard.text[fact.start : fact.end], heard.language)
    if found is None:
        return None
    start, end = fact.start + found[0], fact.start + found[1]
    return SetFact(slot="industry", value=found[2], quote=heard.quote(start, end), start=start, end=end, confidence=0.6)


def _complains(heard: Heard, sentence: Sentence, at: int) -> bool:
    """Whether the clause that names the industry tells a problem ("our shop is slow")."""
    place = sentence.start + at
    clause = next((c for c in split_clauses(sentence, heard.language) if c.start <= place < c.end), sentence)
    return heard.language.has("pain", clause.text) or heard.language.has("need", clause.text)


def read_industry(quote: str, language: Language) -> str | None:
    found = find_industry(quote, language)
    return found[2] if found else None


def read_size(text: str, language: Language) -> int | dict[str, int | None] | None:
    """A head count or a range of it from words such as "about 120" or "50-80"."""
    amounts = [a for a in find_amounts(text, language) if not a.negated]
    if not amounts and (match := _said_as_words(text, language)):
        return int(look_up(language, "heads", match[0]) or 0) or None
    if not amounts or amounts[0].said_currency:
        return None
    low, high = amounts[0].low, amounts[0].high
    if any(value is not None and not 1 <= value <= _MOST_PEOPLE for value in (low, high)):
        return None
    if low == high and low is not None:
        return int(low)
    bounds: dict[str, int | None] = {"min": int(low) if low else None, "max": int(high) if high else None}
    return bounds


def _size_fact(heard: Heard, start: int, end: int, value: Any, confidence: float) -> SetFact:
    return SetFact(
        slot="company_size", value=value, quote=heard.quote(start, end), start=start, end=end, confidence=confidence
    )


def _is_part(heard: Heard, sentence: Sentence, end: int) -> bool:
    """People of one department, or customers, are not the company."""
    tail = sentence.text[end - sentence.start :][:28].lstrip()
    match = heard.language.cue("subgroup").match(tail)
    return bool(match)


def _is_refuted(heard: Heard, sentence: Sentence, start: int, end: int) -> bool:
    """ "19, not 17": the second figure is the one that is wrong; "we were 90" is over."""
    before, after = sentence.text[max(0, start - 10) : start], sentence.text[end:][:10]
    if heard.language.has("money_not", before) or heard.language.cue("money_not_after").match(after):
        return True
    lead = _lead(heard, sentence, sentence.start + start)
    return heard.language.has("former", lead) or heard.language.has("not_size", lead[-20:])


def find_size(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """The head count; of several the one that is put right, else that of the whole, else the first."""
    asked = "company_size" in heard.asked
    found = list(_cued_sizes(heard, sentence, asked))
    if asked:
        cued = [place for place in found if not heard.language.has("subgroup_before", _lead(heard, sentence, place[0]))]
        found = cued or [*found, *_bare_sizes(heard, sentence)]
    ranked = [(_rank(heard, sentence, start, end), -at, start, end) for at, (start, end) in enumerate(found)]
    if ranked:
        _, _, start, end = max(ranked)
        yield _size_fact(heard, start, end, read_size(heard.text[start:end], heard.language), 0.9)
    elif asked and (match := _said_as_words(sentence.text, heard.language)):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        yield _size_fact(heard, start, end, read_size(heard.text[start:end], heard.language), 0.85)


def _lead(heard: Heard, sentence: Sentence, start: int) -> str:
    """The clause up to ``start``."""
    joints = [m.end() for m in heard.language.cue("clause_joint").finditer(sentence.text, 0, start - sentence.start)]
    return re.split(r"[,;:.、](?!\d)", heard.text[sentence.start + (joints[-1] if joints else 0) : start])[-1]


def _rank(heard: Heard, sentence: Sentence, start: int, end: int) -> int:
    lead = _lead(heard, sentence, start)
    tail = re.split(r"[,;:.、](?!\d)", heard.text[end : sentence.end])[0]
    if re.search(r"\d", sentence.text[: start - sentence.start]) and heard.language.has("correction", lead):
        return 3
    return 2 if heard.language.has("whole", lead) or heard.language.has("whole", tail) else 1


def _cued_sizes(heard: Heard, sentence: Sentence, asked: bool) -> Iterator[tuple[int, int]]:
    for pattern in heard.language.capturing("size"):
        for match in pattern.finditer(sentence.text):
            place = group_span(match, "n_size")
            if place is None or _is_refuted(heard, sentence, place[0], match.end()):
                continue
            start, end = trim(heard.text, sentence.start + place[0], sentence.start + place[1])
            value = read_size(heard.text[start:end], heard.language)
            spelled = not re.search(r"\d", heard.text[start:end])
            handful = spelled and isinstance(value, int) and value < 10 and not asked
            handful = handful and not heard.language.has("we_are", sentence.text[: match.end()])
            if value is not None and not handful and not _is_part(heard, sentence, sentence.start + match.end()):
                yield start, end


def _bare_sizes(heard: Heard, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Figures by themselves; what counts shops or customers is none."""
    for amount in find_amounts(sentence.text, heard.language):
        text = sentence.text[amount.start : amount.end]
        spelled = not re.search(r"\d", text)
        if amount.negated or (spelled and (amount.high or 0) < 2) or read_size(text, heard.language) is None:
            continue
        if _is_refuted(heard, sentence, amount.start, amount.end) or _counts_others(sentence.text[amount.end :], heard):
            continue
        yield sentence.start + amount.start, sentence.start + amount.end


def _counts_others(tail: str, heard: Heard) -> bool:
    if not heard.language.spaced:
        others = heard.language.cue("counter").match(tail) is not None
        return others and heard.language.cue("people").match(tail) is None
    cues = heard.language.data["cues"]
    word = re.match(r"\s+(?:(?:de|d')\s?)?([^\W\d_]+)", tail)
    if word is None or "people" not in cues:
        return False
    rest = tail.strip()
    if heard.language.cue("people").match(rest) or heard.language.cue("money_filler").match(rest + " "):
        return False
    return word[1].lower() not in heard.language.words("stop")


def _said_as_words(text: str, language: Language) -> re.Match[str] | None:
    """ "Just me" is one, "my wife and I" two: the [lexicon] ``heads``."""
    heads = language.table("lexicon").get("heads", {})
    return language.compile([re.escape(words).replace(r"\ ", " ") for words in heads]).search(text) if heads else None
