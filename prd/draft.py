"""A document in the making: assumptions and questions gather while the sections are written, and get their ids last."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chat.consultant.ledger import Entry
from prd.brief import Brief
from prd.document import PREFIXES, Detail, Item
from prd.evidence import Clause, fragment
from prd.ground import Ground
from prd.industry import Industry
from prd.losses import Loss, losses
from prd.needs import Need
from prd.wording import Voice, capital


def ref(key: str) -> str:
    """A place in a text where the id of another item will stand."""
    return f"⟦{key}⟧"


@dataclass
class Draft:
    """``broken`` are keys of items that would break a hard rule as they are usually written."""

    brief: Brief
    voice: Voice
    ground: Ground
    needs: list[Need]
    industry: Industry
    broken: frozenset[str] = frozenset()
    assumptions: dict[str, Item] = field(default_factory=dict)
    questions: dict[str, Item] = field(default_factory=dict)
    written: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def say(self, key: str, **slots: str) -> str:
        return self.voice.say(key, **slots)

    def quote(self, words: str) -> str:
        return self.voice.quote(words)

    def quoted(self, entry: Entry, words: str) -> str:
        """The words of an entry, in quotation marks if they were said so and not typed into the list of facts."""
        said = self.ground.sources(entry) and words in self.ground.texts[entry.message or 0]
        return self.quote(words) if said else words

    def quoting(self, key: str, sentence: str, clause: Clause, *, limit: int = 40) -> Item:
        """An item that is a sentence of the frame around the visitor's clause."""
        digit = next((i for i, letter in enumerate(clause.text) if letter.isdigit()), 0)
        words = fragment(clause.text, limit=limit, around=(digit, digit + 1))
        text = self.say(sentence, quote=self.quote(words))
        return Item(key=f"{key}.{clause.message}.{clause.start}", text=text, sources=(clause.message,))

    def label(self, name: str) -> str:
        return str(self.voice.frame["labels"][name])

    def detail(self, name: str, text: str, sources: tuple[int, ...] = (), assumes: tuple[str, ...] = ()) -> Detail:
        return Detail(name=name, label=self.label(name), text=capital(text), sources=sources, assumes=assumes)

    def assume(self, name: str, *, key: str = "", **slots: str) -> str:
        """Registers the assumption and returns its key, to stand in ``assumes``."""
        key = f"a.{key or name}"
        if key not in self.assumptions:
            frame: dict[str, Any] = self.voice.frame["assumptions"]["mended" if key in self.broken else name]
            details = tuple(
                Detail(
                    name=part,
                    label=self.label(part),
                    text=capital(self.voice.fill(frame[part], **slots)),
                    assumes=(key,),
                )
                for part in ("why", "confirm", "wrong")
            )
            text = capital(self.voice.fill(frame["text"], **slots))
            self.assumptions[key] = Item(key=key, text=text, assumes=(key,), details=details)
        return key

    def ask(
        self,
        name: str,
        *,
        key: str = "",
        who: str = "client",
        until: str = "",
        sources: tuple[int, ...] = (),
        **slots: str,
    ) -> str:
        """Registers the question and returns its key; ``until`` is the assumption that holds until it is answered."""
        key = f"q.{key or name}"
        if key in self.broken:
            name, sources, slots = "mended", (), {"item": self.section_title("questions"), **slots}
        if key not in self.questions:
            bridge = self.assume(
                until or "no_answer", key=until and key.replace("q.", until + ".", 1), **{"question": ref(key), **slots}
            )
            frame = self.voice.frame["questions"]
            texts = {part: self.voice.fill(frame[name][part], **slots) for part in ("why", "blocks")}
            texts["who"] = self.voice.fill(frame[f"who_{who}"])
            details = tuple(self.detail(part, texts[part], (), (bridge,)) for part in ("why", "who", "blocks"))
            text = self.say(f"questions.{name}.text", **slots)
            self.questions[key] = Item(key=key, text=text, sources=sources, assumes=(bridge,), details=details)
        return key

    def section_title(self, section: str) -> str:
        return str(self.voice.frame["sections"][section])

    def withdrawn(self, reason: str) -> str:
        """What stands beside an item from this version on."""
        why = self.voice.fill(self.voice.frame["changelog"][f"withdrawn_{reason}"])
        return self.label("withdrawn").format(version=self.brief.version, reason=why)

    def dropped(self, section: str, item: Item) -> Item:
        """The item without the words that break a rule, and a question for better ones."""
        place = ref(item.key) if section in PREFIXES else self.section_title(section)
        self.ask("mended", key=f"mended.{item.key}", item=place)
        return Item(key=item.key, text="", withdrawn=self.withdrawn("unproven"))

    def edited(self, entry: Entry) -> tuple[str, ...]:
        """The assumption behind a value that no message holds."""
        return (self.assume("edited"),) if self.ground.edited(entry) else ()

    @cached_property
    def main(self) -> Need:
        return self.needs[0]

    @cached_property
    def loss(self) -> Loss | None:
        """The largest recurring loss that the visitor put into figures."""
        return next(iter(losses(self.ground)), None)

    @cached_property
    def wishes(self) -> list[Clause]:
        """What was asked for in so many words and belongs to none of the topics taken up."""
        topical = {clause for need in self.needs for clause, _ in need.mentions}
        return [clause for clause in self.ground.wishes if clause not in topical]

    @property
    def topics(self) -> str:
        return self.voice.listed([need.label for need in self.needs])
