"""Which published decisions were revoked and have not been taken down?"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongkai_web.publishing.models import Item, Publication, Revocation


def still_public(item: Item) -> bool:
    """Whether some version of it can be read now, or will be at a set time."""
    return Publication.objects.filter(item=item, withdrawn_at=None, superseded_at=None).exists()


def revoked(items: QuerySet[Item, Any]) -> QuerySet[Revocation]:
    """The revocations, among these items, of what was public when they were recorded and still is, the latest last."""
    return Revocation.objects.filter(in_sight(), item__in=items.values("pk")).order_by("recorded_at", "id")


def in_sight() -> Exists:
    """Of a revocation: whether what was public when it was recorded still is. A decision made anew in its place is not meant by it."""
    public = Publication.objects.filter(
        item=OuterRef("item"), withdrawn_at=None, superseded_at=None, published_at__lte=OuterRef("recorded_at")
    )
    return Exists(public)
