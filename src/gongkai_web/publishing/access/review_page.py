"""What does a reviewer see of what is before them?"""

from __future__ import annotations

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Review, ReviewState
from gongkai_web.flow.reviewed import kind_of
from gongkai_web.publishing import scans
from gongkai_web.publishing.access.dossier import deadline_of, version_view
from gongkai_web.publishing.access.review_views import review_view, signers
from gongkai_web.publishing.access.rows import rows_of
from gongkai_web.publishing.access.scope import Scope, scope
from gongkai_web.publishing.access.staff_shapes import ReviewPage
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import Item, Validity, ValidityChange, Version
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

RELATED = ("body", "category", "department", "draft", "keeper")


def review_page(person_id: int, body: Body, review_id: int) -> ReviewPage:
    """A review of an item or of a change of validity. NotHere for one outside the person's reach."""
    reach, now = scope(person_id, body), clock.now()
    review = Review.objects.select_related("drafter", "body", "department").filter(pk=review_id, body=body).first()
    if review is None or review.subject_kind not in {"item", "validity"} or not _reaches(reach, review):
        raise NotHere("没有这份送审件，或者它不属于您所在的科室。")
    item = Item.objects.select_related(*RELATED).get(pk=int(review.subject_id))
    version = Version.objects.filter(review=review).select_related("review__drafter", "cut_by", "item").first()
    before = Version.objects.filter(item=item, number=version.number - 1).first() if version else None
    turn = reviews.turn(review)
    held = reach.roles_for(item.department_id)
    authors = kind_of(review).authors(review) | {review.drafter_id}
    is_open = review.state == ReviewState.OPEN
    return ReviewPage(
        review=review_view(review),
        subject_kind=review.subject_kind,
        item_id=item.pk,
        row=rows_of([item], now)[0],
        version=version_view(version) if version else None,
        before=version_view(before) if before else None,
        publish_at=item.publish_at if is_open and version else None,
        proposal=_proposal(review),
        hits=scans.scan(item, version, version.attachments).hits if version else (),
        deadline=deadline_of(item, now.astimezone(clock.BEIJING).date()),
        step_id=turn.pk if turn else None,
        why_not=reviews.may_decide(person_id, review, turn) if turn else f"这份送审件{ReviewState(review.state).label}。",
        may_record_paper=is_open and bool(held & {Role.CLERK, Role.UNIT_HEAD}),
        signers=signers(review, turn) if turn else (),
        may_withdraw=is_open and bool(held & set(DRAFTERS)) and (person_id in authors or Role.UNIT_HEAD in held),
    )


def _reaches(reach: Scope, review: Review) -> bool:
    if reach.departments is None or review.department_id in reach.departments:
        return True
    return review.step_rows.filter(person_id=reach.person_id).exists()


def _proposal(review: Review) -> str:
    """What a change of validity proposes, in a sentence."""
    change = ValidityChange.objects.filter(review=review).first()
    if change is None:
        return ""
    day = f"{change.on_day.year}年{change.on_day.month}月{change.on_day.day}日"
    by = f"依据{change.by_document}，" if change.by_document else ""
    return f"{by}自{day}起标注为“{Validity(change.validity).label}”。{change.note}"
