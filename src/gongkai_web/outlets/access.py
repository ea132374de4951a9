"""What hangs where, and what must come down?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from gongkai_web.agencies.models import Body
from gongkai_web.outlets.models import Form, Hanging, Place, PlaceKind
from gongkai_web.publishing import access as publishing
from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Item, Publication, Validity
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

EARLIER = 60
ENDED = {Validity.REPEALED: "文件已经废止", Validity.LAPSED: "文件已经失效"}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A board or a screen, with how many items hang there and how many of them must come down."""

    id: int
    kind: str
    kind_word: str
    name: str
    location: str
    keeper_id: int
    keeper: str
    seconds: int
    is_open: bool
    mark: str = ""
    hanging: int = 0
    to_come_down: int = 0


@dataclass(frozen=True, slots=True)
class HangingView:
    """What hangs, or hung. ``why`` says why it must come down, and since when; ``newer`` that another version is public by now.

    ``title`` is that of the version that hangs: it has been public, and hangs on a wall.
    """

    id: int
    place_id: int
    place: str
    place_kind: str
    keeper_id: int
    item_id: int
    index_number: str
    title: str
    version: int
    form: str
    form_word: str
    hung_on: dt.date
    until_day: dt.date | None
    hung_by: str
    taken_down_on: dt.date | None
    taken_down_by: str
    why: str = ""
    since: dt.date | None = None
    newer: int = 0

    @property
    def must_change(self) -> bool:
        """Whether something is to be done at the place."""
        return bool(self.why or self.newer)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with what hangs there now, what must come down first, and what hung there before."""

    place: PlaceView
    now: tuple[HangingView, ...]
    earlier: tuple[HangingView, ...]


def places(body: Body) -> tuple[PlaceView, ...]:
    """The body's boards and screens in use, boards first."""
    rows = Place.objects.filter(body=body, closed_on=None).select_related("keeper").order_by("kind", "name")
    hanging: dict[int, list[HangingView]] = {}
    for view in _views(_rows(Hanging.objects.filter(place__body=body, taken_down_on=None))):
        hanging.setdefault(view.place_id, []).append(view)
    return tuple(_place(r, hanging.get(r.pk, [])) for r in rows)


def place_page(body: Body, place_id: int) -> PlacePage:
    """One place. NotHere for another body's."""
    row = Place.objects.filter(body=body, pk=place_id).select_related("keeper").first()
    if row is None:
        raise NotHere("没有这个公告栏或者电子屏。")
    now = sorted(_views(_rows(row.hangings.filter(taken_down_on=None))), key=_urgent)
    earlier = _rows(row.hangings.filter(taken_down_on__isnull=False)).order_by("-taken_down_on", "-id")[:EARLIER]
    return PlacePage(_place(row, now), tuple(now), _views(earlier, judged=False))


def to_change(body: Body) -> tuple[HangingView, ...]:
    """What must come down or be replaced anywhere at the body, the most urgent first."""
    found = _views(_rows(Hanging.objects.filter(place__body=body, taken_down_on=None)))
    return tuple(sorted((v for v in found if v.must_change), key=_urgent))


def of_item(item_id: int) -> tuple[HangingView, ...]:
    """Where an item hangs now."""
    return _views(_rows(Hanging.objects.filter(item_id=item_id, taken_down_on=None)))


@dataclass(frozen=True, slots=True)
class OnScreen:
    """An item on a screen: what is public of it now, and how much of it is shown."""

    item: publishing.PublicItem
    form: str


@dataclass(frozen=True, slots=True)
class ScreenView:
    """A screen as anybody sees it."""

    id: int
    name: str
    location: str
    seconds: int
    items: tuple[OnScreen, ...]


def screen(body: Body, place_id: int) -> ScreenView | None:
    """What a screen shows: only what is public at this instant, and whose last day there has not passed. None where there is no screen."""
    row = Place.objects.filter(body=body, pk=place_id, kind=PlaceKind.SCREEN, closed_on=None).first()
    if row is None:
        return None
    shown = []
    for hanging in row.hangings.filter(taken_down_on=None).select_related("item").order_by("-hung_on", "-id"):
        if hanging.until_day is not None and hanging.until_day < clock.today():
            continue
        found = publishing.public_item(body, hanging.item.index_number)
        if found is not None and found.validity not in {"废止", "失效"}:
            shown.append(OnScreen(found, hanging.form))
    return ScreenView(row.pk, row.name, row.location, row.seconds, tuple(shown))


def _rows(rows: QuerySet[Hanging]) -> QuerySet[Hanging]:
    return rows.select_related("place", "item", "version", "hung_by", "taken_down_by").order_by("-hung_on", "-id")


def _views(rows: Iterable[Hanging], *, judged: bool = True) -> tuple[HangingView, ...]:
    listed = list(rows)
    keys = {r.item_id for r in listed} if judged else set()
    public = {p.item_id: p for p in visible.public(clock.now()).select_related("version").filter(item_id__in=keys)}
    gone = dict(Publication.objects.filter(item_id__in=keys - public.keys()).values_list("item_id").annotate(Max("withdrawn_at")))
    return tuple(_view(r, public.get(r.item_id), gone.get(r.item_id), judged=judged) for r in listed)


def _view(row: Hanging, public: Publication | None, gone_at: dt.datetime | None, *, judged: bool) -> HangingView:
    why, since = _why(row, public, gone_at) if judged else ("", None)
    newer = public.version.number if judged and not why and public is not None and public.version_id != row.version_id else 0
    return HangingView(
        id=row.pk,
        place_id=row.place_id,
        place=row.place.name,
        place_kind=row.place.kind,
        keeper_id=row.place.keeper_id,
        item_id=row.item_id,
        index_number=row.item.index_number,
        title=row.version.title,
        version=row.version.number,
        form=row.form,
        form_word=Form(row.form).label,
        hung_on=row.hung_on,
        until_day=row.until_day,
        hung_by=row.hung_by.name,
        taken_down_on=row.taken_down_on,
        taken_down_by=row.taken_down_by.name if row.taken_down_by else "",
        why=why,
        since=since,
        newer=newer,
    )


def _why(row: Hanging, public: Publication | None, gone_at: dt.datetime | None) -> tuple[str, dt.date | None]:
    """Why it must come down and since when; nothing while it may hang."""
    today = clock.today()
    if public is None:
        day = gone_at.astimezone(clock.BEIJING).date() if gone_at else today
        return f"信息已于{_day(day)}撤回", day
    ended = ENDED.get(visible.validity(row.item, today))
    if ended:
        on = row.item.validity_next_on
        return ended, on if on is not None and on <= today else today
    if row.until_day is not None and row.until_day < today:
        return f"张贴期到{_day(row.until_day)}为止", row.until_day
    return "", None


def _urgent(view: HangingView) -> tuple[int, dt.date, int]:
    """What must come down first, then what is to be replaced, then the rest, the latest first."""
    rank = 0 if view.why else 1 if view.newer else 2
    return rank, view.since or dt.date.max, -view.id


def _place(row: Place, hanging: Iterable[HangingView]) -> PlaceView:
    listed = list(hanging)
    return PlaceView(
        id=row.pk,
        kind=row.kind,
        kind_word=PlaceKind(row.kind).label,
        name=row.name,
        location=row.location,
        keeper_id=row.keeper_id,
        keeper=row.keeper.name,
        seconds=row.seconds,
        is_open=row.closed_on is None,
        mark=row.mark,
        hanging=len(listed),
        to_come_down=sum(1 for v in listed if v.must_change),
    )


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def offered(person_id: int, body: Body, text: str, size: int) -> tuple[publishing.StaffRow, ...]:
    """Items within somebody's reach that are public now and could hang somewhere."""
    listing = publishing.staff_list(person_id, body, text=text, public="public", size=size)
    return listing.rows


def item_of(body: Body, item_id: int) -> Item:
    """An item of the body that is public now. NotHere for any other."""
    found = visible.public(clock.now()).select_related("item").filter(body=body, item_id=item_id).first()
    if found is None:
        raise NotHere("没有这条信息，或者它现在没有公开。")
    return found.item


def place_of(body: Body, hanging_id: int) -> int:
    """At which place of the body something hangs. NotHere for another body's."""
    found = Hanging.objects.filter(pk=hanging_id, place__body=body).values_list("place_id", flat=True).first()
    if found is None:
        raise NotHere("没有这条张贴登记。")
    return found
