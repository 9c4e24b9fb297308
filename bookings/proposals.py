"""Who fits a conversation: the experts with their load and first free time, ranked for what the visitor said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bookings.agenda import Eyes, free
from bookings.models import Booking, Placement
from bookings.reasons import reasons
from chat.consultant.ledger import fold
from chat.contract import ExpertCard, ExpertPair
from chat.models import Session
from chat.taxonomy.index import Index, shipped
from chat.transcript import ledger
from experts.matching import Candidate, Need, Pair, Ranked, rank
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


def _first_places(session: Session, now: datetime) -> Counter[UUID]:
    """How often each expert was proposed first to other visitors lately."""
    lately = Placement.objects.filter(place=1, at__gt=now - LOAD_WINDOW).exclude(session=session)
    return Counter(lately.values_list("expert_id", flat=True))


def _candidates(experts: list[Expert], session: Session, now: datetime) -> list[Candidate]:
    loads, firsts = _loads(now), _first_places(session, now)
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


def _card(ranked: Ranked, expert: Expert, session: Session, index: Index) -> ExpertCard:
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
        score=ranked.score,
        reasons=reasons(ranked, index, language=session.language, zone=session.timezone),
    )


def _pair(pair: Pair, experts: Mapping[str, Expert], index: Index) -> ExpertPair:
    labels = [index.catalogue.topics[topic].labels["en"] for topic in pair.topics]
    first, second = experts[pair.first], experts[pair.second]
    text = f"{first.name} for {labels[0]} and {second.name} for {labels[1]}: together they cover both."
    return ExpertPair(expert_ids=[first.pk, second.pk], text=text)


def _remember(session: Session, cards: list[ExpertCard], now: datetime) -> None:
    for place, card in enumerate(cards, start=1):
        Placement.objects.update_or_create(
            session=session, expert_id=card.id, defaults={"place": place, "score": card.score, "at": now}
        )


def propose(session: Session, *, limit: int, now: datetime) -> Proposal:
    """The best experts for this conversation; remembered, so that equals take turns in coming first."""
    experts = {str(expert.pk): expert for expert in Expert.objects.filter(is_active=True)}
    index = shipped()
    found = rank(_need(session, now), _candidates(list(experts.values()), session, now), index, limit)
    cards = [_card(ranked, experts[ranked.candidate.id], session, index) for ranked in found.experts]
    _remember(session, cards, now)
    return Proposal(cards, [_pair(pair, experts, index) for pair in found.pairs])
