"""The tools a company works with, from product names and from "we use X and Y"."""

import re
from collections.abc import Iterator

from chat.consultant.canon import canon
from chat.consultant.commands import RetractFact, SetFact
from chat.consultant.language import Language, group_span
from chat.consultant.listening import Heard, Sentence, content_words, split_clauses, trim
from chat.consultant.money import find_amounts
from chat.consultant.technologies import canonical, find_technologies, is_ambiguous

_MAX_ITEM_WORDS = 4
_MARKS = r"[;,،、](?!\d)|:\s"


def read_tool(quote: str) -> str:
    return canonical(quote) or " ".join(quote.split())


def _tool(heard: Heard, start: int, end: int, confidence: float) -> SetFact:
    quote = heard.quote(start, end)
    return SetFact(slot="tech_stack", value=read_tool(quote), quote=quote, start=start, end=end, confidence=confidence)


def _clause_before(heard: Heard, sentence: Sentence, start: int) -> str:
    for clause in split_clauses(sentence, heard.language):
        if clause.start <= start < clause.end:
            return heard.text[clause.start : start]
    return ""


def _segment(heard: Heard, sentence: Sentence, start: int) -> str:
    """The part of the sentence about the product at ``start``: a "but now" turns from one product to another."""
    clause = next((c for c in split_clauses(sentence, heard.language) if c.start <= start < c.end), sentence)
    at = start - clause.start
    turns = [match.start() for match in heard.language.cue("turn_joint").finditer(clause.text)]
    first = max((turn for turn in turns if turn <= at), default=0)
    return clause.text[first : min((turn for turn in turns if turn > at), default=len(clause.text))]


def _not_in_use(heard: Heard, sentence: Sentence, start: int, end: int) -> bool:
    if heard.language.has("tool_unused", _segment(heard, sentence, start)):
        return True
    lead, tail = _clause_before(heard, sentence, start), sentence.text[end - sentence.start :][:40]
    return heard.language.has("considered", lead) or bool(heard.language.cue("considered_after").match(tail.lstrip()))


def _fate(heard: Heard, sentence: Sentence, start: int, end: int) -> str:
    """ "dropped" or "foreign" (somebody else's, or only wished for) when the tool's clause or the next one says so."""
    language = heard.language
    clauses = list(split_clauses(sentence, language))
    at = next((i for i, c in enumerate(clauses) if c.start <= start < c.end), None)
    if at is None:
        return ""
    own = clauses[at].text
    after = clauses[at + 1].text if at + 1 < len(clauses) else ""
    # "Salesforce, though we left it in March": a clause without a tool of its own speaks of the one before.
    if any(True for _ in find_technologies(after, language)):
        after = ""
    if language.has("keeps", own):
        return ""
    if language.has("tool_dropped", own) or language.has("tool_dropped_next", after):
        return "dropped"
    return "foreign" if language.has("tool_foreign", own) or language.has("tool_refused_next", after) else ""


def _negated(heard: Heard, sentence: Sentence, start: int, end: int) -> bool:
    lead, tail = _clause_before(heard, sentence, start), sentence.text[end - sentence.start :][:16]
    return heard.language.has("negation", lead[-14:]) or bool(heard.language.cue("negation_after").match(tail.lstrip()))


def _names_products(heard: Heard, sentence: Sentence, least: int = 1) -> bool:
    """Whether names that are no ordinary words stand in the sentence."""
    found = find_technologies(sentence.text, heard.language)
    return sum(not is_ambiguous(sentence.text[start:end]) for start, end, _ in found) >= least


def _named(heard: Heard, sentence: Sentence) -> Iterator[tuple[int, int]]:
    in_context = "tech_stack" in heard.asked or any(p.search(sentence.text) for p in heard.language.capturing("stack"))
    in_context = in_context or _names_products(heard, sentence)
    for start, end, _ in find_technologies(sentence.text, heard.language):
        if in_context or not is_ambiguous(sentence.text[start:end]):
            yield sentence.start + start, sentence.start + end


def _items(heard: Heard, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration: "X, Y and Z"."""
    text = heard.text[start:end]
    at = 0
    attached = heard.language.data["language"].get("attached_joint", r"(?!)")
    joints = [*heard.language.cue("list_joint").finditer(text), *re.finditer(f"{attached}|{_MARKS}", text)]
    for joint in [*sorted(joints, key=lambda match: match.start()), None]:
        stop = joint.start() if joint else len(text)
        if stop >= at:
            yield trim(heard.text, start + at, start + stop)
        at = joint.end() if joint else stop


def _without_lead(heard: Heard, start: int, end: int) -> tuple[int, int]:
    while lead := heard.language.cue("item_lead").match(heard.text[start:end]):
        if not lead.end() or start + lead.end() >= end:
            break
        start, end = trim(heard.text, start + lead.end(), end)
    tail = heard.language.cue("item_tail").search(heard.text[start:end])
    return trim(heard.text, start, start + tail.start()) if tail and tail.start() else (start, end)


def _unlisted(heard: Heard, sentence: Sentence, asked: bool) -> Iterator[tuple[int, int]]:
    """Names no list knows: a capital or a digit inside an enumeration; anything short when it was asked."""
    spans = [group_span(m, "items") for p in heard.language.capturing("stack") for m in p.finditer(sentence.text)]
    places = [(sentence.start + s[0], sentence.start + s[1]) for s in spans if s]
    told = ("exclusion", "constraint", "pain", "success", "need", "addition", "small_talk")
    plainly = not any(heard.language.has(cue, sentence.text) for cue in told)
    listed = plainly and (
        len(content_words(sentence.text, heard.language)) <= 14
        and any(True for _ in find_technologies(sentence.text, heard.language))
    )
    if not places and ((asked and (plainly or not heard.language.spaced)) or listed):
        places = [(sentence.start, sentence.end)]
    for place in places:
        for raw_start, raw_end in _items(heard, *place):
            if asked and any(raw_start < b and a < raw_end for a, b in _named(heard, sentence)):
                continue
            start, end = _without_lead(heard, raw_start, raw_end)
            text = heard.text[start:end].rstrip(".!")
            beside = plainly and start == raw_start and text[:1].isupper() and _names_products(heard, sentence, 2)
            if _is_product(text, heard, asked or beside):
                yield start, start + len(text)


def _is_product(text: str, heard: Heard, asked: bool) -> bool:
    words = text.split()
    long = not 0 < len(words) <= _MAX_ITEM_WORDS or len(text) > 40
    sentence = asked and _says_more(text, heard.language)
    if long or sentence or re.search(r"[{}\"\x00@<>]", text) or not content_words(text, heard.language):
        return False
    if any(
        heard.language.cue(cue).fullmatch(text.strip()) for cue in ("unknown", "decline", "none", "yes", "no", "thanks")
    ):
        return False
    if heard.language.has("correction", text) or heard.language.has("sentence_like", text):
        return False
    plain = canon(text).lower()
    if plain in heard.language.words("not_companies") or plain in heard.language.words("not_tech"):
        return False
    if any(amount.looks_like_money for amount in find_amounts(text, heard.language)):
        return False
    if not asked and (
        words[0].lower() in heard.language.words("stop")
        or words[0].lower().split("'")[0] in heard.language.words("stop")
    ):
        return False
    capital = text[0].isupper()
    if heard.language.data["language"].get("capital_nouns") and not asked:
        capital = bool(re.search(r"[A-Z].*[A-Z]|\d", text))
    return capital if heard.language.spaced and not asked else asked or bool(re.search(r"[A-Z]", text))


def _untool(heard: Heard, start: int, end: int) -> RetractFact:
    quote = heard.quote(start, end)
    return RetractFact(slot="tech_stack", value=read_tool(quote), quote=quote, start=start, end=end)


def _says_more(text: str, language: Language) -> bool:
    """Little words in lower case make a sentence ("signal is bad"), not the name of a product."""
    if not language.spaced or re.search(r"[A-Z\d]", text):
        return False
    words, stop = text.split(), language.words("stop")
    return any(canon(word).lower().strip("'.!") in stop or "'" in word for word in words)


def find_stack(heard: Heard, sentence: Sentence) -> Iterator[SetFact | RetractFact]:
    asked = "tech_stack" in heard.asked
    named = list(_named(heard, sentence))
    for start, end in named:
        fate = _fate(heard, sentence, start, end)
        if fate == "dropped":
            yield _untool(heard, start, end)
        if fate or _not_in_use(heard, sentence, start, end):
            continue
        unused = heard.language.has("correction", sentence.text) or heard.language.has("unused", sentence.text)
        if _negated(heard, sentence, start, end) and not unused:
            continue
        stays = heard.language.has("keeps", _clause_before(heard, sentence, start))
        if not stays and _negated(heard, sentence, start, end):
            yield _untool(heard, start, end)
        else:
            yield _tool(heard, start, end, 0.95)
    for start, end in dict.fromkeys(_unlisted(heard, sentence, asked)):
        known = any(a < end and start < b for a, b in named)
        fate = _fate(heard, sentence, start, end)
        if (
            not known
            and not fate
            and not _not_in_use(heard, sentence, start, end)
            and not _negated(heard, sentence, start, end)
        ):
            yield _tool(heard, start, end, 0.75)
