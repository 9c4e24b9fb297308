"""One message -> commands, by the grammars of its language. Pure; an understander with a model has the same shape."""

from collections.abc import Iterable
from datetime import datetime

from chat import shapes
from chat.consultant.acts import (
    SERVICES,
    act_of,
    intent_of,
    is_injection,
    is_polite_request,
    question_of,
    refusal_of,
    request_of,
)
from chat.consultant.authority import find_authority, find_consent
from chat.consultant.business import find_sector, find_size, sector_of_name
from chat.consultant.commands import (
    Act,
    AskBack,
    ChangeLanguage,
    Command,
    Confirm,
    Decline,
    Intent,
    RetractFact,
    SetFact,
    Unknown,
)  # fmt: skip
from chat.consultant.contact import find_emails, find_phones, invalid_email
from chat.consultant.detect import detect, wish
from chat.consultant.figures import find_budget, find_timeline
from chat.consultant.introductions import find_introduction, find_signature
from chat.consultant.language import Language, load
from chat.consultant.ledger import LIST_SLOTS
from chat.consultant.listening import Heard, Sentence, content_words, listen
from chat.consultant.masking import mask
from chat.consultant.money import said_currency
from chat.consultant.naming import (
    bare_company,
    bare_name,
    bare_pair,
    find_company,
    find_name,
    find_stakeholders,
    is_titled,
    tidy,
)
from chat.consultant.needs import find_needs
from chat.consultant.stack import find_stack
from chat.consultant.state import State, Turn
from chat.consultant.technologies import find_technologies

_IDLE = frozenset({"filler", "pause", "offtopic", "resume", "greeting", "thanks", "goodbye"})
_FIGURES = frozenset({"budget", "timeline", "company_size", "name", "company"})
_SILENT = frozenset(
    {"filler", "pause", "offtopic", "erase", "export", "withdraw_consent", "goodbye", "greeting", "thanks", "resume"}
)


def heard_language(turn: Turn, state: State) -> str:
    return detect(mask(turn.text), state.heard, first=state.turns == 0)


def default_currency(language: Language) -> str:
    return str(language.data["language"]["currency"])


def hear(turn: Turn, state: State) -> Heard:
    language = load(heard_language(turn, state))
    currency = said_currency(mask(turn.text), language) or state.currency or default_currency(load(state.language))
    return listen(
        turn.text, language, today=turn.now.date(), asked=state.asking, currency=currency, own_name=state.own_name
    )


def _quick(command: shapes.AnyQuickCommand) -> list[Command]:
    """A button's command; its fact quotes nothing, for the visitor pressed and did not write."""
    match command:
        case shapes.SetFact(slot, value):
            return [SetFact(slot=slot, value=value, quote="", start=0, end=0)]
        case shapes.DeclineSlot(slot):
            return [Decline(slot)]
        case shapes.UnknownSlot(slot):
            return [Unknown(slot)]
        case shapes.Confirm(yes):
            return [Confirm(yes)]
        case shapes.AskBack(topic):
            return [AskBack(topic)]
        case shapes.Intent(name):
            return [Intent(SERVICES.get(name, name), chosen=True)]
        case shapes.Handoff():
            return [Act("handoff")]


def _languages(turn: Turn, state: State, heard: Heard) -> list[Command]:
    brief = len(content_words(heard.text, heard.language)) <= 9 and not heard.language.has("obligation", heard.text)
    wished = wish(heard.text, heard.language.code) if brief else None
    if wished:
        return [ChangeLanguage(wished, wished=True)]
    if not state.language_fixed and heard.language.code != state.language:
        return [ChangeLanguage(heard.language.code)]
    return []


def _open_sentences(heard: Heard) -> tuple[list[Sentence], list[Command]]:
    """The sentences up to the first order to the machine; what follows one is not trusted."""
    for at, sentence in enumerate(heard.sentences):
        if is_injection(heard, sentence):
            return list(heard.sentences[:at]), [Act("injection")]
    hidden = heard.language.has("injection", heard.text) or "\x00\x00\x00\x00" in heard.text
    return list(heard.sentences), [Act("injection")] if hidden else []


def _typed(heard: Heard, sentence: Sentence) -> list[SetFact | RetractFact]:
    people = _people(heard, sentence)
    found: list[SetFact | RetractFact] = list(people)
    found += [] if any(fact.slot == "company" for fact in people) else _firm(heard, sentence, people)
    found += [sector for fact in found if (sector := sector_of_name(heard, fact))]
    found += [
        *find_size(heard, sentence),
        *find_sector(heard, sentence),
        *find_budget(heard, sentence),
        *find_timeline(heard, sentence),
    ]
    found += [*find_stack(heard, sentence), *find_authority(heard, sentence), *find_consent(heard, sentence)]
    found += find_stakeholders(heard, sentence)
    return _announced(heard, _outside_names(found))


def _people(heard: Heard, sentence: Sentence) -> list[SetFact]:
    """The readings of who writes and for whom, weighed: a fuller name beats a shorter one, a firm beats none."""
    pair = list(bare_pair(heard, sentence)) if "name" in heard.asked else []
    readings = [list(find_introduction(heard, sentence)), pair, list(find_name(heard, sentence))]
    return max(readings, key=_fullness)


def _firm(heard: Heard, sentence: Sentence, people: list[SetFact]) -> list[SetFact]:
    """The firm by a cue, or the plain answer when it says more ("City of Port Ellery")."""
    cued = list(find_company(heard, sentence))
    plain = list(bare_company(heard, sentence)) if "company" in heard.asked and cued and not people else []
    wider = [fact for fact in plain if fact.start <= cued[0].start and cued[0].end <= fact.end]
    return wider if wider and is_titled(wider[0].quote, heard.language) else cued


def _fullness(facts: list[SetFact]) -> tuple[int, int]:
    name = next((len(str(fact.value).split()) for fact in facts if fact.slot == "name"), 0)
    return (name, len(facts))


def _outside_names(found: list[SetFact | RetractFact]) -> list[SetFact | RetractFact]:
    """A date or a sum inside a name ("Jean-Noël", "March Foods") is part of the name, and so is half a name."""
    inside = {
        "timeline": ("name", "company"),
        "budget": ("name", "company"),
        "company_size": ("name", "company"),
        "company": ("name",),
    }
    kept = [
        f
        for f in found
        if not any(g.slot in inside.get(f.slot, ()) and g.start <= f.start and f.end <= g.end for g in found)
    ]
    told = {f.slot for f in kept} & {
        "company_size",
        "industry",
        "budget",
        "timeline",
        "decision_maker",
        "name",
        "company",
    }
    return [f for f in kept if not (told and f.slot == "tech_stack" and isinstance(f, SetFact) and f.confidence < 0.9)]


def _announced(heard: Heard, found: list[SetFact | RetractFact]) -> list[SetFact | RetractFact]:
    if not heard.language.has("correction", heard.text):
        return found
    return [_correcting(fact) if isinstance(fact, SetFact) else fact for fact in found]


def _correcting(fact: SetFact) -> SetFact:
    return SetFact(
        slot=fact.slot,
        value=fact.value,
        quote=fact.quote,
        start=fact.start,
        end=fact.end,
        confidence=fact.confidence,
        corrects=True,
    )


def _bare(heard: Heard, sentence: Sentence, slots: set[str]) -> list[SetFact]:
    """The answer to our question that gives no more than the value: "John"."""
    if "name" in heard.asked and "name" not in slots:
        names = list(bare_name(heard, sentence))
        if names:
            return names
    if "company" in heard.asked and "company" not in slots:
        return list(bare_company(heard, sentence))
    if "industry" in heard.asked and "industry" not in slots:
        return _own_words_industry(heard, sentence)
    return []


def _own_words_industry(heard: Heard, sentence: Sentence) -> list[SetFact]:
    words = content_words(sentence.text, heard.language)
    if not 0 < len(words) <= 4 or any(True for _ in find_technologies(sentence.text, heard.language)):
        return []
    if slots_refused(heard, sentence) or heard.language.has("sentence_like", sentence.text):
        return []
    quote = heard.quote(sentence.start, sentence.end).rstrip(".!。 ")
    return [
        SetFact(
            slot="industry",
            value=tidy(quote),
            quote=quote,
            start=sentence.start,
            end=sentence.start + len(quote),
            confidence=0.6,
        )
    ]


def slots_refused(heard: Heard, sentence: Sentence) -> bool:
    return any(heard.language.has(cue, sentence.text) for cue in ("unknown", "decline", "none", "yes", "no"))


def _settled(facts: list[SetFact]) -> list[SetFact]:
    """One value a single slot: the last one announced as a correction, else the surest, else the first."""
    best: dict[str, SetFact] = {}
    facts = [fact for fact in facts if not _is_the_decider(fact, facts)]
    for fact in facts:
        if fact.slot in LIST_SLOTS:
            continue
        held = best.get(fact.slot)
        if (
            held is None
            or _fuller_name(held, fact)
            or _names_decider(held, fact)
            or fact.corrects
            or (not held.corrects and fact.confidence > held.confidence + 0.04)
        ):
            best[fact.slot] = fact
    return [fact for fact in facts if fact.slot in LIST_SLOTS or best[fact.slot] is fact]


def _is_the_decider(fact: SetFact, facts: list[SetFact]) -> bool:
    """ "Our owner decides. Name's Kofi Mensah": the name is not the visitor's."""
    others = [f for f in facts if f.slot == "decision_maker" and not f.value["self"]]
    return fact.slot == "name" and any(f.start <= fact.start < f.end and f.value["name"] == fact.value for f in others)


def _fuller_name(held: SetFact, fact: SetFact) -> bool:
    """ "Call me Gus. Gus Pappas." """
    return fact.slot == "name" and set(str(held.value).split()) < set(str(fact.value).split())


def _names_decider(held: SetFact, fact: SetFact) -> bool:
    """ "Not me. Our head of finance, Mr Kiku, decides." """
    if fact.slot != "decision_maker" or not isinstance(fact.value, dict) or not isinstance(held.value, dict):
        return False
    return bool(fact.value["self"] == held.value["self"] and fact.value.get("name") and not held.value.get("name"))


class _Reader:
    """Collects the commands of one message, sentence by sentence."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.facts: list[SetFact] = []
        self.others: list[Command] = []
        self.stories: list[Sentence] = []
        self.refused: list[Decline | Unknown] = []

    def read(self, sentence: Sentence) -> None:
        act = act_of(self.heard, sentence)
        if act in _IDLE and self._informs(sentence):
            act = None
        if act:
            self.others.append(Act(act))
        if act in _SILENT:
            return
        request = None if act else request_of(self.heard, sentence)
        if request and not _typed(self.heard, sentence):
            self.others.append(request)
            return
        if sentence.question:
            self._question(sentence, act)
        elif not act:
            self._statement(sentence)
        elif act in ("abuse", "handoff", "not_a_lead"):
            self._keep([f for f in _typed(self.heard, sentence) if f.slot != "tech_stack"])

    def _informs(self, sentence: Sentence) -> bool:
        """ "Moment, the date has changed: end of May" is no pause."""
        facts = [] if sentence.question else _typed(self.heard, sentence)
        return any(f.slot in _FIGURES and (f.slot != "timeline" or f.corrects) for f in facts if isinstance(f, SetFact))

    def _question(self, sentence: Sentence, act: str | None) -> None:
        if is_polite_request(self.heard, sentence):
            self.stories.append(sentence)
            self._keep([f for f in _typed(self.heard, sentence) if f.slot in ("company", "company_size", "industry")])
        elif act is None:
            answers = [f for f in _typed(self.heard, sentence) if f.slot in _FIGURES and f.slot in self.heard.asked]
            asked_back = list(question_of(self.heard, sentence))
            if answers and asked_back in ([], [AskBack("other")]):
                self._keep(answers)
            else:
                self.others += asked_back

    def _statement(self, sentence: Sentence) -> None:
        refused = refusal_of(self.heard, sentence)
        typed = _typed(self.heard, sentence)
        slots = {fact.slot for fact in typed}
        self._keep(typed)
        told = bool(slots & _FIGURES)
        self.refused += [r for r in refused if r.slot not in slots and not (told and r.slot in self.heard.asked)]
        if refused and not slots:
            return
        if not self.others and not slots - {"tech_stack", "stakeholders", "industry"}:
            self._keep(list(_bare(self.heard, sentence, {fact.slot for fact in self.facts})))
        self.stories.append(sentence)

    def _keep(self, found: list[SetFact | RetractFact] | list[SetFact]) -> None:
        self.facts += [fact for fact in found if isinstance(fact, SetFact)]
        self.others += [fact for fact in found if isinstance(fact, RetractFact)]

    def finish(self) -> list[Command]:
        for sentence in self.stories:
            self.facts += list(find_needs(self.heard, sentence, self.facts))
        facts = _settled(self.facts)
        known = {fact.slot for fact in facts}
        return [*facts, *self.others, *(refusal for refusal in self.refused if refusal.slot not in known)]


def _yes_or_no(heard: Heard, sentences: list[Sentence]) -> list[Command]:
    if not sentences:
        return []
    first = sentences[0].text
    if heard.language.cue("no").match(first):
        return [Confirm(False)]
    if heard.language.cue("yes").match(first):
        return [Confirm(True)]
    return []


def understand(turn: Turn, state: State) -> list[Command]:
    """What ``turn`` means. Facts are proposals: the gate decides what counts."""
    if turn.quick is not None:
        return _quick(turn.quick)
    heard = hear(turn, state)
    sentences, commands = _open_sentences(heard)
    reader = _Reader(heard)
    for contact in (*find_emails(heard), *find_phones(heard)):
        if any(s.start <= contact.start < s.end for s in sentences):
            reader.facts.append(contact)
    if len(sentences) == len(heard.sentences):
        reader.facts += find_signature(heard)
    for sentence in sentences:
        reader.read(sentence)
    commands += _languages(turn, state, heard) + _yes_or_no(heard, sentences)
    if invalid_email(heard) and not commands:
        commands.append(Act("invalid_email"))
    choosing = state.pending is not None and state.pending.kind == "service"
    if (state.turns <= 1 or choosing) and (intent := intent_of(heard)):
        commands.append(Intent(intent.name, chosen=choosing))
    return [*commands, *_outside_contacts(reader.finish())]


def _outside_contacts(commands: list[Command]) -> list[Command]:
    """The digits of a phone number, or of an address, are no sum, head count or date."""
    taken = [c for c in commands if isinstance(c, SetFact) and c.slot in ("phone", "email")]
    return [
        c
        for c in commands
        if not isinstance(c, SetFact)
        or c.slot not in ("budget", "company_size", "timeline")
        or not any(t.start < c.end and c.start < t.end for t in taken)
    ]


def prepare(codes: Iterable[str], now: datetime) -> None:
    """Compile what the languages need (a second each), so that no visitor waits for it; for the start of a worker."""
    probe = "prepare 1, 2 @ SAP? We 3 days 4 k"
    for code in codes:
        slots = (
            "name",
            "company",
            "industry",
            "tech_stack",
            "success_criteria",
            "budget",
            "timeline",
            "decision_maker",
        )
        for asked in (("challenges",), slots):
            understand(Turn(text=probe, number=1, now=now), State(language=code, heard=code, asking=asked, turns=3))
        language = load(code)
        for name in language.data["cues"]:
            language.cue(name)
        for name in language.data["captures"]:
            language.capturing(name)
