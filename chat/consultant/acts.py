"""Moves in a message that carry no fact: questions to us, pauses, orders to the machine, wishes, refusals."""

import re
from collections.abc import Iterator

from chat.consultant.canon import canon
from chat.consultant.commands import AskBack, Command, Decline, Intent, Request, Unknown
from chat.consultant.listening import Heard, Sentence, content_words

_INTENTS = ("ai", "custom", "data", "browsing")
SERVICES = {"ai": "ai_strategy", "custom": "custom_development", "data": "data_intelligence", "browsing": "browsing"}


def _has(heard: Heard, sentence: Sentence, *cues: str) -> bool:
    return any(heard.language.has(cue, sentence.text) for cue in cues)


def _about_the_need(heard: Heard, sentence: Sentence) -> bool:
    return _has(heard, sentence, "pain", "need", "metric") and not sentence.question


def is_injection(heard: Heard, sentence: Sentence) -> bool:
    return heard.language.has("injection", canon(heard.raw[sentence.start : sentence.end]))


def act_of(heard: Heard, sentence: Sentence) -> str | None:
    """The kind of act a sentence is, when it is one."""
    said = sentence.text.strip(" .,!?~-\"'。")
    answered = any(heard.language.cue(cue).fullmatch(said) for cue in ("yes", "no"))
    if not answered and heard.language.cue("chatter").fullmatch(said):
        return "filler"
    return _move_of(heard, sentence)


def _move_of(heard: Heard, sentence: Sentence) -> str | None:
    words = len(content_words(sentence.text, heard.language))
    for kind in ("erase", "withdraw_consent", "export", "not_a_lead"):
        if _has(heard, sentence, kind):
            return kind
    curious = sentence.question and _has(heard, sentence, "meta_bot")
    if _has(heard, sentence, "handoff") and (words <= 8 or sentence.question) and not curious:
        return "handoff"
    if _has(heard, sentence, "abuse") and not _has(heard, sentence, "need"):
        return "abuse" if words <= 8 else None
    if _has(heard, sentence, "pause") and words <= 9 and not _has(heard, sentence, "budget", "metric", "pain"):
        return "pause"
    if _has(heard, sentence, "resume") and words <= 4 and not sentence.question:
        return "resume"
    if _has(heard, sentence, "offtopic") and (sentence.question or words <= 8) and not _about_the_need(heard, sentence):
        return "offtopic"
    if words <= 9 and _is_small_talk(heard, sentence):
        return "filler"
    return _courtesy(heard, sentence, words)


def _is_small_talk(heard: Heard, sentence: Sentence) -> bool:
    """ "Lol did that work", "signal is bad on this train"; a figure or an address makes it an answer."""
    told = _about_the_need(heard, sentence) or any(char.isdigit() or char == "@" for char in sentence.text)
    return _has(heard, sentence, "small_talk") and not told


def _courtesy(heard: Heard, sentence: Sentence, words: int) -> str | None:
    # "No, thanks" is a no.
    answered = any(heard.language.cue(cue).match(sentence.text) for cue in ("yes", "no"))
    for kind in ("thanks", "greeting", "goodbye"):
        if words <= 2 and not answered and _has(heard, sentence, kind):
            return kind
    return None


def topic_of(heard: Heard, sentence: Sentence) -> str:
    """What a question is about: a knowledge topic, "why", "bot", or "other". The longest cue says it best."""
    names = {"why_ask": "why", "meta_bot": "bot"}
    cues = [cue for cue in heard.language.data["cues"] if cue.startswith("topic_")]
    said = {cue: _longest(heard, cue, sentence.text) for cue in (*names, *cues)}
    best = max(said, key=lambda cue: said[cue])
    return names.get(best, best.removeprefix("topic_")) if said[best] else "other"


def _longest(heard: Heard, cue: str, text: str) -> int:
    return max((len(match[0]) for match in heard.language.cue(cue).finditer(text)), default=0)


def is_polite_request(heard: Heard, sentence: Sentence) -> bool:
    """ "Can you help us automate our invoices?" states a need."""
    return (
        sentence.question
        and heard.language.has("polite_request", sentence.text)
        and (len(content_words(sentence.text, heard.language)) >= 3)
    )


def question_of(heard: Heard, sentence: Sentence) -> Iterator[Command]:
    topic = topic_of(heard, sentence)
    if (
        topic == "other"
        and len(content_words(sentence.text, heard.language)) < 2
        and not heard.language.cue("question_start").match(sentence.text)
    ):
        return
    yield AskBack(topic)


def request_of(heard: Heard, sentence: Sentence) -> Request | None:
    if len(content_words(sentence.text, heard.language)) > 7 or _has(heard, sentence, "pain", "exclusion"):
        return None
    for cue, action in (
        ("request_experts", "match_experts"),
        ("request_booking", "book"),
        ("request_prd", "generate_prd"),
    ):
        if _has(heard, sentence, cue):
            return Request(action)
    return None


def intent_of(heard: Heard) -> Intent | None:
    """The direction of a first message; None when two are as strong."""
    found = {
        name: {m[0].lower() for m in heard.language.cue(f"intent_{name}").finditer(heard.text)} for name in _INTENTS
    }
    name, second = sorted(_INTENTS, key=lambda name: -len(found[name]))[:2]
    return Intent(SERVICES[name]) if len(found[name]) > len(found[second]) else None


def _is_all_it_says(heard: Heard, sentence: Sentence) -> bool:
    """ "Maybe half" is an answer, "maybe" is none: one vague word counts when little else is said."""
    longest = max((m[0] for m in heard.language.cue("unknown").finditer(sentence.text)), key=len)
    rest = content_words(sentence.text.replace(longest, " ", 1), heard.language)
    return not heard.language.spaced or len(rest) <= (2 if len(longest.split()) == 1 else 6)


def refusal_of(heard: Heard, sentence: Sentence) -> list[Decline | Unknown]:
    """Refusals and "no idea" for what was asked, or for the slot that the sentence names."""
    if _has(heard, sentence, "exclusion") or _has(heard, sentence, "obligation"):
        return []
    declined, unknown = _has(heard, sentence, "decline"), _has(heard, sentence, "unknown")
    words = len(content_words(sentence.text, heard.language))
    empty = _has(heard, sentence, "none") and words <= 3
    unknown = unknown and _is_all_it_says(heard, sentence)
    # "It's maybe 90 calls a day" is an estimate; so is any hedge in a sentence that tells the problem.
    estimate = _has(heard, sentence, "pain", "need") or (words >= 4 and re.search(r"\d", sentence.text) is not None)
    if not declined and not empty and not (unknown and (words <= 3 or not estimate)):
        return []
    named = [slot for slot in ("budget", "timeline", "email", "phone", "name") if _has(heard, sentence, f"{slot}_noun")]
    slots = [s for s in heard.asked if s in named] or named[:1] or list(heard.asked)
    kind = Decline if declined else Unknown
    quote = heard.quote(sentence.start, sentence.end)
    return [kind(slot, quote, sentence.start) for slot in slots if slot not in ("confirm", "anything_else")]
