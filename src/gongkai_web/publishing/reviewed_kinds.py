"""What follows when the review of an item ends?"""

from __future__ import annotations

from gongkai_web.flow.models import Approval, Review
from gongkai_web.flow.reviewed import Reviewed
from gongkai_web.publishing import scans
from gongkai_web.publishing.going_public import make_public
from gongkai_web.publishing.models import Attribute, Channel, Item, Stage
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock


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
    if scans.scan(item, version, version.attachments).open:
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


REVIEWED = (Reviewed("item", "拟公开的信息", _authors, _approved, _returned, _withdrawn),)
