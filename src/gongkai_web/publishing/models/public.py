"""Which tables say what is public, since when, and on which channels it went out?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai_web.agencies.models import Body
from gongkai_web.flow.models import Approval
from gongkai_web.publishing.models.categories import Category, Channel
from gongkai_web.publishing.models.items import Item, Version


class Publication(models.Model):
    """A version made public. It reaches its version only through an approval; guards in the database hold the two together.

    Public at an instant: ``published_at`` has come, ``withdrawn_at`` is null, ``superseded_at`` is null or still to come. ``listed_at``
    is the day the item first appeared, by which lists are ordered. ``category`` and ``year`` repeat the item's for the lists.
    """

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="publication")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="publication")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="publications")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="publications")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    year = models.PositiveSmallIntegerField()
    listed_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True, default="")
    tombstone = models.CharField(max_length=300, blank=True, default="")
    correction_note = models.CharField(max_length=300, blank=True, default="")
    handed_to = models.CharField("移交渠道", max_length=100, blank=True, default="")
    handed_address = models.CharField("发布地址", max_length=500, blank=True, default="")
    handed_on = models.DateField("发布日期", null=True)
    appeared = models.BooleanField(default=True, help_text="false while a set time has not been carried out by the timer")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(superseded_at=None, withdrawn_at=None), name="publication_one_current"
            ),
            models.CheckConstraint(
                condition=~Q(channel="elsewhere") | (Q(handed_on__isnull=False) & ~Q(handed_address="")),
                name="publication_handed",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-listed_at", "-id"], name="publication_listed", condition=Q(withdrawn_at=None)),
            models.Index(
                fields=["body", "category", "-listed_at", "-id"], name="publication_category", condition=Q(withdrawn_at=None)
            ),
            models.Index(fields=["body", "year", "-listed_at", "-id"], name="publication_year", condition=Q(withdrawn_at=None)),
            # Holds all that counting what is public asks for, so that not one row is looked at.
            models.Index(
                fields=["body", "category", "year", "published_at", "superseded_at"],
                name="publication_counted",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(fields=["published_at"], name="publication_waiting", condition=Q(appeared=False)),
        ]


class Generation(models.Model):
    """Which state of a body's public information is current: bumped in the transaction of everything that changes it.

    ``next_at`` is the next instant at which something changes by itself (a set time, a validity day); after it kept bytes are stale
    even though nobody acted.
    """

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="generation")
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)


class OutingChannel(models.TextChoices):
    """Through what an item went out to the public (art 23 and the yearly return)."""

    WEBSITE = "website", "政府网站"
    GAZETTE = "gazette", "政府公报"
    WEIBO = "weibo", "政务微博"
    WECHAT = "wechat", "政务微信"
    TOUTIAO = "toutiao", "今日头条"
    PRESS = "press", "报刊"
    BROADCAST = "broadcast", "广播电视"
    PRESS_CONFERENCE = "press_conference", "新闻发布会"
    NOTICE_BOARD = "notice_board", "公告栏"
    SCREEN = "screen", "电子屏"
    BROCHURE = "brochure", "宣传册"
    OTHER = "other", "其他"


class Outing(models.Model):
    """An item on a channel on a day. One item counts once in the total and once per channel, however many rows it has."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="outings")
    channel = models.CharField(max_length=20, choices=OutingChannel.choices)
    on_day = models.DateField()
    until_day = models.DateField(null=True)
    place = models.CharField(max_length=100, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    picture = models.CharField(max_length=140, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "channel", "on_day"], name="outing_channel")]


class NewMediaMonth(models.Model):
    """What an account of the body did on a new-media platform in a month; ``month`` is its first day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=OutingChannel.choices)
    account = models.CharField("账号名称", max_length=60)
    month = models.DateField("月份")
    posts = models.PositiveIntegerField("发布条数", default=0)
    reads = models.PositiveBigIntegerField("阅读量", default=0)
    followers = models.PositiveBigIntegerField("关注人数", default=0)
    replies = models.PositiveIntegerField("回复留言条数", default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "channel", "account", "month"], name="new_media_once")]
