"""Which tables say where something hangs, and which accounts a body has on other platforms?"""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.models import Item, Outing, OutingChannel, Version


class PlaceKind(models.TextChoices):
    """What hangs on paper, what is shown by a device (条例 arts 24, 25)."""

    BOARD = "board", "公告栏"
    SCREEN = "screen", "电子屏"


class Form(models.TextChoices):
    """How much of an item is shown."""

    TITLE = "title", "标题"
    SUMMARY = "summary", "标题和概述"
    TEXT = "text", "全文"


class Place(models.Model):
    """A notice board or an information screen of a body. ``seconds`` is how long a screen shows one page."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PlaceKind.choices)
    name = models.CharField("名称", max_length=60)
    location = models.CharField("位置", max_length=120)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seconds = models.PositiveSmallIntegerField("每页停留秒数", default=20)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "name"], condition=Q(closed_on=None), name="place_named_once")]

    @property
    def mark(self) -> str:
        """A short sign of what can be changed of it: another one tells a form that was shown before the last change."""
        stands = json.dumps([self.name, self.location, self.keeper_id, self.seconds])
        return hashlib.sha256(stands.encode()).hexdigest()[:16]


class Hanging(models.Model):
    """A version of an item at a place, from a day until it was taken down; ``until_day`` is the last day it was meant to hang.

    It never changes what hung: another version is another row. ``outing`` is how it counts for the year.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="hangings")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="hangings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    outing = models.OneToOneField(Outing, on_delete=models.PROTECT, related_name="hanging")
    form = models.CharField(max_length=8, choices=Form.choices)
    hung_on = models.DateField()
    until_day = models.DateField(null=True)
    hung_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hung_at = models.DateTimeField()
    taken_down_on = models.DateField(null=True)
    taken_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "item"], condition=Q(taken_down_on=None), name="hanging_once_at_a_place"),
            models.CheckConstraint(
                condition=Q(taken_down_on=None, taken_down_by=None) | Q(taken_down_on__isnull=False, taken_down_by__isnull=False),
                name="hanging_taken_down_by_somebody",
            ),
        ]


class Account(models.Model):
    """A new-media account of a body. Its figures are ``publishing.NewMediaMonth`` rows of the same channel and name.

    ``since`` and ``last`` are the first days of the first and the last month for which it has figures to give.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("平台", max_length=20, choices=OutingChannel.choices)
    name = models.CharField("账号名称", max_length=60)
    since = models.DateField("开通月份")
    last = models.DateField("停用月份", null=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "channel", "name"], name="account_named_once")]
