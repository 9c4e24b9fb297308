"""What an edited remark of the consultant must keep to: it is said in a chat, to somebody whose figures are unknown."""

import re
from collections.abc import Iterator

from chat.consultant.language import load
from chat.consultant.speak import count_words
from chat.taxonomy.checks import Problem, unsafe
from chat.taxonomy.edits import Fields

MOST_WORDS = 25
END = re.compile(r"[.!?。！？؟]$")


def remark(field: str, text: str, language: str) -> Iterator[Problem]:
    if count_words(text, load(language)) > MOST_WORDS:
        yield Problem(field, f"At most {MOST_WORDS} words: the next question follows in the same message.")
    if re.search(r"\d", text):
        yield Problem(field, "No figures: nothing is known yet of this visitor's case.")
    if re.search(r"[{}\[\]|<>]", text):
        yield Problem(field, "Plain words only: nothing is filled in here.")
    if text and not END.search(text):
        yield Problem(field, "End with a full stop.")


def insight(fields: Fields, language: str) -> Iterator[Problem]:
    """The words that tell of a problem, and what is said of it; both or neither."""
    cue, say = fields.get("cue", ()), str(fields.get("say", ""))
    if bool(cue) != bool(say):
        yield Problem("say" if cue else "cue", "The words that tell of it and the remark belong together.")
    for words in cue:
        reason = unsafe(words) or (
            "~ may stand once, at the end of a word." if re.search(r"~(?:.*~.*~|~)", words) else ""
        )
        if reason:
            yield Problem("cue", f"{words}: {reason}")
    yield from remark("say", say, language)
