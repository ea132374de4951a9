"""Which acts record on which channels an item went out, and what the new-media accounts did?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.texts import too_long
from gongkai_web.files.models import StoredFile
from gongkai_web.publishing import drafting
from gongkai_web.publishing.actions.publication import is_web_address
from gongkai_web.publishing.models import NewMediaMonth, Outing, OutingChannel
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

NEW_MEDIA = (OutingChannel.WEIBO, OutingChannel.WECHAT, OutingChannel.TOUTIAO, OutingChannel.OTHER)
LONGEST_REASON = 300
MOST = 10_000_000_000
"""More than any account does in a month: a figure above it is a slip of the hand."""


@act("publishing.outing.record", "{actor}登记《{subject}》于{day}通过{channel}发布", title="登记发布渠道")
def record(
    actor: Actor,
    item_id: int,
    *,
    channel: str,
    on_day: dt.date,
    until_day: dt.date | None = None,
    place: str = "",
    address: str = "",
    picture: str = "",
) -> Done[Outing]:
    """Record that an item that is or was public went out on a channel on a day."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.first_published_at is None or item.first_published_at > clock.now():
        raise NotPossible("这条信息还没有公开，不能登记发布渠道。")
    errors = {}
    if channel not in OutingChannel.values:
        errors["channel"] = "请选择发布渠道。"
    if on_day > clock.today() or on_day < item.first_published_at.astimezone(clock.BEIJING).date():
        errors["on_day"] = "发布日期应当在首次公开以后、今天以前。"
    if until_day is not None and until_day < on_day:
        errors["until_day"] = "撤下日期不能早于发布日期。"
    if address and not is_web_address(address):
        errors["address"] = "地址应当以 http:// 或者 https:// 开头。"
    if picture and not StoredFile.objects.filter(body=item.body, digest=picture).exists():
        errors["picture"] = "没有这张图片，请重新上传。"
    if errors:
        raise BadForm(errors)
    row = Outing.objects.create(
        body=item.body,
        item=item,
        channel=channel,
        on_day=on_day,
        until_day=until_day,
        place=place.strip(),
        address=address.strip(),
        picture=picture,
        recorded_by_id=int(actor.id),
        recorded_at=clock.now(),
    )
    words = {"day": f"{on_day.year}年{on_day.month}月{on_day.day}日", "channel": OutingChannel(channel).label}
    return Done(row, item.body.slug, drafting.subject(item), words=words, happened_on=on_day)


@act("publishing.outing.strike", "{actor}划去了《{subject}》{day}的{channel}登记，理由：{reason}", title="划去发布登记")
def strike(actor: Actor, outing_id: int, *, reason: str) -> Done[Outing]:
    """Strike a row that was recorded in error; it stays, and counts no more."""
    row = Outing.objects.select_for_update(of=("self",)).filter(pk=outing_id).first()
    if row is None:
        raise NotHere("没有这条发布登记。")
    item = drafting.locked(row.item_id)
    drafting.require_drafter(actor, item)
    if row.struck_at is not None:
        raise NotPossible("这条登记已经划去。")
    if not reason.strip():
        raise BadForm({"reason": "请写明划去的理由。"})
    row.struck_at = clock.now()
    row.save(update_fields=["struck_at"])
    day = f"{row.on_day.year}年{row.on_day.month}月{row.on_day.day}日"
    words = {"day": day, "channel": OutingChannel(row.channel).label, "reason": reason.strip()}
    return Done(row, item.body.slug, drafting.subject(item), words=words)


@act("publishing.new_media.record", "{actor}{deed}{account}{month}的发布、阅读和关注数据{why}", title="登记新媒体数据")
def record_month(
    actor: Actor,
    body_id: int,
    *,
    channel: str,
    account: str,
    month: dt.date,
    posts: int,
    reads: int,
    followers: int,
    replies: int = 0,
    reason: str = "",
) -> Done[NewMediaMonth]:
    """Record what a new-media account did in a month, or put it right with a reason; the trail keeps the figures that stood before."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *drafting.DRAFTERS)
    errors = {}
    if channel not in {c.value for c in NEW_MEDIA}:
        errors["channel"] = "请选择新媒体平台。"
    if not account.strip():
        errors["account"] = "请填写账号名称。"
    if month.day != 1 or month > clock.today():
        errors["month"] = "请选择本月或者以前的月份。"
    if min(posts, reads, followers, replies) < 0:
        errors["posts"] = "数字不能小于零。"
    figures = {"posts": posts, "reads": reads, "followers": followers, "replies": replies}
    errors |= {name: "数字最大 100 亿，请核对是不是多打了几位。" for name, value in figures.items() if value > MOST}
    there = NewMediaMonth.objects.filter(body=body, channel=channel, account=account.strip(), month=month).first()
    before = {name: getattr(there, name) for name in figures} if there else {}
    if before == figures:
        errors["posts"] = "这个月已经登记过同样的数字，没有要改正的。"
    elif there and not reason.strip():
        errors["reason"] = "这个月已经登记过。要改正的，请写明原因。"
    elif len(reason.strip()) > LONGEST_REASON:
        errors["reason"] = too_long("原因", reason.strip(), LONGEST_REASON)
    if errors:
        raise BadForm(errors)
    row, _ = NewMediaMonth.objects.update_or_create(
        body=body,
        channel=channel,
        account=account.strip(),
        month=month,
        defaults={**figures, "recorded_by_id": int(actor.id), "recorded_at": clock.now()},
    )
    words = {
        "deed": "改正了" if there else "登记了",
        "account": f"“{account.strip()}”",
        "month": f"{month.year}年{month.month}月",
        "why": f"，原因：{reason.strip()}" if there else "",
    }
    fixed = {**figures, **({"before": before} if there else {})}
    return Done(row, body.slug, Subject("new_media", str(row.pk), account.strip()), words=words, fixed=fixed)
