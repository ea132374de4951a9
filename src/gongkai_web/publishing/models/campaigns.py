"""Which tables hold a clean-up of documents: what is looked at, what is proposed for each, what was decided?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.models.items import Item, Validity
from gongkai_web.publishing.models.standing import ValidityChange


class Campaign(models.Model):
    """A clean-up of a body's documents in a year. ``kinds``, ``categories`` (keys of rows) and ``made_until`` say which were taken up.

    ``until_day`` is by when the departments propose; ``result`` the item that tells the public what came of it. One begun by mistake is
    given up with a reason: its entries stay, nothing more is asked of anybody.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=100)
    kinds = models.JSONField("文件类型", default=list)
    categories = models.JSONField("栏目", default=list)
    made_until = models.DateField("成文日期截至", null=True)
    until_day = models.DateField("提出意见的期限")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    result = models.OneToOneField(Item, null=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True)
    given_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_up_at = models.DateTimeField(null=True)
    given_up_why = models.CharField("放弃的理由", max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "title"], condition=models.Q(given_up_at=None), name="campaign_once")
        ]


class CampaignEntry(models.Model):
    """A document in a clean-up: what its department proposed and what another person decided.

    ``returned_why`` stands while a proposal was sent back. ``change`` is the change of validity that carries the decision out.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    proposal = models.CharField(max_length=12, choices=Validity.choices, blank=True, default="")
    by_document = models.CharField("依据", max_length=200, blank=True, default="")
    reason = models.CharField("理由", max_length=300, blank=True, default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    returned_why = models.CharField(max_length=300, blank=True, default="")
    decision = models.CharField(max_length=12, choices=Validity.choices, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change = models.OneToOneField(ValidityChange, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "item"], name="campaign_entry_once"),
            models.CheckConstraint(
                condition=models.Q(decision="") | ~models.Q(decided_by=models.F("proposed_by")), name="campaign_entry_two_people"
            ),
        ]
