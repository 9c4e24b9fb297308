"""E-mail addresses and telephone numbers, and the typing errors worth asking about."""

import re
from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from chat.consultant.commands import SetFact
from chat.consultant.listening import Heard, Sentence

# Characters of any script may stand in a domain; the validator has the last word.
_ADDRESS = re.compile(r"[A-Za-z0-9._%+\-']+@[^\s@,;<>()\"\x00]+?\.[A-Za-z]{2,24}(?![\w@])")
_NEARLY = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w.\-]*")
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.\-]{6,18}\d")
_HOSTS = (
    "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "protonmail.com", "gmx.de", "gmx.net",
    "web.de", "t-online.de", "orange.fr", "wanadoo.fr", "yahoo.co.jp", "hotmail.es", "hotmail.fr", "yahoo.fr", "yahoo.es", "aol.com",
)  # fmt: skip
# Real mail hosts that happen to look like one of the above.
_REAL = frozenset({"mail.com", "live.de", "live.com", "gmx.com", "gmx.at", "gmx.ch", "email.com", "ymail.com", "hotmail.de", "hotmail.it", "outlook.de",
    "outlook.fr", "outlook.es", "outlook.jp", "yahoo.de", "yahoo.ca", "yahoo.it", "me.com", "mac.com", "web.com", "proton.me", "fastmail.com", "hotmail.co.uk",
    "yahoo.co.uk", "free.fr", "sfr.fr", "laposte.net", "freenet.de", "msn.com", "aol.de", "aim.com", "zoho.com", "gmx.fr", "gmx.es", "docomo.ne.jp"})  # fmt: skip


def normal_email(text: str) -> str | None:
    """The address in lower case, or None when no mail could be sent there."""
    try:
        return validate_email(text.strip().lower(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def suggestion(email: str) -> str | None:
    """A well-known host that was probably meant, as a whole address; never applied unasked."""
    local, _, host = email.rpartition("@")
    if host in _REAL or host in _HOSTS:
        return None
    near = [known for known in _HOSTS if OSA.distance(host, known, score_cutoff=2) <= (2 if len(known) > 8 else 1)]
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
