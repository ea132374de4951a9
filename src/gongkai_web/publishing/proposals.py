"""How is a change of a document's validity put before who signs it, whichever act proposes it?"""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import reviews
from gongkai_web.flow.reviews import StepPlan
from gongkai_web.publishing.models import Item, Practice, ValidityChange
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Subject
from gongkai_web.ui import clock

LAST_STEP = StepPlan("分管领导签发", Role.SIGNING_LEADER)


def proposed(item: Item, person_id: int, *, validity: str, on_day: dt.date, by_document: str, note: str) -> ValidityChange:
    """Open the review of a change and keep what it proposes; inside an act that has checked it."""
    covered = {"item": item.index_number, "validity": validity, "day": on_day.isoformat(), "by": by_document, "note": note}
    covered["at"] = clock.now().isoformat()
    digest = digests.digest(digests.canonical(covered), settings.DIGEST)
    subject = Subject("validity", str(item.pk), item.draft.title)
    review = reviews.open_review(item.body, subject, digest, _steps(item), person_id, item.department_id)
    return ValidityChange.objects.create(
        item=item,
        validity=validity,
        on_day=on_day,
        by_document=by_document.strip(),
        note=note.strip(),
        digest=digest,
        review=review,
        proposed_by_id=person_id,
        proposed_at=clock.now(),
    )


def _steps(item: Item) -> tuple[StepPlan, ...]:
    """The last step of the body's own review, which signs."""
    practice = Practice.objects.filter(body=item.body_id).first()
    if practice is None or not practice.steps:
        return (LAST_STEP,)
    last = practice.steps[-1]
    return (StepPlan(last["title"], Role(last["role"])),)
