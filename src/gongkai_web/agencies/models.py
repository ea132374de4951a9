"""Which tables hold bodies, their departments and who works there?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.roles import Role


class Body(models.Model):
    """A government body that publishes: 行政机关. ``slug`` names its chain in the trail and its addresses, and never changes."""

    slug = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    organisation_code = models.CharField("组织机构代码", max_length=9, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


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


class Membership(models.Model):
    """A person's role at a body, from a day until a day; ``department`` limits a clerk or a department reviewer to it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)


class Deputy(models.Model):
    """While ``person`` is away, ``deputy`` may do what they may at the body (A/B角)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deputies")
    from_day = models.DateField()
    until_day = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
