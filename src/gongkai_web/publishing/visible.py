"""What is public at an instant: decided by comparing times, whoever asks and whatever has run?"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from gongkai_web.publishing.models import Item, Publication, Validity


def public(now: dt.datetime) -> QuerySet[Publication]:
    """The publications that are public at the instant: at most one of each item."""
    return Publication.objects.filter(Q(superseded_at=None) | Q(superseded_at__gt=now), published_at__lte=now, withdrawn_at=None)


def validity(item: Item, today: dt.date) -> Validity:
    """How a document holds on the day."""
    arrived = item.validity_next_on is not None and item.validity_next_on <= today
    return Validity(item.validity_next if arrived else item.validity)
