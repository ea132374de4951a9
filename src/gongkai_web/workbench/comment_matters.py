"""What of comment periods stands on somebody's first page?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from gongkai.calendar.spans import add_days
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.comment_periods import access
from gongkai_web.comment_periods.access import PeriodRow
from gongkai_web.comment_periods.handling import DECIDERS, MODERATORS, PREPARERS
from gongkai_web.workbench.today import Group, Matter, urgency


def comment_matters(standing: Standing) -> Sequence[Matter]:
    """What waits to begin, ends soon, waits to be looked at, ended without an account, or lost its draft."""
    if not standing.holds(*CONTENT):
        return ()
    rows = access.period_rows(standing.person.pk, standing.body)
    return tuple(matter for row in rows for matter in _of(standing, row))


def _of(standing: Standing, row: PeriodRow) -> Iterator[Matter]:
    page = reverse("work_comment_period", args=[row.id])
    title = f"意见征集：{row.title}"
    if row.state == "planned":
        yield from _planned(standing, row, title, page)
    elif row.state == "open":
        yield from _open(standing, row, title, page)
    if row.waiting and row.state != "planned" and standing.holds(*MODERATORS):
        waiting = f"{reverse('work_comment_received', args=[row.id])}?verdict=waiting"
        yield Matter(Group.MINE, title, f"有 {row.waiting} 条意见等待审看，审看后才能展示。", waiting, since=row.opens_on)
    if row.state == "closed" and not row.feedback_is_public and standing.holds(*PREPARERS):
        why = f"已截止，尚未公布采纳情况。共收到意见 {row.comments} 条，{row.account}。"
        yield Matter(Group.MINE, title, why, reverse("work_comment_adoption", args=[row.id]), since=row.closes_on)


def _planned(standing: Standing, row: PeriodRow, title: str, page: str) -> Iterator[Matter]:
    ready = row.draft_is_public and row.explanation_is_public
    if ready and standing.holds(*DECIDERS) and standing.person.pk not in row.authors:
        yield Matter(Group.MINE, title, "征求意见稿和起草说明都已公开，请核对后开始征求意见。", page)
    elif standing.person.pk in row.authors:
        why = "等另一位同事核对后开始。" if ready else "征求意见稿和起草说明都公开以后，由另一位同事核对后开始。"
        yield Matter(Group.WATCH, title, why, page)


def _open(standing: Standing, row: PeriodRow, title: str, page: str) -> Iterator[Matter]:
    if not (row.draft_is_public and row.explanation_is_public):
        lost = "征求意见稿" if not row.draft_is_public else "起草说明"
        then = "公众已经看不到这次征集，也不能提出意见。" if not row.draft_is_public else "公众看不到起草说明了。"
        yield Matter(Group.MINE, title, f"{lost}已经撤下，{then}请重新公开，或者终止这次征集。", page)
    if row.closes_on == standing.day:
        why = f"征集今天截止，已收到意见 {row.comments} 条。"
    elif row.closes_on == add_days(standing.day, 1):
        why = f"征集明天截止，已收到意见 {row.comments} 条。"
    elif urgency(row.closes_on, standing.day).level:
        why = f"征集快要截止，已收到意见 {row.comments} 条。"
    else:
        return
    yield Matter(Group.DUE, title, why, page, due=row.closes_on)
