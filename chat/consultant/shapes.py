"""The shape of every slot's value, and what is refused, for values that come from a button or an edit."""

from datetime import date
from typing import Any

from chat.consultant.business import read_size
from chat.consultant.canon import canon
from chat.consultant.contact import normal_email, normal_phone
from chat.consultant.figures import read_budget, read_timeline
from chat.consultant.industries import read_industry_key
from chat.consultant.language import load
from chat.consultant.ledger import LIST_SLOTS, SLOTS
from chat.consultant.masking import BLANK, mask

_LONGEST = {"name": 80, "company": 120, "industry": 80}
_TIMELINES = ("date", "asap", "flexible", "unknown")


class NotAcceptable(ValueError):
    """A value that a slot cannot take; the message is fit to be shown to whoever typed it."""

    def __init__(self, slot: str, message: str) -> None:
        self.slot = slot
        super().__init__(message)


def _text(slot: str, value: Any, longest: int) -> str:
    plain = " ".join(str(value).split()) if isinstance(value, str) else ""
    if not plain or len(plain) > longest:
        raise NotAcceptable(slot, f"Please give 1 to {longest} characters.")
    if BLANK in mask(plain):
        raise NotAcceptable(slot, "Code or markup cannot be used here.")
    return plain


def _budget(value: Any, language: str) -> dict[str, Any]:
    if isinstance(value, str):
        settings = load(language)
        read = read_budget(canon(value), settings, str(settings.data["language"]["currency"]))
        if read is None:
            raise NotAcceptable("budget", "Please give an amount or a range, such as 40k-60k EUR.")
        return read
    if not isinstance(value, dict) or not {"min", "max"} <= set(value) <= {"min", "max", "currency"}:
        raise NotAcceptable("budget", "A budget has min, max and currency.")
    low, high = (_figure(value[end]) for end in ("min", "max"))
    currency = str(value.get("currency") or load(language).data["language"]["currency"]).upper()
    if (low is not None and high is not None and low > high) or len(currency) != 3 or not currency.isalpha():
        raise NotAcceptable("budget", "The smaller amount comes first, and the currency has three letters.")
    return {"min": low, "max": high, "currency": currency}


def _figure(value: Any) -> float | int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise NotAcceptable("budget", "Please give amounts as numbers, not below zero.")
    return value


def _timeline(value: Any, language: str, today: date) -> dict[str, Any]:
    if isinstance(value, str):
        read = read_timeline(canon(value), value, load(language), today)
        if read is None:
            raise NotAcceptable("timeline", "Please give a date ahead, such as 30 June 2027, or say flexible.")
        return read
    if not isinstance(value, dict) or value.get("kind") not in _TIMELINES:
        raise NotAcceptable("timeline", "A timeline is a date, asap, flexible or unknown.")
    day = value.get("date")
    if value["kind"] == "date":
        try:
            ahead = date.fromisoformat(str(day)) >= today
        except ValueError:
            ahead = False
        if not ahead:
            raise NotAcceptable("timeline", "Please give a date that lies ahead.")
    return {
        "kind": value["kind"],
        "date": day if value["kind"] == "date" else None,
        "text": str(value.get("text") or day or value["kind"])[:200],
    }


def _size(value: Any, language: str) -> Any:
    read = read_size(canon(value), load(language)) if isinstance(value, str) else value
    numbers = [read] if isinstance(read, int) else [read.get("min"), read.get("max")] if isinstance(read, dict) else []
    given = [n for n in numbers if n is not None]
    if not given or any(isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 3_000_000 for n in given):
        raise NotAcceptable("company_size", "Please give the number of people.")
    return read


def _authority(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"self": value, "name": None}
    if not isinstance(value, dict) or not isinstance(value.get("self"), bool):
        raise NotAcceptable("decision_maker", "Please say whether you decide, and who else does.")
    name = value.get("name")
    return {"self": value["self"], "name": _text("decision_maker", name, 120) if name else None}


def _email(value: Any) -> str:
    read = normal_email(value) if isinstance(value, str) else None
    if read is None:
        raise NotAcceptable("email", "That is not a complete e-mail address. It looks like name@company.com.")
    return read


def _phone(value: Any) -> str:
    read = normal_phone(value, None) if isinstance(value, str) else None
    if read is None:
        raise NotAcceptable("phone", "Please give the number with its country code, such as +49 30 1234567.")
    return read


def _consent(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAcceptable("consent", "Consent is yes or no.")
    return value


def acceptable(slot: str, value: Any, *, language: str, today: date) -> Any:
    """The value in the slot's shape; a list slot takes one entry. Raises NotAcceptable."""
    if slot not in SLOTS:
        raise NotAcceptable(slot, "There is no such fact.")
    if slot in LIST_SLOTS:
        return _text(slot, value, 400)
    if slot == "industry" and isinstance(value, str):
        return read_industry_key(value, load(language)) or _text(slot, value, 80)
    if slot == "budget":
        return _budget(value, language)
    if slot == "timeline":
        return _timeline(value, language, today)
    if slot == "company_size":
        return _size(value, language)
    readers = {"decision_maker": _authority, "email": _email, "phone": _phone, "consent": _consent}
    return readers[slot](value) if slot in readers else _text(slot, value, _LONGEST.get(slot, 80))
