"""The summary, at most 160 words: who, the problem with its cost, the outcome, budget, dates, the decision needed."""

from collections.abc import Iterator

from chat.consultant.ledger import Entry
from prd.calendar import rounded
from prd.document import Item
from prd.draft import Draft, ref
from prd.evidence import words
from prd.sections import constraints, goals, money, plan, problem, scope

MOST_WORDS = 160


def _who(draft: Draft) -> Item:
    ground = draft.ground
    entries = [e for slot in ("industry", "company_size") if (e := ground.entry(slot))]
    about = draft.voice.frame["comma"].join(_about(draft, e) for e in entries)
    company = ground.entry("company")
    said = [n for e in (*entries, *([company] if company else [])) for n in ground.sources(e)]
    said += [
        clause.message
        for need in draft.needs
        for clause, _ in need.mentions
        if share_a_word(draft, need.label, clause.text)
    ][:2]
    assumes = [a for e in (*entries, *([company] if company else [])) for a in draft.edited(e)]
    named = {"company": ground.words(company, 6)} if company else {}
    solutions = draft.voice.listed([need.label for need in draft.needs])
    text = draft.say("summary.who" if about else "summary.who_plain", solutions=solutions, about=about, **named)
    return Item(key="summary.who", text=text, sources=tuple(dict.fromkeys(said)), assumes=_named(draft, assumes))


def _about(draft: Draft, entry: Entry) -> str:
    """The trade, or the size with its noun when only the number was quoted."""
    said = draft.ground.words(entry, 5)
    return draft.voice.fill(draft.voice.frame["summary"]["people"], size=said) if said.isdecimal() else said


def share_a_word(draft: Draft, one: str, other: str) -> bool:
    return bool((set(words(one)) & set(words(other))) - set(draft.voice.words["stop"]))


def _named(draft: Draft, assumes: list[str]) -> tuple[str, ...]:
    """The names of the topics are ours: they rest on the patterns chosen."""
    return tuple(dict.fromkeys([*assumes, scope.pattern_of(draft, draft.main)]))


def _problem(draft: Draft, limit: int) -> Iterator[Item]:
    entry = draft.ground.challenges[:1]
    said, sources = (draft.ground.words(entry[0], limit), draft.ground.sources(entry[0])) if entry else ("", ())
    if not entry:
        said, sources = draft.main.words(draft.ground, limit=limit)
    if said:
        assumes = draft.edited(entry[0]) if entry else ()
        text = draft.say("summary.problem", quote=draft.quoted(entry[0], said) if entry else draft.quote(said))
        yield Item(key="summary.problem", text=text, sources=sources, assumes=assumes)
    if draft.loss:
        yearly = money.amount(draft.voice, rounded(draft.loss.money), draft.loss.currency)
        assumed = draft.assume("cost" if draft.loss.kind == "hours" else "year")
        period = str(draft.voice.frame["periods"][draft.loss.period])
        text = draft.say("summary.cost", yearly=yearly, amount=problem.amount_said(draft.loss), period=period)
        yield Item(key="summary.cost", text=text, sources=draft.loss.messages, assumes=(assumed,))


def _outcome(draft: Draft, limit: int) -> Item:
    entries = draft.ground.aims[:2]
    if not entries:
        goal = draft.written["goals"][0]
        return Item(key="summary.goal", text=draft.say("summary.goal_open", goal=ref(goal.key)), assumes=goal.assumes)
    said = tuple(dict.fromkeys(n for e in entries for n in draft.ground.sources(e)))
    quoted = draft.voice.listed(
        [draft.quoted(e, draft.ground.words(e, limit, plain=True) or goals.fallback(draft)) for e in entries]
    )
    return Item(
        key="summary.goal",
        text=draft.say("summary.goal", goals=quoted),
        sources=said,
        assumes=tuple(a for e in entries for a in draft.edited(e)),
    )


def _budget(draft: Draft) -> Item:
    figures, assumed = plan.estimate(draft), plan.basis(draft)
    span = money.span(draft.voice, figures.cost.low, figures.cost.high, figures.currency)
    entry = draft.ground.entry("budget")
    if figures.budget == "none" or entry is None:
        return Item(
            key="summary.budget",
            text=draft.say("summary.money_open", question=ref("q.budget"), estimate=span),
            assumes=assumed,
        )
    verdict = str(draft.voice.frame["summary"][figures.budget])
    text = draft.say("summary.money", budget=constraints.budget_words(draft), estimate=span, verdict=verdict)
    return Item(key="summary.budget", text=text, sources=draft.ground.sources(entry), assumes=assumed)


def _dates(draft: Draft) -> Item:
    figures, assumed = plan.estimate(draft), plan.basis(draft)
    ends = {
        "first": money.day(draft.voice, figures.schedule.first),
        "last": money.day(draft.voice, figures.schedule.last),
    }
    entry = draft.ground.entry("timeline")
    if entry is None or figures.timing in ("none", "past"):
        key = "q.past" if figures.timing == "past" else "q.timeline"
        return Item(
            key="summary.dates", text=draft.say("summary.time_open", question=ref(key), **ends), assumes=assumed
        )
    verdict = str(draft.voice.frame["summary"][figures.timing])
    text = draft.say("summary.time", wanted=constraints.timeline_words(draft), verdict=verdict, **ends)
    return Item(key="summary.dates", text=text, sources=draft.ground.sources(entry), assumes=assumed)


def decision(draft: Draft) -> str:
    figures = plan.estimate(draft)
    if "over" in (figures.budget, figures.timing):
        return draft.voice.fill(draft.voice.frame["summary"]["decide_over"])
    phase, day = plan.phase_name(draft, "discovery"), money.day(draft.voice, figures.schedule.start)
    return draft.voice.fill(draft.voice.frame["summary"]["decide_go"], phase=phase, date=day)


def _decision(draft: Draft) -> Item:
    text = draft.say("summary.decision", decision=decision(draft)) + draft.voice.frame["period"]
    return Item(key="summary.decision", text=text, assumes=plan.basis(draft)[:2])


def _words(items: list[Item]) -> int:
    return sum(len(item.text.split()) for item in items)


def write(draft: Draft) -> list[Item]:
    rest = [_budget(draft), _dates(draft), _decision(draft)]
    items: list[Item] = []
    for limit in (24, 16, 10, 6):
        items = [_who(draft), *_problem(draft, limit), _outcome(draft, limit), *rest]
        if _words(items) <= MOST_WORDS:
            break
    return items
