"""Outgoing mail: a row in the caller's transaction, sent by a job through Django's mail backend."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet

from chat import jobs
from chat.models import Mail, MailAttachment, Session

log = logging.getLogger(__name__)

Attachment = tuple[str, str, bytes]


def post(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    now: datetime,
    html: str = "",
    session: Session | None = None,
    attachments: Sequence[Attachment] = (),
) -> Mail:
    """Promise a mail; attachments are (filename, MIME type, content). A failing provider is retried, never felt."""
    mail = Mail.objects.create(
        session=session, kind=kind, to=to, subject=" ".join(subject.split())[:200], text=text, html=html, created_at=now
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, filename=name, mimetype=mimetype, content=content)
        for name, mimetype, content in attachments
    )
    jobs.defer(send_mail, session=session, now=now, mail_id=str(mail.pk))
    return mail


def send_again(mails: QuerySet[Mail], *, now: datetime) -> int:
    """Promise mails that have failed once more; returns how many."""
    count = 0
    for mail in mails:
        with transaction.atomic():
            if Mail.objects.filter(pk=mail.pk, state=Mail.State.FAILED).update(state=Mail.State.QUEUED, error=""):
                jobs.defer(send_mail, session=mail.session, now=now, mail_id=str(mail.pk))
                count += 1
    return count


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    message.extra_headers["Message-ID"] = f"<{mail.pk}@unobot>"
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.filename, bytes(attachment.content), attachment.mimetype)
    return message


def _give_up(*, now: datetime, mail_id: str) -> None:
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.FAILED)


@jobs.task(queue="mail", lease_seconds=60, max_attempts=10, exhausted=_give_up)
def send_mail(claim: jobs.Claim, *, now: datetime, mail_id: str) -> None:
    mail = Mail.objects.filter(pk=mail_id).exclude(state=Mail.State.SENT).first()
    if mail is not None:
        _message(mail).send()
        with transaction.atomic():
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=now, error="")
            claim.finish(now=now)
    log.info("mail_sent", extra={"mail": mail_id, "attempt": claim.attempt})
