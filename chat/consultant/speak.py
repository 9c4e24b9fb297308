"""A plan becomes words: acknowledgements first, then an answer, perhaps one thought, then the one question."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from chat.consultant.gate import Change
from chat.consultant.knowledge import Knowledge
from chat.consultant.language import Language
from chat.consultant.ledger import LIST_SLOTS, Fact
from chat.consultant.policy import Plan
from chat.consultant.state import State
from chat.consultant.thoughts import Thoughts
from chat.consultant.values import enumerate_words, gist, in_words

MOST_WORDS = 60
_QUOTED_WORDS = 14
_OWN_WORDS = frozenset({"challenges", "success_criteria", "constraints", "exclusions"})
# These begin a sentence in small letters when the phrase begins with them ("as soon as possible, noted").
_PLAIN_WORDS = frozenset({"industry", "timeline", "budget", "decision_maker"})
_SUMMARY = ("challenges", "company", "tech_stack", "success_criteria", "timeline", "budget", "decision_maker")


def count_words(text: str, language: Language) -> int:
    return len(text.split()) if language.spaced else len(text) // 3


class Voice:
    """Phrases of one language for one turn; the choice among variants depends on seed and turn only."""

    def __init__(self, language: Language, state: State, facts: Mapping[str, Fact]) -> None:
        self.language, self.state, self.facts = language, state, facts

    def pick(self, options: Sequence[str] | str, salt: str) -> str:
        listed = [options] if isinstance(options, str) else list(options)
        digest = hashlib.blake2b(f"{self.state.seed}:{salt}".encode(), digest_size=4).digest()
        return listed[(int.from_bytes(digest, "big") + self.state.turns) % len(listed)]

    def phrase(self, table: str, key: str, **data: Any) -> str:
        options = self.language.table(table).get(key, ())
        return self.pick(options, f"{table}.{key}").format_map({**self._vocabulary(), **data}) if options else ""

    def _vocabulary(self) -> dict[str, str]:
        industry = self.facts.get("industry")
        table = self.language.table("vocabulary")
        words: dict[str, str] = {
            **table["any"],
            **(table.get(industry.value, {}) if industry and industry.known else {}),
        }
        return words

    def label(self, slot: str) -> str:
        return str(self.language.table("slots").get(slot, slot))


def _worth_saying(changes: Sequence[Change]) -> list[Change]:
    """Without the industry beside other news (the wording shows it), and who decides only once."""
    slots = {change.slot for change in changes}
    silent = {"stakeholders"} if "decision_maker" in slots else set()
    silent |= {"industry"} if slots - silent - {"industry"} else set()
    return [change for change in changes if change.slot not in silent]


def _single(voice: Voice, slot: str, values: list[Any]) -> str:
    if slot in _OWN_WORDS:
        said = gist(str(values[0]), voice.language, _QUOTED_WORDS)
        return voice.phrase("phrases", "ack_long" if said.endswith("…") else f"ack_{slot}", value=said)
    said = in_words(slot, values[:3] if slot == "tech_stack" else values[0], voice.language)
    text = voice.phrase("phrases", f"ack_{slot}", value=said)
    return text[:1].upper() + text[1:] if slot in _PLAIN_WORDS else text


def _new(voice: Voice, changes: Sequence[Change]) -> str:
    """One line for everything new; names first, the visitor's own words in quotation marks."""
    by_slot: dict[str, list[Any]] = {}
    for change in _worth_saying(changes):
        by_slot.setdefault(change.slot, []).append(change.new)
    if set(by_slot) == {"name", "company"}:
        return voice.phrase("phrases", "ack_name_company", name=by_slot["name"][0], company=by_slot["company"][0])
    if len(by_slot) == 1:
        return _single(voice, *next(iter(by_slot.items())))
    order = [
        s
        for s in ("name", "company", "industry", "company_size", "challenges", "tech_stack", "timeline", "budget")
        if s in by_slot
    ]
    shown = [*order, *(s for s in by_slot if s not in order)][:4]
    return voice.phrase(
        "phrases", "ack_many", list=enumerate_words([_brief(voice, s, by_slot[s]) for s in shown], voice.language)
    )


def _quoted(voice: Voice, text: str, words: int) -> str:
    opening, closing = voice.language.data["language"].get("quotes", ["“", "”"])
    return f"{opening}{gist(text, voice.language, words)}{closing}"


def _brief(voice: Voice, slot: str, values: list[Any]) -> str:
    if slot in _OWN_WORDS:
        return _quoted(voice, str(values[0]), 10)
    said = in_words(slot, values[:3] if slot in LIST_SLOTS else values[0], voice.language)
    return f"{voice.label(slot)}: {said}" if slot == "company_size" else said


def _acknowledge(voice: Voice, changes: Sequence[Change]) -> str:
    parts = []
    fixed = [c for c in changes if c.old is not None and not c.withdrawn and c.slot not in LIST_SLOTS]
    for change in fixed[:2]:
        old, new = (in_words(change.slot, value, voice.language) for value in (change.old, change.new))
        parts.append(voice.phrase("phrases", "corrected", slot=voice.label(change.slot), old=old, new=new))
    for gone in [c for c in changes if c.withdrawn][:1]:
        said = in_words(gone.slot, gone.new or gone.old, voice.language)
        parts.append(voice.phrase("phrases", "ack_removed", value=said))
    added = [c for c in changes if c not in fixed and not c.withdrawn]
    if added:
        parts.append(_new(voice, added))
    return " ".join(parts)


def _thought(voice: Voice, changes: Sequence[Change], thoughts: Thoughts) -> tuple[str, str] | None:
    """(key, sentence) of a thought on the newly told challenges."""
    told = " ".join(str(c.new) for c in changes if c.slot == "challenges" and not c.withdrawn)
    return thoughts.on(told, voice.language, voice.state.told) if told else None


def summary_of(voice: Voice, words: int) -> str:
    """What is known, in few words; the page shows every fact beside it."""
    parts = []
    for slot in _SUMMARY:
        fact = voice.facts.get(slot)
        if fact is None or not fact.known:
            continue
        if slot in _OWN_WORDS:
            said = _quoted(voice, str(fact.value[0]), words)
        else:
            value = fact.value[:3] if slot in LIST_SLOTS else fact.value
            said = gist(in_words(slot, value, voice.language), voice.language, words)
        colon: str = voice.language.data["language"].get("colon", ": ")
        parts.append(said if slot == "challenges" else f"{voice.label(slot)}{colon}{said}")
    semicolon: str = voice.language.data["language"].get("semicolon", "; ")
    return semicolon.join(parts)


def _question(voice: Voice, plan: Plan, words: int = 12) -> str:
    kind, slots = plan.question, plan.asking
    key = "name_company" if slots == ("name", "company") else slots[0] if slots else ""
    if kind == "probe":
        return voice.phrase("probe", "any")
    if kind in ("ask", "again"):
        return voice.phrase(kind, key) or voice.phrase("ask", key)
    if kind == "summary":
        return voice.phrase(
            "confirm", "summary_again" if plan.detail.get("again") else "summary", summary=summary_of(voice, words)
        )
    if kind == "which":
        change: Change = plan.detail["change"]
        old, new = (in_words(change.slot, value, voice.language) for value in (change.old, change.new))
        return voice.phrase("confirm", "which", slot=voice.label(change.slot), old=old, new=new)
    if kind == "clarify_service":
        first, second = (voice.language.table("services")[name] for name in plan.detail["options"])
        return voice.phrase("phrases", kind, first=first, second=second)
    return voice.phrase("confirm", kind.removeprefix("confirm_"), **plan.detail) if kind else ""


def _say(voice: Voice, act: str, data: Mapping[str, Any], knowledge: Knowledge) -> str:
    if act == "ack":
        return _acknowledge(voice, data["changes"])
    if act == "why":
        table = voice.language.table("why")
        return str(table.get(data["slot"], table["any"]))
    if act == "answer":
        if data["topic"] == "bot":
            return voice.phrase("phrases", "bot")
        answer = knowledge.answer(data["topic"], voice.language.code)
        return answer.text if answer else voice.phrase("phrases", "no_answer")
    if act == "welcome_back":
        return voice.phrase("phrases", "back")
    return voice.phrase("phrases", act)


def speak(plan: Plan, facts: Mapping[str, Fact], language: Language, knowledge: Knowledge) -> tuple[str, str | None]:
    """(text, key of the thought used): at most MOST_WORDS words; the thought goes first when there are too many."""
    voice = Voice(language, plan.state, facts)
    said = [(act, text) for act, data in plan.acts if (text := _say(voice, act, data, knowledge))]
    question = _question(voice, plan)
    changes = [change for act, data in plan.acts if act == "ack" for change in data["changes"]]
    thought = _thought(voice, changes, knowledge.thoughts) if plan.question in ("ask", "probe") else None
    glue = "" if not language.spaced else " "
    parts = [text for _, text in said]
    for words in (9, 7, 5, 4, 3):
        if plan.question == "summary" and count_words(glue.join([*parts, question]), language) > MOST_WORDS:
            question = _question(voice, plan, words)
    full = glue.join([*parts, thought[1], question]) if thought else ""
    if thought and count_words(full, language) <= MOST_WORDS - 5:
        return full, thought[0]
    return _within(parts, [act for act, _ in said], question, language, glue), None


def _within(parts: list[str], acts: list[str], question: str, language: Language, glue: str) -> str:
    """Acknowledgements are dropped, the oldest first, until the turn is short enough; answers stay."""
    parts = list(parts)
    while parts and count_words(glue.join([*parts, question]), language) > MOST_WORDS:
        spare = next((i for i, act in enumerate(acts) if act != "answer"), 0)
        parts.pop(spare)
        acts = [*acts[:spare], *acts[spare + 1 :]]
    return glue.join(part for part in [*parts, question] if part)
