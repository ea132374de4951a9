"""Does the work of an absent person, or one item, go only to who may open it, and is what stays behind told?"""

from __future__ import annotations

import pytest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Department, Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import standing_facts
from gongkai_web.publishing.models import Item
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotPossible
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_person


def test_work_of_an_absent_person__is_handed_over_in_one_act(bureau: Bureau) -> None:
    version = bureau.submitted()
    deputy = make_person("deputy", "宁远舟")
    Membership.objects.create(person=deputy, body=bureau.body, role=Role.DEPARTMENT_REVIEWER, from_day=clock.today())
    absent = bureau.person(Role.DEPARTMENT_REVIEWER)
    head = bureau.actor(Role.UNIT_HEAD)
    done = standing_facts.hand_over(head, bureau.body.pk, absent_id=absent.pk, to_id=deputy.pk, reason="出差")
    assert ([h.key for h in done.steps], done.items, done.left) == ([version.review_id], (), ())
    with pytest.raises(NotAllowed, match="已经交由宁远舟办理"):
        bureau.passed(version, steps=1)
    with pytest.raises(NotPossible):
        standing_facts.hand_over(
            head, bureau.body.pk, absent_id=absent.pk, to_id=bureau.person(Role.SECRECY_OFFICER).pk, reason="出差"
        )


def colleague(bureau: Bureau, login: str, name: str, role: Role, department: Department | None) -> Person:
    person = make_person(login, name)
    person.memberships.create(body=bureau.body, department=department, role=role, from_day=clock.today())
    return person


def test_hand_over__leaves_what_the_other_may_not_open_where_it_is_and_says_so(bureau: Bureau) -> None:
    second = bureau.office.departments[1]
    mine, theirs = bureau.draft("办公室的通知"), bureau.draft("法治科的通知")
    Item.objects.filter(pk=theirs.pk).update(department=second)
    whole = bureau.draft("全局的通知")
    Item.objects.filter(pk=whole.pk).update(department=None)
    clerk, to = bureau.person(Role.CLERK), colleague(bureau, "other", "宁远舟", Role.CLERK, second)
    head = bureau.actor(Role.UNIT_HEAD)

    done = standing_facts.hand_over(head, bureau.body.pk, absent_id=clerk.pk, to_id=to.pk, reason="出差")

    assert [h.key for h in done.items] == [theirs.pk]
    assert {h.key: h.why[:7] for h in done.left} == {mine.pk: "它属于办公室，", whole.pk: "它属于全机关，"}
    assert dict(Item.objects.values_list("pk", "keeper_id")) == {mine.pk: clerk.pk, theirs.pk: to.pk, whole.pk: clerk.pk}
    assert access.item_page(to.pk, bureau.body, theirs.pk).row.title == "法治科的通知"
    words = Entry.objects.filter(act="publishing.hand_over").latest("id").personal
    assert (words["items"], "另有 2 件宁远舟接手不了，没有移交" in words["reason"]) == ("1", True)


def test_hand_over__of_nothing_the_other_may_open_is_refused_with_the_reason(bureau: Bureau) -> None:
    item = bureau.draft()
    clerk, to = bureau.person(Role.CLERK), colleague(bureau, "other", "宁远舟", Role.CLERK, bureau.office.departments[1])
    with pytest.raises(NotPossible, match="宁远舟的经办职责限定在别的科室"):
        standing_facts.hand_over(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, absent_id=clerk.pk, to_id=to.pk, reason="出差")
    with pytest.raises(NotPossible, match="没有在办的工作"):
        standing_facts.hand_over(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, absent_id=to.pk, to_id=clerk.pk, reason="出差")
    assert Item.objects.get(pk=item.pk).keeper_id == clerk.pk


def test_hand_over__gives_no_step_to_a_reviewer_of_another_department(bureau: Bureau) -> None:
    version = bureau.submitted()
    absent = bureau.person(Role.DEPARTMENT_REVIEWER)
    to = colleague(bureau, "other", "宁远舟", Role.DEPARTMENT_REVIEWER, bureau.office.departments[1])
    with pytest.raises(NotPossible, match="宁远舟的这项职责限定在别的科室"):
        standing_facts.hand_over(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, absent_id=absent.pk, to_id=to.pk, reason="出差")
    assert bureau.turn(version).person_id is None


def test_keeper__is_only_who_may_open_the_item(bureau: Bureau) -> None:
    first, second = bureau.office.departments
    item, head = bureau.draft(), bureau.actor(Role.UNIT_HEAD)
    near, far = colleague(bureau, "near", "白望之", Role.CLERK, first), colleague(bureau, "far", "宁远舟", Role.CLERK, second)
    with pytest.raises(NotAllowed, match="它属于办公室，宁远舟的经办职责限定在别的科室"):
        standing_facts.assign(head, item.pk, to_id=far.pk)
    with pytest.raises(NotAllowed, match="不是经办人"):
        standing_facts.assign(head, item.pk, to_id=bureau.person(Role.SECRECY_OFFICER).pk)

    page = bureau.office.client(Role.UNIT_HEAD).get(f"/work/items/{item.pk}/").content.decode()
    offered = [f'value="{p.pk}"' in page[page.index("交给谁") :] for p in (near, far)]
    assert offered == [True, False]
    standing_facts.assign(head, item.pk, to_id=near.pk)
    assert Item.objects.get(pk=item.pk).keeper_id == near.pk


def test_hand_over__on_the_screen_lists_what_was_given_and_what_was_not(bureau: Bureau) -> None:
    mine, theirs = bureau.draft("办公室的通知"), bureau.draft("法治科的通知")
    Item.objects.filter(pk=theirs.pk).update(department=bureau.office.departments[1])
    to = colleague(bureau, "other", "宁远舟", Role.CLERK, bureau.office.departments[1])
    given = {"absent": bureau.person(Role.CLERK).pk, "to": to.pk, "reason": "出差"}
    browser = bureau.office.client(Role.UNIT_HEAD)

    page = browser.post("/work/review/hand-over/", given).content.decode()
    assert page.index("没有移交的") < page.index("办公室的通知") < page.index("已经移交的") < page.index("法治科的通知")
    again = browser.post("/work/review/hand-over/", given)
    assert (again.status_code, "它属于办公室" in again.content.decode()) == (422, True)
    assert Item.objects.get(pk=mine.pk).keeper_id == bureau.person(Role.CLERK).pk


def test_first_page__names_to_the_unit_head_what_lies_with_somebody_who_cannot_work_on_it(bureau: Bureau) -> None:
    second = bureau.office.departments[1]
    fine, lost, left = bureau.draft("办公室的通知"), bureau.draft("给错了人的通知"), bureau.draft("离任人员的通知")
    far = colleague(bureau, "far", "宁远舟", Role.CLERK, second)
    gone = colleague(bureau, "gone", "白望之", Role.CLERK, None)
    Item.objects.filter(pk=lost.pk).update(keeper=far)
    Item.objects.filter(pk=left.pk).update(keeper=gone)
    Person.objects.filter(pk=gone.pk).update(is_active=False)

    def page(role: Role) -> str:
        return bureau.office.client(role).get("/work/").content.decode()

    told = page(Role.UNIT_HEAD)
    assert "给《给错了人的通知》换经办人" in told
    assert "给《离任人员的通知》换经办人" in told
    assert f"《{fine.draft.title}》换经办人" not in told
    assert "换经办人" not in page(Role.CLERK)
    for item in (lost, left):
        standing_facts.assign(bureau.actor(Role.UNIT_HEAD), item.pk, to_id=bureau.person(Role.CLERK).pk)
    assert "换经办人" not in page(Role.UNIT_HEAD)
