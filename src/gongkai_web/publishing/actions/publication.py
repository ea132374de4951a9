"""Which acts publish what was approved, and take it down?"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Review, ReviewState
from gongkai_web.publishing import drafting
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.going_public import HandOver, approved_version, make_public, require_scanned, take_down, time_fault
from gongkai_web.publishing.models import Channel, Item, Publication
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

WITHDRAWERS = (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.SIGNING_LEADER, Role.DEPARTMENT_REVIEWER)
TOMBSTONE = "该信息已撤下。"


@act("publishing.item.publish", "{actor}发布了《{subject}》{when}", title="发布")
def publish(actor: Actor, item_id: int, *, at: dt.datetime | None = None) -> Done[Publication]:
    """Publish the approved version on the body's own pages, at once or at a set time."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    version, approval = approved_version(item)
    require_scanned(item, version, version.attachments)
    if item.category.channel == Channel.ELSEWHERE:
        raise NotPossible("这个栏目在其他网站发布。请下载移交包，发布后登记日期和地址。")
    now = clock.now()
    untimely = time_fault(item, at)
    if untimely:
        raise BadForm({"at": untimely})
    made = make_public(item, version, approval, int(actor.id), at or now)
    when = f"，定于{at.astimezone(clock.BEIJING):%Y年%m月%d日%H时%M分}公开" if at else ""
    return Done(made, item.body.slug, drafting.subject(item), words={"when": when}, fixed={"digest": version.digest})


@act("publishing.item.handed_over", "{actor}登记《{subject}》已于{day}在{to}发布", title="登记移交发布")
def confirm_hand_over(actor: Actor, item_id: int, *, to: str, address: str, on: dt.date) -> Done[Publication]:
    """Say that the approved version stands at an address outside; only now is it public."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    version, approval = approved_version(item)
    require_scanned(item, version, version.attachments)
    if item.category.channel != Channel.ELSEWHERE:
        raise NotPossible("这个栏目在本平台发布，不需要登记移交。")
    approved_on = approval.approved_at.astimezone(clock.BEIJING).date()
    errors = {}
    if not to.strip():
        errors["to"] = "请写明在哪个网站发布。"
    if not is_web_address(address):
        errors["address"] = "请填写以 http:// 或者 https:// 开头的发布地址。"
    if on > clock.today():
        errors["on"] = "发布日期不能晚于今天。"
    elif on < approved_on:
        errors["on"] = f"发布日期早于审定日期{approved_on.isoformat()}。未经审定不得发布，请核对。"
    if errors:
        raise BadForm(errors)
    start = dt.datetime.combine(on, dt.time(), clock.BEIJING)
    at = max(start, approval.approved_at) if on < clock.today() else clock.now()
    made = make_public(item, version, approval, int(actor.id), at, HandOver(to.strip(), address.strip(), on))
    words = {"day": f"{on.year}年{on.month}月{on.day}日", "to": to.strip()}
    facts = {"digest": version.digest, "address": address.strip()}
    return Done(made, item.body.slug, drafting.subject(item), words=words, fixed=facts, happened_on=on)


@act("publishing.item.withdraw", "{actor}撤下了《{subject}》，理由：{reason}", title="撤下")
def withdraw(actor: Actor, item_id: int, *, reason: str, tombstone: str = TOMBSTONE) -> Done[Item]:
    """Take an item down, immediately; whoever comes to its address reads ``tombstone``."""
    item = drafting.locked(item_id)
    standing.require(actor, item.body, *WITHDRAWERS, department_id=item.department_id or drafting.WHOLE_BODY)
    if not reason.strip():
        raise BadForm({"reason": "请写明撤下的理由，它会记入办理记录。"})
    if not Publication.objects.filter(item=item, withdrawn_at=None).exists():
        raise NotPossible("这条信息没有公开，也没有定时待公开的版本，不需要撤下。")
    # A correction under review would put the item back; whoever takes it down wants it down.
    for review in Review.objects.select_for_update().filter(subject_kind="item", subject_id=str(item.pk), state=ReviewState.OPEN):
        reviews.close(review, ReviewState.WITHDRAWN)
    take_down(item, reason.strip(), tombstone.strip() or TOMBSTONE)
    return Done(item, item.body.slug, drafting.subject(item), words={"reason": reason.strip()})


@act("publishing.item.appear", "《{subject}》到了{setter}设定的时间，自动公开", title="定时公开")
def appear(actor: Actor, publication_id: int) -> Done[Publication]:
    """The set time has come: tell the index and whoever keeps pages. Run by the timer for whoever set the time."""
    row = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if row is None:
        raise NotHere("没有这次发布。")
    if row.appeared or row.withdrawn_at is not None or row.published_at > clock.now():
        raise NotPossible("这次发布还没有到时间，或者已经办过。")
    row.appeared = True
    row.save(update_fields=["appeared"])
    changed(row.body, row.item)
    return Done(row, row.body.slug, drafting.subject(row.item), words={"setter": row.published_by.name})


def is_web_address(written: str) -> bool:
    """Whether it is an address of a page on the Web."""
    parts = urlsplit(written.strip())
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(ch.isspace() for ch in written.strip())
