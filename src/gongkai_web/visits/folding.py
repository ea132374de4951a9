"""How do the views of days long past become one number a month?"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Sum

from gongkai.calendar.spans import add_months
from gongkai_web.visits.models import Views

KEPT_MONTHS = 13
"""Months told apart by day: this one and the twelve before, so that a month can be laid beside the same month of last year."""


def fold(today: dt.date) -> int:
    """Add up, month by month, what lies before the months kept by day; how many rows of days went."""
    months = today.year * 12 + today.month - KEPT_MONTHS
    first_kept = dt.date(months // 12, months % 12 + 1, 1)
    gone = 0
    for month in Views.objects.filter(day__lt=first_kept).exclude(day__day=1).dates("day", "month"):
        gone += _fold(month)
    return gone


def _fold(month: dt.date) -> int:
    after = add_months(month, 1)
    with transaction.atomic():
        rows = Views.objects.filter(day__gte=month, day__lt=after)
        sums = rows.values("body_id", "page", "subject").annotate(sum=Sum("views"))
        made = [Views(body_id=r["body_id"], day=month, page=r["page"], subject=r["subject"], views=r["sum"]) for r in sums]
        gone, _ = rows.delete()
        Views.objects.bulk_create(made)
    return gone - len(made)
