"""Who decides, and what the visitor allows us to keep."""

import re
from collections.abc import Iterator
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.commands import SetFact
from chat.consultant.language import Language, group_span
from chat.consultant.listening import Heard, Sentence, content_words
from chat.consultant.money import find_amounts
from chat.consultant.naming import plausible_name, tidy, tidy_name
from chat.consultant.persons import read_person

_SURE = 3
_NEXT_WORDS = 5


def _decider(text: str, language: Language) -> tuple[int, int] | None:
    for pattern in language.capturing("decider"):
        for match in pattern.finditer(text):
            place = group_span(match, "who")
            if place is None:
                continue
            words = text[slice(*place)].lower().split()
            if words[0] not in language.words("stop"):
                comma = text[slice(*place)].rfind(",")
                ran_on = comma > 0 and words[-1] in language.words("stop")
                return (place[0], place[0] + comma) if ran_on else place
    return None


def _person(text: str, verbatim: str, language: Language) -> str:
    """The name alone when a role stands before it ("our CFO Tom Keller")."""
    for pattern in language.capturing("person"):
        match = pattern.match(text)
        place = group_span(match, "person") if match and match.end() == len(text) else None
        if place:
            return tidy(verbatim[slice(*place)])
    return tidy(verbatim)


def _named_elsewhere(text: str, verbatim: str, language: Language) -> str | None:
    """The person behind a role: "the CEO signs it, that's Karen Holt"."""
    for pattern in language.capturing("decider_name"):
        match = pattern.search(text)
        place = group_span(match, "who") if match else None
        if place and plausible_name(text[slice(*place)], language):
            return tidy(verbatim[slice(*place)])
    return None


def is_role_name(name: str, language: Language) -> bool:
    plain = canon(name)
    return any(language.cue(cue).fullmatch(plain) is not None for cue in ("role_word", "role_noun"))


def _person_beside(text: str, verbatim: str, language: Language) -> str | None:
    """The name behind a role, a dash or a comma: "by the managing director - Elif Demir"."""
    if not (language.has("role_noun", text) or language.has("role_word", text) or language.has("decide_other", text)):
        return None
    starts = [match.end() for match in re.finditer(r"[,:;.(]\s*|\s-+\s|^", text)]
    for role in language.cue("role_noun").finditer(text):
        gap = language.cue("role_gap").match(text, role.end())
        starts.append(gap.end() if gap else role.end())
    for start in starts:
        person = read_person(text, start, language)
        if person is None or not plausible_name(text[person.start : person.end], language):
            continue
        if person.weight + person.words >= (_SURE if text[person.start].isupper() else _SURE + 1):
            return tidy_name(verbatim[person.start : person.end])
    return None


def read_authority(text: str, verbatim: str, language: Language) -> dict[str, Any] | None:
    """Whether the visitor decides, and who else is named; None when the words leave it open."""
    alone, other = language.has("decide_self", text), language.has("decide_other", text)
    joint = language.has("decide_joint", text)
    place = _decider(text, language)
    name = _person(text[slice(*place)], verbatim[slice(*place)], language) if place else None
    if name is None or is_role_name(name, language):
        name = _named_elsewhere(text, verbatim, language) or _person_beside(text, verbatim, language) or name
    if alone and not (other and language.has("decide_not", text)):
        return {"self": True, "name": name if joint else None}
    if joint and name and not language.has("decide_without", text):
        return {"self": True, "name": name}
    if other or (name and not alone):
        return {"self": False, "name": name}
    if _is_role(text, language):
        return {"self": False, "name": name or _named_elsewhere(text, verbatim, language)}
    if not is_plain_answer(text, language):
        return None
    if language.cue("yes").match(text):
        return {"self": True, "name": None}
    return {"self": False, "name": None} if language.cue("no").match(text) else None


def _is_role(text: str, language: Language) -> bool:
    """ "The purchasing committee", "the CFO - Olga Sanz": an answer that is a role and hardly more."""
    return language.has("role_word", text) and len(content_words(text, language)) <= 5


def is_plain_answer(text: str, language: Language) -> bool:
    """A yes or no that stands for itself, not the beginning of something else."""
    other = ("unknown", "decline", "exclusion", "constraint", "obligation")
    return len(content_words(text, language)) <= 3 and not any(language.has(cue, text) for cue in other)


def find_authority(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    asked = "decision_maker" in heard.asked
    if not asked and not heard.language.has("decide_topic", sentence.text):
        return
    told = any(heard.language.has(cue, sentence.text) for cue in ("decide_self", "decide_other"))
    if not asked and not told and not _decider(sentence.text, heard.language):
        return
    value, end = _with_next(heard, sentence)
    if value is not None and not _has_figure(heard, sentence):
        quote = heard.quote(sentence.start, end)
        yield SetFact(slot="decision_maker", value=value, quote=quote, start=sentence.start, end=end, confidence=0.9)


def _with_next(heard: Heard, sentence: Sentence) -> tuple[dict[str, Any] | None, int]:
    """What the sentence says; a name may come in the one behind: "Our owner decides. Name's Kofi Mensah"."""
    value = read_authority(sentence.text, heard.quote(sentence.start, sentence.end), heard.language)
    if value is None or value["self"] or (value["name"] and not is_role_name(value["name"], heard.language)):
        return value, sentence.end
    following = next((s for s in heard.sentences if s.start >= sentence.end), None)
    if following is None or following.question or len(following.text.split()) > _NEXT_WORDS:
        return value, sentence.end
    text, quote = heard.text[sentence.start : following.end], heard.quote(sentence.start, following.end)
    fuller = read_authority(text, quote, heard.language)
    if fuller and not fuller["self"] and fuller["name"] and not is_role_name(fuller["name"], heard.language):
        return fuller, following.end
    return value, sentence.end


def _has_figure(heard: Heard, sentence: Sentence) -> bool:
    """ "Fine, 40 to 55 thousand" answers another question."""
    return "budget" not in heard.asked and any(a.looks_like_money for a in find_amounts(sentence.text, heard.language))


def read_consent(text: str, language: Language) -> bool | None:
    joint = language.cue("clause_joint").search(text)
    if joint and language.cue("yes").fullmatch(text[: joint.start()].strip(" ,.;、")):
        return True
    if language.has("consent_no", text) or language.has("dissent", text):
        return False
    if language.has("consent_yes", text) or language.has("assent", text):
        return True
    joints = language.cue("clause_joint").sub(",", text)
    clauses = [part.strip(" .!") for part in re.split(r"[,;.]", joints) if part.strip(" .!")] or [""]
    for clause in (clauses[0], clauses[-1]):
        # "Yes, but no advertising", "if you delete it in a year, yes".
        for cue, given in (("yes", True), ("no", False)):
            if language.cue(cue).fullmatch(clause):
                return given
    if not is_plain_answer(text, language) or re.search(r"\d", text):
        return None
    if refused := language.cue("no").match(text):
        rest = text[refused.end() :].strip(" ,.!") if language.spaced else ""
        return False if not content_words(rest, language) or language.has("thanks", rest) else None
    return True if language.has("yes", text) else None


def find_consent(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    spoken = heard.language.has("consent_yes", sentence.text) or heard.language.has("consent_no", sentence.text)
    if "@" in sentence.text or (not spoken and "consent" not in heard.asked):
        return
    value = read_consent(sentence.text, heard.language)
    if value is not None:
        quote = heard.quote(sentence.start, sentence.end)
        yield SetFact(
            slot="consent", value=value, quote=quote, start=sentence.start, end=sentence.end,
            confidence=0.95 if spoken else 0.85,
        )  # fmt: skip
