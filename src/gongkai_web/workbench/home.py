"""What does somebody see first after signing in: what is theirs, what is due, what came back, and why?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai_web.accounts import second_factor
from gongkai_web.agencies import access, facts
from gongkai_web.agencies.doors import staff_only
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role, clashing
from gongkai_web.agencies.standing import Standing, standing_of
from gongkai_web.flow.standing import notices
from gongkai_web.publishing import baked
from gongkai_web.workbench.absence import matters as stranded_matters
from gongkai_web.workbench.comment_matters import comment_matters
from gongkai_web.workbench.item_matters import (
    arrangement,
    cleanups,
    index_codes,
    inspected,
    interpretations,
    item_matters,
    marked,
)
from gongkai_web.workbench.new_media import matters as new_media_matters
from gongkai_web.workbench.places import matters as place_matters
from gongkai_web.workbench.today import GROUP_WORDS, Group, Matter, Provider, urgency

FEW_CODES = 3


def own_sign_in(standing: Standing) -> Sequence[Matter]:
    """Few recovery codes left."""
    if second_factor.factor_of(standing.person) is None:
        return ()
    left = second_factor.codes_left(standing.person)
    if left > FEW_CODES:
        return ()
    why = f"备用码只剩 {left} 个，用完后手机不在身边就不能登录。"
    return (Matter(Group.WATCH, "换一组备用码", why, reverse("work_second_factor")),)


def standing_in(standing: Standing) -> Sequence[Matter]:
    """For whom one stands in these days."""
    return tuple(
        Matter(Group.WATCH, f"代理{d.person}的职责", f"代理到 {d.until_day.isoformat()}。{d.note}", reverse("work_deputies"))
        for d in access.deputies(standing.body, standing.day)
        if d.deputy_id == standing.person.pk and d.running
    )


def unit_facts(standing: Standing) -> Sequence[Matter]:
    """What the guide needs and the body does not say yet."""
    if not standing.holds(Role.UNIT_HEAD, Role.CLERK, Role.SYSTEM_ADMINISTRATOR):
        return ()
    missing = facts.missing(standing.body)
    if not missing:
        return ()
    names = "、".join(m.name for m in missing[:4]) + ("等" if len(missing) > 4 else "")
    why = f"公开指南应当写明，现在还缺 {len(missing)} 项：{names}。"
    return (Matter(Group.MINE, "补全公开工作机构信息", why, reverse("work_body_unit")),)


def people(standing: Standing) -> Sequence[Matter]:
    """For the security administrator: who cannot get in, who has no role or roles that may not meet; which role nobody has."""
    if not standing.holds(Role.SECURITY_ADMINISTRATOR):
        return ()
    found = []
    for row in access.people(standing.body, standing.day):
        address = reverse("work_person", args=[row.id])
        if row.locked_until is not None:
            found.append(Matter(Group.MINE, f"{row.name}的登录暂停了", "连续几次没有登录成功。核实是本人后可以解除。", address))
        elif row.active and not row.roles:
            found.append(Matter(Group.WATCH, f"给{row.name}授予职责", "已经登记，还没有任何职责，登录后办不了事。", address))
        clash = clashing([r for r in Role if ROLE_WORDS[r] in row.roles])
        if row.active and clash & CONTENT and not standing.body.tiny_reason:
            words = "、".join(ROLE_WORDS[r] for r in ROLE_WORDS if r in clash)
            why = f"现在同时是{words}。管理员不接触办件内容，只有管理员的职责起作用。请终止其中一种，人手不够的登记为人员不足的机关。"
            found.append(Matter(Group.MINE, f"分开{row.name}的职责", why, address))
    empty = access.roles_nobody_has(standing.body, standing.day, CONTENT)
    if empty:
        why = f"还没有人担任：{'、'.join(empty)}。缺了他们，审核走不下去。"
        found.append(Matter(Group.WATCH, "补齐职责", why, reverse("work_people")))
    return found


def background(standing: Standing) -> Sequence[Matter]:
    """For the system administrator: what the server should be doing by itself and does not."""
    if not standing.holds(Role.SYSTEM_ADMINISTRATOR):
        return ()
    return tuple(Matter(Group.MINE, "后台程序有异常", n.words, reverse("help_topic", args=["管理"])) for n in notices())


def static_pages(standing: Standing) -> Sequence[Matter]:
    """A folder of static pages that could not be brought up to the present."""
    if not standing.holds(Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR):
        return ()
    then = "请系统管理员检查磁盘空间和文件夹权限；后台程序每分钟会再试一次。"
    return tuple(
        Matter(Group.WATCH, f"静态页面没有更新（{f.folder}）", f"{f.words.rstrip('。')}。{then}", reverse("work_body_static"))
        for f in baked.failures(standing.body.slug)
    )


PROVIDERS: tuple[Provider, ...] = (
    place_matters,
    item_matters,
    stranded_matters,
    comment_matters,
    interpretations,
    cleanups,
    arrangement,
    index_codes,
    marked,
    inspected,
    unit_facts,
    people,
    static_pages,
    new_media_matters,
    background,
    standing_in,
    own_sign_in,
)


@require_safe
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """Everything the providers know, by group, the most urgent first."""
    standing = standing_of(request)
    if standing is None:
        return render(request, "workbench/nowhere.html")
    matters = list(chain.from_iterable(provider(standing) for provider in PROVIDERS))
    groups = [
        (group, words, [(m, urgency(m.due, standing.day) if m.due else None) for m in _sorted(matters, group, standing.day)])
        for group, words in GROUP_WORDS.items()
    ]
    return render(request, "workbench/home.html", {"groups": groups, "count": len(matters), "day": standing.day})


def _sorted(matters: Sequence[Matter], group: Group, day: dt.date) -> list[Matter]:
    found = [m for m in matters if m.stands_under(day) is group]
    return sorted(found, key=lambda m: (m.due or dt.date.max, m.since or dt.date.max, m.title))
