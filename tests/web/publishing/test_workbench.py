"""Does each member of staff see what is theirs, with the reason, and nothing of others?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotHere
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.staffed import make_person


def key(bureau: Bureau, role: Role) -> int:
    return bureau.person(role).pk


def test_home__shows_each_person_what_waits_for_them(bureau: Bureau) -> None:
    version = bureau.submitted()
    homes = {role: access.home(key(bureau, role), bureau.body) for role in CONTENT}
    assert {role for role, page in homes.items() if page.to_review} == {Role.DEPARTMENT_REVIEWER}
    assert [r.title for r in homes[Role.CLERK].in_review] == ["关于开展公证服务便民活动的通知"]
    assert homes[Role.CLERK].in_review[0].why.startswith("等待“科室审核”")
    bureau.passed(version, steps=1)
    assert access.home(key(bureau, Role.SECRECY_OFFICER), bureau.body).to_review[0].step == "保密审查"


def test_home__says_why_something_came_back(bureau: Bureau) -> None:
    version = bureau.submitted()
    review_acts.return_step(
        bureau.actor(Role.DEPARTMENT_REVIEWER),
        version.review_id,
        bureau.turn(version).pk,
        digest=version.digest,
        opinion="缺附件",
    )
    assert access.home(key(bureau, Role.CLERK), bureau.body).returned[0].why.startswith("退回理由：缺附件")


def test_home__tells_what_is_overdue_and_by_how_much(bureau: Bureau) -> None:
    long_ago = clock.today() - dt.timedelta(days=90)
    bureau.draft(facts={"made_or_changed_on": long_ago})
    bureau.draft("刚形成的信息")
    row = access.home(key(bureau, Role.UNIT_HEAD), bureau.body).overdue
    assert [(r.is_overdue, "已超过公开期限" in r.why) for r in row] == [(True, True)]


@pytest.mark.parametrize("role", sorted(set(Role) - CONTENT))
def test_roles_without_content__see_no_item(bureau: Bureau, role: Role) -> None:
    item = bureau.draft()
    person = key(bureau, role)
    for look in (
        lambda: access.home(person, bureau.body),
        lambda: access.staff_list(person, bureau.body),
        lambda: access.item_page(person, bureau.body, item.pk),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_clerk__limited_to_a_department_sees_that_department_only(bureau: Bureau) -> None:
    mine = bureau.draft()
    other = Item.objects.get(pk=bureau.draft("法治科的信息").pk)
    Item.objects.filter(pk=other.pk).update(department=bureau.office.departments[1])
    clerk = key(bureau, Role.CLERK)
    assert [r.id for r in access.staff_list(clerk, bureau.body).rows] == [mine.pk]
    with pytest.raises(NotHere):
        access.item_page(clerk, bureau.body, other.pk)
    assert access.staff_list(key(bureau, Role.UNIT_HEAD), bureau.body).count == 2


def test_staff_of_another_body__reach_nothing(bureau: Bureau, other: Bureau) -> None:
    item = bureau.draft()
    stranger = key(other, Role.UNIT_HEAD)
    with pytest.raises(NotAllowed):
        access.item_page(stranger, bureau.body, item.pk)
    with pytest.raises(NotHere):
        access.item_page(stranger, other.body, item.pk)


def test_list__pages_forward_and_back_over_all_rows_once(bureau: Bureau) -> None:
    made = [bureau.draft(f"第{n}条").pk for n in range(7)]
    head = key(bureau, Role.UNIT_HEAD)
    seen, after, pages = [], None, []
    while True:
        page = access.staff_list(head, bureau.body, after=after, size=3)
        pages.append([r.id for r in page.rows])
        seen += pages[-1]
        after = page.next_key
        if after is None:
            break
    assert seen == made[::-1]
    back = access.staff_list(head, bureau.body, before=page.previous_key, size=3)
    assert [r.id for r in back.rows] == pages[-2]


@pytest.mark.parametrize("sort", [f"{turned}{key}" for key in ("changed", "due", "made", "number") for turned in ("", "-")])
def test_list__in_any_order_pages_forward_and_back_over_all_rows_once(bureau: Bureau, sort: str) -> None:
    days = [dt.date(2026, 3, n) for n in (5, 2, 2, 9, 2)]
    made = [bureau.draft(f"第{n}条", facts={"made_or_changed_on": d}) for n, d in enumerate(days)]
    made.append(bureau.published())
    head = key(bureau, Role.UNIT_HEAD)
    forward, after = [], None
    while forward == [] or after is not None:
        page = access.staff_list(head, bureau.body, sort=sort, after=after, size=2)
        forward.append([r.id for r in page.rows])
        after = page.next_key
    whole = [r.id for r in access.staff_list(head, bureau.body, sort=sort, size=100).rows]
    backward = [forward[-1]]
    while page.previous_key is not None:
        page = access.staff_list(head, bureau.body, sort=sort, before=page.previous_key, size=2)
        backward.insert(0, [r.id for r in page.rows])

    assert [i for page in forward for i in page] == whole
    assert [i for page in backward for i in page] == whole
    assert sorted(whole) == sorted(i.pk for i in made)


def test_list__by_deadline_shows_what_is_nearest_first_and_what_nobody_waits_for_last(bureau: Bureau) -> None:
    public = bureau.published()
    late = bureau.draft("后形成的", facts={"made_or_changed_on": dt.date(2026, 3, 9)})
    early = bureau.draft("先形成的", facts={"made_or_changed_on": dt.date(2026, 3, 2)})
    head = key(bureau, Role.UNIT_HEAD)

    assert [r.id for r in access.staff_list(head, bureau.body, sort="due").rows] == [early.pk, late.pk, public.pk]
    assert [r.id for r in access.staff_list(head, bureau.body, sort="-due").rows] == [public.pk, late.pk, early.pk]


def test_list__refuses_an_order_it_has_not_and_a_place_of_another_order(bureau: Bureau) -> None:
    for n in range(3):
        bureau.draft(f"第{n}条")
    head = key(bureau, Role.UNIT_HEAD)
    place = access.staff_list(head, bureau.body, sort="due", size=1).next_key
    for filters in ({"sort": "colour"}, {"sort": "--due"}, {"sort": "made", "after": place}, {"sort": "due", "after": "fHx8"}):
        with pytest.raises(NotHere):
            access.staff_list(head, bureau.body, **filters)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"stage": "draft"}, {"草稿甲"}),
        ({"public": "public"}, {"已公开乙"}),
        ({"public": "not_public"}, {"草稿甲"}),
        ({"text": "甲"}, {"草稿甲"}),
        ({"category": "documents"}, {"草稿甲"}),
        ({"attribute": "proactive"}, {"草稿甲", "已公开乙"}),
        ({"mine": True}, set()),
    ],
)
def test_list__filters(bureau: Bureau, filters: dict[str, Any], titles: set[str]) -> None:
    bureau.draft("草稿甲", key="policies")
    bureau.published(title="已公开乙")
    assert {r.title for r in access.staff_list(key(bureau, Role.UNIT_HEAD), bureau.body, **filters).rows} == titles


def test_list__refuses_a_filter_that_is_not_there(bureau: Bureau) -> None:
    for filters in ({"stage": "x"}, {"after": "!!"}, {"category": "nowhere"}):
        with pytest.raises(NotHere):
            access.staff_list(key(bureau, Role.UNIT_HEAD), bureau.body, **filters)  # type: ignore[arg-type]  # filters of several types


def test_item_page__offers_what_the_person_may_do_now(bureau: Bureau) -> None:
    item = bureau.draft()
    clerk, leader = key(bureau, Role.CLERK), key(bureau, Role.SIGNING_LEADER)
    assert {"publishing.item.edit", "publishing.item.submit"} <= access.item_page(clerk, bureau.body, item.pk).possible
    assert access.item_page(leader, bureau.body, item.pk).possible == frozenset()
    bureau.passed(bureau.submitted(item))
    assert "publishing.item.withdraw" in access.item_page(leader, bureau.body, item.pk).possible
    assert "publishing.item.correct" in access.item_page(clerk, bureau.body, item.pk).possible


def test_item_page__shows_the_clock_with_its_working(bureau: Bureau) -> None:
    page = access.item_page(key(bureau, Role.CLERK), bureau.body, bureau.draft().pk)
    assert page.deadline is not None
    assert page.deadline.steps[0].citations[0].article == "第二十六条"
    assert page.row.due_on == page.deadline.due


def test_review_page__shows_the_difference_to_the_version_before(bureau: Bureau) -> None:
    version = bureau.submitted()
    review_acts.return_step(
        bureau.actor(Role.DEPARTMENT_REVIEWER),
        version.review_id,
        bureau.turn(version).pk,
        digest=version.digest,
        opinion="改标题",
    )
    clerk = bureau.actor(Role.CLERK)
    changes = {"title": "关于开展公证便民活动的通知", "html": "<p>现将有关事项通知如下。</p><p>一、时间为周六。</p>"}
    items.edit(clerk, version.item_id, revision=fresh(version.item).draft.revision, content=changes)
    second = bureau.submitted(fresh(version.item))
    page = access.review_page(key(bureau, Role.DEPARTMENT_REVIEWER), bureau.body, second.review_id)
    assert page.version is not None
    assert page.version.difference["fields"][0]["title"] == "标题"
    assert page.version.difference["text"][-1] == {"kind": "added", "text": "一、时间为周六。"}
    assert (page.why_not, page.may_withdraw) == ("", False)
    assert access.review_page(key(bureau, Role.CLERK), bureau.body, second.review_id).may_withdraw


def test_deputy__decides_in_the_days_of_the_absence_only(bureau: Bureau) -> None:
    from gongkai_web.agencies.models import Deputy

    deputy = make_person("deputy", "宁远舟")
    Membership.objects.create(person=deputy, body=bureau.body, role=Role.CLERK, from_day=clock.today())
    version = bureau.submitted()
    assert access.review_page(deputy.pk, bureau.body, version.review_id).why_not
    Deputy.objects.create(
        person=bureau.person(Role.DEPARTMENT_REVIEWER),
        deputy=deputy,
        body=bureau.body,
        from_day=clock.today(),
        until_day=clock.today(),
    )
    page = access.review_page(deputy.pk, bureau.body, version.review_id)
    assert (page.why_not, deputy.pk in dict(page.signers)) == ("", True)
