"""Which static editions does a body have, how far is each behind what is public, and how does one item stand in them?"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.flow import tasks
from gongkai_web.publishing import baked
from gongkai_web.publishing.access.lying import ItemInEdition, Lying
from gongkai_web.publishing.access.public import categories_on
from gongkai_web.publishing.access.rows import is_public
from gongkai_web.publishing.baked_pages import page_of
from gongkai_web.publishing.models import Channel, Generation, Item, Publication


@dataclass(frozen=True, slots=True)
class StaticEdition:
    """A folder of static pages: where it lies, when it was last brought up to the present, what waits and what failed.

    ``mark`` names it in addresses. ``is_behind`` when something public changed since; ``taken_out`` withdrawals that were cut out and whose
    lists are still to be made anew; ``is_rearranged`` when the worker has not yet baked it in the way that was asked for last.
    """

    mark: str
    folder: str
    base_url: str
    portal_url: str
    only_baked: bool
    follow: bool
    files: int
    baked_at: dt.datetime | None
    is_behind: bool
    taken_out: int
    failure: str
    failed_at: dt.datetime | None
    is_rearranged: bool


def static_editions(body: Body) -> tuple[StaticEdition, ...]:
    """The editions of a body, by folder."""
    changed = _changed_at(body)
    waiting = {str(asked["mark"]) for asked in tasks.pending(baked.REARRANGE, body)}
    found = [_edition(e, changed, e.mark in waiting) for e in baked.editions(body.slug)]
    return tuple(sorted(found, key=lambda e: e.folder))


def baked_categories(body: Body) -> int:
    """How many categories of a body become public as static pages."""
    return len(categories_on(body, Channel.BAKED))


def item_in_editions(item: Item, publications: Sequence[Publication], now: dt.datetime) -> tuple[ItemInEdition, ...]:
    """How an item stands in each edition of its body, by folder; nothing for one that was never to be public.

    ``publications`` are all of the item's; its category has been fetched.
    """
    editions = baked.editions(item.body.slug) if publications else ()
    if not editions:
        return ()
    public = next((p for p in publications if is_public(p, now)), None)
    scheduled = any(p.withdrawn_at is None and p.published_at > now for p in publications)
    is_baked = item.category.channel == Channel.BAKED
    changed = _changed_at(item.body)
    found = []
    for edition in editions:
        try:
            found.append(_of_item(edition, item.index_number, public, scheduled, is_baked, changed))
        except sqlite3.Error:
            broken = "读不出这个文件夹的记录。请系统管理员在服务器上再运行一次 gongkai site bake。"
            found.append(ItemInEdition(str(edition.place), Lying.WAITING, None, "", True, "", broken))
    return tuple(sorted((f for f in found if f.lying is not Lying.APART), key=lambda f: f.folder))


def _of_item(
    edition: baked.Edition, index: str, public: Publication | None, scheduled: bool, is_baked: bool, changed: dt.datetime | None
) -> ItemInEdition:
    wanted, about, page = edition.wanted, edition.about(), edition.own_page(index)
    belongs = is_baked or not wanted.only_baked
    lying = _lying(page, public, scheduled, belongs)
    since = _instant(page.since) if page and not page.is_tombstone else None
    shown = lying in {Lying.CURRENT, Lying.OUTDATED} and wanted.base_url
    address = f"{wanted.base_url.rstrip('/')}/{page_of(index).removesuffix('index.html')}" if shown else ""
    failure = about.get("failure", "")
    at = _instant(about.get("baked_at", ""))
    is_behind = at is None or (changed is not None and changed > at) or bool(edition.waiting())
    then = _next_step(lying, wanted.follow, failure, is_behind)
    return ItemInEdition(str(wanted.folder), lying, since, address, is_behind, failure, then)


def _lying(page: baked.OwnPage | None, public: Publication | None, scheduled: bool, belongs: bool) -> Lying:
    """How an item stands by its page and by what is public of it."""
    if page is None or page.is_tombstone:
        if public is not None and belongs:
            return Lying.WAITING
        if page is not None:
            return Lying.TOMBSTONE if belongs else Lying.LEAVING
        return Lying.SCHEDULED if scheduled and belongs else Lying.APART
    if public is None:
        return Lying.STUCK
    if not belongs:
        return Lying.LEAVING
    written = _instant(page.written_at)
    return Lying.OUTDATED if written is not None and written < public.published_at else Lying.CURRENT


def _next_step(lying: Lying, follow: bool, failure: str, is_behind: bool) -> str:
    """What is to be done, as a sentence; empty when nothing is."""
    if lying is Lying.STUCK:
        return "请马上告诉系统管理员：检查磁盘和文件夹权限，再运行一次 gongkai site bake；来不及的，先从文件夹里删掉这一页。"
    if failure:
        return "请系统管理员检查磁盘空间和文件夹权限，处理后再运行一次 gongkai site bake。"
    if lying in {Lying.WAITING, Lying.OUTDATED, Lying.LEAVING} or (is_behind and lying is not Lying.SCHEDULED):
        waits = "后台程序会接着更新，一般一两分钟；过后仍没有变化的，请系统管理员看后台程序是不是在运行。"
        return waits if follow else "这个文件夹不随时更新。请系统管理员在服务器上运行 gongkai site bake。"
    return ""


def _edition(edition: baked.Edition, changed: dt.datetime | None, is_rearranged: bool) -> StaticEdition:
    wanted, about = edition.wanted, edition.about()
    at = _instant(about.get("baked_at", ""))
    return StaticEdition(
        mark=edition.mark,
        folder=str(wanted.folder),
        base_url=wanted.base_url,
        portal_url=wanted.portal_url,
        only_baked=wanted.only_baked,
        follow=wanted.follow,
        files=len(edition.files()),
        baked_at=at,
        is_behind=at is None or (changed is not None and changed > at),
        taken_out=edition.waiting(),
        failure=about.get("failure", ""),
        failed_at=_instant(about.get("failed_at", "")) if about.get("failure") else None,
        is_rearranged=is_rearranged,
    )


def _changed_at(body: Body) -> dt.datetime | None:
    return Generation.objects.filter(body=body).values_list("changed_at", flat=True).first()


def _instant(written: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None
