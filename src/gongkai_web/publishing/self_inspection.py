"""What would an inspection of the website find today, and where is it mended?

Indicators of 国办秘函〔2019〕19号 as platform.md of the research tells them, with how far each was checked against its source; the parts of
the guide by art 12; what the documents of a body need beside their text. Nothing is fetched: links to other sites are listed only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from html import unescape
from urllib.parse import quote, unquote

from django.db.models import Max

from gongkai.kernel import Mark
from gongkai_web.agencies import facts
from gongkai_web.agencies.models import Body, InternalRule
from gongkai_web.files import storage
from gongkai_web.publishing import clocks, register, visible
from gongkai_web.publishing.kinds import POLICIES, REGISTERED
from gongkai_web.publishing.models import Category, Item, Publication, Stage, Validity
from gongkai_web.publishing.revoked import revoked
from gongkai_web.ui import clock

NEWS_WORDS = ("动态", "要闻")
NOTICE_WORDS = ("通知公告", "政策文件")
NEWS_WEEKS = 2
NOTICE_MONTHS = 6
TOO_MANY = 5
"""So many empty, or so many stale, columns fail a whole site."""
_HREF = re.compile(r'<a\b[^>]*? href="([^"]*)"')
_INFO = re.compile(r"(?:/b/(?P<slug>[a-z0-9-]+))?/info/(?P<index>.+?)/(?:files/(?P<position>\d+)/[^/]*)?\Z")
_UNDER_WAY = (Stage.DRAFT, Stage.RETURNED, Stage.REVIEW, Stage.APPROVED)
INSPECTION = "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）"
ENFORCEMENT = "国办发〔2018〕118号"
ORDINANCE = "《中华人民共和国政府信息公开条例》"


class Weight(StrEnum):
    """How much a finding weighs."""

    VETO = "单项否决"
    DUTY = "法定要求"
    MEND = "需要整改"
    ADVICE = "建议改进"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to mend: what and where, why, by which rule and how far that was checked. ``address`` is the screen on which it is mended.

    ``item_id`` is set where the point tells of an item that is not public: who does not reach it is not told.
    """

    code: str
    weight: Weight
    subject: str
    words: str
    then: str
    address: str
    rule: str
    mark: str
    item_id: int | None = None


INDICATORS = {
    "home": "首页不更新",
    "columns": "栏目不合格",
    "empty": "空白栏目",
    "stale": "栏目不更新",
    "overdue": "超过公开期限",
    "revoked": "决定被撤销仍在公开",
    "guide": "公开指南不完整",
    "rules": "没有公开制度",
    "no_day": "没有成文日期",
    "dead": "链接打不开",
    "lost": "附件不见了",
    "outside": "通向其他网站的链接",
    "validity": "没有标注有效性",
    "late_interpretation": "解读超过期限",
    "no_interpretation": "没有解读",
}
"""The codes of points and what each indicator is called, in the order of the list of filters."""

MARK_WORDS = {Mark.READ: "原文核对", Mark.RELAYED: "转述", Mark.UNVERIFIED: "未核实"}


def points(body: Body) -> tuple[Point, ...]:
    """Everything to mend at a body, the heaviest first."""
    now = clock.now()
    found = [
        *_categories(body, now),
        *_overdue(body, now),
        *_revoked(body),
        *_guide(body),
        *_days(body, now),
        *_links(body, now),
        *_documents(body, now),
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda p: order.index(p.weight)))


def _categories(body: Body, now: dt.datetime) -> Iterator[Point]:
    """Columns that are empty or have had nothing new for too long, and whether they are so many that the whole site fails."""
    today = now.astimezone(clock.BEIJING).date()
    latest = dict(visible.public(now).filter(body=body).values_list("category_id").annotate(at=Max("listed_at")))
    rows = list(Category.objects.filter(body=body, closed_on=None).order_by("position", "id"))
    newest = max(latest.values(), default=None)
    if newest is None or newest.astimezone(clock.BEIJING).date() < today - dt.timedelta(weeks=NEWS_WEEKS):
        words = f"整个平台{NEWS_WEEKS}周没有公开新的信息。"
        yield _point("home", Weight.VETO, "首页", words, "请公开新的信息。", "/work/items/new/", INSPECTION, Mark.RELAYED)
    empty = stale = 0
    for row in rows:
        times = [latest[c.pk] for c in (row, *_below(row, rows)) if c.pk in latest]
        address = f"/work/items/new/?category={row.key}"
        if not times:
            empty += 1
            address = f"/work/items/categories/{row.key}/"
            then = "请补上信息；确实没有内容的，停用这个栏目。"
            yield _point("empty", Weight.MEND, row.name, "这个栏目没有一条公开的信息。", then, address, INSPECTION, Mark.RELAYED)
            continue
        since = max(times).astimezone(clock.BEIJING).date()
        limit, span = _limit(row.name, today)
        if limit is not None and since < limit:
            stale += 1
            words = f"最近一条是{since.isoformat()}公开的，超过{span}没有更新。"
            yield _point("stale", Weight.MEND, row.name, words, "请公开新的信息。", address, INSPECTION, Mark.RELAYED)
    for count, word, code in ((empty, "空白", "empty"), (stale, "长期不更新", "stale")):
        if count >= TOO_MANY:
            words = f"{word}的栏目有 {count} 个，达到 {TOO_MANY} 个即整个网站不合格。"
            yield _point(
                "columns",
                Weight.VETO,
                "栏目",
                words,
                "请先补上列出的栏目，或者停用不需要的栏目。",
                f"/work/inspection/?indicator={code}",
                INSPECTION,
                Mark.RELAYED,
            )


def _limit(name: str, today: dt.date) -> tuple[dt.date | None, str]:
    """Since when a column of this name must have something new; None where no span is set."""
    if any(w in name for w in NEWS_WORDS):
        return today - dt.timedelta(weeks=NEWS_WEEKS), f"{NEWS_WEEKS}周"
    if any(w in name for w in NOTICE_WORDS):
        return _months_before(today, NOTICE_MONTHS), f"{NOTICE_MONTHS}个月"
    return None, ""


def _overdue(body: Body, now: dt.datetime) -> Iterator[Point]:
    """What should have been public by now."""
    today = now.astimezone(clock.BEIJING).date()
    rows = Item.objects.filter(body=body, stage__in=_UNDER_WAY, first_published_at=None, due_on__lt=today)
    for item in rows.select_related("draft", "category").order_by("due_on", "id"):
        assert item.due_on is not None
        key = clocks.period_of(item.category, item.kind)
        provision = clocks.provision(key, item.made_or_changed_on)
        rule = str(provision.citation) if provision is not None else f"{ORDINANCE}第二十六条"
        mark = provision.mark if provision is not None else Mark.READ
        words = (
            f"应当在{item.due_on.isoformat()}以前公开，现在{Stage(item.stage).label}，已超过 {(today - item.due_on).days} 天。"
        )
        address = f"/work/items/{item.pk}/"
        point = _point("overdue", Weight.DUTY, item.draft.title, words, "请尽快办完审核并公开。", address, rule, mark)
        yield replace(point, item_id=item.pk)


def _revoked(body: Body) -> Iterator[Point]:
    """Decisions that hold no longer and can still be read."""
    for row in revoked(Item.objects.filter(body=body)).select_related("item__draft"):
        words = f"这份决定已于{row.revoked_on.isoformat()}被撤销（{row.by_document}），现在还在公开。"
        address = f"/work/items/{row.item_id}/"
        yield _point("revoked", Weight.DUTY, row.item.draft.title, words, "请及时撤下。", address, ENFORCEMENT, Mark.READ)


def _guide(body: Body) -> Iterator[Point]:
    """What arts 4 and 12 ask of the guide and the body has not said."""
    for part in facts.missing(body):
        words = f"公开指南没有写明{part.name}：{part.why}。"
        then = "请在机关信息里补上。"
        yield _point("guide", Weight.DUTY, "政府信息公开指南", words, then, "/work/body/unit/", f"{ORDINANCE}第十二条", Mark.READ)
    if not InternalRule.objects.filter(body=body, repealed_on=None).exists():
        words = "还没有登记政府信息公开工作制度。"
        yield _point(
            "rules",
            Weight.ADVICE,
            "政府信息公开制度",
            words,
            "请登记制度。",
            "/work/body/rules/new/",
            f"{ORDINANCE}第四条",
            Mark.READ,
        )


def _days(body: Body, now: dt.datetime) -> Iterator[Point]:
    """Documents without the day on which they were made, which the catalogue must name."""
    rows = visible.public(now).filter(body=body, version__made_on=None).select_related("version", "item")
    for row in rows.filter(item__kind__in=POLICIES).order_by("-listed_at"):
        words = "没有填写成文日期；没有日期的内容，检查时按没有更新计算。"
        rule = f"{ORDINANCE}第十二条；{INSPECTION}"
        yield _point(
            "no_day", Weight.MEND, row.version.title, words, "请办理更正，补上成文日期。", _staff(row), rule, Mark.RELAYED
        )


def _links(body: Body, now: dt.datetime) -> Iterator[Point]:
    """Links in public texts that lead to nothing of ours any more; those to other sites are listed for a person to open."""
    for row in (
        visible.public(now).filter(body=body).select_related("version", "item").order_by("-listed_at").iterator(chunk_size=500)
    ):
        outside = 0
        for href in dict.fromkeys(unescape(h) for h in _HREF.findall(row.version.html)):
            if href.startswith(("http://", "https://")) and not _is_own(body, href):
                outside += 1
            elif _is_dead(body, href, now):
                words = f"正文里的链接打不开：{href}"
                then = "请办理更正，改正或者去掉这个链接。"
                yield _point("dead", Weight.MEND, row.version.title, words, then, _staff(row), INSPECTION, Mark.UNVERIFIED)
        for kept in row.version.attachments:
            if not storage.path_of(kept["digest"]).is_file():
                words = f"附件“{kept['name']}”的文件不见了。"
                then = "请系统管理员从备份恢复。"
                yield _point("lost", Weight.MEND, row.version.title, words, then, _staff(row), INSPECTION, Mark.UNVERIFIED)
        if outside:
            words = f"正文里有 {outside} 个链接通向其他网站，系统没有打开核对。"
            yield _point(
                "outside",
                Weight.ADVICE,
                row.version.title,
                words,
                "请由人逐个打开看过。",
                _staff(row),
                INSPECTION,
                Mark.UNVERIFIED,
            )


def _documents(body: Body, now: dt.datetime) -> Iterator[Point]:
    """Normative documents without validity or without interpretation."""
    today = now.astimezone(clock.BEIJING).date()
    rows = visible.public(now).filter(body=body, item__kind__in=REGISTERED).select_related("version", "item")
    for row in rows.order_by("-listed_at"):
        if visible.validity(row.item, today) == Validity.NONE:
            words = "没有标注有效性。"
            then = "请在这条信息里提出变更有效性，标注有效、修改、废止或者失效。"
            rule = f"{ORDINANCE}第二十条第一项"
            yield _point("validity", Weight.ADVICE, row.version.title, words, then, _staff(row), rule, Mark.UNVERIFIED)
    for each in register.uninterpreted(body):
        due = each.deadline.due if each.deadline else None
        rule, then = (
            "国办发〔2016〕80号",
            "请起草科室编写解读，公开后与文件关联；确实不需要解读的，由公开工作机构负责人写明理由。",
        )
        address = f"/work/interpretations/?text={quote(each.index_number)}"
        if due is not None and due < today:
            words = f"应当在{due.isoformat()}以前公开解读，已超过 {(today - due).days} 天。"
            yield _point("late_interpretation", Weight.MEND, each.title, words, then, address, rule, Mark.RELAYED)
        else:
            words = "没有关联已经公开的解读。"
            yield _point("no_interpretation", Weight.ADVICE, each.title, words, then, address, rule, Mark.RELAYED)


def _is_own(body: Body, href: str) -> bool:
    return bool(body.host) and href.partition("://")[2].partition("/")[0].lower() == body.host.lower()


def _is_dead(body: Body, href: str, now: dt.datetime) -> bool:
    """Whether an address of our own names an item, or a file of one, that is not public."""
    path = unquote(href.partition("#")[0].partition("?")[0])
    if _is_own(body, href):
        path = f"/{path.partition('://')[2].partition('/')[2]}"
    found = _INFO.match(path)
    if not found:
        return False
    owner = Body.objects.filter(slug=found["slug"]).first() if found["slug"] else body
    if owner is None:
        return True
    row = visible.public(now).select_related("version").filter(body=owner, item__index_number=found["index"]).first()
    if row is None or not found["position"]:
        return row is None
    return not 1 <= int(found["position"]) <= len(row.version.attachments)


def _below(top: Category, rows: list[Category]) -> list[Category]:
    found = [r for r in rows if r.parent_id == top.pk]
    return [*found, *(deeper for r in found for deeper in _below(r, rows))]


def _months_before(day: dt.date, months: int) -> dt.date:
    total = day.year * 12 + day.month - 1 - months
    return dt.date(total // 12, total % 12 + 1, min(day.day, 28))


def _staff(row: Publication) -> str:
    return f"/work/items/{row.item_id}/"


def _point(code: str, weight: Weight, subject: str, words: str, then: str, address: str, rule: str, mark: Mark) -> Point:
    return Point(code, weight, subject, words, then, address, rule, MARK_WORDS[mark])
