"""E-mail addresses and telephone numbers, and the typing errors worth asking about."""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from chat.consultant.canon import canon
from chat.consultant.commands import SetFact
from chat.consultant.language import Language, load
from chat.consultant.lexicon import look_up
from chat.consultant.listening import Heard, Sentence, Span, split_clauses
from chat.consultant.reference import reference

_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._])[A-Za-z0-9._%+\-']+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,24}(?![A-Za-z0-9_@\-]|\.[A-Za-z])"
)
_NEARLY = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w.\-]*")
_LABELS = frozenset({"mail", "email", "tel", "phone", "fax"})
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.\-]{6,18}\d")


@lru_cache(maxsize=32)
def _spoken(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An address in words ("anna dot berg at nordwind dot com"), and the words of its signs."""
    signs: dict[str, str] = load(code).table("lexicon").get("sign", {})
    told = {mark: [canon(word) for word, means in signs.items() if means == mark] for mark in "@.-_"}

    def any_of(marks: str) -> str:
        words = sorted((w for m in marks for w in told[m]), key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or "(?!)"

    part, joint = r"[A-Za-z0-9][A-Za-z0-9._%+\-]*", rf"(?:\s+(?:{any_of('.-_')})\s+|[._-])"
    at = rf"(?:\s+(?:{any_of('@')})\s+|\s?[(\[]\s?(?:at|{any_of('@')})\s?[)\]]\s?|@)"
    dot = rf"(?:\s+(?:{any_of('.')})\s+|\s?[(\[]\s?(?:dot|{any_of('.')})\s?[)\]]\s?|\.)"
    host = rf"{part}(?:\s+(?:{any_of('-')})\s+{part})*(?:{dot}{part})*{dot}[A-Za-z]{{2,12}}"
    whole = re.compile(rf"(?<![\w@.]){part}(?:{joint}{part})*{at}{host}(?![\w@])", re.IGNORECASE)
    sign = re.compile(
        rf"\s*[(\[]\s?(?P<boxed>at|dot|{any_of('@.')})\s?[)\]]\s*|\s+(?P<sign>{any_of('@.-_')})\s+", re.IGNORECASE
    )
    return whole, sign


def read_email(text: str, language: Language) -> str | None:
    """The address that ``text`` writes or spells out."""
    whole, sign = _spoken(language.code)
    if "@" in text or not whole.fullmatch(text.strip()):
        return normal_email(text)
    marks = {"at": "@", "dot": "."}

    def mark(match: re.Match[str]) -> str:
        word = match["sign"] or match["boxed"]
        return str(look_up(language, "sign", word) or marks[word.lower()])

    return normal_email(sign.sub(mark, text.strip()))


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


def _clause_of(heard: Heard, sentence: Sentence, start: int) -> Span:
    return next((c for c in split_clauses(sentence, heard.language) if c.start <= start < c.end), sentence)


def _names_someone(text: str, own: frozenset[str], language: Language) -> bool:
    """A name with a capital that is not the visitor's stands before the address: "Jens Kowalski, j.kowalski@..."."""
    words = [word for word in re.findall(r"[A-Z][^\W\d_]{2,}", text) if word.lower() not in _LABELS]
    return any(w.lower() not in own and w.lower() not in language.words("stop") for w in words[-2:])


def _is_own(heard: Heard, sentence: Sentence, start: int, address: str) -> bool:
    """A first-person cue or the visitor's own name in it makes an address the visitor's; a third person's does not."""
    clause = _clause_of(heard, sentence, start)
    own = frozenset(canon(heard.own_name).lower().split())
    before, near = sentence.text[: start - sentence.start][-48:], clause.text
    local = address.partition("@")[0].lower()
    third = heard.language.has("third_party", before[-48:]) or heard.language.has("third_party", near)
    third = third or _of_a_role(sentence.text[: start - sentence.start], heard.language)
    first = heard.language.has("first_person", before[-30:]) and not heard.language.has("third_party", before[-24:])
    if first or any(len(part) > 2 and part in local for part in own):
        return True
    return not third and (_introduces(before, local, heard) or not _names_someone(before, own, heard.language))


def _of_a_role(before: str, language: Language) -> bool:
    """ "Our data protection officer ... reach him at": somebody with a role was spoken of before the address."""
    roles = language.cue("role_noun").finditer(before)
    return any(language.has("possessive", before[: role.start()][-32:]) for role in roles)


def _introduces(before: str, local: str, heard: Heard) -> bool:
    """ "Anna Berg, anna@..." while nobody has said who writes."""
    if heard.own_name or not re.fullmatch(r"\W*(?:[A-Z][^\W\d_]*[\s,(:\-]*){1,4}", before):
        return False
    return any(word.lower() in local for word in re.findall(r"[A-Z][^\W\d_]{2,}", before))


def _addresses(heard: Heard) -> list[re.Match[str]]:
    written = list(_ADDRESS.finditer(heard.text))
    if written:
        return written
    return list(_spoken(heard.language.code)[0].finditer(heard.text))


def find_emails(heard: Heard) -> Iterator[SetFact]:
    found = _addresses(heard)
    own = False
    for at, match in enumerate(found):
        sentence = next((s for s in heard.sentences if s.start <= match.start() < s.end), None)
        value = read_email(match[0], heard.language)
        if sentence is None or value is None:
            continue
        between = heard.text[found[at - 1].end() if at else sentence.start : match.start()]
        if len(found) > 1 and heard.language.has("negation", re.split("[,:]", between)[-1][-14:]):
            continue
        corrects = own and any(heard.language.has(cue, between) for cue in ("correction", "negation", "no"))
        mine = corrects or _is_own(heard, sentence, match.start(), value)
        own = own or mine
        yield SetFact(
            slot="email" if mine else "stakeholders", value=value, quote=heard.quote(*match.span()),
            start=match.start(), end=match.end(), corrects=corrects,
        )  # fmt: skip


def invalid_email(heard: Heard) -> bool:
    """Something was meant as an address but is none."""
    return any(
        "@" in m[0] and not _ADDRESS.match(heard.text, m.start()) for m in _NEARLY.finditer(heard.text)
    ) and not _ADDRESS.search(heard.text)


def normal_phone(text: str, region: str | None) -> str | None:
    text = "+" + text.strip()[2:] if text.strip().startswith("00") else text
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_region(heard: Heard) -> str | None:
    """The country whose way of writing a number is taken for granted in this language, if any."""
    region = heard.language.data["language"].get("region")
    return str(region) if region else None


def find_phones(heard: Heard) -> Iterator[SetFact]:
    for match in _PHONE.finditer(heard.text):
        said = match[0].strip()
        if not said.startswith(("+", "00")) and not heard.language.has(
            "phone", heard.text[max(0, match.start() - 40) : match.end() + 20]
        ):
            continue
        value = normal_phone(said, phone_region(heard))
        if value:
            yield SetFact(
                slot="phone", value=value, quote=heard.quote(*match.span()), start=match.start(), end=match.end()
            )
