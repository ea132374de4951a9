"""Which tables hold reviews, decisions, approvals, numbers and queued work?

A review is of one thing in one state of it, named by its digest. Decisions are only added. An approval is made with the last positive
decision; guards in the database hold that it cannot be made otherwise (``flow.guarded``).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.agencies.models import Body, Department
from gongkai_web.agencies.roles import Role


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPEN = "open", "审核中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    WITHDRAWN = "withdrawn", "已撤回送审"


class Review(models.Model):
    """A run through the steps for one state of one thing."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=140)
    steps = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=ReviewState.OPEN)
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "id"], name="review_open"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="review_subject"),
        ]


class Step(models.Model):
    """One step of a review: who has to decide it. ``person`` narrows it to one (a hand-over)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="step_rows")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=30)
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="step_once")]


class Verdict(models.TextChoices):
    """What was decided at a step."""

    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"


class Decision(models.Model):
    """What one person decided at one step, on the screen or on paper; ``in_place_of`` names whose deputy they were in it. Only added."""

    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    in_place_of = models.CharField(max_length=50, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    opinion = models.TextField(blank=True)
    on_paper = models.BooleanField(default=False)
    paper = models.CharField(max_length=140, blank=True, help_text="digest of the scanned sheet in files")
    digest = models.CharField(max_length=140)


class Approval(models.Model):
    """A review in which every step passed. What is public points here."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="approval")
    digest = models.CharField(max_length=140)
    approved_at = models.DateTimeField()


class Counter(models.Model):
    """The last number given in a class of numbers in a year of a body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    klass = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "klass", "year"], name="counter_once")]


class Outbox(models.Model):
    """What must be told to others (the index, baked pages) after an act; written in the act's own transaction.

    ``delivered`` names the handlers that took it while others failed; ``attempts``, ``next_at`` and ``fault`` tell of the failures.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=140)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    delivered = models.CharField(max_length=300, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["done_at", "id"], name="outbox_waiting")]


class TaskState(models.TextChoices):
    """Where a queued task stands."""

    WAITING = "waiting", "排队中"
    RUNNING = "running", "正在办理"
    DONE = "done", "已完成"
    FAILED = "failed", "没有办成"


class Task(models.Model):
    """Work that is too long for a request: who asked for it, how far it is, how it ended."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=140, blank=True, default="")
    arguments = models.JSONField(default=dict)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64, blank=True, default="")
    actor_name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    stage = models.CharField(max_length=80, blank=True, default="")
    result = models.JSONField(default=dict)
    fault = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="task_due"),
            models.Index(fields=["name", "key", "state"], name="task_named"),
        ]


class TickRun(models.Model):
    """When a regular piece of work last ran, and how often in a row it has failed since it last went well."""

    name = models.CharField(primary_key=True, max_length=80)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True, default="")


class Heartbeat(models.Model):
    """The background process says that it lives; ``stopped_at`` when it was stopped in order."""

    name = models.CharField(primary_key=True, max_length=40)
    host = models.CharField(max_length=100)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)


class InstallationKind(models.TextChoices):
    """Whether what is kept here is real."""

    REAL = "real", "正式"
    DEMO = "demo", "演示数据"


class Installation(models.Model):
    """The one row that says what this database is; it is made with the first body and never changes."""

    kind = models.CharField(max_length=4, choices=InstallationKind.choices)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="installation_once")]


class SentForm(models.Model):
    """A form that was sent, by the token it was shown with; ``address`` is where it led, empty while it is being carried out.

    ``digest`` is of what was filled in; empty for what was sent before it was kept.
    """

    token = models.CharField(primary_key=True, max_length=40)
    person_id = models.BigIntegerField()
    made_at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
