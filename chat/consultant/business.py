"""What kind of company: its industry and its size."""

import re
from collections.abc import Iterator
from typing import Any

from chat.consultant.commands import SetFact
from chat.consultant.industries import find_industry
from chat.consultant.language import Language, group_span
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


def _is_refuted(heard: Heard, sentence: Sentence, match: re.Match[str]) -> bool:
    """ "19, not 17": the second figure is the one that is wrong."""
    before, after = sentence.text[max(0, match.start() - 10) : match.start()], sentence.text[match.end() :][:10]
    return heard.language.has("money_not", before) or bool(heard.language.cue("money_not_after").match(after))


def find_size(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    for pattern in heard.language.capturing("size"):
        for match in pattern.finditer(sentence.text):
            place = group_span(match, "n_size")
            if place is None or heard.language.has(
                "not_size", sentence.text[max(0, match.start() - 20) : match.start()]
            ):
                continue
            start, end = trim(heard.text, sentence.start + place[0], sentence.start + place[1])
            value = read_size(heard.text[start:end], heard.language)
            if _is_refuted(heard, sentence, match):
                continue
            spelled = not re.search(r"\d", heard.text[start:end])
            handful = spelled and isinstance(value, int) and value < 10 and "company_size" not in heard.asked
            handful = handful and not heard.language.has("we_are", sentence.text[: match.end()])
            if value is not None and not handful and not _is_part(heard, sentence, sentence.start + match.end()):
                yield _size_fact(heard, start, end, value, 0.9)
                return
    if "company_size" in heard.asked and (
        bare := re.search(r"\d", sentence.text) or heard.language.has("number_word", sentence.text)
    ):
        del bare
        value = read_size(sentence.text, heard.language)
        if value is not None:
            yield _size_fact(heard, sentence.start, sentence.end, value, 0.85)
