"""Which acts hang an item at a place, take it down, let it hang longer, put the new version in place of the old?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import standing
from gongkai_web.outlets.actions import places
from gongkai_web.outlets.models import Form, Hanging, Place, PlaceKind
from gongkai_web.publishing import drafting, visible
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import Item, Outing, OutingChannel, Publication
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

CHANNELS = {PlaceKind.BOARD: OutingChannel.NOTICE_BOARD, PlaceKind.SCREEN: OutingChannel.SCREEN}


@act("outlets.hanging.hang", "{actor}把《{subject}》{how}{kind}“{place}”{until}", title="张贴或者上屏")
def hang(
    actor: Actor, item_id: int, place_id: int, *, form: str, on_day: dt.date, until_day: dt.date | None = None
) -> Done[Hanging]:
    """Record that what is public of an item hangs at a place since a day; it counts as one outing on that channel."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    place = places.locked(place_id)
    if place.body_id != item.body_id:
        raise NotHere("没有这个公告栏或者电子屏。")
    places.require_open(place)
    public = _public(item)
    errors = {}
    if form not in Form.values:
        errors["extent"] = "请选择张贴标题、概述还是全文。"
    if on_day > clock.today() or on_day < public.listed_at.astimezone(clock.BEIJING).date():
        errors["on_day"] = "张贴日期应当在首次公开以后、今天以前。"
    if until_day is not None and until_day < max(on_day, clock.today()):
        errors["until_day"] = "张贴到的日期不能早于今天。"
    if errors:
        raise BadForm(errors)
    if Hanging.objects.filter(place=place, item=item, taken_down_on=None).exists():
        raise NotPossible(f"这条信息已经在{place.name}，不必再张贴一次。要换成新版的，请在那里办理“换成新版”。")
    row = _hung(actor, item, place, public, form=form, on_day=on_day, until_day=until_day)
    until = f"，到{_day(until_day)}为止" if until_day else ""
    words = {"how": _how(place), "kind": PlaceKind(place.kind).label, "place": place.name, "until": until}
    return Done(row, item.body.slug, drafting.subject(item), words=words, happened_on=on_day)


@act("outlets.hanging.take_down", "{actor}登记《{subject}》已于{day}从{kind}“{place}”撤下", title="从公告栏或者电子屏撤下")
def take_down(actor: Actor, hanging_id: int, *, on_day: dt.date) -> Done[Hanging]:
    """Record that something hangs no more. Whoever drafts at the body may, or looks after the place: what must go cannot wait for one person."""
    row = _locked(actor, hanging_id)
    if not row.hung_on <= on_day <= clock.today():
        raise BadForm({"on_day": "撤下日期应当在张贴以后、今天以前。"})
    _taken_down(actor, row, on_day)
    words = {"day": _day(on_day), "kind": PlaceKind(row.place.kind).label, "place": row.place.name}
    return Done(row, row.place.body.slug, drafting.subject(row.item), words=words, happened_on=on_day)


@act("outlets.hanging.extend", "{actor}把《{subject}》在{kind}“{place}”的张贴期{until}", title="延长张贴期")
def extend(actor: Actor, hanging_id: int, *, until_day: dt.date | None) -> Done[Hanging]:
    """Let something hang until another day, or without a day set."""
    row = _locked(actor, hanging_id)
    _public(row.item)
    if until_day is not None and until_day < clock.today():
        raise BadForm({"until_day": "张贴到的日期不能早于今天。"})
    row.until_day = until_day
    row.save(update_fields=["until_day"])
    Outing.objects.filter(pk=row.outing_id).update(until_day=until_day)
    until = f"改到{_day(until_day)}" if until_day else "改为长期"
    words = {"kind": PlaceKind(row.place.kind).label, "place": row.place.name, "until": until}
    return Done(row, row.place.body.slug, drafting.subject(row.item), words=words)


@act("outlets.hanging.replace", "{actor}把{kind}“{place}”上的《{subject}》换成第{version}版", title="换成新版")
def replace(actor: Actor, hanging_id: int) -> Done[Hanging]:
    """Record that the version which is public now hangs where an older one hung."""
    row = _locked(actor, hanging_id)
    public = _public(row.item)
    if public.version_id == row.version_id:
        raise NotPossible("这里张贴的已经是现在公开的版本，不必更换。")
    places.require_open(row.place)
    today = clock.today()
    _taken_down(actor, row, today)
    until = row.until_day if row.until_day is None or row.until_day >= today else None
    made = _hung(actor, row.item, row.place, public, form=row.form, on_day=today, until_day=until)
    words = {"kind": PlaceKind(row.place.kind).label, "place": row.place.name, "version": str(public.version.number)}
    return Done(made, row.place.body.slug, drafting.subject(row.item), words=words)


def _public(item: Item) -> Publication:
    found = visible.public(clock.now()).select_related("version").filter(item=item).first()
    if found is None:
        raise NotPossible("这条信息现在没有公开，不能张贴。")
    return found


def _locked(actor: Actor, hanging_id: int) -> Hanging:
    """What hangs, for whoever drafts at the body. NotHere for what hangs no more."""
    row = (
        Hanging.objects.select_for_update(of=("self",))
        .select_related("place__body", "item__draft", "item__body")
        .filter(pk=hanging_id)
        .first()
    )
    if row is None:
        raise NotHere("没有这条张贴登记。")
    standing.require(actor, row.place.body, *DRAFTERS)
    if row.taken_down_on is not None:
        raise NotPossible("这条已经登记撤下，不必再办理。")
    return row


def _hung(
    actor: Actor, item: Item, place: Place, public: Publication, *, form: str, on_day: dt.date, until_day: dt.date | None
) -> Hanging:
    now = clock.now()
    outing = Outing.objects.create(
        body=item.body,
        item=item,
        channel=CHANNELS[PlaceKind(place.kind)],
        on_day=on_day,
        until_day=until_day,
        place=place.name,
        recorded_by_id=int(actor.id),
        recorded_at=now,
    )
    return Hanging.objects.create(
        place=place,
        item=item,
        version=public.version,
        outing=outing,
        form=form,
        hung_on=on_day,
        until_day=until_day,
        hung_by_id=int(actor.id),
        hung_at=now,
    )


def _taken_down(actor: Actor, row: Hanging, on_day: dt.date) -> None:
    row.taken_down_on = on_day
    row.taken_down_by_id = int(actor.id)
    row.save(update_fields=["taken_down_on", "taken_down_by"])
    Outing.objects.filter(pk=row.outing_id).update(until_day=on_day)


def _how(place: Place) -> str:
    return "张贴在" if place.kind == PlaceKind.BOARD else "放上"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
