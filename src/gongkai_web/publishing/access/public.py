"""What does the public see of one item, of the categories, the guide and the rules?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from html import escape

from django.db.models import BigIntegerField, CharField, DateTimeField, Exists, F, OuterRef, Q, Subquery

from gongkai_web.agencies import facts
from gongkai_web.agencies.models import Body, InternalRule
from gongkai_web.files import storage
from gongkai_web.publishing import bases, generations, visible
from gongkai_web.publishing.access.counts import tally
from gongkai_web.publishing.access.shapes import (
    AttachmentView,
    BodyView,
    CategoryView,
    FileView,
    GuideView,
    Link,
    Notice,
    PublicItem,
    RuleView,
    Tombstone,
    file_url,
    item_url,
)
from gongkai_web.publishing.index_numbers import STANDARD
from gongkai_web.publishing.models import (
    Attribute,
    Category,
    Item,
    LinkKind,
    Practice,
    Publication,
    Revocation,
    Validity,
    Version,
)
from gongkai_web.publishing.models import Link as LinkRow
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.ui import clock

_BODY = gap("body", BigIntegerField())
_SHOWN = (
    "listed_at", "published_at", "correction_note", "handed_address",
    *(f"version__{name}" for name in (
        "number", "title", "html", "document_number", "issuer", "theme", "genre", "made_on", "effective_on", "summary", "keywords",
        "source", "attribute", "basis", "attachments",
    )),
    *(f"item__{name}" for name in (
        "index_number", "joint_bodies", "five_kinds", "validity", "validity_next", "validity_next_on", "changed_at", "body_id",
    )),
    *(f"category__{name}" for name in ("key", "name", "summary", "bases", "parent__key", "parent__name", "parent__parent__name")),
)  # fmt: skip
"""What an item's page shows of its rows; a field that is missing here would be fetched by a question of its own."""
# Of what was public when it was recorded: a decision made anew in its place is not the one that was revoked.
_REVOKED = Revocation.objects.filter(item=OuterRef("item_id"), recorded_at__gte=OuterRef("published_at")).order_by("-recorded_at")
_ITEM = Prepared(
    lambda: (
        visible.public(gap("now", DateTimeField()))
        # The item's body, too: both belong to the index of numbers, which would otherwise be read from end to end.
        .filter(body_id=_BODY, item__body_id=_BODY, item__index_number=gap("index", CharField()))
        .select_related("version", "item", "category__parent__parent")
        .annotate(is_linked=Exists(LinkRow.objects.filter(Q(source=OuterRef("item_id")) | Q(target=OuterRef("item_id")))))
        .annotate(revoked_on=Subquery(_REVOKED.values("revoked_on")[:1]))
        .only(*_SHOWN)
        .order_by("id")
    )
)
_LINKS = Prepared(
    lambda: (
        LinkRow.objects.filter(Q(source_id=gap("item", BigIntegerField())) | Q(target_id=gap("item", BigIntegerField())))
        .order_by("id")
        .values_list("kind", "source_id", "target_id")
    )
)
_CATEGORIES = Prepared(lambda: Category.objects.filter(body_id=_BODY, closed_on=None).order_by("position", "id"))

_EMBEDDED = re.compile(r'src="attachment:([a-z0-9]+:[0-9a-f]+)"')
_GUIDE_PARTS = {
    "unit_name": "公开工作机构名称",
    "unit_address": "办公地址",
    "unit_hours": "办公时间",
    "unit_phone": "联系电话",
    "unit_fax": "传真号码",
    "unit_contact": "互联网联系方式",
}


def generation(body: Body) -> str:
    """What names the body's public state now: equal keys mean equal public pages."""
    return generations.key(body.pk, clock.now())


def public_item(body: Body, index_number: str) -> PublicItem | None:
    """The item, when it is public now; None otherwise, whatever the reason."""
    now = clock.now()
    row = next(iter(_ITEM(now=now, body=body.pk, index=index_number)), None)
    return _view(body, row, now) if row is not None else None


def public_keys(item_ids: Iterable[int]) -> dict[int, tuple[Body, str]]:
    """Those of the items that are public now, with their body and index number: for the index and baked pages."""
    rows = visible.public(clock.now()).select_related("item", "body").filter(item_id__in=list(item_ids))
    return {row.item_id: (row.body, row.item.index_number) for row in rows}


def index_numbers(item_ids: Iterable[int]) -> frozenset[str]:
    """The index numbers of items and of those they are linked with, whose pages show the link."""
    keys = set(item_ids)
    linked = LinkRow.objects.filter(Q(source_id__in=keys) | Q(target_id__in=keys)).values_list("source_id", "target_id")
    every = keys.union(*linked)
    return frozenset(Item.objects.filter(pk__in=every).values_list("index_number", flat=True))


def linked_elsewhere(item_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Items of other bodies that are linked with these, by body: their pages show a title that may have changed."""
    keys = set(item_ids)
    ways = (("source_id", "target_id", "target__body_id"), ("target_id", "source_id", "source__body_id"))
    own = dict(Item.objects.filter(pk__in=keys).values_list("id", "body_id"))
    found: dict[int, set[int]] = {}
    for here, there, body in ways:
        for key, other, other_body in LinkRow.objects.filter(**{f"{here}__in": keys}).values_list(here, there, body):
            if other_body != own[key]:
                found.setdefault(other_body, set()).add(other)
    return {body: frozenset(items) for body, items in found.items()}


def tombstone(body: Body, index_number: str) -> Tombstone | None:
    """What stands at the address of an item that was public and was taken down; None for an item that never was, or is, public."""
    now = clock.now()
    rows = Publication.objects.filter(body=body, item__body=body, item__index_number=index_number)
    if visible.public(now).filter(body=body, item__body=body, item__index_number=index_number).exists():
        return None
    gone = [r for r in rows.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at") if r.published_at <= _at(r)]
    if not gone:
        return None
    return Tombstone(index_number, gone[0].tombstone, _day(_at(gone[0])))


def tombstones(body: Body, only: Collection[int] | None = None) -> tuple[Tombstone, ...]:
    """Every tombstone of a body, in all categories or ``only`` in some, for editions that must hold them all."""
    now = clock.now()
    rows = Publication.objects.filter(body=body, withdrawn_at__isnull=False, published_at__lte=F("withdrawn_at"))
    rows = rows.exclude(item_id__in=visible.public(now).filter(body=body).values("item_id"))
    if only is not None:
        rows = rows.filter(category_id__in=only)
    found: dict[str, Tombstone] = {}
    for row in rows.select_related("item").order_by("withdrawn_at", "id"):
        found[row.item.index_number] = Tombstone(row.item.index_number, row.tombstone, _day(_at(row)))
    return tuple(found.values())


def public_file(body: Body, index_number: str, position: int) -> FileView | None:
    """A file of an item that is public now."""
    rows = visible.public(clock.now()).select_related("version")
    row = rows.filter(body=body, item__body=body, item__index_number=index_number).first()
    if row is None or not 1 <= position <= len(row.version.attachments):
        return None
    kept = row.version.attachments[position - 1]
    path = storage.path_of(kept["digest"])
    return FileView(path, kept["name"], kept["type"], kept["size"], kept["digest"]) if path.is_file() else None


def categories_on(body: Body, channel: str) -> tuple[int, ...]:
    """The keys of the categories, closed ones too, whose items become public on a channel (a value of Channel)."""
    return tuple(Category.objects.filter(body=body, channel=channel).order_by("id").values_list("id", flat=True))


def categories(body: Body, only: Collection[int] | None = None) -> tuple[CategoryView, ...]:
    """The categories in use, as a tree in reading order, each with how many items are public in it and below.

    With ``only`` some, these and those above them.
    """
    rows, counts = _CATEGORIES(body=body.pk), tally(body, clock.now()).by_category()
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[CategoryView] = []

    def walk(parent: Category | None, path: tuple[str, ...]) -> int:
        total = 0
        for row in below.get(parent.pk if parent else None, []):
            place = len(found)
            found.append(category_view(row, (*path, row.name), parent.key if parent else None))
            inside = only is None or row.pk in only
            count = (counts[row.pk] if inside else 0) + walk(row, (*path, row.name))
            if not inside and len(found) == place + 1:
                found.pop()
                continue
            found[place] = category_view(row, (*path, row.name), parent.key if parent else None, count)
            total += count
        return total

    walk(None, ())
    return tuple(found)


def category_view(row: Category, path: tuple[str, ...], parent_key: str | None, count: int = 0) -> CategoryView:
    """A category's row as the public sees it."""
    cited = tuple(dict.fromkeys(b.citation for code in row.bases if (b := bases.basis(code))))
    return CategoryView(
        row.pk, row.key, row.name, path, len(path) - 1, parent_key, row.summary, tuple(row.bases), cited, count
    )  # fmt: skip


def guide(body: Body) -> GuideView:
    """The parts of the guide, and which of those that art 12 asks for are missing."""
    practice = Practice.objects.filter(body=body).first()
    values = {name: str(getattr(body, name)) for name in (*_GUIDE_PARTS, "unit_postcode")}
    return GuideView(
        body=body_view(body),
        **values,
        intake_channels=tuple((channel.name, words) for channel, words in facts.open_channels(body)),
        categories=categories(body),
        index_pattern=practice.index_pattern if practice else STANDARD,
        missing=tuple(word for name, word in _GUIDE_PARTS.items() if not values[name]),
    )


def rules(body: Body) -> tuple[RuleView, ...]:
    """The body's own rules in force, the newest first."""
    rows = InternalRule.objects.filter(body=body, repealed_on=None).order_by("-adopted_on", "-id")
    return tuple(RuleView(r.pk, r.title, r.number, r.html, r.adopted_on, r.changed_at) for r in rows)


def body_view(body: Body) -> BodyView:
    """A body as the public sees it."""
    return BodyView(body.pk, body.slug, body.name, body.short_name)


def attachments_of(version: Version, index_number: str) -> tuple[AttachmentView, ...]:
    """The files of a version with their public addresses."""
    return tuple(
        AttachmentView(n, a["name"], a["type"], a["size"], file_url(index_number, n, a["name"]), bool(a["embedded"]))
        for n, a in enumerate(version.attachments, start=1)
    )


def shown_html(version: Version, addresses: dict[str, str]) -> str:
    """The text with its pictures at their addresses; a picture that is not the version's own has none."""
    return _EMBEDDED.sub(lambda found: f'src="{escape(addresses.get(found[1], ""))}"', version.html)


def _view(body: Body, row: Publication, now: dt.datetime) -> PublicItem:
    item, version, today = row.item, row.version, _day(now)
    files = attachments_of(version, item.index_number)
    addresses = {a["digest"]: f.address for a, f in zip(version.attachments, files, strict=True)}
    outward, inward = _links(item, now) if row.is_linked else ([], [])  # type: ignore[attr-defined]  # as _ITEM asked
    validity = visible.validity(item, today)
    arrived = item.validity_next_on is not None and item.validity_next_on <= today
    return PublicItem(
        index_number=item.index_number,
        title=version.title,
        document_number=version.document_number,
        body=body_view(body),
        category=_category(row.category),
        issuer=version.issuer,
        joint_bodies=tuple(item.joint_bodies),
        theme=version.theme,
        genre=version.genre,
        five_kinds=tuple(item.five_kinds),
        made_on=version.made_on,
        published_at=row.published_at,
        first_published_at=row.listed_at,
        effective_on=version.effective_on,
        validity=validity.label if validity != Validity.NONE else "",
        validity_on=item.validity_next_on if arrived else None,
        summary=version.summary,
        keywords=tuple(re.split(r"[\s,，、;；]+", version.keywords.strip())) if version.keywords.strip() else (),
        source=version.source,
        attribute=Attribute(version.attribute).label,
        basis=version.basis,
        html=shown_html(version, addresses),
        attachments=files,
        interpretations=tuple(link for kind, link in inward if kind == LinkKind.INTERPRETS),
        originals=tuple(link for kind, link in outward if kind == LinkKind.INTERPRETS),
        related=tuple(link for kind, link in (*outward, *inward) if kind != LinkKind.INTERPRETS),
        notices=_notices(row, item, validity, today),
        url=item_url(item.index_number),
        elsewhere=row.handed_address,
        version=version.number,
    )


def _category(row: Category) -> CategoryView:
    path, up, parent_key = [row.name], row.parent, row.parent.key if row.parent else None
    while up is not None:
        path.insert(0, up.name)
        up = up.parent
    return category_view(row, tuple(path), parent_key)


def _links(item: Item, now: dt.datetime) -> tuple[list[tuple[str, Link]], list[tuple[str, Link]]]:
    """The public items it refers to, and those that refer to it."""
    rows = _LINKS(item=item.pk)
    out = [(kind, target) for kind, source, target in rows if source == item.pk]
    into = [(kind, source) for kind, source, target in rows if target == item.pk]
    found = visible.public(now).select_related("version", "item", "body").filter(item_id__in={key for _, key in (*out, *into)})
    views = {r.item_id: r for r in found}

    def made(pairs: list[tuple[str, int]]) -> list[tuple[str, Link]]:
        return [(kind, _link(kind, views[key], item)) for kind, key in pairs if key in views]

    return made(out), made(into)


def _link(kind: str, row: Publication, seen_from: Item) -> Link:
    index = row.item.index_number
    url = item_url(index) if row.body_id == seen_from.body_id else f"/b/{row.body.slug}{item_url(index)}"
    return Link(LinkKind(kind).label, row.version.title, index, url, _day(row.listed_at))


def _notices(row: Publication, item: Item, validity: Validity, today: dt.date) -> tuple[Notice, ...]:
    found = []
    revoked_on: dt.date | None = row.revoked_on  # type: ignore[attr-defined]  # as _ITEM asked
    if revoked_on is not None:
        # The document that revoked it has not been through review, so its name is not told here.
        day = f"{revoked_on.year}年{revoked_on.month}月{revoked_on.day}日"
        found.append(Notice("revoked", f"这份决定已于{day}被撤销，不再有效。", revoked_on))
    if row.correction_note:
        found.append(Notice("correction", f"更正：{row.correction_note}", _day(row.published_at)))
    if validity in {Validity.REPEALED, Validity.LAPSED, Validity.AMENDED}:
        on = item.validity_next_on if item.validity_next_on and item.validity_next_on <= today else _day(item.changed_at)
        words = {"repealed": "本文件已经废止。", "lapsed": "本文件已经失效。", "amended": "本文件已经修改。"}
        found.append(Notice(validity.value, words[validity.value], on))
    return tuple(found)


def _at(row: Publication) -> dt.datetime:
    assert row.withdrawn_at is not None
    return row.withdrawn_at


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.BEIJING).date()
