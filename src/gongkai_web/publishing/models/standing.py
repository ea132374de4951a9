"""Which tables hold what is true of an item beside its text: validity, links, legality, revocation, reassessment, resolved hits?"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.flow.models import Approval, Review
from gongkai_web.publishing.models.items import Item, Validity


class ValidityChange(models.Model):
    """A change of a document's validity, proposed and – with an approval – in effect from ``on_day``."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="validity_changes")
    validity = models.CharField(max_length=12, choices=Validity.choices)
    on_day = models.DateField()
    by_document = models.CharField("依据文件", max_length=200, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    digest = models.CharField(max_length=140)
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="+")
    approval = models.OneToOneField(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    arrived = models.BooleanField(default=True, help_text="false while an approved change waits for its day")


class LinkKind(models.TextChoices):
    """How one item refers to another; every link is shown on both."""

    INTERPRETS = "interprets", "解读"
    COMMENTS = "comments", "征求意见"
    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    RELATED = "related", "相关"


class Link(models.Model):
    """``source`` refers to ``target``: an interpretation to the document it interprets."""

    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    source = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links_in")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source", "target"], name="link_once")]


class ResolutionKind(models.TextChoices):
    """What a person made of a hit of the scan."""

    FALSE_ALARM = "false_alarm", "误报"
    LAWFUL = "lawful", "依法可以公开"
    CHECKED = "checked", "已人工检查"


class Resolution(models.Model):
    """A hit (or what could not be checked) that a person resolved, kept by its fingerprint; holds for this item alone."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="resolutions")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=ResolutionKind.choices)
    reason = models.CharField(max_length=300)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "fingerprint"], name="resolution_once")]


class Legality(models.Model):
    """The legality review of a normative document (合法性审核)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="legality")
    received_on = models.DateField()
    reviewed_on = models.DateField()
    reviewed_by = models.CharField("审核机构", max_length=80)
    opinion = models.TextField()
    lawful = models.BooleanField()
    file = models.CharField(max_length=140, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Revocation(models.Model):
    """A published licence, penalty or coercion decision was revoked or found unlawful: it is to be taken down (国办发〔2018〕118号)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="revocations")
    revoked_on = models.DateField()
    by_document = models.CharField("撤销依据", max_length=200)
    note = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Reassessment(models.Model):
    """A re-assessment of what is not public (art 18)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reassessments")
    due_on = models.DateField()
    done_on = models.DateField()
    to_publish = models.BooleanField()
    reason = models.TextField()
    next_on = models.DateField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
