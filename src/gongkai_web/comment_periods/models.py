"""Which tables hold comment periods, the public's comments and what was made of them?

The draft, its explanation, the account of what was adopted and the document finally issued are items of publishing: reviewed, scanned and
approved like any other. A period only points to them, and shows of them what is public at the moment of asking.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models

from gongkai_web.agencies.models import Body, Department
from gongkai_web.publishing.models import Item


class Kind(models.TextChoices):
    """What is put before the public, as far as the law gives it a period of its own (``kinds.PERIODS``)."""

    DECISION = "decision", "重大行政决策"
    RULE = "rule", "规章草案（起草单位征求意见）"
    RULE_REVIEW = "rule_review", "规章送审稿（审查机构征求意见）"
    BUSINESS = "business", "与市场主体生产经营密切相关的规章、行政规范性文件"
    DOCUMENT = "document", "其他行政规范性文件"
    OTHER = "other", "其他文件（参照行政规范性文件）"


class Period(models.Model):
    """One time the public is asked. Whether comments are taken at an instant is decided by comparing times (``states``).

    ``prepared_by`` wrote what is shown last and ``authors`` are all who wrote it; none of them opens it. ``closes_on`` is the last whole day. ``ended``
    says that the timer has told of the end.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="comment_periods")
    department = models.ForeignKey(Department, verbose_name="科室", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    draft = models.ForeignKey(Item, verbose_name="征求意见稿", on_delete=models.PROTECT, related_name="+")
    explanation = models.ForeignKey(Item, verbose_name="起草说明", on_delete=models.PROTECT, related_name="+")
    feedback = models.ForeignKey(Item, verbose_name="采纳情况", null=True, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Item, verbose_name="公布的文件", null=True, on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField("截止日期")
    shorter_reason = models.CharField("缩短期限的说明", max_length=300, blank=True, default="")
    takes_form = models.BooleanField("在网上接收", default=True)
    shows_comments = models.BooleanField("展示审看过的意见", default=True)
    contact = models.CharField("联系人", max_length=60, blank=True, default="")
    phone = models.CharField("联系电话", max_length=60, blank=True, default="")
    address = models.CharField("通信地址", max_length=200, blank=True, default="")
    mail = models.CharField("电子邮箱", max_length=100, blank=True, default="")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authors = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    abandoned_at = models.DateTimeField(null=True)
    abandoned_why = models.CharField(max_length=300, blank=True, default="")
    ended = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["body", "-opened_at", "-id"], name="comment_period_opened"),
            models.Index(fields=["ended", "closes_on"], name="comment_period_ending"),
        ]

    @property
    def mark(self) -> str:
        """When it was changed last, as a form carries it: another one tells a form that was shown before."""
        return self.changed_at.astimezone(dt.UTC).isoformat()


class Change(models.Model):
    """A change of the last day of a period that was open, with its reason. Shown to the public."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="changes")
    from_day = models.DateField()
    to_day = models.DateField()
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class Way(models.TextChoices):
    """How a comment came."""

    FORM = "form", "网上提交"
    POST = "post", "来信"
    MAIL = "mail", "电子邮件"
    PHONE = "phone", "电话"
    VISIT = "visit", "当面"


class Comment(models.Model):
    """What somebody said, as they said it: never altered, never deleted. ``name`` and ``contact`` are never public and can be erased.

    ``receipt`` is what the sender was told. ``token`` is that of the form, so that pressing twice is one comment; null for what
    the staff entered.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="comments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField("回执号", max_length=16)
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    text = models.TextField("意见")
    name = models.CharField("姓名或者单位", max_length=60, blank=True, default="")
    contact = models.CharField("联系方式", max_length=100, blank=True, default="")
    received_on = models.DateField("收到日期")
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "receipt"], name="comment_receipt_once")]
        indexes = [models.Index(fields=["period", "id"], name="comment_of_period")]


class Verdict(models.TextChoices):
    """Whether a comment may be shown."""

    SHOWN = "shown", "展示"
    WITHHELD = "withheld", "不展示"


class Moderation(models.Model):
    """What one person decided about showing a comment; the last one holds. ``hidden`` are pairs of offsets in the text."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="moderations")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    hidden = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()


class Adoption(models.TextChoices):
    """What was made of an opinion."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REJECTED = "rejected", "不采纳"


class Opinion(models.Model):
    """A line of the adoption table: one comment or several of a kind, in the body's words, and what was made of it."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="opinions")
    position = models.PositiveIntegerField()
    summary = models.TextField("意见内容")
    adoption = models.CharField("处理结果", max_length=8, choices=Adoption.choices)
    reason = models.TextField("理由", blank=True, default="")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class Answered(models.Model):
    """A comment is dealt with in a line of the adoption table; it may be in several."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="answered")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "comment"], name="comment_answered_once")]


class Knock(models.Model):
    """How many comments came from one network address in a while; ``key`` is a keyed digest, the address itself is not kept."""

    key = models.CharField(primary_key=True, max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)
