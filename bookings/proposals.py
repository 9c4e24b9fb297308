"""Who fits a conversation: the experts with their load and first free time, ranked for what the visitor said."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bookings.agenda import Eyes, free
from bookings.models import Booking, Placement
from chat import editorial
from chat.consultant.ledger import fold
from chat.models import Session
from chat.shapes import ExpertCard, ExpertPair, Reason
from chat.taxonomy.index import Index
from chat.transcript import ledger
from experts.matching import Candidate, Need, Pair, pair_text, rank, reasons
from experts.models import Expert
from experts.slots import Span

LOAD_WINDOW = timedelta(days=28)
SLOT_WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Proposal:
    cards: list[ExpertCard]
    pairs: list[ExpertPair]


def _loads(now: datetime) -> Counter[UUID]:
    """Meetings that stand in each expert's coming four weeks."""
    ahead = Booking.objects.filter(status=Booking.Status.CONFIRMED, start__gte=now, start__lt=now + LOAD_WINDOW)
    return Counter(ahead.order_by().values_list("expert_id", flat=True))


def _first_places(session: Session | None, now: datetime) -> Counter[UUID]:
    """How often each expert was proposed first to other visitors lately."""
    lately = Placement.objects.filter(place=1, at__gt=now - LOAD_WINDOW)
    others = lately.exclude(session=session) if session else lately
    return Counter(others.values_list("expert_id", flat=True))


def _candidates(experts: Iterable[Expert], session: Session | None, now: datetime) -> list[Candidate]:
    loads, firsts = _loads(now), _first_places(session, now)
    experts = list(experts)
    starts = free(experts, window=Span(now, now + SLOT_WINDOW), now=now, eyes=Eyes(session=session))
    return [
        Candidate(
            id=str(expert.pk),
            role=expert.role,
            bio=expert.bio,
            specialties=tuple(expert.specialties),
            services=tuple(expert.services),
            languages=tuple(expert.languages),
            timezone=expert.timezone,
            industries=tuple(expert.industries),
            load=loads[expert.pk],
            capacity=expert.capacity,
            first_slot=next(iter(starts[expert.pk]), None),
            recent_first_places=firsts[expert.pk],
        )
        for expert in experts
    ]


def _need(session: Session, now: datetime) -> Need:
    said = session.messages.filter(role="user").order_by("number").values_list("number", "content")
    facts = {slot: fact.value for slot, fact in fold(ledger(session)).items() if fact.known}
    language = session.language.partition("-")[0]
    return Need(texts=tuple(said), facts=facts, language=language, timezone=session.timezone, asked_at=now)


def _card(expert: Expert, score: float, why: list[Reason]) -> ExpertCard:
    return ExpertCard(
        id=expert.pk,
        name=expert.name,
        role=expert.role,
        bio=expert.bio,
        photo_url=expert.photo_url,
        specialties=list(expert.specialties),
        services=list(expert.services),
        languages=list(expert.languages),
        timezone=expert.timezone,
        score=score,
        reasons=why,
    )


def _pair(pair: Pair, experts: Mapping[str, Expert], need: Need, index: Index) -> ExpertPair:
    ids = [experts[pair.first].pk, experts[pair.second].pk]
    return ExpertPair(expert_ids=ids, text=pair_text(pair, need.language, index))


def _remember(session: Session, cards: list[ExpertCard], now: datetime) -> None:
    for place, card in enumerate(cards, start=1):
        Placement.objects.update_or_create(
            session=session, expert_id=card.id, defaults={"place": place, "score": card.score, "at": now}
        )


def propose(session: Session, *, limit: int, now: datetime) -> Proposal:
    """The best experts for this conversation; remembered, so that equals take turns in coming first."""
    proposal = _proposal(_need(session, now), session, editorial.catalogue().index, limit, now)
    _remember(session, proposal.cards, now)
    return proposal


def rehearse(need: Need, *, index: Index, limit: int, now: datetime) -> Proposal:
    """Whom a visitor with this need would be shown, by any catalogue; nothing is remembered of it."""
    return _proposal(need, None, index, limit, now)


def _proposal(need: Need, session: Session | None, index: Index, limit: int, now: datetime) -> Proposal:
    experts = {str(expert.pk): expert for expert in Expert.objects.filter(is_active=True)}
    found = rank(need, _candidates(experts.values(), session, now), index, limit)
    cards = [
        _card(experts[ranked.candidate.id], ranked.score, reasons(ranked, found, need, index))
        for ranked in found.experts
    ]
    return Proposal(cards, [_pair(pair, experts, need, index) for pair in found.pairs])
