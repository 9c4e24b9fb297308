"""Requirements documents: one a session, kept version by version, shared by links that nobody can guess."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from chat.models import Message, Session

LIFETIME = timedelta(days=90)


class Status(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"


class Prd(models.Model):
    """``status`` is that of the version that was last written, taken into review or approved."""

    Status = Status

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.OneToOneField(Session, models.CASCADE, related_name="prd")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "PRD"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"PRD {str(self.pk)[:8]}"


class PrdVersion(models.Model):
    """``document`` is the document as data, ``markdown`` as text; both are empty until it has been written.

    ``hints`` are findings (prd.lint.Finding) that did not keep it from being saved; ``note`` is why staff edited it.
    """

    class State(models.TextChoices):
        REQUESTED = "requested"
        WRITTEN = "written"
        FAILED = "failed"

    class Author(models.TextChoices):
        UNOBOT = "unobot", "UnoBot"
        STAFF = "staff"

    prd = models.ForeignKey(Prd, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.REQUESTED)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT)
    author = models.CharField(max_length=16, choices=Author.choices, default=Author.UNOBOT)
    note = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8)
    sections = models.JSONField(default=list, help_text="The sections asked for; empty means all.")
    feedback = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    document = models.JSONField(default=dict)
    markdown = models.TextField(blank=True)
    hints = models.JSONField(default=list)
    prompt_version = models.CharField(max_length=40, default="built-in")
    requested_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["prd", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["prd", "number"], name="prd_version_once")]

    def __str__(self) -> str:
        return f"{self.title or self.prd} v{self.number}"


class PrdShare(models.Model):
    """A link to one version. Only the hash of its secret is kept; downloads are counted."""

    version = models.ForeignKey(PrdVersion, models.CASCADE, related_name="shares")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    downloads = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Link to {self.version}"

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
