"""Quick replies: each sends a command, so nothing is parsed twice."""

from collections.abc import Mapping
from typing import Any

from chat import shapes
from chat.consultant.language import Language
from chat.consultant.ledger import Fact
from chat.consultant.policy import Plan
from chat.consultant.values import amount, in_words

_BANDS = {"JPY": (3_000_000, 7_500_000, 15_000_000), "INR": (1_500_000, 4_000_000, 8_000_000)}
_USUAL = (20_000, 50_000, 100_000)


def _button(language: Language, label: str, command: shapes.AnyQuickCommand, **data: Any) -> shapes.QuickReply:
    return shapes.QuickReply(label=str(language.table("buttons")[label]).format_map(data)[:200], command=command)


def _budget(language: Language) -> list[shapes.QuickReply]:
    currency = str(language.data["language"]["currency"])
    low, middle, high = _BANDS.get(currency, _USUAL)

    def band(least: int | None, most: int | None) -> shapes.SetFact:
        return shapes.SetFact("budget", {"min": least, "max": most, "currency": currency})

    ranges = [(low, middle), (middle, high)]
    words = str(language.table("values")["between"])
    between = [
        shapes.QuickReply(
            words.format(low=amount(a, currency, language), high=amount(b, currency, language)), band(a, b)
        )
        for a, b in ranges
    ]
    under = _button(language, "budget_under", band(None, low), value=amount(low, currency, language))
    over = _button(language, "budget_over", band(high, None), value=amount(high, currency, language))
    return [under, *between, over, _button(language, "dont_know", shapes.UnknownSlot("budget"))]


def _timeline(language: Language) -> list[shapes.QuickReply]:
    values = {"asap": "asap", "flexible": "flexible"}
    listed = [
        _button(
            language,
            kind,
            shapes.SetFact("timeline", {"kind": kind, "date": None, "text": str(language.table("buttons")[kind])}),
        )
        for kind in values
    ]
    return [*listed, _button(language, "dont_know", shapes.UnknownSlot("timeline"))]


def _welcome(language: Language) -> list[shapes.QuickReply]:
    names = ("ai_strategy", "custom_development", "data_intelligence", "browsing")
    return [_button(language, name, shapes.Intent(name)) for name in names]


def _yes_no(language: Language, other: str = "no") -> list[shapes.QuickReply]:
    return [_button(language, "yes", shapes.Confirm(True)), _button(language, other, shapes.Confirm(False))]


def _choices(plan: Plan, language: Language) -> list[shapes.QuickReply]:
    change = plan.detail["change"]
    return [
        shapes.QuickReply(in_words(change.slot, v, language)[:200], shapes.SetFact(change.slot, v))
        for v in (change.old, change.new)
    ]


def _slot(slot: str, language: Language) -> list[shapes.QuickReply]:
    if slot == "budget":
        return _budget(language)
    if slot == "timeline":
        return _timeline(language)
    if slot == "decision_maker":
        mine, theirs = ({"self": own, "name": None} for own in (True, False))
        decides = shapes.SetFact("decision_maker", mine), shapes.SetFact("decision_maker", theirs)
        return [_button(language, "i_decide", decides[0]), _button(language, "jointly", decides[1])]
    if slot == "consent":
        return [
            _button(language, "yes", shapes.SetFact("consent", True)),
            _button(language, "no", shapes.SetFact("consent", False)),
        ]
    if slot in ("email", "company_size", "success_criteria", "tech_stack", "industry"):
        return [_button(language, "skip", shapes.DeclineSlot(slot))]
    return []


def quick_replies(plan: Plan, facts: Mapping[str, Fact], language: Language) -> tuple[shapes.QuickReply, ...]:
    """The buttons under a reply."""
    if plan.question == "welcome":
        return tuple(_welcome(language))
    if plan.question == "which":
        return tuple(_choices(plan, language))
    if plan.question == "clarify_service":
        return tuple(_button(language, name, shapes.Intent(name)) for name in plan.detail["options"])
    if plan.question == "email_typo":
        said, meant = plan.detail["said"], plan.detail["meant"]
        return tuple(shapes.QuickReply(value, shapes.SetFact("email", value)) for value in (meant, said))
    if plan.asking == ("confirm",):
        return tuple(_yes_no(language, "change" if plan.question == "summary" else "no"))
    if plan.question == "experts_next":
        return tuple(_yes_no(language))
    return tuple(_slot(plan.asking[0], language)) if plan.asking else ()
