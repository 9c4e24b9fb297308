"""Who introduces himself in passing: "Name, role[, Firm]", "Name here", a signature, a name among other answers.

What stands beside a name (a role, a firm, a word such as "here") and what the name is made of are weighed together,
so that an introduction is heard whatever was asked.
"""

import re
from collections.abc import Iterator

from chat.consultant.canon import canon
from chat.consultant.commands import SetFact
from chat.consultant.language import FRAGMENTS, Language
from chat.consultant.listening import Heard, Sentence
from chat.consultant.naming import name_fact, plausible_company, plausible_name, plausible_org
from chat.consultant.persons import Person, is_family, is_given, read_person

_SEPARATOR = re.compile(r"\s*(?:[,;/|،、(\n]|\s-+\s?)\s*|\s+(?=<)")
_ORG = re.compile(FRAGMENTS["org"])
_SURE, _LIKELY = 3, 2
_MOST_SEGMENT_WORDS = 9


def _opening(text: str, language: Language) -> int:
    """Where the talk begins after greetings and "yes, it's"."""
    at = 0
    while lead := language.cue("name_lead").match(text, at):
        if lead.end() == at:
            break
        at = lead.end()
        at += len(text[at:]) - len(text[at:].lstrip(" ,.:;!-"))
    return at


def _segments(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for joint in [*_SEPARATOR.finditer(text, start), None]:
        end = joint.start() if joint else len(text)
        if text[at:end].strip(" .!"):
            yield at, end
        at = joint.end() if joint else end


def is_role(text: str, language: Language) -> bool:
    """ "Head of claims", "operations": a role and little else."""
    plain = text.strip(" .!")
    if not plain or len(plain.split()) > _MOST_SEGMENT_WORDS:
        return False
    return language.has("role_noun", plain) or language.cue("role_word").match(plain) is not None


def _employer(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """The firm in "VP claims at Northgate" or a segment that is one."""
    joints = list(language.cue("employer_joint").finditer(text[start:end]))
    for joint in joints:
        org = _ORG.match(text, start + joint.end())
        if org and org.end() <= end and plausible_org(org[0], language):
            return org.span()
    role = language.cue("role_noun").search(text[start:end]) or language.cue("role_word").match(text[start:end])
    if role or joints:
        return None
    org = _ORG.match(text, start)
    whole = org and not text[org.end() : end].strip(" .!)")
    return org.span() if org and whole and plausible_org(org[0], language) else None


def _companions(text: str, after: int, language: Language) -> tuple[bool, tuple[int, int] | None]:
    """Whether a role follows the name, and the firm among what follows."""
    role, firm = False, None
    for start, end in _segments(text, after):
        if is_role(text[start:end], language):
            role = True
        place = _employer(text, start, end, language)
        if firm is None and place and plausible_company(text[slice(*place)], language):
            firm = place
    return role, firm


def _joined(text: str, person: Person, language: Language) -> bool:
    """A word right behind the name that only follows names: "here", "speaking", "from Acme"."""
    return language.cue("name_tail").match(text[person.end :].lstrip(" ,")) is not None


def _evidence(text: str, person: Person, role: bool, firm: bool, heard: Heard) -> int:
    rest = text[person.end :].strip(" .,!")
    weight = person.weight + (2 if role else 0) + (1 if firm and person.weight else 0)
    weight += 2 if _joined(text, person, heard.language) else 0
    weight += 1 if "name" in heard.asked else 0
    bounded = not rest or text[person.end :].lstrip(" ")[:1] in ",;/|(-،、<\n" or _joined(text, person, heard.language)
    return weight if bounded else 0


def find_introduction(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """The name at the beginning of ``sentence`` with the firm beside it, when the evidence suffices."""
    text, language = sentence.text, heard.language
    if "name" not in heard.asked and heard.own_name:
        return
    start = _opening(text, language)
    person = read_person(text, start, language)
    person = _without_firm(text, person, language) if person else None
    if person is None or not plausible_name(text[person.start : person.end], language):
        return
    if language.has("legal_form", text[person.start : person.end]) or _continues(text, person, language):
        return
    person = _fuller(text, person, language)
    role, firm = _companions(text, person.end, language)
    least = _SURE if person.words > 1 or role else _SURE + 1
    if language.cue("other_person").search(text[:start]) or _evidence(text, person, role, bool(firm), heard) < least:
        return
    yield name_fact(heard, "name", sentence.start + person.start, sentence.start + person.end, 0.93)
    if firm:
        yield name_fact(heard, "company", sentence.start + firm[0], sentence.start + firm[1], 0.9)


def _fuller(text: str, person: Person, language: Language) -> Person:
    """ "Callum btw, Callum Reid", "Krause, Beate": the segment behind completes the name."""
    said = set(canon(text[person.start : person.end]).lower().split())
    for start, end in list(_segments(text, person.end))[:2]:
        more = read_person(text, start, language)
        if more is None or more.end < end - 1 or is_role(text[start:end], language):
            return person
        words = canon(text[more.start : more.end]).lower().split()
        if said < set(words):
            return more
        if person.words == more.words == 1 and is_family(text[person.start : person.end]) and is_given(words[0]):
            return Person(person.start, more.end, person.weight + more.weight, 2)
    return person


def _without_firm(text: str, person: Person, language: Language) -> Person | None:
    """ "Manon de la Boulangerie Levain": what follows the particle names a firm."""
    joint = re.search(r"\s(?:de|du|des|del|von|vom|van)\s", text[person.start : person.end])
    if joint is None or not language.has("company_kind", text[person.start + joint.end() : person.end]):
        return person
    return read_person(text[: person.start + joint.start()], person.start, language)


def _continues(text: str, person: Person, language: Language) -> bool:
    """ "Sage and SAP", "Miller & Sons": the name is part of something longer."""
    if re.match(r"\s*(?:&|\+)", text[person.end :]):
        return True
    return language.has("company_kind", text[person.start : person.end])


def is_sign_off(sentence: Sentence, language: Language) -> bool:
    return language.cue("sign_off").fullmatch(sentence.text.strip(" ,.!")) is not None


def find_signature(heard: Heard) -> Iterator[SetFact]:
    """The lines under "Kind regards": a name, then a role or a firm."""
    lines = list(heard.sentences)
    for at, line in enumerate(lines[:-1]):
        if not is_sign_off(line, heard.language):
            continue
        person = read_person(lines[at + 1].text, 0, heard.language)
        if person is None or not plausible_name(lines[at + 1].text[: person.end], heard.language):
            return
        yield name_fact(heard, "name", lines[at + 1].start, lines[at + 1].start + person.end, 0.95)
        for below in lines[at + 2 : at + 5]:
            place = _employer(below.text, 0, len(below.text), heard.language)
            if place and plausible_company(below.text[slice(*place)], heard.language):
                yield name_fact(heard, "company", below.start + place[0], below.start + place[1], 0.9)
                return
        return
