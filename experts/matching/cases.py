"""The file format matching-cases/1: experts and needs in, rankings out."""

from collections.abc import Mapping
from typing import Any

from chat.taxonomy.index import Index
from experts.matching.candidates import Candidate, Need
from experts.matching.ranking import prepare, rank

FORMAT = "matching-cases/1"


def candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        id=row["id"],
        role=row["role"],
        bio=row["bio"],
        specialties=tuple(row["specialties"]),
        services=tuple(row["services"]),
        languages=tuple(row["languages"]),
        timezone=row["timezone"],
        industries=tuple(row["industries"]),
        load=row["current_load"],
        capacity=row["capacity"],
        active=row["active"],
    )


def need(row: Mapping[str, Any]) -> Need:
    return Need(
        texts=tuple(enumerate(row["messages"], start=1)),
        facts=row.get("facts", {}),
        language=row.get("language", "en"),
    )


def rankings(cases: Mapping[str, Any], index: Index) -> dict[str, list[str]]:
    """Expert ids by need id, best first; raises ValueError for another format."""
    if cases.get("format") != FORMAT:
        raise ValueError(f"expected {FORMAT}, found {cases.get('format')!r}")
    candidates = [candidate(row) for row in cases["experts"]]
    roster = prepare(candidates, index)
    order = {}
    for row in cases["needs"]:
        ranking = rank(need(row), candidates, index, limit=None, roster=roster)
        order[row["id"]] = [ranked.candidate.id for ranked in ranking.experts]
    return order
