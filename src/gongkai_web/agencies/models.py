"""Which tables hold bodies, their departments and who works there?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.roles import Role

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7")
"""The ranges that no address of the Internet has: an office's own network, until the body says more exactly."""


def private_networks() -> list[str]:
    """What a new body takes for its own network."""
    return list(PRIVATE)


class SecondFactorRule(models.TextChoices):
    """When a sign-in needs the second factor."""

    OUTSIDE = "outside", "外网登录才要求"
    ALWAYS = "always", "一律要求"


class Body(models.Model):
    """A government body that publishes: 行政机关. ``slug`` names its chain in the trail and its addresses, and never changes."""

    slug = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    organisation_code = models.CharField("组织机构代码", max_length=9, blank=True)
    created_at = models.DateTimeField()
    # 条例 arts 4, 12: the disclosure unit.
    unit_name = models.CharField("公开工作机构名称", max_length=80, blank=True)
    unit_address = models.CharField("办公地址", max_length=120, blank=True)
    unit_postcode = models.CharField("邮政编码", max_length=6, blank=True)
    unit_hours = models.CharField("办公时间", max_length=120, blank=True)
    unit_phone = models.CharField("联系电话", max_length=60, blank=True)
    unit_fax = models.CharField("传真号码", max_length=60, blank=True)
    unit_contact = models.CharField("互联网联系方式", max_length=120, blank=True)
    # 国办公开办函〔2017〕19号: channel → how to use it; what stands here is announced and binds the body.
    intake_channels = models.JSONField(default=dict)
    # What the website has to carry.
    host = models.CharField("网站域名", max_length=120, blank=True)
    site_name = models.CharField("网站名称", max_length=60, blank=True)
    site_code = models.CharField("网站标识码", max_length=10, blank=True)
    icp_record = models.CharField("ICP备案号", max_length=40, blank=True)
    police_record = models.CharField("公安备案号", max_length=40, blank=True)
    # Who may sign in from where.
    networks = models.JSONField(default=private_networks)
    second_factor = models.CharField(max_length=8, choices=SecondFactorRule.choices, default=SecondFactorRule.OUTSIDE)
    # Why one person may hold two of the three administrators' roles; empty where they are separate.
    tiny_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """The body's own picture beside its name on the website, made anew as PNG when it came in."""

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.PROTECT, related_name="mark")
    png = models.BinaryField()
    digest = models.CharField(max_length=140)


class Department(models.Model):
    """A department of a body: 科室."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("名称", max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="department_name_once")]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A person works at a body. ``is_home`` is the one body whose administrators manage the sign-in of the person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="placements")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="placements")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    post = models.CharField("职务", max_length=60, blank=True)
    is_home = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "body"], name="placement_once"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_home=True), name="placement_one_home"),
        ]


class Membership(models.Model):
    """A person's role at a body, from a day until a day; ``department`` limits a clerk or a department reviewer to it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)


class Deputy(models.Model):
    """While ``person`` is away, ``deputy`` may do what they may at the body (A/B角). Ended early from ``ended_on`` on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deputies")
    from_day = models.DateField()
    until_day = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    note = models.TextField("交接说明", blank=True)


class DutyHolder(models.Model):
    """A member of the leading group: name, position, duties (条例 art 20(2))."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duty_holders")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=60)
    duty = models.CharField("分工", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)


class InternalRule(models.Model):
    """A rule the body made for its disclosure work: 政府信息公开制度."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="internal_rules")
    title = models.CharField("名称", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    html = models.TextField("正文")
    adopted_on = models.DateField("制定日期")
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    changed_at = models.DateTimeField()
