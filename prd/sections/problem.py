"""The problem: today's situation in the visitor's words, our reading of it, and the cost of doing nothing."""

from prd.calendar import rounded
from prd.document import Item
from prd.draft import Draft, ref
from prd.losses import Loss
from prd.sections import money
from prd.wording import table

MOST_CHALLENGES = 5
MOST_FIGURES = 4


def _challenges(draft: Draft) -> list[Item]:
    entries = draft.ground.challenges[:MOST_CHALLENGES]
    items: list[Item] = []
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        words = draft.ground.clause_of(entry)
        if words in seen:
            continue
        seen.add(words)
        said, quote = draft.ground.sources(entry), draft.quoted(entry, words)
        text = quote if not items else draft.voice.vary(_also(draft, place)).format(quote=quote)
        kind = "quote" if not items and said else "text"
        items.append(Item(key=f"problem.{place}", text=text, kind=kind, sources=said, assumes=draft.edited(entry)))  # type: ignore[arg-type]
    return items


def _also(draft: Draft, place: int) -> str:
    variants = draft.voice.frame["problem"]["also"]
    return str(variants[(place + draft.voice.pick("also", len(variants))) % len(variants)])


def _from_words(draft: Draft) -> list[Item]:
    """Without a recorded challenge: the words in which the first topic was found, or an open question."""
    words, said = draft.main.words(draft.ground, limit=30)
    question = draft.ask("challenges", until="no_challenge", label=draft.main.label)
    opening = [Item(key="problem.0", text=draft.quote(words), kind="quote", sources=said)] if words else []
    none = Item(
        key="problem.none",
        text=draft.say("problem.none", question=ref(question)),
        assumes=("a.no_challenge.challenges",),
    )
    return [*opening, none]


def _figures(draft: Draft) -> list[Item]:
    variants = draft.voice.frame["problem"]["figure"]
    offset = draft.voice.pick("figure", len(variants))
    return [
        draft.quoting("figure", f"problem.figure.{(offset + place) % len(variants)}", clause, limit=30)
        for place, clause in enumerate(draft.ground.figures[:MOST_FIGURES])
    ]


def _systems(draft: Draft) -> list[Item]:
    entries = draft.ground.entries("tech_stack")
    if not entries:
        return []
    names = draft.voice.listed([draft.ground.words(entry, 6) for entry in entries])
    said = tuple(dict.fromkeys(n for entry in entries for n in draft.ground.sources(entry)))
    assumes = tuple(dict.fromkeys(a for entry in entries for a in draft.edited(entry)))
    return [Item(key="problem.systems", text=draft.say("problem.system", systems=names), sources=said, assumes=assumes)]


def _reading(draft: Draft) -> Item:
    topic = draft.voice.topics[draft.main.topic]
    words, _ = draft.main.words(draft.ground)
    quote = draft.quote(words) if words else draft.main.label
    insight = draft.voice.fill(topic["insight"])
    return Item(
        key="problem.reading",
        text=draft.say("problem.reading", insight=insight),
        assumes=(draft.assume("reading", quote=quote),),
    )


def amount_said(loss: Loss) -> str:
    """The amount as it was said, e.g. 5 hours or 4,000 euros, or how often: 25 × 45 minutes."""
    return f"{loss.times} × {loss.amount}" if loss.times else loss.amount


def _cost(draft: Draft, loss: Loss) -> Item:
    worked = {name: str(value) for name, value in table("effort")["worked"].items()}
    period = str(draft.voice.frame["periods"][loss.period])
    slots = {
        "amount": amount_said(loss),
        "period": period,
        "money": money.amount(draft.voice, rounded(loss.money), loss.currency),
    }
    calendar = {"days": worked["day"], "weeks": worked["week"], "months": worked["month"]}
    if loss.kind == "hours":
        rate = money.hour_rate(draft.voice, loss.currency)
        assumed = draft.assume("cost", rate=rate, **calendar)
        text = draft.say("problem.cost_hours", hours=money.plain(draft.voice, rounded(loss.hours)), **slots)
    else:
        assumed = draft.assume("year", **calendar)
        text = draft.say("problem.cost_money", **slots)
    return Item(key="problem.cost", text=text, sources=loss.messages, assumes=(assumed,))


def _cost_open(draft: Draft) -> Item:
    question = draft.ask("cost", until="no_cost", who="decider")
    return Item(
        key="problem.cost", text=draft.say("problem.cost_open", question=ref(question)), assumes=("a.no_cost.cost",)
    )


def write(draft: Draft) -> list[Item]:
    opening = _challenges(draft) or _from_words(draft)
    cost = [_cost(draft, draft.loss)] if draft.loss else [_cost_open(draft)]
    return [*opening, *_figures(draft), *_systems(draft), _reading(draft), *cost]
