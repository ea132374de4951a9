"""Which acts set up, change and give up a notice board or a screen?"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.texts import required
from gongkai_web.outlets.models import Place, PlaceKind
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

SECONDS = (5, 120)
"""The shortest and the longest that a screen stays on one page."""


@dataclass(frozen=True, slots=True)
class About:
    """What a place is: its name, where it is, who looks after it, how long a screen shows one page."""

    name: str
    location: str
    keeper_id: int | None
    seconds: int = 20


@act("outlets.place.open", "{actor}登记了{kind}“{subject}”（{location}），由{keeper}负责", title="登记公告栏或者电子屏")
def open_place(actor: Actor, body_id: int, *, kind: str, about: About) -> Done[Place]:
    """条例 arts 24, 25: set up a place at which information is made public beside the portal."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *DRAFTERS)
    if kind not in PlaceKind.values:
        raise BadForm({"kind": "请选择公告栏或者电子屏。"})
    taken = _checked(body, about)
    row = Place.objects.create(body=body, kind=kind, opened_at=clock.now(), **taken)
    return Done(row, body.slug, subject(row), words={"kind": PlaceKind(kind).label, **_words(row)})


@act("outlets.place.change", "{actor}修改了{kind}“{subject}”：{location}，由{keeper}负责", title="修改公告栏或者电子屏")
def change_place(actor: Actor, place_id: int, *, about: About, seen: str) -> Done[Place]:
    """Another name, place, keeper or pace. ``seen`` is the mark of the place the person saw: NotPossible when it was changed since."""
    row = locked(place_id)
    standing.require(actor, row.body, *DRAFTERS)
    require_open(row)
    if row.mark != seen:
        raise NotPossible(f"{row.name}已被另外修改过。请看过最新内容再保存。")
    for name, value in _checked(row.body, about, row.pk).items():
        setattr(row, name, value)
    row.save(update_fields=["name", "location", "keeper_id", "seconds"])
    return Done(row, row.body.slug, subject(row), words={"kind": PlaceKind(row.kind).label, **_words(row)})


@act("outlets.place.close", "{actor}停用了{kind}“{subject}”", title="停用公告栏或者电子屏")
def close_place(actor: Actor, place_id: int) -> Done[Place]:
    """Give a place up once nothing hangs there any more."""
    row = locked(place_id)
    standing.require(actor, row.body, *DRAFTERS)
    require_open(row)
    hanging = row.hangings.filter(taken_down_on=None).count()
    if hanging:
        raise NotPossible(f"这里还有 {hanging} 条没有撤下。请先逐条撤下，再停用。")
    row.closed_on = clock.today()
    row.save(update_fields=["closed_on"])
    return Done(row, row.body.slug, subject(row), words={"kind": PlaceKind(row.kind).label})


def subject(place: Place) -> Subject:
    """The place as the trail names it."""
    return Subject("place", str(place.pk), place.name)


def locked(place_id: int) -> Place:
    """The place, its row locked until the act ends. NotHere when there is none."""
    found = Place.objects.select_for_update(of=("self",)).select_related("body", "keeper").filter(pk=place_id).first()
    if found is None:
        raise NotHere("没有这个公告栏或者电子屏。")
    return found


def require_open(place: Place) -> None:
    """NotPossible for a place that was given up."""
    if place.closed_on is not None:
        raise NotPossible(f"{place.name}已经停用，不能再办理。")


def _checked(body: Body, about: About, place_id: int | None = None) -> dict[str, str | int | None]:
    limits = {"name": ("名称", 60), "location": ("位置", 120)}
    errors: dict[str, str] = {}
    taken: dict[str, str | int | None] = {}
    try:
        taken |= required({"name": about.name, "location": about.location}, limits)
    except BadForm as form:
        errors |= form.errors
    same = Place.objects.filter(body=body, name=taken.get("name", ""), closed_on=None).values_list("pk", flat=True)
    if set(same) - {place_id}:
        errors["name"] = f"已经有一个叫“{taken['name']}”的公告栏或者电子屏，请换一个名称。"
    if about.keeper_id is None or not standing.roles_of(about.keeper_id, body).intersection(DRAFTERS):
        errors["keeper"] = "请选择负责人：本机关的经办人或者公开工作机构负责人。"
    if not SECONDS[0] <= about.seconds <= SECONDS[1]:
        errors["seconds"] = f"每页停留 {SECONDS[0]} 到 {SECONDS[1]} 秒。"
    if errors:
        raise BadForm(errors)
    return {**taken, "keeper_id": about.keeper_id, "seconds": about.seconds}


def _words(row: Place) -> dict[str, str]:
    return {"location": row.location, "keeper": Person.objects.get(pk=row.keeper_id).name}
