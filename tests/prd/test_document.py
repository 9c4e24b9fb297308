"""What a document says: the client's own facts, the conflicts, the gaps, and what changed."""

from dataclasses import replace

import pytest

from chat.consultant.ledger import fold
from prd.brief import Brief, Mention
from prd.diff import diff
from prd.document import SECTIONS, Document, from_json, to_json
from prd.lint import lint, shared_runs
from prd.markdown import render
from prd.outline import write
from prd.wording import languages, table
from tests.prd.conversations import TALKS, brief, entries, messages, place, told


def text(document: Document, section: str) -> str:
    return "\n".join(line.text for item in document.section(section).standing for line in item.lines)


def again(talk_name: str, said: str, previous: Document, **changes: object) -> Brief:
    """The brief of the next version, after one more message."""
    talk = told(TALKS[talk_name], said)
    number = 2 * len(talk.said)
    return replace(brief(talk), version=previous.version + 1, previous=previous, feedback=number, **changes)  # type: ignore[arg-type]


def test_every_section_has_its_anchor() -> None:
    """P2"""
    text_of = render(write(brief(TALKS["dentist"])))
    assert [key for key in SECTIONS if f"<!-- sec:{key} -->" not in text_of] == []


def test_the_clients_own_facts_are_in_it() -> None:
    """P3, I9"""
    text_of = render(write(brief(TALKS["dentist"])))
    for fact in (
        "drowning in phone calls",
        "Dentys",
        "Between 20k and 35k euros",
        "by 15 March 2027",
        "No-shows should go",
    ):
        assert fact in text_of


def test_the_same_conversation_gives_the_same_document() -> None:
    assert write(brief(TALKS["insurer"])) == write(brief(TALKS["insurer"]))


def test_two_clients_documents_share_little() -> None:
    texts = [render(write(brief(talk))) for talk in TALKS.values() if talk.language == "en"]
    assert max(shared_runs(one, other) for one in texts for other in texts if one is not other) < 0.4


def test_a_no_is_out_of_scope_and_nowhere_a_yes() -> None:
    document = write(brief(TALKS["dentist"]))
    assert "do not replace Dentys" in text(document, "out_of_scope")
    assert "replace Dentys" not in text(document, "in_scope")


def test_a_budget_too_small_is_a_conflict_with_ways_out() -> None:
    plan = text(write(brief(TALKS["dentist"])), "plan")
    assert "Conflict with the budget" in plan
    assert "(a)" in plan


def test_a_budget_that_fits_leaves_a_reserve() -> None:
    assert "as reserve" in text(write(brief(TALKS["bakery"])), "plan")


def test_todays_value_is_found_beside_the_aim() -> None:
    goals = write(brief(TALKS["dentist"])).section("goals").standing
    assert [goal.detail("baseline") for goal in goals] == ["12%", "5 hours"]


def test_a_stated_loss_is_counted_over_the_year() -> None:
    assert "EUR 44,000 a year" in text(write(brief(TALKS["dentist"])), "problem")


def test_words_that_were_corrected_are_not_used() -> None:
    """C9"""
    talk = TALKS["insurer"]
    number, start, end = place(talk, "from 25 minutes to 8 minutes")
    wrong = replace(entries(talk)[0], slot="success_criteria", message=number, start=start, end=end)
    document = write(replace(brief(talk), superseded=[wrong]))
    assert "8 minutes" not in text(document, "problem")
    assert "Corrected later" in text(document, "sources")


def test_an_answer_closes_its_question_and_ids_stay() -> None:
    """P7"""
    first = write(brief(TALKS["bakery"], without="budget"))
    second = write(replace(brief(TALKS["bakery"]), version=2, previous=first))
    asked = {item.key: item for item in second.section("questions").items}
    assert asked["q.budget"].withdrawn == "withdrawn in v2 (settled)"
    kept = {item.key: item.id for item in first.section("fr").items}
    assert {item.key: item.id for item in second.section("fr").items} == kept


def test_a_dropped_requirement_stays_as_withdrawn() -> None:
    """P7"""
    first = write(brief(TALKS["dentist"]))
    talk = told(TALKS["dentist"], "On second thought, please no chatbot.")
    no = Mention(*place(talk, "no chatbot")[:1], "conversational_ai", *place(talk, "no chatbot")[1:], negated=True)
    mentions = [*brief(talk).mentions, no]
    next_brief = replace(brief(talk), version=2, previous=first, mentions=mentions, feedback=2 * len(talk.said))
    second = write(next_brief)
    assert second.items()["FR-001"].withdrawn == "withdrawn in v2 (ruled out)"
    assert lint(second, next_brief) == []


def test_only_the_sections_asked_for_change() -> None:
    """P7"""
    first = write(brief(TALKS["freight"]))
    next_brief = again("freight", "Please also plan the Sunday tours.", first, sections=frozenset({"risks"}))
    second = write(next_brief)
    assert second.section("fr") == first.section("fr")
    assert lint(second, next_brief) == []


def test_changes_are_told_by_id() -> None:
    first = write(brief(TALKS["bakery"], without="budget"))
    second = write(replace(brief(TALKS["bakery"]), version=2, previous=first))
    kinds = {(change.kind, change.id) for change in diff(first, second) if change.section == "questions"}
    assert ("removed", next(i.id for i in first.section("questions").items if i.key == "q.budget")) in kinds


def test_a_document_survives_storage() -> None:
    document = write(brief(TALKS["ryokan"]))
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_text(language: str) -> None:
    def keys(node: dict[str, object], path: str = "") -> set[str]:
        return {
            k for name, v in node.items() for k in (keys(v, f"{path}{name}.") if isinstance(v, dict) else {path + name})
        }

    assert keys(table(f"{language}/frame")) == keys(table("en/frame"))
    assert set(table(f"{language}/words")) == set(table("en/words"))


def test_facts_of_an_empty_conversation_are_all_questions() -> None:
    nothing = Brief(
        language="en",
        version=1,
        created=brief(TALKS["dentist"]).created,
        facts=fold([]),
        messages=messages(TALKS["council"])[:2],
    )
    asked = {item.key for item in write(nothing).section("questions").standing}
    assert {"q.budget", "q.timeline", "q.company", "q.decision_maker", "q.tech_stack"} <= asked
