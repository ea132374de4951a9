"""Which table says of which documents somebody decided that they need no interpretation?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.publishing.models.items import Item


class Excused(models.Model):
    """A public document that needs no interpretation, with the reason; taken back by removing the row."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="excused")
    reason = models.CharField("理由", max_length=300)
    excused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    excused_at = models.DateTimeField()
