"""E-mail addresses and telephone numbers, and the typing errors worth asking about."""

import re
from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from chat.consultant.commands import SetFact
from chat.consultant.listening import Heard, Sentence
from chat.consultant.reference import reference

_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._])[A-Za-z0-9._%+\-']+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,24}(?![A-Za-z0-9_@\-]|\.[A-Za-z])"
)
_NEARLY = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w.\-]*")
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.\-]{6,18}\d")


def normal_email(text: str) -> str | None:
    """The address in lower case, or None when no mail could be sent there."""
    try:
        return validate_email(text.strip().lower(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def suggestion(email: str) -> str | None:
    """A well-known host that was probably meant, as a whole address; never applied unasked."""
    local, _, host = email.rpartition("@")
    hosts: list[str] = reference()["mail"]["well_known"]
    if host in hosts or host in reference()["mail"]["real"]:
        return None
    near = [known for known in hosts if OSA.distance(host, known, score_cutoff=2) <= (2 if len(known) > 8 else 1)]
    return f"{local}@{min(near, key=lambda known: OSA.distance(host, known))}" if near else None


def _is_own(heard: Heard, sentence: Sentence, start: int) -> bool:
    """A first-person cue makes an address the visitor's; a third person's, mentioned nearby, does not count."""
    before = sentence.text[: start - sentence.start]
    if heard.language.has("first_person", before[-30:]) and not heard.language.has("third_party", before[-24:]):
        return True
    return not heard.language.has("third_party", before[-48:])


def find_emails(heard: Heard) -> Iterator[SetFact]:
    for match in _ADDRESS.finditer(heard.text):
        sentence = next((s for s in heard.sentences if s.start <= match.start() < s.end), None)
        value = normal_email(match[0])
        if sentence is None or value is None:
            continue
        lead = heard.text[max(sentence.start, match.start() - 14) : match.start()]
        if heard.language.has("negation", lead) and len(list(_ADDRESS.finditer(sentence.text))) > 1:
            continue
        slot = "email" if _is_own(heard, sentence, match.start()) else "stakeholders"
        yield SetFact(slot=slot, value=value, quote=heard.quote(*match.span()), start=match.start(), end=match.end())


def invalid_email(heard: Heard) -> bool:
    """Something was meant as an address but is none."""
    return any(
        "@" in m[0] and not _ADDRESS.match(heard.text, m.start()) for m in _NEARLY.finditer(heard.text)
    ) and not _ADDRESS.search(heard.text)


def normal_phone(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_phones(heard: Heard, region: str | None) -> Iterator[SetFact]:
    for match in _PHONE.finditer(heard.text):
        said = match[0].strip()
        if not said.startswith(("+", "00")) and not heard.language.has(
            "phone", heard.text[max(0, match.start() - 40) : match.end() + 20]
        ):
            continue
        value = normal_phone("+" + said[2:] if said.startswith("00") else said, region)
        if value:
            yield SetFact(
                slot="phone", value=value, quote=heard.quote(*match.span()), start=match.start(), end=match.end()
            )
