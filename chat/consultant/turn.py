"""One turn of the conversation, pure: the same input gives the same reply.

    state = greet(language="en", seed=7, now=now).state
    reply = answer(Turn(text="We retype orders by hand", number=2, now=now), ledger, state, Knowledge())
    ledger += reply.entries; state = reply.state          # keep both with the session; the facts are fold(ledger)

``reply.text`` goes to the visitor with ``reply.asking`` and ``reply.quick_replies`` as its meta. ``reply.actions``
names what only the caller can do: hand_over, erase_requested, export_requested, withdraw_consent, generate_prd,
match_experts, close. The caller moves the phase on with ``moved(state, "matching")`` when the PRD, the experts or the
booking are there. ``edit``, ``retract`` and ``confirm`` are the same gate for the commands of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from chat import shapes
from chat.consultant.buttons import quick_replies
from chat.consultant.commands import ChangeLanguage, Command, Confirm
from chat.consultant.gate import Verdict, validate
from chat.consultant.knowledge import Knowledge
from chat.consultant.language import FALLBACK, load, supported
from chat.consultant.ledger import LIST_SLOTS, Entry, Extractor, fold
from chat.consultant.policy import CORE, Plan, phase_of, plan_reply, ready
from chat.consultant.resolution import resolve
from chat.consultant.scoring import Score, recommend, score
from chat.consultant.shapes import NotAcceptable, acceptable
from chat.consultant.speak import Voice, speak
from chat.consultant.state import State, Turn
from chat.consultant.understand import hear, understand

__all__ = [
    "Entry",
    "Knowledge",
    "NotAcceptable",
    "Reply",
    "State",
    "Turn",
    "answer",
    "confirm",
    "consent",
    "edit",
    "greet",
    "moved",
    "reconsider",
    "retract",
]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """``entries``: new lines for the ledger; ``changed``: the slots they touch; ``missing``: core slots still open."""

    entries: tuple[Entry, ...]
    state: State
    text: str
    asking: tuple[str, ...]
    quick_replies: tuple[shapes.QuickReply, ...]
    phase: shapes.Phase
    score: Score
    service: str | None
    prd_ready: bool
    missing: tuple[str, ...]
    actions: tuple[str, ...]
    changed: tuple[str, ...]


def _turned(commands: Sequence[Command], turn: Turn, state: State) -> State:
    """The state with the turn counted and the languages it was heard and is to be answered in."""
    heard = state.heard if turn.quick is not None else hear(turn, state).language.code
    state = msgspec.structs.replace(state, turns=state.turns + 1, heard=heard)
    for command in commands:
        if isinstance(command, ChangeLanguage):
            fixed = state.language_fixed or command.wished
            return msgspec.structs.replace(state, language=command.code, language_fixed=fixed)
    return state


def _contact_by_consent(
    entries: Sequence[Entry], commands: Sequence[Command], ledger: Sequence[Entry], state: State
) -> list[Entry]:
    """Without consent no contact data stays; with it, what was given before comes back."""
    said_no = any(e.slot == "consent" and e.value is False for e in entries)
    if any(e.slot == "consent" and e.value is True for e in entries):
        return _restored(ledger, entries)
    withdrawn = (
        state.pending is not None
        and state.pending.kind == "withdraw_consent"
        and any(isinstance(c, Confirm) and c.yes for c in commands)
    )
    if not said_no and not withdrawn:
        return []
    facts = fold([*ledger, *entries])
    dropped = [Entry(slot=slot, value=None, status="withdrawn") for slot in ("email", "phone") if slot in facts]
    return dropped + ([Entry(slot="consent", value=False, extractor="visitor")] if withdrawn and not said_no else [])


def _restored(ledger: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """Contact data that fell only for want of consent counts again once consent is given."""
    facts = fold([*ledger, *entries])
    lost = {e.slot: e for e in ledger if e.slot in ("email", "phone") and e.value is not None and e.slot not in facts}
    return list(lost.values())


def _reply(
    plan: Plan, entries: Sequence[Entry], ledger: Sequence[Entry], knowledge: Knowledge, today: date | None
) -> Reply:
    facts = fold([*ledger, *entries])
    budget = facts.get("budget")
    currency = budget.value["currency"] if budget and budget.known else plan.state.currency
    name = facts.get("name")
    own_name = str(name.value) if name and name.known else ""
    phase = phase_of(facts, plan.state)
    plan.state = msgspec.structs.replace(plan.state, phase=phase, currency=currency, own_name=own_name)
    language = load(plan.state.language)
    text, thought = speak(plan, facts, language, knowledge)
    state = msgspec.structs.replace(plan.state, told=(*plan.state.told, thought)) if thought else plan.state
    service, _ = recommend(facts, language, knowledge.thoughts)
    return Reply(
        entries=tuple(entries),
        state=state,
        text=text,
        asking=plan.asking,
        quick_replies=quick_replies(plan, facts, language),
        phase=state.phase,
        score=score(facts, service=service, today=today),
        service=service,
        prd_ready=state.summary_approved,
        missing=tuple(s for s in CORE if s not in facts or not facts[s].known),
        actions=tuple(dict.fromkeys(plan.actions)),
        changed=tuple(dict.fromkeys(e.slot for e in entries)),
    )


def answer(
    turn: Turn, ledger: Sequence[Entry], state: State, knowledge: Knowledge, *,
    commands: Sequence[Command] | None = None, extractor: Extractor = "grammar",
) -> Reply:  # fmt: skip
    """The reply to one message. ``commands`` from another understander take the place of the built-in one's."""
    understood = list(understand(turn, state) if commands is None else commands)
    understood = resolve(understood, state, turn)
    verdict = validate(understood, hear(turn, state), turn.number, ledger, extractor)
    entries = [*verdict.entries, *_contact_by_consent(verdict.entries, understood, ledger, state)]
    plan = plan_reply(understood, verdict, fold([*ledger, *entries]), _turned(understood, turn, state))
    return _reply(plan, entries, ledger, knowledge, turn.now.date())


def greet(
    *, language: str, seed: int, now: datetime, industry: str | None = None, returning_name: str | None = None,
    template: str | None = None, ledger: Sequence[Entry] = (),
) -> Reply:  # fmt: skip
    """The welcome. ``template`` (from the admin, {name} and {industry} may stand in it) goes before our variants."""
    code = language if language in supported() else FALLBACK
    state = State(language=code, heard=code, seed=seed, asking=("challenges",))
    words = load(code)
    facts = fold(ledger)
    voice = Voice(words, state, facts)
    known = str(words.table("industry_names").get(industry, "")) if industry else ""
    if template:
        text = template.replace("{name}", returning_name or "").replace("{industry}", known)
    elif returning_name:
        text = voice.phrase("phrases", "welcome_back", name=returning_name)
    else:
        text = voice.phrase("phrases", "welcome_industry" if known else "welcome", industry=known)
    plan = Plan(asking=("challenges",), question="welcome", state=state)
    reply = _reply(plan, [], ledger, Knowledge(), now.date())
    return replace(reply, text=text)


def moved(state: State, phase: shapes.Phase) -> State:
    """The state after something happened outside the talk: a PRD, matched experts, a booking, a person let go."""
    return msgspec.structs.replace(state, phase=phase)


def reconsider(
    ledger: Sequence[Entry], state: State, knowledge: Knowledge | None = None, *, today: date | None = None
) -> Reply:
    """Score, service and phase after the facts were changed outside the talk; says and asks nothing new."""
    plan = Plan(asking=state.asking, state=state)
    return _reply(plan, [], ledger, knowledge or Knowledge.default(), today)


def consent(granted: bool, ledger: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a consent given or taken back on the page; without it no contact data stays."""
    facts = fold(ledger)
    gone = [] if granted else [Entry(slot=s, value=None, status="withdrawn") for s in ("email", "phone") if s in facts]
    return (Entry(slot="consent", value=granted, extractor="visitor", status="confirmed"), *gone)


def edit(
    slot: str,
    value: Any,
    ledger: Sequence[Entry],
    *,
    now: datetime,
    language: str = FALLBACK,
    by: Extractor = "visitor",
) -> tuple[Entry, ...]:
    """The entries of an edit on the page; a list slot takes one entry or the whole list. Raises NotAcceptable."""
    code = language if language in supported() else FALLBACK
    if slot in LIST_SLOTS and isinstance(value, list):
        wanted = [acceptable(slot, item, language=code, today=now.date()) for item in value[:50]]
        facts = fold(ledger)
        held = facts[slot].value or [] if slot in facts else []
        gone = [Entry(slot=slot, value=item, status="withdrawn", extractor=by) for item in held if item not in wanted]
        return (
            *gone,
            *(Entry(slot=slot, value=item, status="confirmed", extractor=by) for item in wanted if item not in held),
        )
    read = acceptable(slot, value, language=code, today=now.date())
    return (Entry(slot=slot, value=read, status="confirmed", extractor=by),)


def retract(slot: str, item: Any, ledger: Sequence[Entry], *, by: Extractor = "visitor") -> tuple[Entry, ...]:
    """The entries that take back a slot, or one ``item`` of a list. Raises NotAcceptable when it does not stand."""
    fact = fold(ledger).get(slot)
    if fact is None or (
        item is not None and item not in (fact.value if isinstance(fact.value, list) else [fact.value])
    ):
        raise NotAcceptable(slot, "That is not among the facts.")
    return (Entry(slot=slot, value=item if slot in LIST_SLOTS else None, status="withdrawn", extractor=by),)


def confirm(approved: bool, ledger: Sequence[Entry], state: State, knowledge: Knowledge, *, now: datetime) -> Reply:
    """The summary approved or sent back from the page. Raises NotAcceptable when there is too little to approve."""
    facts = fold(ledger)
    if not ready(facts):
        raise NotAcceptable("summary", "A name and a challenge are needed before the summary can be approved.")
    if approved and state.summary_approved:
        raise NotAcceptable("summary", "The summary was approved before.")
    asked = msgspec.structs.replace(
        state,
        asking=("confirm",),
        summary_shown=True,
        pending=None,
        summary_approved=state.summary_approved and approved,
    )
    confirmed: list[Entry] = []
    if approved:
        confirmed = [_confirmed(e) for fact in facts.values() for e in fact.entries if e.status == "proposed"]
    plan = plan_reply([Confirm(approved)], Verdict(), facts, asked)
    return _reply(plan, confirmed, ledger, knowledge, now.date())


def _confirmed(entry: Entry) -> Entry:
    """The same line, now confirmed by the visitor."""
    return replace(entry, confidence=1.0, status="confirmed")
