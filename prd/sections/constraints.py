"""Constraints: budget, dates, systems, stated limits and law."""

from datetime import date

from chat.consultant.ledger import Entry
from prd.document import Item
from prd.draft import Draft, ref
from prd.sections import money


def budget_span(draft: Draft) -> tuple[float | None, float | None, str] | None:
    """(least, most, currency) of a stated budget with at least one amount."""
    entry = draft.ground.entry("budget")
    value = entry.value if entry and isinstance(entry.value, dict) else {}
    low, high = value.get("min"), value.get("max")
    if low is None and high is None:
        return None
    return low, high, str(value.get("currency") or "EUR")


def deadline(draft: Draft) -> date | None:
    entry = draft.ground.entry("timeline")
    stated = entry.value.get("date") if entry and isinstance(entry.value, dict) else None
    try:
        return date.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        return None


def budget_words(draft: Draft) -> str:
    entry = draft.ground.entry("budget")
    return draft.quoted(entry, draft.ground.words(entry, 10)) if entry else ""


def timeline_words(draft: Draft) -> str:
    entry = draft.ground.entry("timeline")
    return draft.quoted(entry, draft.ground.words(entry, 10)) if entry else ""


def _budget(draft: Draft) -> list[Item]:
    entry, amounts = draft.ground.entry("budget"), budget_span(draft)
    if entry is None:
        question = draft.ask("budget", until="no_budget", who="decider")
        return [
            Item(
                key="limit.budget",
                text=draft.say("constraints.budget_open", question=ref(question)),
                assumes=("a.no_budget.budget",),
            )
        ]
    said, edited, words = draft.ground.sources(entry), draft.edited(entry), budget_words(draft)
    items = [Item(key="limit.budget", text=draft.say("constraints.budget", quote=words), sources=said, assumes=edited)]
    if amounts is None:
        draft.ask("budget", until="no_budget", who="decider")
        return items
    low, high, currency = amounts
    least, most = low if low is not None else high, high if high is not None else low
    read = money.span(draft.voice, least or 0, most or 0, currency)
    assumed = draft.assume("money", quote=words, money=read)
    return [
        *items,
        Item(key="limit.budget.read", text=draft.say("constraints.budget_read", money=read), assumes=(assumed,)),
    ]


def _timeline(draft: Draft) -> list[Item]:
    entry, day = draft.ground.entry("timeline"), deadline(draft)
    if entry is None or entry.value.get("kind") == "unknown":
        question = draft.ask("timeline", until="no_timeline")
        return [
            Item(
                key="limit.date",
                text=draft.say("constraints.timeline_open", question=ref(question)),
                assumes=("a.no_timeline.timeline",),
            )
        ]
    said, edited, words = draft.ground.sources(entry), draft.edited(entry), timeline_words(draft)
    items = [Item(key="limit.date", text=draft.say("constraints.timeline", quote=words), sources=said, assumes=edited)]
    if day is None:
        draft.ask("timeline", until="no_timeline")
        return items
    read = money.day(draft.voice, day)
    assumed = draft.assume("date", quote=words, date=read)
    return [
        *items,
        Item(key="limit.date.read", text=draft.say("constraints.timeline_read", date=read), assumes=(assumed,)),
    ]


def _systems(draft: Draft) -> list[Item]:
    entries = draft.ground.entries("tech_stack")
    if not entries:
        draft.ask("tech_stack", until="no_stack", who="it")
    return [_stated(draft, entry, "system", draft.ground.words(entry, 6)) for entry in entries]


def _stated(draft: Draft, entry: Entry, name: str, words: str) -> Item:
    """``name`` is both the kind of limit and the slot of its sentence."""
    text = draft.say(f"constraints.{name}", system=words, quote=words)
    key = f"limit.{name}.{entry.value}"
    return Item(key=key, text=text, sources=draft.ground.sources(entry), assumes=draft.edited(entry))


def write(draft: Draft) -> list[Item]:
    ground = draft.ground
    stated = [_stated(draft, e, "said", draft.quoted(e, ground.clause_of(e))) for e in ground.entries("constraints")]
    kept = [draft.quoting("limit.keep", "constraints.keep", clause) for clause in ground.refusals]
    laws = [
        Item(
            key=f"limit.law.{rule.key}",
            text=draft.say("constraints.law", law=rule.law, why=draft.voice.fill(rule.why)),
            assumes=(f"a.law.{rule.key}",),
        )
        for rule in draft.industry.rules[:3]
        if not rule.standard
    ]
    return [*_budget(draft), *_timeline(draft), *_systems(draft), *stated, *kept, *laws]
