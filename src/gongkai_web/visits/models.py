"""Which tables say how often pages were read?"""

from __future__ import annotations

from django.db import models

from gongkai_web.agencies.models import Body


class Page(models.TextChoices):
    """What was read. Only an item and a list have a ``subject``."""

    HOME = "home", "首页"
    ITEM = "item", "信息"
    LIST = "list", "栏目列表"
    SEARCH = "search", "检索"
    GUIDE = "guide", "公开指南"
    RULES = "rules", "公开制度"
    REPORTS = "reports", "公开年报"
    APPLY = "apply", "依申请公开"
    CATALOGUE = "catalogue", "公开目录"
    OTHER = "other", "其他页面"


class Views(models.Model):
    """How often a page was read on a day in Beijing: a number, and nothing about who read it.

    ``subject`` is the item or the category, 0 where the page has none. Of days long past only the sum of the month is kept, under the
    month's first day; sums of months and years stay what they were.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    page = models.CharField(max_length=12, choices=Page.choices)
    subject = models.BigIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "day", "page", "subject"], name="views_once")]
        indexes = [models.Index(fields=["page", "subject", "day"], name="views_subject")]


class Footer(models.Model):
    """Whether a body's pages say how often they were read."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="+")
    shown = models.BooleanField(default=False)
