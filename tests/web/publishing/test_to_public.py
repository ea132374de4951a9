"""Does an item become public only by its review, at its time, and stop being public when it is withdrawn?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.publishing import access, background
from gongkai_web.publishing.actions import items, publication, rework
from gongkai_web.publishing.models import Stage
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.publishing.conftest import Bureau, fresh


def seen(bureau: Bureau, item: Any) -> Any:
    return access.public_item(bureau.body, item.index_number)


def test_item__is_public_only_after_the_last_step(bureau: Bureau) -> None:
    version = bureau.submitted()
    for done in (0, 1, 2):
        assert seen(bureau, version.item) is None
        assert access.public_list(bureau.body).items == ()
        if done < 2:
            bureau.passed(version, steps=None if done else 1) if not done else review_acts.pass_step(
                bureau.actor(Role.SECRECY_OFFICER), version.review_id, bureau.turn(version).pk, digest=version.digest
            )
    review_acts.pass_step(bureau.actor(Role.SIGNING_LEADER), version.review_id, bureau.turn(version).pk, digest=version.digest)
    shown = seen(bureau, version.item)
    assert (shown.title, shown.attribute) == ("关于开展公证服务便民活动的通知", "主动公开")
    assert [r.index_number for r in access.public_list(bureau.body).items] == [shown.index_number]
    assert fresh(version.item).stage == Stage.PUBLISHED


def test_index_number__has_the_national_form_and_counts_on(bureau: Bureau) -> None:
    year = clock.today().year
    assert [bureau.draft().index_number for _ in range(2)] == [f"012345678/{year}-00001", f"012345678/{year}-00002"]


def test_drafter__never_reviews_even_with_the_role(bureau: Bureau) -> None:
    from gongkai_web.agencies.models import Membership

    clerk = bureau.person(Role.CLERK)
    Membership.objects.create(person=clerk, body=bureau.body, role=Role.DEPARTMENT_REVIEWER, from_day=clock.today())
    version = bureau.submitted()
    with pytest.raises(NotAllowed, match="您起草或者修改过"):
        review_acts.pass_step(bureau.actor(Role.CLERK), version.review_id, bureau.turn(version).pk, digest=version.digest)


def test_step__belongs_to_its_role_and_comes_in_turn(bureau: Bureau) -> None:
    version = bureau.submitted()
    first, second, _ = version.review.step_rows.order_by("position")
    with pytest.raises(NotAllowed, match="由科室负责人办理"):
        review_acts.pass_step(bureau.actor(Role.SIGNING_LEADER), version.review_id, first.pk, digest=version.digest)
    with pytest.raises(NotPossible, match="现在轮到“科室审核”环节"):
        review_acts.pass_step(bureau.actor(Role.SECRECY_OFFICER), version.review_id, second.pk, digest=version.digest)


def test_return__needs_a_reason_and_goes_back_to_the_drafter(bureau: Bureau) -> None:
    version = bureau.submitted()
    reviewer, step = bureau.actor(Role.DEPARTMENT_REVIEWER), bureau.turn(version)
    with pytest.raises(BadForm, match="退回的理由"):
        review_acts.return_step(reviewer, version.review_id, step.pk, digest=version.digest, opinion=" ")
    review_acts.return_step(reviewer, version.review_id, step.pk, digest=version.digest, opinion="请补上活动的联系电话")
    item = fresh(version.item)
    assert (item.stage, item.returned_why) == (Stage.RETURNED, "请补上活动的联系电话")
    items.edit(bureau.actor(Role.CLERK), item.pk, revision=item.draft.revision, content={"html": "<p>联系电话见附件。</p>"})
    assert bureau.submitted(item).number == 2
    assert "退回了" in reading.history("item", str(item.pk))[2].words


def test_set_time__shows_the_item_at_that_instant_though_nothing_has_run(bureau: Bureau, at: Any) -> None:
    soon = clock.now() + dt.timedelta(hours=3)
    item = bureau.passed(bureau.submitted(publish_at=soon))
    before = access.generation(bureau.body)
    assert seen(bureau, item) is None
    at(soon - dt.timedelta(seconds=1))
    assert seen(bureau, item) is None
    assert access.generation(bureau.body) == before
    at(soon)
    assert seen(bureau, item).published_at == soon
    assert access.generation(bureau.body) != before


def test_set_time__is_carried_out_once_by_the_timer_for_whoever_set_it(bureau: Bureau, at: Any) -> None:
    soon = clock.now() + dt.timedelta(hours=3)
    item = bureau.passed(bureau.submitted(publish_at=soon))
    background.carry_out_set_times(clock.now())
    at(soon)
    for _ in range(2):
        background.carry_out_set_times(clock.now())
    entries = [e for e in reading.history("item", str(item.pk)) if e.act == "publishing.item.appear"]
    assert [(e.actor_kind, e.actor_name) for e in entries] == [("timer", bureau.person(Role.CLERK).name)]


def test_withdrawal__takes_everything_down_at_once_and_leaves_a_tombstone(bureau: Bureau) -> None:
    item = bureau.published()
    with pytest.raises(BadForm, match="撤下的理由"):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="")
    before = access.generation(bureau.body)
    publication.withdraw(
        bureau.actor(Role.UNIT_HEAD), item.pk, reason="附件中有一处电话号码有误", tombstone="该通知已撤下，另行发布。"
    )
    assert seen(bureau, item) is None
    assert access.public_list(bureau.body).count == 0
    assert access.generation(bureau.body) != before
    assert access.tombstone(bureau.body, item.index_number).words == "该通知已撤下，另行发布。"
    with pytest.raises(NotPossible, match="没有公开"):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="再撤一次")


def test_withdrawal__of_what_was_never_shown_leaves_no_tombstone(bureau: Bureau) -> None:
    item = bureau.passed(bureau.submitted(publish_at=clock.now() + dt.timedelta(hours=3)))
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有变")
    assert access.tombstone(bureau.body, item.index_number) is None


def test_clerk__cannot_withdraw(bureau: Bureau) -> None:
    with pytest.raises(NotAllowed):
        publication.withdraw(bureau.actor(Role.CLERK), bureau.published().pk, reason="有误")


def test_correction__replaces_the_text_only_when_it_is_approved(bureau: Bureau) -> None:
    item = bureau.published()
    clerk = bureau.actor(Role.CLERK)
    rework.correct(clerk, item.pk, note="活动时间改为周六")
    items.edit(clerk, item.pk, revision=fresh(item).draft.revision, content={"title": "关于公证服务便民活动改期的通知"})
    assert seen(bureau, item).title == "关于开展公证服务便民活动的通知"
    bureau.passed(bureau.submitted(fresh(item)))
    shown = seen(bureau, item)
    assert shown.title == "关于公证服务便民活动改期的通知"
    assert [n.words for n in shown.notices] == ["更正：活动时间改为周六"]
    assert shown.first_published_at < shown.published_at
    assert access.public_list(bureau.body).count == 1


def test_withdrawal__ends_the_review_of_a_correction(bureau: Bureau) -> None:
    item = bureau.published()
    rework.correct(bureau.actor(Role.CLERK), item.pk, note="改一处")
    items.edit(bureau.actor(Role.CLERK), item.pk, revision=fresh(item).draft.revision, content={"summary": "另一段概述文字。"})
    version = bureau.submitted(fresh(item))
    publication.withdraw(bureau.actor(Role.SECRECY_OFFICER), item.pk, reason="发现不应公开的内容")
    with pytest.raises(NotPossible, match="已撤回送审"):
        bureau.passed(version)
    assert seen(bureau, item) is None


def test_edit_after_approval__loses_the_approval(bureau: Bureau) -> None:
    category = bureau.category("news")
    category.channel = "elsewhere"
    category.save()
    item = bureau.passed(bureau.submitted(key="news"))
    assert item.stage == Stage.APPROVED
    assert seen(bureau, item) is None
    clerk = bureau.actor(Role.CLERK)
    items.edit(clerk, item.pk, revision=item.draft.revision, content={"html": "<p>又改了一句。</p>"})
    with pytest.raises(NotPossible, match="没有审定待发布的版本"):
        publication.confirm_hand_over(clerk, item.pk, to="县政府网站", address="https://www.example.gov.cn/a", on=clock.today())


def test_hand_over__makes_public_with_its_day_and_address(bureau: Bureau) -> None:
    category = bureau.category("news")
    category.channel = "elsewhere"
    category.save()
    item = bureau.passed(bureau.submitted(key="news"))
    clerk = bureau.actor(Role.CLERK)
    with pytest.raises(BadForm) as refusal:
        publication.confirm_hand_over(
            clerk, item.pk, to="", address="javascript:alert(1)", on=clock.today() - dt.timedelta(days=3)
        )
    assert set(refusal.value.errors) == {"to", "address", "on"}
    publication.confirm_hand_over(clerk, item.pk, to="县政府网站", address="https://www.example.gov.cn/a.html", on=clock.today())
    assert seen(bureau, item).elsewhere == "https://www.example.gov.cn/a.html"


def test_two_bodies__do_not_see_each_other(bureau: Bureau, other: Bureau) -> None:
    item = bureau.published()
    assert access.public_item(other.body, item.index_number) is None
    with pytest.raises(NotAllowed):
        items.edit(other.actor(Role.CLERK), item.pk, revision=1, content={"title": "改"})
    with pytest.raises(NotAllowed):
        publication.withdraw(other.actor(Role.UNIT_HEAD), item.pk, reason="不是我的")


def test_edit__of_what_somebody_else_saved_since_is_refused(bureau: Bureau) -> None:
    item = bureau.draft()
    clerk = bureau.actor(Role.CLERK)
    items.edit(clerk, item.pk, revision=1, content={"title": "甲"})
    with pytest.raises(NotPossible, match="另外保存过"):
        items.edit(clerk, item.pk, revision=1, content={"title": "乙"})
