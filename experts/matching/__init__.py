"""Ranking experts for a need, with reasons: pure, deterministic, nothing personal in the score."""

from experts.matching.candidates import Candidate, Need
from experts.matching.ranking import Pair, Ranked, Ranking, Roster, prepare, rank

__all__ = ["Candidate", "Need", "Pair", "Ranked", "Ranking", "Roster", "prepare", "rank"]
