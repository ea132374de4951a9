"""Which table says what came from an older site, so that nothing comes twice and old addresses still lead somewhere?"""

from __future__ import annotations

from django.db import models

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.models.items import Item


class Imported(models.Model):
    """A row that was taken in. ``key`` is its old index number, else its old address, else its title and day; ``digest`` is over all of it.

    ``path`` is the old address without scheme and host. ``outcome`` is "public" or "draft"; ``code`` names the signed list, if there was one.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="imported")
    key = models.CharField(max_length=500)
    digest = models.CharField(max_length=140)
    path = models.CharField(max_length=500, blank=True, default="", db_index=True)
    outcome = models.CharField(max_length=8)
    code = models.CharField(max_length=16, blank=True, default="")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="imported_once")]
