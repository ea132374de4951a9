"""What is printed: one item for a board, many for a rack or a counter, each with the code of its page?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from gongkai.writing.notice import Block, Listed, Listing, Notice, Paragraph, Run, listing_pdf, notice_pdf
from gongkai_web.agencies.models import Body
from gongkai_web.outlets import addresses
from gongkai_web.outlets.blocks import blocks
from gongkai_web.outlets.models import Form
from gongkai_web.publishing import access
from gongkai_web.publishing.access import PublicItem
from gongkai_web.ui import clock
from gongkai_web.ui.qr import qr_svg
from gongkai_web.ui.refusals import NotHere

MOST = 200
"""So many items go on one printed list."""
SHORT_SUMMARY = 90


def notice(body: Body, index_number: str, form: str, before: str) -> bytes:
    """The PDF that is hung: the title alone, large, or with the summary, or the whole text. NotHere for what is not public."""
    item = access.public_item(body, index_number)
    if item is None:
        raise NotHere("没有这条信息，或者它现在没有公开，不能打印张贴。")
    if form not in Form.values:
        raise NotHere("张贴页只有标题、标题和概述、全文三种。")
    address = addresses.of_item(item, before)
    day = item.first_published_at.astimezone(clock.BEIJING).date()
    about = [
        f"索引号：{item.index_number}",
        f"发布机关：{item.issuer or body.name}",
        f"发布日期：{_day(day)}",
    ]
    files = [a for a in item.attachments if not a.embedded]
    if files:
        about.append(f"附件 {len(files)} 个，扫码后在网页上查看。")
    about.append("用手机扫描二维码，查看网页上的原文。")
    made = Notice(
        body=body.name,
        title=item.title,
        number=item.document_number,
        day=day,
        blocks=_shown(body, item, form),
        about=tuple(about),
        code=qr_svg(address),
        address=address,
        large=form != Form.TEXT,
    )
    return notice_pdf(made)


def listing(body: Body, index_numbers: Sequence[str], title: str, before: str, today: dt.date) -> bytes:
    """The PDF of a list: those of the items that are public now, by category, each with its code. NotHere when none is."""
    items = [found for number in index_numbers[:MOST] if (found := access.public_item(body, number)) is not None]
    if not items:
        raise NotHere("所选的信息现在都没有公开，不能印制目录。请重新选择。")
    parts: dict[str, list[Listed]] = {}
    for item in items:
        parts.setdefault(item.category.name, []).append(_listed(item, before))
    made = Listing(
        body=body.name,
        title=title,
        day=today,
        note=f"{_day(today)}印制，共 {len(items)} 条。用手机扫描二维码，查看原文。",
        parts=tuple((name, tuple(rows)) for name, rows in parts.items()),
    )
    return listing_pdf(made)


def _shown(body: Body, item: PublicItem, form: str) -> tuple[Block, ...]:
    if form == Form.TITLE:
        return ()
    if form == Form.SUMMARY:
        return (Paragraph((Run(item.summary),)),) if item.summary else ()
    places = {a.address: a.position for a in item.attachments}

    def find(address: str) -> Path | None:
        position = places.get(address)
        kept = access.public_file(body, item.index_number, position) if position else None
        return kept.path if kept else None

    return blocks(item.html, find)


def _listed(item: PublicItem, before: str) -> Listed:
    address = addresses.of_item(item, before)
    published = item.first_published_at.astimezone(clock.BEIJING).date()
    facts = [f for f in (item.document_number, item.index_number, f"{_day(published)}发布", item.validity) if f]
    summary = item.summary if len(item.summary) <= SHORT_SUMMARY else f"{item.summary[: SHORT_SUMMARY - 1]}…"
    return Listed(item.title, tuple(facts), summary, qr_svg(address), address)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
