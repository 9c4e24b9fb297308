"""Changes: one line for each version, computed from the difference to the one before."""

from collections.abc import Sequence

from prd.document import Document, Item, Section
from prd.draft import Draft
from prd.evidence import fragment
from prd.sections import money

AUTHORS = {"unobot": "changelog.author", "staff": "changelog.author_staff"}


def changed(previous: Document, sections: Sequence[Section]) -> list[str]:
    """Keys of the sections whose words differ from the version before; the register sections follow of themselves."""
    before = {section.key: section.items for section in previous.sections}
    return [section.key for section in sections if before.get(section.key) != section.items]


def _why(draft: Draft) -> tuple[str, tuple[int, ...]]:
    number = draft.brief.feedback
    if draft.brief.author == "staff":
        note = draft.brief.note
        return draft.say("changelog.edited", note=note) if note else draft.say("changelog.edited_plain"), ()
    if draft.brief.previous is None:
        return draft.say("changelog.first"), ()
    said = [c.text for c in draft.ground.clauses if c.message == number]
    if number and said:
        return draft.say("changelog.feedback", quote=draft.quote(fragment(said[0], limit=24))), (number,)
    return draft.say("changelog.facts"), ()


def write(draft: Draft, sections: Sequence[Section]) -> list[Item]:
    previous = draft.brief.previous
    earlier = list(previous.section("changelog").items) if previous else []
    keys = changed(previous, sections) if previous else []
    titles = draft.voice.frame["sections"]
    names = draft.voice.frame["comma"].join(titles[key] for key in keys) if keys else draft.say("changelog.all")
    why, said = _why(draft)
    line = Item(
        key=f"change.{draft.brief.version}",
        text=f"v{draft.brief.version}",
        sources=said,
        details=(
            draft.detail("dates", money.day(draft.voice, draft.brief.created), said),
            draft.detail("author", draft.say(AUTHORS[draft.brief.author]), said),
            draft.detail("sections", names, said),
            draft.detail("reason", why, said),
        ),
    )
    return [*earlier, line]
