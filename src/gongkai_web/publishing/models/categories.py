"""Which tables say how a body has arranged its publishing?"""

from __future__ import annotations

from django.db import models

from gongkai_web.agencies.models import Body


class Channel(models.TextChoices):
    """Where what belongs to a category becomes public."""

    PORTAL = "portal", "本平台"
    BAKED = "baked", "静态页面"
    ELSEWHERE = "elsewhere", "移交其他网站发布"


class Category(models.Model):
    """A category of a body's catalogue: editable, a tree, each mapped to arts 20, 21 or 55.

    ``bases`` are codes of ``publishing/data/bases.toml``. ``steps`` is a list of ``{"title", "role"}``, empty for the body's own
    steps. ``period`` is the key of the law that limits publication. ``required`` names the metadata a draft must carry.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="categories")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    key = models.SlugField("标识", max_length=40)
    name = models.CharField("名称", max_length=60)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    summary = models.CharField("说明", max_length=200, blank=True)
    bases = models.JSONField("公开依据", default=list)
    channel = models.CharField("发布方式", max_length=12, choices=Channel.choices, default=Channel.PORTAL)
    steps = models.JSONField("审核环节", default=list)
    period = models.CharField("公开期限", max_length=60, default="publish.limit")
    required = models.JSONField("必填项", default=list)
    closed_on = models.DateField("停用日期", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="category_key_once")]


class Practice(models.Model):
    """How a body has arranged its publishing beyond the categories.

    ``index_pattern`` may use {organisation}, {credit}, {area}, {year}, {month}, {category} and must use {serial} (a width as {serial:05}).
    ``interpretation_period`` is a key of the law. ``words`` and ``names`` are the body's own lists for the scan.
    """

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="practice")
    index_pattern = models.CharField("索引号格式", max_length=80)
    area_code = models.CharField("地区代码", max_length=20, blank=True)
    steps = models.JSONField("审核环节", default=list)
    words = models.JSONField("敏感词", default=list)
    names = models.JSONField("人名", default=list)
    places = models.JSONField("地名", default=list)
    interpretation_period = models.CharField("解读期限", max_length=60, default="local.interpretation")
    reassess_months = models.PositiveSmallIntegerField("重新评估间隔（月）", default=12)
