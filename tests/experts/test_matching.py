"""Experts ranked for a need: fit first, then circumstances, never the person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chat.taxonomy.index import shipped
from experts.matching import Candidate, Need, Ranking, inputs, pair_text, rank, reasons
from experts.matching.ranking import MOST

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TAXONOMY = shipped()

NADIA = Candidate(id="nadia", role="Data Platform Engineer", bio="Pipelines that are tested.", specialties=("ETL",))
RAFAEL = Candidate(
    id="rafael",
    role="BI Consultant",
    bio="Dashboards for managers.",
    specialties=("Dashboards",),
    industries=("retail",),
)
EMILY = replace(RAFAEL, id="emily", load=6)
HANNAH = Candidate(
    id="hannah", role="Fraud Data Scientist", bio="Claims.", specialties=("Fraud detection",), industries=("insurance",)
)
PRIYA = Candidate(id="priya", role="Document Processing Lead", bio="Reads claim forms.", specialties=("OCR",))
TEAM = (NADIA, RAFAEL, EMILY, HANNAH, PRIYA)


def need(*texts: str, **more: object) -> Need:
    return Need(texts=tuple(enumerate(texts, start=1)), asked_at=NOW, **more)  # type: ignore[arg-type]


def ranked(wish: Need, *team: Candidate, limit: int | None = None) -> Ranking:
    return rank(wish, team or TEAM, TAXONOMY, limit)


def order(wish: Need, *team: Candidate) -> list[str]:
    return [r.candidate.id for r in ranked(wish, *team).experts]


def test_expert_for_the_need_comes_first() -> None:
    """E4"""
    assert order(need("Somebody is sending us invented claims."))[0] == "hannah"


def test_limit_gives_the_head_of_the_whole_order() -> None:
    wish = need("We want dashboards for our branches.")
    assert [r.candidate.id for r in ranked(wish, limit=2).experts] == order(wish)[:2]


def test_inactive_and_full_experts_are_never_listed() -> None:
    """E2"""
    team = (replace(RAFAEL, active=False), replace(EMILY, load=8), NADIA)
    result = ranked(need("dashboards"), *team)
    assert [r.candidate.id for r in result.experts] == ["nadia"]
    assert result.unlisted == ("rafael", "emily")


def test_of_equals_the_one_with_more_free_places_comes_first() -> None:
    assert order(need("dashboards"), EMILY, RAFAEL)[0] == "rafael"


def test_equals_take_turns_by_recent_first_places_then_id() -> None:
    """E5"""
    anna, bela = (replace(RAFAEL, id=name) for name in ("anna", "bela"))
    assert order(need("dashboards"), bela, anna) == ["anna", "bela"]
    assert order(need("dashboards"), bela, replace(anna, recent_first_places=1)) == ["bela", "anna"]


def test_free_capacity_does_not_beat_fit() -> None:
    assert order(need("dashboards"), replace(RAFAEL, load=7), PRIYA)[0] == "rafael"


def test_denied_topic_brings_nobody_forward() -> None:
    first = order(need("No dashboards. Our invoices must be read automatically."))[0]
    assert first == "priya"


def test_demanded_line_of_business_scales_the_fit_and_says_so() -> None:
    wish = need("Dashboards, by someone with experience in insurance.")
    (result,) = ranked(wish, RAFAEL).experts
    assert result.domain_factor == 0.75
    text = reasons(result, ranked(wish, RAFAEL), wish, TAXONOMY)[2].text
    assert "insurance" in text
    assert "75 %" in text


def test_known_line_of_business_gives_points() -> None:
    known, unknown = RAFAEL, replace(RAFAEL, id="ruth", industries=())
    assert order(need("dashboards", facts={"industry": "retail"}), unknown, known)[0] == "rafael"


def test_shared_language_gives_points() -> None:
    german = replace(RAFAEL, id="greta", languages=("en", "de"))
    assert order(need("Wir brauchen ein Dashboard", language="de"), RAFAEL, german)[0] == "greta"


def test_shared_office_hours_give_points() -> None:
    far, near = replace(RAFAEL, id="a", timezone="Asia/Tokyo"), replace(RAFAEL, id="b", timezone="Europe/Paris")
    assert order(need("dashboards", timezone="Europe/Berlin"), far, near) == ["b", "a"]


@pytest.mark.parametrize(("days", "points"), [(6, 5.0), (8, 2.5), (15, 0.0)])
def test_early_first_slot_gives_points(days: int, points: float) -> None:
    candidate = replace(RAFAEL, first_slot=NOW + timedelta(days=days))
    assert ranked(need("dashboards"), candidate).experts[0].points["first_slot"] == points


def test_two_needs_that_nobody_masters_together_give_a_pair() -> None:
    result = ranked(need("Read our claim forms automatically and spot the fake claims."))
    (pair,) = result.pairs
    assert {pair.first, pair.second} == {"priya", "hannah"}
    assert "Fraud" in pair_text(pair, "en", TAXONOMY)


def test_one_need_gives_no_pair() -> None:
    assert ranked(need("dashboards")).pairs == ()


def test_unclear_need_gives_a_first_conversation_and_no_invented_topic() -> None:
    wish = need("Hello there")
    result = ranked(wish, RAFAEL)
    assert result.demand.assumed
    assert "first conversation" in reasons(result.experts[0], result, wish, TAXONOMY)[0].text


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ja", "ar", "sv"])
def test_every_component_has_a_reason_with_its_points(language: str) -> None:
    wish = need("dashboards", language=language)
    result = ranked(wish)
    lines = reasons(result.experts[0], result, wish, TAXONOMY)
    assert [(r.component, r.most) for r in lines] == list(MOST.items())
    assert sum(r.points for r in lines) == pytest.approx(result.experts[0].score)
    assert all(r.text and "{" not in r.text for r in lines)


def test_reason_quotes_the_message_it_rests_on() -> None:
    wish = need("Hello.", "Our managers live in Excel.")
    result = ranked(wish)
    assert "Excel”, message 2" in reasons(result.experts[0], result, wish, TAXONOMY)[0].text


def test_staff_see_the_inputs_of_a_ranking() -> None:
    seen = inputs(ranked(need("No chatbot, we want dashboards."), replace(NADIA, active=False), RAFAEL))
    assert seen["negated"] == ["conversational_ai"]
    assert seen["unlisted"] == ["nadia"]
    assert seen["experts"][0]["points"]["capability"] > 0


def test_same_input_gives_the_same_ranking() -> None:
    wish = need("We lose leads and our reports are late.")
    assert ranked(wish) == ranked(wish)


def test_score_stays_within_its_bounds() -> None:
    best = replace(RAFAEL, first_slot=NOW, languages=("en",))
    wish = need("dashboards dashboards", facts={"industry": "retail"})
    assert 0 <= ranked(wish, best).experts[0].score <= 100
    assert sum(MOST.values()) == 100
