"""Which table holds what the last self-inspection of a body found?"""

from __future__ import annotations

from django.db import models

from gongkai_web.agencies.models import Body


class Inspection(models.Model):
    """What an inspection of the body's site found when it was last made: ``points`` as lists of the fields of a ``Point``.

    No record but a result kept for the first page and the list; made anew every day and whenever somebody asks.
    """

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()
    points = models.JSONField(default=list)
