"""Needs in the visitor's own words: challenges, success criteria, constraints, exclusions.

The act gate stands in ``understand``: questions, pauses, small talk and orders to the machine never get here.
"""

import re
from collections.abc import Iterator

from chat.consultant.commands import SetFact
from chat.consultant.listening import Heard, Sentence, Span, content_words, split_clauses, trim
from chat.consultant.money import find_amounts

_LONGEST = 400
# These say all there is to say in their clause; a clause of a free-text slot needs more than them.
_TYPED = frozenset(
    {"name", "email", "phone", "company", "industry", "company_size", "budget", "timeline", "tech_stack", "consent"}
)


def clean(quote: str) -> str:
    return " ".join(quote.split())


def _fact(heard: Heard, slot: str, start: int, end: int, confidence: float) -> SetFact | None:
    start, end = trim(heard.text, start, end)
    start = _past_lead(heard, start, end)
    while end > start and heard.text[end - 1] in ".!。":
        end -= 1
    if "\x00" in heard.text[start:end]:
        end = start + heard.text[start:end].index("\x00")
        start, end = trim(heard.text, start, end)
    quote = heard.quote(start, end)[:_LONGEST]
    if not quote.strip():
        return None
    return SetFact(
        slot=slot, value=clean(quote), quote=quote, start=start, end=start + len(quote), confidence=confidence
    )


def _past_lead(heard: Heard, start: int, end: int) -> int:
    """Greetings and connectors in front ("well, and") say nothing."""
    while lead := heard.language.cue("lead_in").match(heard.text[start:end]):
        if not lead.end() or start + lead.end() >= end:
            break
        start = trim(heard.text, start + lead.end(), end)[0]
    return start


def _residual(clause: Span, typed: list[SetFact], heard: Heard) -> int:
    """How many words of content the clause has beside the facts in it."""
    text = clause.text
    for fact in typed:
        a, b = max(fact.start, clause.start) - clause.start, min(fact.end, clause.end) - clause.start
        if a < b:
            text = text[:a] + " " * (b - a) + text[b:]
    return len(content_words(text, heard.language))


def _segments(heard: Heard, sentence: Sentence, typed: list[SetFact]) -> Iterator[Span]:
    """Runs of clauses that are not merely a typed fact ("I'm Anna from Nordwind")."""
    start, end, run = -1, -1, ""
    for clause in split_clauses(sentence, heard.language):
        touched = any(f.start < clause.end and clause.start < f.end for f in typed)
        speaks = any(
            heard.language.has(cue, clause.text) for cue in ("pain", "need", "success", "constraint", "exclusion")
        )
        introduced = any(
            f.slot in ("industry", "company_size", "company", "name") and f.start < clause.end and clause.start < f.end
            for f in typed
        )
        least = (
            1
            if _kind(heard, clause) or ("challenges" in heard.asked and heard.language.has("pain", clause.text))
            else 2
            if speaks
            else (7 if introduced else 4)
            if "challenges" in heard.asked
            else 99
        )
        plain = touched and _residual(clause, typed, heard) < least
        plain = plain or bool(heard.language.cue("introduction").fullmatch(clause.text.rstrip(".!")))
        kind = _kind(heard, clause)
        if end >= 0 and (plain or kind != run):
            yield Span(start, end, heard.text[start:end])
            start = end = -1
        if not plain:
            start, end, run = (clause.start if start < 0 else start), clause.end, kind
    if end >= 0:
        yield Span(start, end, heard.text[start:end])


def _kind(heard: Heard, clause: Span) -> str:
    """Conditions stand for themselves, whatever they are joined to."""
    if _is_exclusion(heard, clause.text):
        return "exclusions"
    bound = heard.language.has("constraint", clause.text) or _obliges(heard, clause.text)
    return "constraints" if bound else ""


def _obliges(heard: Heard, text: str) -> bool:
    """ "Drivers can't use it" among the problems is one of them, and so is a "must" among the goals."""
    asked = "challenges" in heard.asked or "success_criteria" in heard.asked
    return not asked and heard.language.has("obligation", text)


def _is_exclusion(heard: Heard, text: str) -> bool:
    language = heard.language
    where_data_stay = language.has("data_noun", text) and language.has("constraint", text)
    return language.has("exclusion", text) and not language.has("exclusion_not", text) and not where_data_stay


def _speaks_of_success(heard: Heard, text: str) -> bool:
    language = heard.language
    goal = language.has("success", text)
    measured = language.has("metric", text) or bool(re.search(r"\d", text))
    figures = [a for a in find_amounts(text, language) if a.looks_like_money]
    if figures and language.has("not_budget", text) and not (goal or language.has("improve", text)):
        return False
    target = language.cue("improve").match(text) and measured and len(content_words(text, language)) <= 6
    if target and not figures:
        return True
    wanted = all(language.has(cue, text) for cue in ("wanted", "improve", "metric"))
    if wanted and not figures and "challenges" not in heard.asked:
        return True
    compared = language.has("improve", text) and language.has("metric", text) and not language.has("pain", text)
    if compared and not figures and not language.has("timeline", text) and "challenges" not in heard.asked:
        return True
    if "success_criteria" in heard.asked:
        better = language.has("improve", text) or language.has("money_most", text)
        told = language.has("pain", text) and len(content_words(text, language)) >= 5
        return goal or ((measured or better) and not told) or (measured and better)
    return goal and (language.has("success_noun", text) or (measured and language.has("improve", text)))


def _condition(heard: Heard, text: str, *, dated: bool) -> tuple[str, float] | None:
    """What must stay out, and what must hold."""
    language = heard.language
    if _is_exclusion(heard, text):
        return "exclusions", 0.85
    if dated and language.has("timeline", text):
        return None
    if language.has("constraint", text):
        return "constraints", 0.85
    story = any(language.has(cue, text) for cue in ("pain", "decide_topic"))
    return ("constraints", 0.7) if _obliges(heard, text) and not dated and not story else None


def _slot(heard: Heard, text: str, typed_words: int, *, dated: bool) -> tuple[str, float] | None:
    language = heard.language
    pain = language.has("pain", text)
    if condition := _condition(heard, text, dated=dated):
        return condition
    if language.has("decide_topic", text) and not pain and "challenges" not in heard.asked:
        return None
    if _added(heard, text, typed_words):
        return "challenges", 0.85
    dated_only = dated and not language.has("metric", text) and not language.has("improve", text)
    if _speaks_of_success(heard, text) and typed_words >= 1 and not dated_only:
        return "success_criteria", 0.9
    if "success_criteria" in heard.asked and (typed_words < (6 if language.spaced else 2) or not pain):
        return None
    if pain and typed_words >= (1 if "challenges" in heard.asked else 2):
        return "challenges", 0.9
    return ("challenges", 0.8) if language.has("need", text) and typed_words >= (5 if dated else 2) else None


def _added(heard: Heard, text: str, words: int) -> bool:
    """ "Oh and the shift swaps": one problem more, whatever was asked."""
    language = heard.language
    goal = any(language.has(cue, text) for cue in ("success_noun", "improve"))
    return words >= 2 and not goal and language.has("addition", text) and not language.has("first_person_do", text)


def _by_question(heard: Heard, text: str, words: int) -> tuple[str, float] | None:
    """Without a cue, a free answer belongs to what we asked."""
    if "challenges" in heard.asked and words >= 2:
        return "challenges", 0.75
    sums = any(a.looks_like_money for a in find_amounts(text, heard.language)) and heard.language.has(
        "not_budget", text
    )
    aside = heard.language.has("decide_topic", text) or heard.language.cue("question_start").match(text)
    if "success_criteria" in heard.asked and words >= 1 and not sums and not aside:
        return "success_criteria", 0.75
    return None


def find_needs(heard: Heard, sentence: Sentence, facts: list[SetFact]) -> Iterator[SetFact]:
    """``facts``: what else was found in the message, so that a bare fact is not taken for a story."""
    typed = [f for f in facts if f.slot in _TYPED and f.start < sentence.end and sentence.start < f.end]
    dated = any(fact.slot == "timeline" for fact in typed)
    told: list[SetFact] = []
    for segment in _segments(heard, sentence, typed):
        words = _residual(segment, typed, heard)
        least = 4 if typed else 0
        found = _slot(heard, segment.text, words, dated=dated) or (
            _by_question(heard, segment.text, max(words, _all_words(segment, heard))) if words >= least else None
        )
        if found is None:
            continue
        place = _widened(heard, sentence, segment) if found[0] in ("exclusions", "constraints") else segment
        covered = [f for f in told if place.start <= f.start and f.end <= place.end]
        if any(f.slot == "success_criteria" for f in covered):
            place, covered = segment, []
        told = [f for f in told if f not in covered]
        fact = _fact(heard, found[0], place.start, place.end, found[1])
        told += [fact] if fact else []
    yield from told


def _widened(heard: Heard, sentence: Sentence, segment: Span) -> Span:
    """A condition with the clause that names its object: "the till, leave it alone", "out of scope: the shop"."""
    if not _points_elsewhere(heard, segment):
        return segment
    clauses = list(split_clauses(sentence, heard.language))
    before = [clause for clause in clauses if clause.end <= segment.start]
    start, end = segment.start, segment.end
    while before and start > before[-1].start:
        clause = before.pop()
        start = clause.start
        if len(content_words(clause.text, heard.language)) > 1 or heard.text[start - 1 : start] != "(":
            break
    if start == segment.start:
        end = next((clause.end for clause in clauses if clause.start >= segment.end), end)
    return Span(start, end, heard.text[start:end])


def _points_elsewhere(heard: Heard, segment: Span) -> bool:
    """The condition has a pronoun for its object, or names none."""
    if heard.language.has("anaphor", segment.text):
        return True
    return "anaphor" in heard.language.data["cues"] and len(content_words(segment.text, heard.language)) <= 2


def _all_words(segment: Span, heard: Heard) -> int:
    return 1 if content_words(segment.text, heard.language) else 0
