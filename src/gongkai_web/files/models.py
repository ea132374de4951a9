"""Which tables hold what was uploaded, and what was refused for its markings?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.models import Body


class FileState(models.TextChoices):
    """Whether a file may be handed out."""

    QUARANTINE = "quarantine", "隔离待查"
    CLEAN = "clean", "可以使用"
    REFUSED = "refused", "查出问题，不能使用"


class StoredFile(models.Model):
    """A file of a body, by the digest of what is kept (metadata removed). ``received`` is the digest of what was uploaded."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="files")
    digest = models.CharField(max_length=140)
    received = models.CharField(max_length=140)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.QUARANTINE)
    removed = models.JSONField("已清除的内容", default=list)
    note = models.CharField(max_length=300, blank=True, default="")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "digest"], name="file_once")]
        indexes = [models.Index(fields=["state", "id"], name="file_state")]


class Marked(models.Model):
    """An upload that carried a classification marking: who, when, its hash, the rule – and nothing else of it.

    The secrecy officer may let the hash pass as a false alarm; then ``allowed_at`` is set and the same bytes are taken next time.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    received = models.CharField(max_length=140)
    rule = models.CharField(max_length=60)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField(null=True)
    allowed_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["body", "received"], name="marked_received")]
