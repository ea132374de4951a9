"""Which screens are there for whom, and which page of the manual explains each?"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.agencies.standing import Standing

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
READS_TRAIL = ADMINISTRATORS | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the navigation: ``route`` is where it leads, ``routes`` whose screens belong to it, ``roles`` who sees it (none: all)."""

    word: str
    route: str
    routes: tuple[str, ...]
    topic: str
    roles: frozenset[Role] = frozenset()


ENTRIES = (
    Entry("今日", "work_home", ("work_home",), "今日"),
    Entry(
        "信息",
        "work_items",
        ("work_item", "work_paste", "work_inspection", "work_interpretation", "work_cleanup"),
        "信息",
        CONTENT,
    ),
    Entry("审核", "work_reviews", ("work_review",), "审核", CONTENT),
    Entry("意见征集", "work_comments", ("work_comment",), "意见征集", CONTENT),
    Entry("渠道", "work_places", ("work_place", "work_sheet", "work_new_media", "work_visit"), "渠道", CONTENT),
    Entry("下级机关", "work_below", ("work_below",), "本机关", frozenset({Role.SUPERIOR})),
    Entry("网站自查", "work_inspection", ("work_inspection",), "自查", frozenset({Role.SUPERIOR})),
    Entry("人员", "work_people", ("work_people", "work_person"), "人员"),
    Entry("本机关", "work_body", ("work_body", "work_deputies"), "本机关"),
    Entry("操作记录", "work_trail", ("work_trail",), "操作记录", READS_TRAIL),
    Entry("年报工作台", "desk", ("desk", "write", "check", "compare"), "开始"),
)

BESIDE = (
    Entry("网站自查", "work_inspection", ("work_inspection",), "自查"),
    Entry("文件清理", "work_cleanups", ("work_cleanup",), "清理"),
    Entry("政策解读", "work_interpretations", ("work_interpretation",), "解读"),
)
"""Screens that are reached from those above; they have pages of the manual of their own."""
SIGNING = Entry("登录", "work_sign_in", ("work_sign", "work_password", "work_second_factor", "work_choose"), "登录")


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the navigation as shown."""

    word: str
    address: str
    here: bool


def links(standing: Standing, route: str) -> tuple[Link, ...]:
    """The navigation of somebody on the screen ``route``; screens that are not there are left out."""
    shown = []
    for entry in ENTRIES:
        if entry.roles and not standing.holds(*entry.roles):
            continue
        try:
            address = reverse(entry.route)
        except NoReverseMatch:
            continue
        shown.append(Link(entry.word, address, belongs(entry, route)))
    return tuple(shown)


def topic_of(route: str) -> str:
    """The page of the manual that explains a screen; empty when there is none."""
    return next((e.topic for e in (*BESIDE, *ENTRIES, SIGNING) if belongs(e, route)), "")


def belongs(entry: Entry, route: str) -> bool:
    """Whether a screen belongs to a word of the navigation."""
    return any(route == r or route.startswith((f"{r}_", f"{r}s_")) or route == f"{r}s" for r in entry.routes)
