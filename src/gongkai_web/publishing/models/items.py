"""Which tables hold an item, its draft and the versions cut from it?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.models import Body, Department
from gongkai_web.flow.models import Review
from gongkai_web.publishing.models.categories import Category


class Origin(models.TextChoices):
    """Art 10: whether the body made the information or obtained it."""

    MADE = "made", "制作"
    OBTAINED = "obtained", "获取"


class Kind(models.TextChoices):
    """What sort of document it is, as far as the law treats it differently."""

    GENERAL = "general", "一般信息"
    RULE = "rule", "规章"
    NORMATIVE = "normative", "行政规范性文件"
    POLICY = "policy", "其他政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    LICENCE = "licence", "行政许可决定"
    PENALTY = "penalty", "行政处罚决定"
    COERCION = "coercion", "行政强制决定"


class Stage(models.TextChoices):
    """Where the work on an item stands. Whether it is public is never read here but from its publications and the time."""

    DRAFT = "draft", "起草"
    REVIEW = "review", "审核中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已审定，待发布"
    PUBLISHED = "published", "已发布"
    WITHHELD = "withheld", "已审定，不主动公开"
    WITHDRAWN = "withdrawn", "已撤下"
    DISCARDED = "discarded", "已作废"


class Validity(models.TextChoices):
    """Whether a document holds. Empty for what has no validity."""

    NONE = "", "不适用"
    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "修改"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class Item(models.Model):
    """One piece of government information, from its first draft on. Never deleted; its index number never changes.

    ``drafter`` made it, ``keeper`` has it in hand now.
    ``stage``, ``due_on`` and the validity columns are written by acts for the lists. ``validity_next`` holds from ``validity_next_on``.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    index_number = models.CharField("索引号", max_length=60)
    category = models.ForeignKey(Category, verbose_name="栏目", on_delete=models.PROTECT, related_name="items")
    department = models.ForeignKey(Department, verbose_name="科室", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("文件类型", max_length=16, choices=Kind.choices, default=Kind.GENERAL)
    origin = models.CharField("制作或获取", max_length=10, choices=Origin.choices, default=Origin.MADE)
    obtained_from = models.CharField("获取来源", max_length=100, blank=True)
    responsible_body = models.CharField("负责公开的机关", max_length=80, blank=True)
    joint_bodies = models.JSONField("联合制作机关", default=list)
    five_kinds = models.JSONField("五公开", default=list)
    made_or_changed_on = models.DateField("形成或者变更日期")
    due_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    publish_at = models.DateTimeField("定时发布", null=True)
    validity = models.CharField(max_length=12, choices=Validity.choices, blank=True, default="")
    validity_next = models.CharField(max_length=12, choices=Validity.choices, blank=True, default="")
    validity_next_on = models.DateField(null=True)
    reassess_on = models.DateField("重新评估日期", null=True)
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    returned_why = models.TextField(blank=True, default="")
    correction_note = models.CharField("更正说明", max_length=300, blank=True, default="")
    first_published_at = models.DateTimeField(null=True)
    imported_from = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "index_number"], name="index_number_once")]
        indexes = [
            models.Index(fields=["body", "stage", "changed_at", "id"], name="item_stage"),
            models.Index(fields=["body", "changed_at", "id"], name="item_changed"),
            models.Index(fields=["body", "due_on", "id"], name="item_due"),
            models.Index(fields=["keeper", "stage"], name="item_keeper"),
        ]


class Attribute(models.TextChoices):
    """The disclosure attribute of a document."""

    UNSET = "", "尚未确定"
    PROACTIVE = "proactive", "主动公开"
    REDACTED = "redacted", "删减后公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Content(models.Model):
    """What is printed of an item: its text, metadata, attribute and ground.

    ``cuts`` is a list of ``{"place", "ground"}``. ``ground`` is a code of ``publishing/data/grounds.toml``. ``html`` is canonical.
    """

    title = models.CharField("标题", max_length=200)
    html = models.TextField("正文", blank=True, default="")
    document_number = models.CharField("发文字号", max_length=60, blank=True, default="")
    issuer = models.CharField("发文机关", max_length=200, blank=True, default="")
    theme = models.CharField("主题分类", max_length=60, blank=True, default="")
    genre = models.CharField("体裁分类", max_length=20, blank=True, default="")
    made_on = models.DateField("成文日期", null=True)
    effective_on = models.DateField("施行日期", null=True)
    summary = models.CharField("内容概述", max_length=200, blank=True, default="")
    keywords = models.CharField("关键词", max_length=120, blank=True, default="")
    source = models.CharField("信息来源", max_length=80, blank=True, default="")
    attribute = models.CharField("公开属性", max_length=12, choices=Attribute.choices, blank=True, default="")
    basis = models.CharField("公开依据", max_length=120, blank=True, default="")
    ground = models.CharField("不予公开的理由", max_length=40, blank=True, default="")
    reason = models.TextField("说明", blank=True, default="")
    cuts = models.JSONField("删减", default=list)

    class Meta:
        abstract = True


class Draft(Content):
    """The working text of an item; overwritten by autosave. ``revision`` grows with each saving."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="draft")
    revision = models.PositiveIntegerField(default=1)
    authors = models.JSONField(default=list, help_text="keys of everybody who saved it; none of them reviews it")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Attachment(models.Model):
    """A file that belongs to a draft, by the digest of its content. ``embedded`` ones are pictures shown in the text only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=140)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField()
    embedded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "digest"], name="attachment_once")]


class Version(Content):
    """An item's content as it was sent to review: never changes. ``attachments`` as ``[{"digest","name","type","size","embedded"}]``.

    ``difference`` is the comparison with the version before it, worked out when the version was cut; it is not part of the digest.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="version")
    attachments = models.JSONField(default=list)
    digest = models.CharField(max_length=140)
    short_code = models.CharField(max_length=16, db_index=True)
    draft_revision = models.PositiveIntegerField()
    authors = models.JSONField(default=list)
    difference = models.JSONField(default=dict)
    cut_at = models.DateTimeField()
    cut_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="version_number_once")]
