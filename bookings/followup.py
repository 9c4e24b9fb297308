"""One mail to visitors who have a plan and no meeting: only with their consent, only while the conversation can be
gone on with, and only where the site wants it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bookings.models import Booking
from chat import letterhead, mail, optout, resuming
from chat.letterhead import Sheet
from chat.models import SESSION_LIFETIME, Mail, Session
from chat.phrases import say
from prd.models import PrdVersion

KIND = "follow_up"
_NEVER_MET = (Booking.Status.HELD, Booking.Status.EXPIRED)


def due(now: datetime) -> QuerySet[Session]:
    """Those whose visitors have been silent for the days that the site sets, and not yet for as long as a session
    lives. Whoever has ever booked, or waits for a person, is left alone."""
    written = PrdVersion.objects.filter(prd__session=OuterRef("pk"), state=PrdVersion.State.WRITTEN)
    met = Booking.objects.filter(session=OuterRef("pk"), changes__action="book").exclude(status__in=_NEVER_MET)
    silent_since = now - timedelta(days=settings.FOLLOW_UP_DAYS)
    return Session.objects.filter(
        Exists(written),
        ~Exists(met),
        ~Exists(Mail.objects.filter(session=OuterRef("pk"), kind=KIND)),
        status__in=(Session.Status.OPEN, Session.Status.CLOSED),
        consent_at__isnull=False,
        handed_over=False,
        last_activity_at__lte=silent_since,
        last_activity_at__gt=now - SESSION_LIFETIME,
    )


def send_all(*, now: datetime) -> int:
    """Returns how many were promised."""
    if not settings.FOLLOW_UP_DAYS:
        return 0
    return sum(send(session_id, now=now) for session_id in due(now).values_list("pk", flat=True)[:200])


@transaction.atomic
def send(session_id: UUID, *, now: datetime) -> bool:
    """Once a visitor, however many conversations they had."""
    session = due(now).select_for_update(no_key=True, of=("self",)).filter(pk=session_id).first()
    to = resuming.known(session, "email") if session is not None else ""
    if session is None or not to or Mail.objects.filter(kind=KIND, to__iexact=to).exists():
        return False
    sheet = _letter(session, to)
    parts = letterhead.write(sheet)
    mail.post(
        to=to, subject=sheet.subject, text=parts.text, html=parts.html, kind=KIND, session=session,
        unsubscribe_url=sheet.unsubscribe_url, now=now,
    )  # fmt: skip
    return True


def _letter(session: Session, to: str) -> Sheet:
    language = session.language
    return Sheet(
        language=language,
        subject=say(language, "follow_up_subject"),
        opening=[resuming.greeting(session), say(language, "follow_up_text")],
        buttons=[(say(language, "follow_up_button"), resuming.place())],
        signature=say(language, "follow_up_signature"),
        unsubscribe_url=optout.url(to, language),
    )
