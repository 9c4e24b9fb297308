"""Outgoing mail: a row in the caller's transaction, sent by a job through Django's mail backend."""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet

from chat import access, jobs, optout
from chat.models import AccessToken, Mail, MailAttachment, Session

log = logging.getLogger(__name__)

Attachment = tuple[str, str, bytes]
RESUMING = ("resume_link", "follow_up")
"""Kinds of mail with a link that opens the conversation."""
SECRET = "#resume=SECRET"  # noqa: S105  # stands where the secret will


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
    unsubscribe_url: str = "",
) -> Mail:
    """Promise a mail; attachments are (filename, MIME type, content). A failing provider is retried, never felt.

    What is neither asked for nor about a meeting has an ``unsubscribe_url`` and is kept from who has used one.
    """
    mail = Mail.objects.create(
        session=session,
        kind=kind,
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        unsubscribe_url=unsubscribe_url,
        created_at=now,
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


def _message(mail: Mail, now: datetime) -> EmailMultiAlternatives:
    text, html = _with_secret(mail, now)
    message = EmailMultiAlternatives(mail.subject, text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    message.extra_headers["Message-ID"] = f"<{mail.pk}@unobot>"
    if mail.unsubscribe_url:
        message.extra_headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if html:
        message.attach_alternative(html, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.filename, bytes(attachment.content), attachment.mimetype)
    return message


def _with_secret(mail: Mail, now: datetime) -> tuple[str, str]:
    """The parts as they go out: the secret of a link is made here, and only its hash is kept."""
    if mail.kind not in RESUMING or mail.session is None:
        return mail.text, mail.html
    link = f"#resume={access.issue(mail.session, AccessToken.Kind.RESUME, now=now)}"
    return mail.text.replace(SECRET, link), mail.html.replace(SECRET, link)


class Undelivered(Exception):
    """The provider did not take a mail this time. Its own words name the reader: they stay out of the logs."""


def _give_up(*, now: datetime, mail_id: str) -> None:
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.FAILED)


_UNSENT = (Mail.State.QUEUED, Mail.State.FAILED)
_REFUSED = range(500, 600)
_UNREADABLE = (400, 406, 413, 422)
"""A provider's answers to a mail that it will not take, now or later; a wrong key or a limit may be mended."""


def _is_final(error: Exception) -> bool:
    """Whether trying again can help nobody: the address or the mail itself was refused for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code in _REFUSED for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code in _REFUSED
    if isinstance(error, AnymailAPIError):
        return error.status_code in _UNREADABLE
    return isinstance(error, AnymailRecipientsRefused)


def _deliver(mail: Mail, now: datetime) -> str:
    """The state that the mail is in then; raises Undelivered when it is worth another try. Why it did not go out is
    kept beside it, for staff."""
    if mail.unsubscribe_url and optout.refused_by(mail.to):
        return Mail.State.WITHHELD
    try:
        _message(mail, now).send()
    except (SMTPException, AnymailError, OSError) as error:
        mail.error = f"{type(error).__name__}: {error}"[:200]
        Mail.objects.filter(pk=mail.pk).update(error=mail.error)
        if not _is_final(error):
            raise Undelivered from None
        return Mail.State.FAILED
    mail.error = ""
    return Mail.State.SENT


@jobs.task(queue="mail", lease_seconds=60, max_attempts=10, exhausted=_give_up)
def send_mail(claim: jobs.Claim, *, now: datetime, mail_id: str) -> None:
    mail = Mail.objects.select_related("session").filter(pk=mail_id, state__in=_UNSENT).first()
    if mail is None:
        return
    state = _deliver(mail, now)
    sent_at = now if state == Mail.State.SENT else None
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=state, sent_at=sent_at, error=mail.error)
        claim.finish(now=now)
    log.info("mail_done", extra={"mail": mail_id, "state": state, "attempt": claim.attempt})
