"""What follows when the review of an item ends?"""

from __future__ import annotations

from gongkai_web.flow.models import Approval, Review
from gongkai_web.flow.reviewed import Reviewed
from gongkai_web.publishing import visible
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.going_public import make_public, require_scanned
from gongkai_web.publishing.models import Attribute, Channel, Item, Stage, Validity, ValidityChange
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible


def _item(review: Review) -> Item:
    return Item.objects.select_for_update().select_related("body", "category").get(pk=int(review.subject_id))


def _authors(review: Review) -> frozenset[int]:
    item = Item.objects.get(pk=int(review.subject_id))
    return frozenset((item.drafter_id, review.version.cut_by_id, *review.version.authors))


def _approved(actor: Actor, approval: Approval) -> str:
    """Publish at once or at the set time; what goes elsewhere or is not to be public waits or ends here."""
    item = _item(approval.review)
    version = approval.review.version
    item.returned_why = ""
    item.stage = Stage.WITHHELD if version.attribute in {Attribute.WITHHELD, Attribute.ON_REQUEST} else Stage.APPROVED
    item.changed_at = clock.now()
    item.save(update_fields=["stage", "returned_why", "changed_at"])
    if item.stage == Stage.WITHHELD:
        return f"，审定为{Attribute(version.attribute).label}"
    if item.category.channel == Channel.ELSEWHERE:
        return "，等待移交发布"
    try:
        require_scanned(item, version, version.attachments)
    except NotPossible:
        return "，公开前复查发现有待处理之处，暂不公开"
    if item.publish_at is not None and item.publish_at > clock.now():
        at = item.publish_at
        # The timer acts for whoever set the time.
        make_public(item, version, approval, approval.review.drafter_id, at)
        return f"，定于{at.astimezone(clock.BEIJING):%Y年%m月%d日%H时%M分}公开"
    make_public(item, version, approval, int(actor.id), clock.now())
    return "，信息随即公开"


def _returned(review: Review, why: str) -> None:
    item = _item(review)
    item.stage, item.returned_why, item.changed_at = Stage.RETURNED, why, clock.now()
    item.save(update_fields=["stage", "returned_why", "changed_at"])


def _withdrawn(review: Review) -> None:
    item = _item(review)
    item.stage, item.changed_at = Stage.DRAFT, clock.now()
    item.save(update_fields=["stage", "changed_at"])


def _validity_authors(review: Review) -> frozenset[int]:
    return frozenset({ValidityChange.objects.get(review=review).proposed_by_id})


def _validity_approved(actor: Actor, approval: Approval) -> str:
    """Put the change beside the document; it holds from its day on, whatever has run by then."""
    change = ValidityChange.objects.get(review=approval.review)
    item, today = _item(approval.review), clock.today()
    item.validity = visible.validity(item, today)
    item.validity_next, item.validity_next_on, item.changed_at = change.validity, change.on_day, clock.now()
    item.save(update_fields=["validity", "validity_next", "validity_next_on", "changed_at"])
    change.approval, change.decided_at, change.arrived = approval, clock.now(), change.on_day <= today
    change.save(update_fields=["approval", "decided_at", "arrived"])
    changed(item.body, item)
    return f"，自{change.on_day.year}年{change.on_day.month}月{change.on_day.day}日起标注为“{Validity(change.validity).label}”"


def _nothing_returned(review: Review, why: str) -> None:
    """The document stays as it was."""


def _nothing_withdrawn(review: Review) -> None:
    """The document stays as it was."""


REVIEWED = (
    Reviewed("item", "拟公开的信息", _authors, _approved, _returned, _withdrawn),
    Reviewed("validity", "文件有效性", _validity_authors, _validity_approved, _nothing_returned, _nothing_withdrawn),
)
