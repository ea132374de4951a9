"""Which tables hold the trail?

A chain per body and one for the installation. Guards in the database (``trail.guarded``) let nobody change or delete an entry,
except that its personal part and salt may become null together.
"""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The head of one chain; its row is locked last in the transaction of an act."""

    slug = models.CharField(primary_key=True, max_length=64)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=140, blank=True, default="")


class Entry(models.Model):
    """One act."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=140, blank=True)
    hash = models.CharField(max_length=140, unique=True)
    act = models.CharField(max_length=80)
    sentence = models.CharField(max_length=300)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    fixed = models.JSONField(default=dict)
    personal = models.JSONField(null=True)
    salt = models.CharField(max_length=64, null=True)
    commitment = models.CharField(max_length=140)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="trail_one_seq"),
            models.UniqueConstraint(fields=["chain", "previous_hash"], name="trail_one_successor"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="trail_subject"),
            models.Index(fields=["chain", "recorded_at"], name="trail_when"),
            models.Index(fields=["actor_id", "recorded_at"], name="trail_actor"),
        ]
