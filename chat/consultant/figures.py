"""Budget and timeline: which of the amounts and dates in a message are meant, and which are something else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from chat.consultant.commands import SetFact
from chat.consultant.dates import Moment, as_timeline, find_dates
from chat.consultant.language import Language
from chat.consultant.listening import Heard, Sentence, Span, content_words, split_clauses
from chat.consultant.money import Amount, as_budget, find_amounts

_SMALLEST_BUDGET = 100
_MOST_AMOUNTS = 8


def read_budget(quote: str, language: Language, currency: str) -> dict[str, Any] | None:
    """The budget a quote says, or None; "flexible" leaves both ends open."""
    amounts = [a for a in find_amounts(quote, language) if not a.negated]
    if amounts:
        return as_budget(amounts[0], currency)
    flexible = {"min": None, "max": None, "currency": currency}
    return flexible if language.has("budget_flexible", quote) else None


def _distance(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """How far the nearest cue is from [start, end), 0 when it touches or overlaps."""
    gaps = [max(start - m.end(), m.start() - end, 0) for m in pattern.finditer(text)]
    return min(gaps, default=None)


def _counts_things(amount: Amount, text: str, language: Language) -> bool:
    """ "50k invoices", "3,000 patients", "80 %": the number counts something that is no money."""
    tail = text[amount.end :]
    if re.match(r"\s*(?:%|percent|°)", tail) or re.match(r"\.?\d", tail):
        return True
    if amount.said_currency:
        return False
    word = re.match(r"\s+([^\W\d_]+)", tail)
    if word is None:
        return bool(not language.spaced and language.cue("counter").match(tail))
    if language.cue("money_not").match(tail.strip()) or language.cue("negation").match(tail.strip()):
        return False
    return (
        word[1].lower() not in language.words("stop")
        and not language.cue("budget").match(tail.strip())
        and not language.cue("money_most_after").match(tail.strip())
    )


def _cued(amount: Amount, clause: Span, sentence: Sentence, heard: Heard) -> bool | None:
    """True: a budget; False: another sum; None: nothing around says which."""
    start, end = amount.start, amount.end
    yes = _distance(heard.language.cue("budget"), clause.text, start, end)
    no = _distance(heard.language.cue("not_budget"), clause.text, start, end)
    if yes is None and no is None:
        if heard.language.has("budget", sentence.text) and not heard.language.has("not_budget", sentence.text):
            return True
        return None
    return no is None or (yes is not None and yes < no)


def _is_budget(amount: Amount, clause: Span, sentence: Sentence, heard: Heard) -> bool:
    largest = amount.largest or amount.low or amount.high or 0
    if amount.negated or largest < _SMALLEST_BUDGET or _counts_things(amount, clause.text, heard.language):
        return False
    cued = _cued(amount, clause, sentence, heard)
    if cued is None and heard.language.cue("per_period").match(clause.text[amount.end :].strip()):
        return False
    asked = "budget" in heard.asked
    if cued is False or (cued is None and heard.language.has("not_budget", sentence.text) and not asked):
        return False
    year_like = amount.low == amount.high and 1990 <= largest <= 2100 and not amount.looks_like_money
    if year_like:
        return False
    corrected = heard.language.has("correction", sentence.text)
    announced = corrected and (amount.said_currency is not None or (largest >= 1000 and "timeline" not in heard.asked))
    if cued or asked or announced:
        return amount.looks_like_money or largest >= 500
    rest = clause.text[: amount.start] + " " + clause.text[amount.end :]
    return amount.looks_like_money and "challenges" not in heard.asked and len(content_words(rest, heard.language)) <= 2


def find_budget(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    seen = list(_amounts(heard, sentence))
    meant = [(c, a) for c, a in seen if _is_budget(a, c, sentence, heard)]
    # A sum that its own clause calls the budget goes before one that could be anything.
    sure = [(c, a) for c, a in meant if _is_cued(heard, c, a)]
    found = [_budget_fact(heard, a, c) for c, a in sure or meant]
    if found:
        changed = heard.language.has("change_verb", sentence.text) or heard.language.has("correction", sentence.text)
        # "Perhaps 18,000, at most 20,000": the ceiling is what can be planned with.
        ceiling = [_budget_fact(heard, a, c) for c, a in seen if _is_ceiling(a, found[0].value)]
        yield found[-1] if changed else (ceiling or found)[0]
    elif not re.search(r"\d", sentence.text):
        yield from _flexible_budget(heard, sentence)


def _amounts(heard: Heard, sentence: Sentence) -> Iterator[tuple[Span, Amount]]:
    """Each sum of the sentence with its clause; a range or a stretch may span two clauses."""
    clauses = list(split_clauses(sentence, heard.language))
    for amount in find_amounts(sentence.text, heard.language)[:_MOST_AMOUNTS]:
        place = sentence.start + amount.start
        clause = next((c for c in clauses if c.start <= place < c.end), sentence)
        if sentence.start + amount.end > clause.end:
            clause = Span(clause.start, sentence.end, heard.text[clause.start : sentence.end])
        shift = clause.start - sentence.start
        yield clause, replace(amount, start=max(amount.start - shift, 0), end=amount.end - shift)


def _is_cued(heard: Heard, clause: Span, amount: Amount) -> bool:
    return heard.language.has("budget", clause.text) or amount.low is None or amount.said_currency is not None


def _is_ceiling(amount: Amount, guess: dict[str, Any]) -> bool:
    least = guess["max"] or guess["min"] or 0
    return amount.low is None and amount.high is not None and least <= amount.high <= 10 * least


def _budget_fact(heard: Heard, amount: Amount, clause: Span) -> SetFact:
    if heard.language.has("change_verb", clause.text) and amount.low is not None and amount.low != amount.high:
        inner = list(_single_amounts(clause.text[amount.start : amount.end], heard.language))
        if len(inner) > 1:
            offset = clause.start + amount.start
            return _fact(heard, inner[-1], offset)
    return _fact(heard, amount, clause.start)


def _single_amounts(text: str, language: Language) -> Iterator[Amount]:
    """The two ends of a range as amounts of their own: "from 50k to 80k" after "raised"."""
    for joint in language.cue("money_to").finditer(text):
        tail = text[joint.end() :]
        for amount in find_amounts(text[: joint.start()], language):
            yield amount
        for amount in find_amounts(" " * joint.end() + tail, language):
            yield amount
        return


def _fact(heard: Heard, amount: Amount, offset: int) -> SetFact:
    start, end = offset + amount.start, offset + amount.end
    quote = heard.quote(start, end)
    confidence = 0.95 if amount.said_currency else 0.85
    return SetFact(
        slot="budget", value=as_budget(amount, heard.currency), quote=quote, start=start, end=end, confidence=confidence
    )


def _flexible_budget(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    match = heard.language.cue("budget_flexible").search(sentence.text)
    asked = "budget" in heard.asked
    if match and (asked or heard.language.has("budget_noun", sentence.text)):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        value = {"min": None, "max": None, "currency": heard.currency}
        yield SetFact(slot="budget", value=value, quote=heard.quote(start, end), start=start, end=end, confidence=0.8)


def read_timeline(quote: str, text: str, language: Language, today: date) -> dict[str, Any] | None:
    """What a canonical quote says about the time; ``text`` is the same quote verbatim."""
    for moment in find_dates(quote, language, today):
        return as_timeline(moment, text)
    for kind in ("flexible", "asap"):
        if language.has(kind, quote):
            return {"kind": kind, "date": None, "text": text}
    return None


def _is_go_live(moment: Moment, sentence: Sentence, clause: Span, heard: Heard) -> bool:
    """Its own clause says that the date is when it is to run."""
    start, end = moment.start - (clause.start - sentence.start), moment.end - (clause.start - sentence.start)
    yes = _distance(heard.language.cue("timeline"), clause.text, start, end)
    no = _distance(heard.language.cue("not_timeline"), clause.text, start, end)
    return yes is not None and (no is None or yes < no)


def _date_cued(moment: Moment, sentence: Sentence, clause: Span, heard: Heard) -> bool:
    start, end = moment.start - (clause.start - sentence.start), moment.end - (clause.start - sentence.start)
    yes = _distance(heard.language.cue("timeline"), clause.text, start, end)
    no = _distance(heard.language.cue("not_timeline"), clause.text, start, end)
    asked = "timeline" in heard.asked
    goal = heard.language.has("success", sentence.text) or "success_criteria" in heard.asked
    target = moment.unit_only and goal and (not asked or heard.language.has("success_noun", sentence.text))
    measured = "success_criteria" in heard.asked and not heard.language.has("timeline", sentence.text)
    if target or (measured and heard.language.has("metric", sentence.text)):
        return False
    if no is not None and (yes is None or no <= yes):
        return asked and yes is None and no > 12 and not moment.unit_only
    if asked or yes is not None:
        return True
    if heard.language.has("not_timeline", sentence.text) and not (
        moment.firm and len(clause.text) < len(sentence.text)
    ):
        return False
    if moment.unit_only and not moment.firm:
        return False
    other = any(amount.looks_like_money for amount in find_amounts(sentence.text, heard.language))
    corrected = not moment.unit_only and not other and heard.language.has("correction", sentence.text)
    if corrected or heard.language.has("timeline", sentence.text):
        return True
    return (
        (moment.firm and not moment.unit_only)
        or len(content_words(sentence.text, heard.language)) <= 5
        or (moment.firm and heard.language.has("timeline", sentence.text))
    )


def _is_negated(moment: Moment, sentence: Sentence, language: Language) -> bool:
    return language.has("money_not", sentence.text[max(0, moment.start - 8) : moment.start])


def find_timeline(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    found: list[tuple[bool, int, int]] = []
    sure: list[tuple[bool, int, int]] = []
    clauses = list(split_clauses(sentence, heard.language))
    for moment in find_dates(sentence.text, heard.language, heard.today):
        place = sentence.start + moment.start
        clause = next((c for c in clauses if c.start <= place < c.end), sentence)
        if not _is_negated(moment, sentence, heard.language) and _date_cued(moment, sentence, clause, heard):
            tail = sentence.text[moment.end :][:24].lstrip(" ,")
            firm = moment.firm or bool(heard.language.cue("latest_after").match(tail))
            found.append((firm, place, sentence.start + moment.end))
            sure += found[-1:] if _is_go_live(moment, sentence, clause, heard) else []
    if found:
        changed = any(heard.language.has(cue, sentence.text) for cue in ("change_verb", "correction"))
        changed = changed or heard.language.has("conclusion", sentence.text[: found[-1][1] - sentence.start][-16:])
        _, start, end = (
            found[-1]
            if changed
            else max(sure or found, key=lambda place: place[0:2] if place[0] else (False, -place[1]))
        )
        yield from _timeline_fact(heard, start, end, 0.95)
        return
    yield from _open_timeline(heard, sentence)


def _open_timeline(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    asked = "timeline" in heard.asked
    words = content_words(sentence.text, heard.language)
    for kind in ("flexible", "asap"):
        match = heard.language.cue(kind).search(sentence.text)
        if match is None:
            continue
        about_money = heard.language.has("budget_noun", sentence.text) or "budget" in heard.asked
        if kind == "flexible" and not asked and (about_money or not heard.language.has("time_noun", sentence.text)):
            continue
        if kind == "asap" and not asked and not heard.language.has("time_noun", sentence.text) and len(words) > 4:
            continue
        yield from _timeline_fact(heard, sentence.start + match.start(), sentence.start + match.end(), 0.85)
        return


def _timeline_fact(heard: Heard, start: int, end: int, confidence: float) -> Iterator[SetFact]:
    quote = heard.quote(start, end)
    value = read_timeline(heard.text[start:end], quote, heard.language, heard.today)
    if value:
        yield SetFact(slot="timeline", value=value, quote=quote, start=start, end=end, confidence=confidence)
