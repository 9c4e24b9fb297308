"""What to say next: one question a turn, the most valuable first, never one that is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from chat import shapes
from chat.consultant.commands import Act, AskBack, Command, Confirm, Request
from chat.consultant.contact import suggestion
from chat.consultant.gate import Change, Verdict
from chat.consultant.language import load
from chat.consultant.ledger import Fact
from chat.consultant.scoring import recommend
from chat.consultant.state import Pending, State

ORDER = (
    "challenges",
    "name",
    "industry",
    "tech_stack",
    "success_criteria",
    "timeline",
    "budget",
    "decision_maker",
    "company_size",
    "email",
    "consent",
)
CORE = (
    "challenges",
    "name",
    "company",
    "industry",
    "tech_stack",
    "success_criteria",
    "timeline",
    "budget",
    "decision_maker",
    "email",
    "consent",
)
MOST_ASKS = 2
# Head count is worth a question only while the talk is short.
_SIZE_UNTIL = 9
# Which of two services is asked only where the summary can still follow within 14 turns.
_SERVICE_UNTIL = 13
_AFTER_PRD = ("prd", "matching", "scheduling", "booked")


@dataclass
class Plan:
    """The acts of one reply, still without words: (act, its data), then the one question."""

    acts: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    asking: tuple[str, ...] = ()
    question: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    state: State = field(default_factory=State)

    def say(self, act: str, **data: Any) -> None:
        self.acts.append((act, data))


def _open(slot: str, facts: Mapping[str, Fact], state: State) -> bool:
    fact = facts.get(slot)
    if fact is not None and fact.known:
        return False
    asks = state.asks.get(slot, 0)
    if fact is not None:
        # A refusal ends it, but for one offer of ranges with the reason.
        return slot == "budget" and asks == 1 and state.asking == ("budget",)
    return asks < MOST_ASKS


def _skipped(slot: str, facts: Mapping[str, Fact], state: State) -> bool:
    if slot == "company_size":
        return state.turns >= _SIZE_UNTIL or state.asks.get(slot, 0) > 0
    if slot == "consent":
        email = facts.get("email")
        return email is not None and email.status == "declined" and "phone" not in facts and state.asks.get(slot, 0) > 0
    return False


def next_question(facts: Mapping[str, Fact], state: State, *, told: bool = False) -> tuple[str, ...]:
    """The slots to ask for now; empty when there is nothing left to ask.

    ``told``: this turn brought facts. Then what was asked in vain waits until the rest has been asked: who tells
    things in an order of his own is not asked the same thing twice in a row.
    """
    for slot in sorted(ORDER, key=lambda slot: _asked(slot, state)) if told else ORDER:
        if slot == "name":
            pair = tuple(s for s in ("name", "company") if _open(s, facts, state))
            if pair:
                return pair
        elif _open(slot, facts, state) and not _skipped(slot, facts, state):
            return (slot,)
        if slot == "challenges" and not state.probed and _shallow(facts):
            return ("challenges",)
    return ()


def _asked(slot: str, state: State) -> int:
    return min(state.asks.get(s, 0) for s in (("name", "company") if slot == "name" else (slot,)))


def _shallow(facts: Mapping[str, Fact]) -> bool:
    """The challenge is worth one question more: how much, how often, at what cost."""
    fact = facts.get("challenges")
    return fact is not None and fact.known and len(fact.entries) < 3


def _kinds(commands: list[Command]) -> list[str]:
    return [command.kind for command in commands if isinstance(command, Act)]


class _Planner:
    def __init__(
        self, commands: list[Command], verdict: Verdict, facts: Mapping[str, Fact], state: State, ready: bool
    ) -> None:
        self.commands, self.verdict, self.facts, self.state = commands, verdict, facts, state
        self.kinds = _kinds(commands)
        self.plan = Plan(state=state)
        self.ready = ready
        self.yes = next((c.yes for c in commands if isinstance(c, Confirm)), None)

    def set(self, **changes: Any) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)

    def ask(self, asking: tuple[str, ...], question: str, **detail: Any) -> None:
        self.plan.asking, self.plan.question, self.plan.detail = asking, question, detail

    def run(self) -> Plan:
        self._acknowledge()
        for step in (
            self._ends,
            self._pending,
            self._rights,
            self._person,
            self._stray,
            self._summary,
            self._wishes,
            self._conflict,
        ):
            if step():
                break
        else:
            self._ask_next()
        self.plan.state = msgspec.structs.replace(self.state, asking=self.plan.asking)
        return self.plan

    def _acknowledge(self) -> None:
        changes = [c for c in self.verdict.changes if c.slot not in ("consent", "intent")]
        if changes:
            self.plan.say("ack", changes=changes)
        for change in self.verdict.changes:
            if change.slot == "consent":
                self.plan.say("consent_given" if change.new else "consent_refused")
        if refused := [e.slot for e in self.verdict.entries if e.status in ("declined", "unknown")]:
            self.plan.say("respect", slot=refused[0])
        if "resume" in self.kinds or (self.state.paused and "pause" not in self.kinds):
            self.plan.say("welcome_back")
            self.set(paused=False)
        # "Can you help us? We drown in calls": the problem is the message, the question a way to begin.
        polite = {"services"} if changes else set()
        topics = [c.topic for c in self.commands if isinstance(c, AskBack) and c.topic not in polite]
        for topic in sorted(topics, key=lambda topic: topic == "other")[:1]:
            asked = self.state.asking[0] if self.state.asking else ""
            self.plan.say("why", slot=asked) if topic == "why" else self.plan.say("answer", topic=topic)

    def _ends(self) -> bool:
        """Nothing more is asked: a person has taken over, or the visitor pauses or leaves."""
        if self.state.phase == "handed_over":
            self.plan.say("with_person")
            return True
        if "pause" in self.kinds:
            self.plan.say("pause")
            self.set(paused=True)
            self.plan.asking = self.state.asking
            self.plan.question = ""
            return True
        if "goodbye" in self.kinds and not self.verdict.changes:
            self.plan.say("goodbye")
            self.plan.actions.append("close")
            self.plan.asking = ()
            return True
        return False

    def _pending(self) -> bool:
        pending = self.state.pending
        if pending is None:
            return False
        self.set(pending=None)
        if pending.kind in ("erase", "export", "withdraw_consent") and self.yes is not None:
            if self.yes:
                self.plan.actions.append(
                    f"{pending.kind}_requested" if pending.kind != "withdraw_consent" else "withdraw_consent"
                )
                self.plan.say(f"{pending.kind}_done")
                return pending.kind == "erase"
            self.plan.say("kept")
        if pending.kind == "update_prd" and self.yes:
            self.plan.actions.append("generate_prd")
            self.plan.say("writing_prd")
            self._after_prd()
            return True
        return False

    def _rights(self) -> bool:
        for kind in ("erase", "withdraw_consent", "export"):
            if kind in self.kinds:
                self.set(pending=Pending(kind=kind))
                self.ask(("confirm",), f"confirm_{kind}")
                return True
        return False

    def _person(self) -> bool:
        if "handoff" in self.kinds:
            self.plan.say("handoff")
            self.plan.actions.append("hand_over")
            self.set(phase="handed_over")
            return True
        idle = (
            self.state.not_lead > 0
            and not self.verdict.entries
            and not any(isinstance(c, AskBack) for c in self.commands)
        )
        if "not_a_lead" not in self.kinds and not idle:
            self.set(not_lead=0)
            return False
        self.set(not_lead=self.state.not_lead + 1, probed=False)
        if self.state.not_lead >= 2:
            self.plan.say("not_lead_close")
            self.plan.actions.append("close")
            return True
        self.plan.say("not_lead")
        self.ask(("challenges",), "not_lead")
        return True

    def _stray(self) -> bool:
        """Abuse, orders to the machine and small talk get one line; then the open question stands again."""
        for kind in ("abuse", "injection", "offtopic"):
            if kind in self.kinds:
                self.plan.say(kind)
                self.set(stray=self.state.stray + 1)
                return False
        if "invalid_email" in self.kinds:
            self.plan.say("invalid_email")
        return False

    def _summary(self) -> bool:
        if self.state.summary_approved or "confirm" not in self.state.asking:
            return False
        fixed = bool(self.verdict.changes)
        if self.yes and not fixed:
            self.set(summary_approved=True)
            self.plan.actions.append("generate_prd")
            self.plan.say("writing_prd")
            self._after_prd()
            return True
        if self.yes is False and not fixed:
            self.ask(("anything_else",), "what_to_change")
            return True
        return False

    def _wishes(self) -> bool:
        wished = [c.action for c in self.commands if isinstance(c, Request)]
        for action in wished[:1]:
            if action == "generate_prd" and self.ready:
                self.set(summary_approved=True)
                self.plan.actions.append(action)
                self.plan.say("writing_prd")
                self._after_prd()
                return True
            if action != "generate_prd" and self.state.phase in _AFTER_PRD:
                self.plan.actions.append("match_experts")
                self.plan.say("showing_experts" if action == "match_experts" else "booking")
                self.ask(("anything_else",), "pick_expert")
                return True
            self.plan.say("not_yet")
        return self._offer_answered()

    def _offer_answered(self) -> bool:
        """Yes or no to what is offered once the document is there; a no ends the asking, not the session."""
        offered = self.state.phase in _AFTER_PRD and "anything_else" in self.state.asking
        if not offered or self.yes is None or self.verdict.changes:
            return False
        if self.yes:
            self.plan.actions.append("match_experts")
            self.plan.say("showing_experts")
            self.ask(("anything_else",), "pick_expert")
        else:
            self.plan.say("goodbye")
        return True

    def _conflict(self) -> bool:
        if not self.verdict.conflicts:
            return self._email_typo()
        change: Change = self.verdict.conflicts[0]
        self.set(pending=Pending(kind="conflict", slot=change.slot, options=(change.old, change.new)))
        self.ask((change.slot,), "which", change=change)
        return True

    def _email_typo(self) -> bool:
        found = next((c for c in self.verdict.changes if c.slot == "email" and not c.withdrawn), None)
        meant = suggestion(found.new) if found else None
        if found is None or meant is None:
            return False
        self.set(pending=Pending(kind="email", slot="email", options=(found.new, meant)))
        for act, data in self.plan.acts:
            if act == "ack":
                data["changes"].remove(found)
        self.ask(("email",), "email_typo", said=found.new, meant=meant)
        return True

    def _after_prd(self) -> None:
        self.ask(("anything_else",), "experts_next")

    def _ask_next(self) -> None:
        if self.state.summary_approved:
            self._later_change()
            return
        asking = self._still_open() or next_question(self.facts, self.state, told=bool(self.verdict.changes))
        if not asking and self._which_service():
            return
        if not asking:
            self.ask(("confirm",), "summary", again=self.state.summary_shown and bool(self.verdict.changes))
            self.set(summary_shown=True)
            return
        probing = asking == ("challenges",) and "challenges" in self.facts
        returning = self._repeats_only(asking)
        again = max(self.state.asks.get(slot, 0) for slot in asking) > 0 and not probing and not returning
        if probing:
            self.set(probed=True)
        if not returning:
            self.set(
                asks={**self.state.asks, **{slot: self.state.asks.get(slot, 0) + 1 for slot in asking if not probing}}
            )
        self.ask(asking, "probe" if probing else "again" if again else "ask")

    def _which_service(self) -> bool:
        """Two services fit about as well: asked once, before the summary, while the talk is still short."""
        _, pair = recommend(self.facts, load(self.state.language))
        if pair is None or self.state.service_asked or self.state.summary_shown or self.state.turns >= _SERVICE_UNTIL:
            return False
        self.set(service_asked=True, pending=Pending(kind="service", options=pair))
        self.ask(("anything_else",), "clarify_service", options=pair)
        return True

    def _still_open(self) -> tuple[str, ...]:
        """What was asked before the visitor digressed, when nothing was told or refused."""
        asked = tuple(slot for slot in self.state.asking if slot in ORDER or slot == "company")
        settled = bool(self.verdict.entries) or any(slot in self.facts for slot in asked)
        return asked if asked and not settled and self._digressed() else ()

    def _repeats_only(self, asking: tuple[str, ...]) -> bool:
        """Coming back to the open question after a digression is not another ask."""
        return self._digressed() and asking == self.state.asking

    def _digressed(self) -> bool:
        return bool(
            set(self.kinds) & {"filler", "abuse", "injection", "offtopic", "resume", "greeting", "thanks"}
        ) or any(isinstance(c, AskBack) for c in self.commands)

    def _later_change(self) -> None:
        if self.verdict.changes:
            self.set(pending=Pending(kind="update_prd"))
            self.ask(("confirm",), "update_prd")
        elif self.state.phase == "booked":
            self.ask(("anything_else",), "booked_next")
        else:
            self._after_prd()


def plan_reply(commands: list[Command], verdict: Verdict, facts: Mapping[str, Fact], state: State) -> Plan:
    """``facts``: after this turn; ``state``: before it, with the language of the reply and the turn counted."""
    return _Planner(commands, verdict, facts, state, ready(facts)).run()


def ready(facts: Mapping[str, Fact]) -> bool:
    """Enough for a PRD: who and what; gaps become its open questions."""
    return all(slot in facts and facts[slot].known for slot in ("name", "challenges"))


def phase_of(facts: Mapping[str, Fact], state: State) -> shapes.Phase:
    if state.phase in (*_AFTER_PRD, "closed", "handed_over"):
        return state.phase
    if state.summary_approved:
        return "prd"
    if "confirm" in state.asking and state.summary_shown:
        return "summary"
    if state.turns == 0 or not facts:
        return "greeting"
    late = set(state.asks) & {
        "success_criteria",
        "timeline",
        "budget",
        "decision_maker",
        "email",
        "consent",
        "company_size",
    }
    return "qualification" if late or state.phase in ("qualification", "summary") else "discovery"
