"""The plan: phases with dates and effort, the sum, and how it stands against budget and date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from prd.calendar import Phase, Schedule, Span, effort, rate, rounded, schedule
from prd.document import Item
from prd.draft import Draft, ref
from prd.losses import currency
from prd.needs import Need
from prd.sections import constraints, money, questions, scope
from prd.wording import table

LONG_MONTHS = 36
Verdict = Literal["none", "fits", "tight", "over", "past"]
Advice = Literal["all", "core", "discovery", "open"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The plan in numbers; ``cost`` in ``currency``, rounded to two digits."""

    schedule: Schedule
    cost: Span
    currency: str
    budget: Verdict
    timing: Verdict
    limit: float
    deadline: date | None


def estimate(draft: Draft) -> Estimate:
    """The whole: all topics, systems and wishes."""
    wishes = min(len(draft.wishes), scope.MOST_WISHES)
    return _priced(draft, effort([_alone(draft, need) for need in draft.needs], len(scope.systems(draft)), wishes))


def core(draft: Draft) -> Estimate:
    """The smallest step: the first topic with one system."""
    return _priced(draft, effort([_alone(draft, draft.main)], min(1, len(scope.systems(draft))), 0))


def _alone(draft: Draft, need: Need) -> tuple[int, int]:
    return draft.voice.patterns.catalogue.topics[need.topic].effort


def _priced(draft: Draft, days: Span) -> Estimate:
    plan = schedule(draft.brief.created, days)
    stated = constraints.budget_span(draft)
    unit = stated[2] if stated else currency(draft.ground)
    cost = priced(days, unit)
    limit = float((stated[1] if stated[1] is not None else stated[0]) or 0) if stated else 0.0
    wanted = constraints.deadline(draft)
    return Estimate(
        plan, cost, unit, _against(cost, limit) if stated else "none", _by(draft, plan, wanted), limit, wanted
    )


def priced(days: Span, unit: str) -> Span:
    return Span(rounded(days.low * rate(unit)), rounded(days.high * rate(unit)))


def _against(cost: Span, limit: float) -> Verdict:
    if cost.high <= limit:
        return "fits"
    return "tight" if cost.low <= limit else "over"


def _by(draft: Draft, plan: Schedule, wanted: date | None) -> Verdict:
    if wanted is None:
        return "none"
    if wanted <= draft.brief.created:
        return "past"
    if plan.last <= wanted:
        return "fits"
    return "tight" if plan.first <= wanted else "over"


def phase_name(draft: Draft, name: str) -> str:
    return str(draft.voice.frame["plan"][name])


def musts(draft: Draft) -> str:
    keys = [
        item.key for item in draft.written["fr"] if item.detail("priority").casefold() == draft.label("must").casefold()
    ]
    return draft.voice.listed([ref(key) for key in keys[:4]])


def basis(draft: Draft) -> tuple[str, ...]:
    calendar = table("effort")["calendar"]
    plan = estimate(draft)
    return (
        draft.assume("effort", topics=draft.topics, phase=phase_name(draft, "discovery")),
        draft.assume(
            "calendar",
            start=money.day(draft.voice, plan.schedule.start),
            people=str(calendar["people"]),
            days=str(calendar["days_a_week"]),
        ),
        draft.assume("rate", rate=money.day_rate(draft.voice, plan.currency)),
    )


def _result(draft: Draft, name: str) -> str:
    every = [item.key for item in draft.written["fr"]]
    first = [
        item.key for item in draft.written["fr"] if item.detail("priority").casefold() == draft.label("must").casefold()
    ]
    chosen = {"build": first, "rollout": [key for key in every if key not in first] or every}.get(name, every)
    goal = draft.written["goals"][0].key
    open_first = [item.key for item in questions.ranked(draft)][:3]
    return draft.say(
        f"plan.{name}_result",
        requirements=draft.voice.listed([ref(key) for key in chosen]),
        goal=ref(goal),
        questions=draft.voice.listed([ref(key) for key in open_first]),
    )


def _days(draft: Draft, days: Span) -> str:
    if days.high < 1:
        return draft.say("plan.zero")
    return draft.say("plan.days", low=f"{days.low:g}", high=f"{days.high:g}")


def _phase(draft: Draft, phase: Phase, assumed: tuple[str, ...]) -> Item:
    dates = draft.say("plan.dates", start=money.day(draft.voice, phase.start), end=money.day(draft.voice, phase.end))
    return Item(
        key=f"plan.{phase.name}",
        text=str(draft.voice.frame["plan"][phase.name]),
        assumes=assumed,
        details=(
            draft.detail("dates", dates, (), assumed),
            draft.detail("effort", _days(draft, phase.days), (), assumed),
            draft.detail("result", _result(draft, phase.name), (), assumed),
        ),
    )


def _slots(draft: Draft, plan: Estimate) -> dict[str, str]:
    voice, unit = draft.voice, plan.currency
    weeks = (plan.deadline - plan.schedule.last).days // 7 if plan.deadline else 0
    gap = plan.cost.low - plan.limit if plan.budget == "over" else plan.cost.high - plan.limit
    return {
        "low": money.amount(voice, plan.cost.low, unit),
        "high": money.amount(voice, plan.cost.high, unit),
        "gap": money.amount(voice, abs(gap), unit),
        "rest": money.amount(voice, abs(plan.limit - plan.cost.high), unit),
        "first": money.day(voice, plan.schedule.first),
        "last": money.day(voice, plan.schedule.last),
        "weeks": str(weeks),
        "musts": musts(draft),
        "first_phase": phase_name(draft, "discovery"),
        "second_phase": phase_name(draft, "build"),
        "phase_cost": phase_cost(draft, plan),
    }


def phase_cost(draft: Draft, plan: Estimate) -> str:
    """What the first phase alone costs."""
    cost = priced(plan.schedule.phases[0].days, plan.currency)
    return money.span(draft.voice, cost.low, cost.high, plan.currency)


def advice(whole: Estimate, least: Estimate) -> Advice:
    """All of it where it fits, the smallest step where only that does, else the first phase alone."""
    if whole.budget == "none":
        return "open"
    if whole.budget == "fits" and whole.timing in ("fits", "none", "past"):
        return "all"
    return "core" if least.budget in ("fits", "tight") and least.timing != "over" else "discovery"


def options(draft: Draft, assumed: tuple[str, ...]) -> list[Item]:
    """Nothing, the smallest step, all of it: what each costs, and which we advise."""
    whole, least = estimate(draft), core(draft)
    loss = draft.loss
    choices = draft.voice.frame["plan"]["choices"]
    nothing = draft.say("plan.option_nothing", choice=choices[0])
    if loss:
        nothing = draft.say(
            "plan.option_nothing_cost",
            choice=choices[0],
            yearly=money.amount(draft.voice, rounded(loss.money), loss.currency),
        )
    goals = draft.voice.listed([ref(goal.key) for goal in draft.written["goals"]])
    slots = {"goals": goals, "goal": ref(draft.written["goals"][0].key), "first_phase": phase_name(draft, "discovery")}
    chosen = advice(whole, least)
    offers = (
        [("core", least), ("all", whole)] if len(draft.needs) > 1 or len(scope.systems(draft)) > 1 else [("all", whole)]
    )
    names = {name: choices[place] for place, (name, _) in enumerate(offers, start=1)}
    recommended = draft.say(
        f"plan.advice_{chosen}",
        phase_cost=phase_cost(draft, whole),
        choice=names.get(chosen, ""),
        question=ref("q.budget"),
        **slots,
    )
    assumed_loss = (f"a.{'cost' if loss.kind == 'hours' else 'year'}",) if loss else assumed[:1]
    return [
        Item(key="plan.option.nothing", text=nothing, assumes=assumed_loss),
        *(_option(draft, name, offer, assumed, names[name]) for name, offer in offers),
        Item(key="plan.advice", text=recommended, assumes=assumed),
    ]


def _option(draft: Draft, name: str, offer: Estimate, assumed: tuple[str, ...], choice: str) -> Item:
    text = draft.say(
        f"plan.option_{name}",
        choice=choice,
        label=draft.main.label,
        items=draft.voice.listed(
            [ref(f"fr.{draft.main.topic}.{n}") for n in range(len(draft.voice.topics[draft.main.topic]["fr"]))]
        ),
        money=money.span(draft.voice, offer.cost.low, offer.cost.high, offer.currency),
        first=money.day(draft.voice, offer.schedule.first),
        last=money.day(draft.voice, offer.schedule.last),
        verdict=draft.voice.fill(draft.voice.frame["plan"][f"option_{offer.budget}"]),
    )
    return Item(key=f"plan.option.{name}", text=text, assumes=assumed)


def _budget(draft: Draft, plan: Estimate, assumed: tuple[str, ...]) -> Item:
    if plan.budget == "none":
        question = draft.ask("budget", until="no_budget", who="decider")
        return Item(
            key="plan.budget",
            text=draft.say("plan.budget_none", question=ref(question)),
            assumes=("a.no_budget.budget",),
        )
    entry = draft.ground.entry("budget")
    text = draft.say(f"plan.budget_{plan.budget}", quote=constraints.budget_words(draft), **_slots(draft, plan))
    return Item(key="plan.budget", text=text, sources=draft.ground.sources(entry) if entry else (), assumes=assumed)


def _date(draft: Draft, plan: Estimate, assumed: tuple[str, ...]) -> Item:
    entry = draft.ground.entry("timeline")
    if plan.timing == "none" or entry is None:
        question = draft.ask("timeline", until="no_timeline")
        return Item(
            key="plan.timing",
            text=draft.say("plan.date_none", question=ref(question)),
            assumes=("a.no_timeline.timeline",),
        )
    words = constraints.timeline_words(draft)
    asked = draft.ask("past", quote=words) if plan.timing == "past" else ""
    text = draft.say(f"plan.date_{plan.timing}", quote=words, question=ref(asked), **_slots(draft, plan))
    return Item(key="plan.timing", text=text, sources=draft.ground.sources(entry), assumes=assumed)


def write(draft: Draft) -> list[Item]:
    plan, assumed = estimate(draft), basis(draft)
    span = money.span(draft.voice, plan.cost.low, plan.cost.high, plan.currency)
    total = draft.say(
        "plan.sum",
        days=_days(draft, plan.schedule.days),
        money=span,
        first=money.day(draft.voice, plan.schedule.first),
        last=money.day(draft.voice, plan.schedule.last),
    )
    basis_text = draft.say("plan.basis", topics=draft.topics)
    return [
        *(_phase(draft, phase, assumed[:2]) for phase in plan.schedule.phases),
        Item(key="plan.sum", text=total, assumes=assumed),
        Item(key="plan.basis", text=basis_text, assumes=assumed[:1]),
        _budget(draft, plan, assumed),
        _date(draft, plan, assumed),
        *options(draft, assumed),
        *_payback(draft, plan),
    ]


def _payback(draft: Draft, plan: Estimate) -> list[Item]:
    from_loss = draft.loss
    if from_loss is None or from_loss.currency != plan.currency or not from_loss.money:
        return []
    months = str(max(1, round(plan.cost.middle / (from_loss.money / 2) * 12)))
    goals = draft.voice.listed([ref(goal.key) for goal in draft.written["goals"]])
    text = draft.say(
        "problem.payback" if int(months) <= LONG_MONTHS else "problem.payback_long", months=months, goals=goals
    )
    assumes = (draft.assume("half"), *basis(draft)[:1])
    return [Item(key="plan.payback", text=text, assumes=assumes)]
