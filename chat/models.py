"""Sessions and everything durable that hangs off one: messages, facts, the event log, commands, jobs, mails."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, get_args

from django.db import models

from chat import shapes
from chat.consultant.ledger import Entry

SESSION_LIFETIME = timedelta(days=7)


def _choices(literal: object) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in get_args(literal)]


class Session(models.Model):
    """One visitor's conversation. Its row is the lock that orders everything written for it.

    Since ``purged_at`` no word of it is left; ``tally`` is what the statistics count of it then.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        COMPLETED = "completed"
        ABANDONED = "abandoned"
        CLOSED = "closed"
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN, db_index=True)
    phase = models.CharField(max_length=16, choices=_choices(shapes.Phase), default="greeting", db_index=True)
    language = models.CharField(max_length=8, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    referrer = models.CharField(max_length=500, blank=True)
    last_seq = models.PositiveIntegerField(default=0, editable=False)
    message_count = models.PositiveIntegerField(default=0, editable=False)
    dialogue = models.JSONField(default=dict, editable=False)
    handed_over = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField(null=True, editable=False)
    score_explanation = models.JSONField(default=dict, editable=False)
    recommended_service = models.CharField(max_length=40, blank=True, editable=False)
    prd_ready_at = models.DateTimeField(null=True, editable=False)
    consent_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_index=True)
    last_activity_at = models.DateTimeField(db_index=True)
    purged_at = models.DateTimeField(null=True, editable=False)
    tally = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"Session {str(self.pk)[:8]}"

    @property
    def expires_at(self) -> datetime:
        return self.last_activity_at + SESSION_LIFETIME

    def is_expired(self, now: datetime) -> bool:
        """A closed conversation is not: its visitor was told that everything is kept for a while."""
        return now >= self.expires_at or self.status == self.Status.ERASED


class AccessToken(models.Model):
    """A secret that opens one session and no other; only its SHA-256 is kept."""

    class Kind(models.TextChoices):
        ACCESS = "access"
        RESUME = "resume"

    session = models.ForeignKey(Session, models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} token of {self.session_id}"


class Message(models.Model):
    """What was said. ``number`` counts 1, 2, … in the session; a reply names the message it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=16, choices=_choices(shapes.Role))
    content = models.TextField()
    meta = models.JSONField(default=dict)
    answers = models.OneToOneField("self", models.CASCADE, null=True, related_name="answer")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["session", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "number"], name="message_number_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.content[:60]}"

    def body(self) -> shapes.MessageBody:
        return shapes.MessageBody(
            id=self.pk,
            number=self.number,
            role=self.role,  # type: ignore[arg-type]  # choices come from shapes.Role
            content=self.content,
            created_at=self.created_at,
            meta=self.meta,
        )


class Attachment(models.Model):
    """A file that the visitor handed over. ``after`` is the number of the message it followed; ``chat.files`` has its
    content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["session", "created_at"]

    def __str__(self) -> str:
        return self.name

    def body(self) -> shapes.AttachmentBody:
        return shapes.AttachmentBody(
            id=self.pk,
            name=self.name,
            media_type=self.media_type,
            size=self.size,
            url=f"/api/v1/sessions/{self.session_id}/attachments/{self.pk}",
            created_at=self.created_at,
        )


class LedgerEntry(models.Model):
    """One line of the fact ledger, append-only; ``chat.consultant.ledger`` folds the lines into facts."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="ledger")
    slot = models.CharField(max_length=32)
    value = models.JSONField(null=True)
    quote = models.TextField(blank=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="facts")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    extractor = models.CharField(max_length=16)
    confidence = models.FloatField(default=1.0)
    status = models.CharField(max_length=16, choices=_choices(shapes.FactStatus))
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["session", "id"]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.slot} = {self.value!r}"

    def entry(self) -> Entry:
        return Entry(
            slot=self.slot,
            value=self.value,
            quote=self.quote,
            message=self.message.number if self.message else None,
            start=self.start,
            end=self.end,
            extractor=self.extractor,  # type: ignore[arg-type]  # written from Entry.extractor
            confidence=self.confidence,
            status=self.status,  # type: ignore[arg-type]  # choices come from shapes.FactStatus
        )


class Event(models.Model):
    """One line of a session's event log; ``body`` is the frame as it is sent."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=32)
    body = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["session", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class CommandRecord(models.Model):
    """A command that was done. The unique id is what makes a resend harmless."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="commands")
    client_id = models.CharField(max_length=64)
    type = models.CharField(max_length=32)
    body_hash = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "client_id"], name="command_id_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.client_id}"


class Job(models.Model):
    """Work promised together with a user's action. The row is the promise; Celery only hurries it along."""

    class State(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="jobs")
    lane = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    run_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["run_at"], name="job_open", condition=models.Q(state__in=["pending", "running"])),
            models.Index(fields=["lane", "id"], name="job_lane", condition=models.Q(state__in=["pending", "running"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Mail(models.Model):
    """An outgoing mail, kept so that it is sent once, can be retried, and can be read by staff.

    One with an ``unsubscribe_url`` is withheld from those who have unsubscribed.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        WITHHELD = "withheld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="mails")
    kind = models.CharField(max_length=40, db_index=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED, db_index=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class MailAttachment(models.Model):
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=120)
    mimetype = models.CharField(max_length=120)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.filename


class OptOut(models.Model):
    """A wish to get no more mails that were not asked for; ``digest`` is the SHA-256 of the address."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"since {self.created_at:%Y-%m-%d}"


class Feedback(models.Model):
    """The visitor's thumb up or down for one message."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="feedback")
    rating = models.SmallIntegerField()
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rating:+d}"


class KnowledgeEntry(models.Model):
    """What the bot answers to a question about us, in the words of staff; while inactive, its own words are used."""

    topic = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    text = models.TextField()
    is_active = models.BooleanField("active", default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["topic", "language"]
        verbose_name_plural = "knowledge entries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "language"],
                name="knowledge_once",
                violation_error_message="There is an entry for this topic and language.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.language})"


class WelcomeTemplate(models.Model):
    """The first words of a conversation. One for the visitor's industry goes before the default of the language.

    ``for_returning`` templates greet visitors who come back and whose name is known.
    """

    language = models.CharField(max_length=8)
    industry = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    for_returning = models.BooleanField("for returning visitors", default=False)
    is_default = models.BooleanField("default", default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["language", "for_returning", "industry", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["language", "for_returning"],
                condition=models.Q(is_default=True),
                name="welcome_default_once",
                violation_error_message="Another template is the default here. Choose it in the list and make it so.",
            ),
            models.UniqueConstraint(
                fields=["language", "for_returning", "industry"],
                condition=~models.Q(industry=""),
                name="welcome_industry_once",
                violation_error_message="There is a template for this industry and language.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:60]}"


class CatalogueEdit(models.Model):
    """What staff wrote over one entry of the catalogue: its topics, insights, industries and rules.

    ``fields`` has only what differs from the shipped entry, ``shipped`` what the files said instead at that time.
    Rows are never changed: the newest ``number`` counts, and one without fields is as shipped, or gone.
    """

    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=8, blank=True)
    number = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    shipped = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "language", "number"], name="catalogue_edit_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.language} {self.number}".replace("  ", " ")
