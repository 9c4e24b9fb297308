"""Ranking experts for a need, with reasons: pure, deterministic, nothing personal in the score."""

from experts.matching.candidates import Candidate, Need
from experts.matching.ranking import Pair, Ranked, Ranking, Roster, prepare, rank
from experts.matching.reasons import inputs, pair_text, reasons

__all__ = [
    "Candidate",
    "Need",
    "Pair",
    "Ranked",
    "Ranking",
    "Roster",
    "inputs",
    "pair_text",
    "prepare",
    "rank",
    "reasons",
]
