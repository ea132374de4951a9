"""Which static editions does a body have, and how far is each behind what is public?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import baked
from gongkai_web.publishing.models import Generation


@dataclass(frozen=True, slots=True)
class StaticEdition:
    """A folder of static pages: where it lies, when it was last brought up to the present, what waits and what failed.

    ``is_behind`` when something public changed since; ``taken_out`` withdrawals that were cut out and whose lists are still to be made anew.
    """

    folder: str
    base_url: str
    follow: bool
    files: int
    baked_at: dt.datetime | None
    is_behind: bool
    taken_out: int
    failure: str
    failed_at: dt.datetime | None


def static_editions(body: Body) -> tuple[StaticEdition, ...]:
    """The editions of a body, by folder."""
    changed = Generation.objects.filter(body=body).values_list("changed_at", flat=True).first()
    found = [_edition(e, changed) for e in baked.editions(body.slug)]
    return tuple(sorted(found, key=lambda e: e.folder))


def _edition(edition: baked.Edition, changed: dt.datetime | None) -> StaticEdition:
    wanted, about = edition.wanted, edition.about()
    at = _instant(about.get("baked_at", ""))
    return StaticEdition(
        folder=str(wanted.folder),
        base_url=wanted.base_url,
        follow=wanted.follow,
        files=len(edition.files()),
        baked_at=at,
        is_behind=at is None or (changed is not None and changed > at),
        taken_out=edition.waiting(),
        failure=about.get("failure", ""),
        failed_at=_instant(about.get("failed_at", "")) if about.get("failure") else None,
    )


def _instant(written: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None
