"""What of items and reviews stands on somebody's first page?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.agencies.standing import Standing
from gongkai_web.files.access import marked_uploads
from gongkai_web.publishing import access
from gongkai_web.publishing.access.choices import category_choices
from gongkai_web.publishing.access.inspection import SEEN_BY
from gongkai_web.publishing.actions.publication import WITHDRAWERS
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.index_numbers import missing_codes
from gongkai_web.publishing.self_inspection import Weight
from gongkai_web.ui import clock
from gongkai_web.workbench.today import Group, Matter

RECENT = dt.timedelta(weeks=2)


def item_matters(standing: Standing) -> Sequence[Matter]:
    """Every item and review that concerns the person, each once, where it is most urgent."""
    if not standing.holds(*CONTENT):
        return ()
    return tuple(_each_once(standing))


def _each_once(standing: Standing) -> Iterator[Matter]:
    home = access.home(standing.person.pk, standing.body)
    for waits in home.to_review:
        why = f"轮到您办理“{waits.step}”，{waits.drafter}送审。"
        since = waits.opened_at.astimezone(clock.BEIJING).date()
        yield Matter(Group.MINE, waits.title, why, reverse("work_review", args=[waits.id]), since=since)
    told: set[int] = set()
    takes_down = standing.holds(*WITHDRAWERS)
    for row, day in home.to_take_down:
        told.add(row.id)
        why = (
            f"这份决定已于{day.isoformat()}被撤销，请及时撤下。"
            if takes_down
            else f"已于{day.isoformat()}被撤销，等待有权撤下的人撤下。"
        )
        yield Matter(Group.MINE if takes_down else Group.WATCH, row.title, why, reverse("work_item", args=[row.id]), since=day)
    parts = (
        (Group.RETURNED, home.returned, ""),
        (Group.MINE, home.to_publish if standing.holds(*DRAFTERS) else (), ""),
        (Group.MINE, home.drafts, "草稿，还没有送审。"),
        (Group.DUE, home.overdue, ""),
        (Group.DUE, home.due_soon, ""),
        (Group.WATCH, home.to_reassess, "到了重新评估的日期，看一看现在能不能公开。"),
        (Group.WATCH, home.scheduled, ""),
        (Group.WATCH, home.in_review, ""),
        (Group.WATCH, _withdrawn(standing), "最近撤下，理由见信息页面。要重新公开的，请重新起草、送审。"),
    )
    for group, rows, why in parts:
        for row in rows:
            if row.id not in told:
                told.add(row.id)
                yield Matter(group, row.title, why or _why(row), reverse("work_item", args=[row.id]), due=row.due_on)


def _why(row: access.StaffRow) -> str:
    """The reason without the due day, which has a column of its own."""
    first = row.why.split("；")[0]
    told = "" if "公开期限" in first else first
    return f"{told or f'{row.standing}，由{row.keeper}经办'}。".replace("。。", "。")


def _withdrawn(standing: Standing) -> tuple[access.StaffRow, ...]:
    rows = access.staff_list(standing.person.pk, standing.body, stage="withdrawn", mine=True, size=5).rows
    return tuple(r for r in rows if clock.now() - r.changed_at <= RECENT)


def interpretations(standing: Standing) -> Sequence[Matter]:
    """Documents of the last months that somebody who drafts has still to interpret."""
    if not standing.holds(*DRAFTERS):
        return ()
    return tuple(
        Matter(
            Group.DUE,
            f"写解读：{row.title}",
            "文件已经公开，还没有解读。谁起草、谁解读。",
            reverse("work_interpretation_write", args=[row.item_id]),
            due=row.due,
        )
        for row in access.due_lately(standing.person.pk, standing.body)
    )


def cleanups(standing: Standing) -> Sequence[Matter]:
    """What of the clean-ups that run waits for the person."""
    if not standing.holds(*DRAFTERS, Role.SIGNING_LEADER):
        return ()
    return tuple(_of_cleanups(standing))


def _of_cleanups(standing: Standing) -> Iterator[Matter]:
    for waits in access.campaigns_waiting(standing.person.pk, standing.body):
        row, address = waits.campaign, reverse("work_cleanup", args=[waits.campaign.id])
        if waits.to_propose:
            why = f"有 {waits.to_propose} 件文件要提出继续有效、修改、废止或者失效的意见。"
            yield Matter(Group.MINE, row.title, why, f"{address}?state=open", due=row.until_day)
        if waits.to_decide:
            why = f"有 {waits.to_decide} 件文件的清理意见等您决定。"
            yield Matter(Group.MINE, row.title, why, f"{address}?state=proposed")
        if waits.may_lead and row.total == row.decided and not row.concluded:
            yield Matter(Group.MINE, row.title, "全部文件已经决定，可以汇总结果、起草公告。", address)
        if waits.may_lead and row.is_published and row.to_apply:
            why = f"结果已经公布，有 {row.to_apply} 件废止、失效的文件要变更有效性。"
            yield Matter(Group.MINE, row.title, why, address)


def inspected(standing: Standing) -> Sequence[Matter]:
    """How much the last inspection of the site found to mend, advice left out."""
    if not standing.holds(*SEEN_BY):
        return ()
    page = access.inspection_page(standing.person.pk, standing.body)
    if page.looked_at is None:
        return ()
    told = [f"{word} {n} 处" for word, n in page.by_weight if n and word != Weight.ADVICE]
    count = sum(n for word, n in page.by_weight if word != Weight.ADVICE)
    if not count:
        return ()
    since = page.looked_at.astimezone(clock.BEIJING).date()
    return (Matter(Group.WATCH, f"网站自查有 {count} 处要整改", f"{'，'.join(told)}。", reverse("work_inspection"), since=since),)


def arrangement(standing: Standing) -> Sequence[Matter]:
    """A body without categories can publish nothing."""
    if not standing.holds(Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR) or category_choices(standing.body, standing.day):
        return ()
    why = "还没有公开栏目，不能新建信息。可以从标准栏目开始，以后再改。"
    return (Matter(Group.MINE, "设立公开栏目和审核环节", why, reverse("work_item_categories")),)


def index_codes(standing: Standing) -> Sequence[Matter]:
    """A body whose index numbers need a code that it has not filled in can begin nothing."""
    missing = missing_codes(standing.body) if standing.holds(Role.SYSTEM_ADMINISTRATOR, Role.UNIT_HEAD, Role.CLERK) else ()
    if not missing:
        return ()
    own = standing.holds(Role.SYSTEM_ADMINISTRATOR)
    why = f"索引号里要用到，没有填写就不能新建信息。{'' if own else '由系统管理员填写。'}"
    return (
        Matter(
            Group.MINE if own else Group.WATCH,
            f"填写{'、'.join(missing)}",
            why,
            reverse("work_body_site" if own else "work_body"),
        ),
    )


def marked(standing: Standing) -> Sequence[Matter]:
    """For the secrecy officer: uploads refused for a marking within the last days."""
    if not standing.holds(Role.SECRECY_OFFICER):
        return ()
    since = clock.now() - RECENT
    fresh = [m for m in marked_uploads(standing.body) if m.allowed_at is None and m.uploaded_at >= since]
    if not fresh:
        return ()
    why = f"最近两周有 {len(fresh)} 个文件因为带密级标志被拒收。请核实；确属误报的可以放行。"
    return (Matter(Group.WATCH, "带密级标志的上传", why, reverse("work_review_marked")),)
