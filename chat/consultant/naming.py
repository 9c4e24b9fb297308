"""Who is writing and for whom: the visitor's name, the company, and third parties (who become stakeholders)."""

import re
from collections.abc import Iterator

from chat.consultant.canon import canon
from chat.consultant.commands import SetFact
from chat.consultant.industries import is_industry_word
from chat.consultant.language import Language, group_span
from chat.consultant.listening import Heard, Sentence, Span, content_words, trim
from chat.consultant.persons import read_person
from chat.consultant.technologies import find_technologies, is_technology

_MAX_NAME_WORDS = 5
# "Wiebke Janssen von der Seilerei Harms": two names before the particle and two after it are a person and a firm.
_EMPLOYER = re.compile(
    r"(?<=[^\W\d_])(?<!^)\s(?:von|vom|de|du|del)(?:\s(?:der|dem|la|las|los))?\s(?=[A-ZÀ-Þ][\w'-]+\s[A-ZÀ-Þ][\w'-]+\Z)"
)
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'-]*),\s+([^\W\d_][\w'-]*)")
_ARTICLES = frozenset(re.findall(r"\w+", "the de la el le les der die das y et and und of du des del al"))
_NAME_CHARS = re.compile(r"[^\W\d_][^\d_@#/\\!?:;,]*\Z")


def tidy(text: str) -> str:
    """White space made single; a name typed in lower case gets its capitals."""
    dotted = re.search(r"\b(?:[A-Z]\.){2,}\s*\Z", text)
    text = _unbracketed(" ".join(text.split()).strip(" .,;:-\"'、")) + ("." if dotted else "")
    return " ".join(word[:1].upper() + word[1:] for word in text.split()) if text.islower() and text.isascii() else text


def _unbracketed(text: str) -> str:
    """Without brackets that stand around the whole or lost their other half; "(株)アスカ警備" keeps its own."""
    inside = re.fullmatch(r"\(([^()]*)\)", text)
    text = inside[1] if inside else text
    return text if text.count("(") == text.count(")") else text.strip(" ()")


def tidy_name(text: str) -> str:
    """As ``tidy``; "Berg, Anna" is Anna Berg."""
    turned = _SURNAME_FIRST.fullmatch(text.strip())
    text = tidy(f"{turned[2]} {turned[1]}" if turned else text)
    return text if not text.islower() else " ".join(word[:1].upper() + word[1:] for word in text.split())


def plausible_name(text: str, language: Language) -> bool:
    plain = canon(tidy(text)).lower()
    words = plain.split()
    if not words or len(words) > _MAX_NAME_WORDS or len(plain) > 60 or not _NAME_CHARS.match(plain):
        return False
    if language.has("sentence_like", plain):
        return False
    refused = language.words("not_names") | language.words("stop")
    if (
        words[0] in refused
        or plain in refused
        or any(word in language.words("not_names") for word in words if len(word) > 2)
    ):
        return False
    return (
        not is_technology(plain)
        and not is_industry_word(plain, language)
        and not language.cue("role_word").fullmatch(plain)
    )


def plausible_company(text: str, language: Language) -> bool:
    plain = canon(tidy(text)).lower()
    if not 1 < len(plain) <= 80 or plain in language.words("not_companies") or plain in language.words("stop"):
        return False
    if plain.split()[0] in language.words("not_companies") and len(plain.split()) == 1:
        return False
    if language.cue("role_word").fullmatch(plain) or language.cue("unknown").fullmatch(plain):
        return False
    return not is_technology(plain) and not language.has("sentence_like", plain)


def name_fact(heard: Heard, slot: str, start: int, end: int, confidence: float) -> SetFact:
    start, end = trim(heard.text, start, end)
    while end > start and heard.text[end - 1] in ".'\"!?" and not re.search(r"(?:[A-Z]\.){2}\Z", heard.text[start:end]):
        end -= 1
    quote = heard.quote(start, end)
    return SetFact(
        slot=slot,
        value=tidy_name(quote) if slot == "name" else tidy(quote),
        quote=quote,
        start=start,
        end=end,
        confidence=confidence,
    )


def _captured(heard: Heard, span: Span, captures: str, group: str) -> Iterator[tuple[int, int]]:
    for pattern in heard.language.capturing(captures):
        for match in pattern.finditer(span.text):
            found = group_span(match, group)
            if found:
                yield span.start + found[0], span.start + found[1]


def _cut_at_stop(heard: Heard, start: int, end: int) -> int:
    """A capture ends before a word that no name continues with ("anna from", "Anna And")."""
    stop = heard.language.words("stop") | heard.language.words("name_end")
    for word in re.finditer(r"\S+", heard.text[start:end]):
        if word.start() and word[0].lower() in stop and not word[0][0].isupper():
            return start + word.start()
    return end


def find_name(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """A name with a first-person cue, or while it is open what can only be one; the bare answer is ``bare_name``."""
    likely = list(_captured(heard, sentence, "name_likely", "name")) if _name_is_open(heard, sentence) else []
    for group, more in (("name", likely), ("lower", [])):
        for start, end in [*_captured(heard, sentence, "name", group), *more]:
            stop = end if group == "name" and heard.text[start].isupper() else _cut_at_stop(heard, start, end)
            employer = _EMPLOYER.search(heard.text[start:stop])
            if employer and " " in heard.text[start : start + employer.start()]:
                stop = start + employer.start()
            legal = heard.language.has("legal_form", heard.text[start:stop])
            if (
                not legal
                and plausible_name(heard.text[start:stop], heard.language)
                and not _belongs_to_other(heard, sentence, start)
            ):
                yield name_fact(heard, "name", start, stop, 0.95)
                return


def _name_is_open(heard: Heard, sentence: Sentence) -> bool:
    """Nobody has told a name yet, and the sentence is not about who decides."""
    about_others = "decision_maker" in heard.asked or heard.language.has("decide_topic", sentence.text)
    return not heard.own_name and not about_others


def _belongs_to_other(heard: Heard, sentence: Sentence, start: int) -> bool:
    lead = sentence.text[: start - sentence.start]
    return heard.language.has("other_person", lead[-24:])


def find_company(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """The company by a cue; of several the one with its legal form, else the first."""
    found = list(_companies(heard, sentence))
    legal = [place for place in found if heard.language.has("legal_form", heard.text[slice(*place)])]
    if "tech_stack" in heard.asked and any(True for _ in find_technologies(sentence.text, heard.language)):
        found = []
    for start, end in (legal or found)[:1]:
        yield name_fact(heard, "company", start, end, 0.96 if legal else 0.9)


def _companies(heard: Heard, sentence: Sentence) -> Iterator[tuple[int, int]]:
    for start, found_end in _captured(heard, sentence, "company", "company"):
        end = _company_end(heard, start, found_end)
        text = heard.text[start:end]
        lead = sentence.text[: start - sentence.start][-40:]
        other = heard.language.has("other_company", lead)
        named = plausible_company(text, heard.language) and plausible_org(text, heard.language)
        if named and not other and content_words(text, heard.language):
            yield start, end


def _company_end(heard: Heard, start: int, end: int) -> int:
    """Without capitals a capture runs on: it ends before a word that continues the sentence."""
    if heard.text[start].isupper() or not heard.language.spaced:
        return end
    ends = heard.language.words("stop") | heard.language.words("name_end")
    for word in list(re.finditer(r"\S+", heard.text[start:end]))[1:]:
        if word[0] in ends or heard.language.cue("company_end").fullmatch(word[0]):
            return start + word.start()
    return end


def is_titled(text: str, language: Language) -> bool:
    """Every word that is no little one has its capital, as in a proper name."""
    words = [word for word in text.split() if word.lower() not in language.words("stop") | _ARTICLES]
    return bool(words) and text[:1].isupper() and all(word[0].isupper() or not word[0].isalpha() for word in words)


def plausible_org(text: str, language: Language) -> bool:
    """Not only a date, a place or a role with a capital letter."""
    words = [word for word in re.split(r"[\s&]+", canon(text).lower()) if word]
    refused = language.words("not_companies") | language.words("not_names")
    rest = words if words[0] not in language.words("company_kinds") else words[1:]
    # "A company of transport" tells the trade; a name of its own comes first ("شركة موج الخليج للنقل").
    if len(rest) < len(words) and rest and (rest[0] in refused or is_industry_word(rest[0], language)):
        return False
    return not all(word.strip(".,'") in refused or is_industry_word(word, language) for word in rest)


def _answer_span(heard: Heard, sentence: Span) -> tuple[int, int]:
    """The sentence without "yes," "sure," in front and "please" behind."""
    start, end = sentence.start, sentence.end
    text = sentence.text
    while lead := heard.language.cue("bare_prefix").match(text):
        if not lead[0] or lead.end() >= len(text):
            break
        start, text = start + lead.end(), text[lead.end() :]
        stripped = text.lstrip(" ,.:;-")
        start, text = start + len(text) - len(stripped), stripped
    tails = [m for m in heard.language.cue("bare_suffix").finditer(text) if m.end() >= len(text.rstrip(" .,!。"))]
    if tails and tails[0].start() > 0:
        end = start + tails[0].start()
    start, end = trim(heard.text, start, end)
    while end > start and heard.text[end - 1] in ".!。":
        end -= 1
    return start, end


def bare_pair(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    """ "Anna Berg, Nordwind Logistics" when both were asked."""
    for pattern in heard.language.capturing("bare_pair"):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        name, company = group_span(match, "name"), group_span(match, "company")
        legal = name and heard.language.has("legal_form", sentence.text[slice(*name)])
        if name and company and not legal and plausible_name(sentence.text[slice(*name)], heard.language):
            offset = sentence.start
            if _SURNAME_FIRST.fullmatch(sentence.text.rstrip(". ")) and _legal_elsewhere(heard, sentence):
                yield name_fact(heard, "name", offset + name[0], offset + company[1], 0.9)
                return
            yield name_fact(heard, "name", offset + name[0], offset + name[1], 0.9)
            if plausible_company(sentence.text[slice(*company)], heard.language):
                yield name_fact(heard, "company", offset + company[0], offset + company[1], 0.9)
            return


def _legal_elsewhere(heard: Heard, sentence: Sentence) -> bool:
    """Another sentence names the company with its legal form, so this one names a person."""
    rest = heard.text[: sentence.start] + heard.text[sentence.end :]
    return heard.language.has("legal_form", rest)


def bare_name(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    start, end = _answer_span(heard, sentence)
    comma = re.search(r"[,،、]\s*", heard.text[start:end])
    if comma and heard.language.cue("role_word").match(heard.text[start + comma.end() : end]):
        end = start + comma.start()
    shape = heard.language.capturing("bare_name")
    if shape:
        # Where neither capitals nor blanks tell a name, the language says what one looks like.
        places = [group_span(m, "name") for p in shape for m in [p.match(heard.text[start:end])] if m]
        place = next((place for place in places if place), None)
        if place is None:
            return
        start, end = start + place[0], start + place[1]
    text = heard.text[start:end]
    if (
        len(text.split()) <= _MAX_NAME_WORDS
        and plausible_name(text, heard.language)
        and not _any_stop(text, heard.language)
    ):
        yield name_fact(heard, "name", start, end, 0.85)


def bare_company(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    start, end = _answer_span(heard, sentence)
    clause = re.split(r"[,;、]|(?<=.)\(|\s-\s", heard.text[start:end])[0]
    end = start + len(clause)
    own = set(canon(heard.own_name).lower().split())
    if own and own <= set(canon(clause).lower().split()):
        if len(clause.split()) > len(heard.own_name.split()):
            yield name_fact(heard, "name", start, end, 0.9)
        return
    if (
        0 < len(clause.split()) <= 6
        and plausible_company(clause, heard.language)
        and not _tells_the_trade(clause, heard.language)
        and _looks_like_a_firm(clause, heard)
        and not _any_stop(clause, heard.language, allowed=1)
    ):
        yield name_fact(heard, "company", start, end, 0.8)


def _looks_like_a_firm(text: str, heard: Heard) -> bool:
    """What is not written as a name must at least be short and tell no story."""
    language = heard.language
    if is_titled(text, language) or not language.spaced or language.has("legal_form", text):
        return True
    told = ("pain", "need", "constraint", "obligation", "exclusion", "small_talk", "addition")
    return len(text.split()) <= 4 and not any(language.has(cue, text) for cue in told)


def _tells_the_trade(text: str, language: Language) -> bool:
    """ "dans la construction", "catering and parties": what they do, not what they are called."""
    first = canon(text).lower().split()[0]
    if text[:1].isupper() or text[:1].isdigit() or not language.spaced:
        return False
    opens = first in language.words("stop") and first not in _ARTICLES
    if not text[:1].islower():
        joined = re.search(language.data["language"].get("attached_joint", r"(?!)"), text)
        return opens or (joined is not None and is_industry_word(first, language))
    return opens or is_industry_word(first.split("'")[-1], language) or "'" in first


def _any_stop(text: str, language: Language, allowed: int = 0) -> bool:
    words = canon(text).lower().split()
    stop = language.words("stop") - _ARTICLES
    return sum(word in stop for word in words) > allowed


def _ends_in_stop(text: str, language: Language) -> bool:
    """A capture that ran into the sentence: "board, I", or in a script without capitals any little word."""
    words = [word.strip("،,.").lower() for word in text.split()]
    stop = language.words("stop")
    return words[-1] in stop or (not re.search(r"[A-Za-z]", text) and any(word in stop for word in words))


def _people_by_role(heard: Heard, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """ "our IG lead Farah Siddiqui": a role with a name right behind it, unless the visitor speaks of himself."""
    language, text = heard.language, sentence.text
    if not language.spaced:
        return
    for role in language.cue("role_noun").finditer(text):
        gap = language.cue("role_gap").match(text, role.end())
        person = read_person(text, gap.end() if gap else role.end(), language)
        if person is None or not text[person.start].isupper() or person.weight + person.words < 3:
            continue
        if language.has("possessive", text[: role.start()][-32:]):
            yield sentence.start + role.start(), sentence.start + person.end


def find_stakeholders(heard: Heard, sentence: Sentence) -> Iterator[SetFact]:
    seen: list[tuple[int, int]] = []
    places = [*_captured(heard, sentence, "stakeholder", "who"), *_people_by_role(heard, sentence)]
    for start, end in sorted(places, key=lambda s: (s[0], -s[1])):
        first = heard.text[start:end].split()[0].lower()
        if is_technology(heard.text[start:end].split(",")[0]):
            continue
        if any(start < b and a < end for a, b in seen) or first in heard.language.words("stop"):
            continue
        if _ends_in_stop(heard.text[start:end], heard.language):
            continue
        seen.append((start, end))
        quote = heard.quote(start, end)
        yield SetFact(slot="stakeholders", value=tidy(quote), quote=quote, start=start, end=end, confidence=0.8)
