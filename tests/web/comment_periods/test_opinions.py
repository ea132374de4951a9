"""What of a comment is shown, and what becomes of all of them in the adoption table?"""

from __future__ import annotations

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import adoption, showing
from gongkai_web.comment_periods.actions import comments, moderation, opinions, periods
from gongkai_web.comment_periods.models import Answered, Comment, Opinion
from gongkai_web.publishing.models import Kind as ItemKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.acts_examples.comment_periods import DRAFT, days_to_the_end, later, more, opened
from tests.web.publishing.conftest import Bureau

CLERK, REVIEWER, HEAD = Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD


# ---- what is shown -----------------------------------------------------------------------------------------------------------


def test_text__shows_a_mark_for_every_hidden_span() -> None:
    assert showing.shown("甲乙丙丁", [(1, 2), (2, 3)]) == f"甲{showing.MARK}丁"
    assert showing.shown("甲乙丙丁", [(3, 9), (-2, 1)]) == f"{showing.MARK}乙丙{showing.MARK}"
    assert showing.shown("甲乙丙丁", []) == "甲乙丙丁"
    assert showing.occurrences("甲乙甲乙", ["甲", "", "丙"]) == ((0, 1), (2, 3))


def test_personal_number__is_hidden_or_a_reason_says_why_not(bureau: Bureau) -> None:
    row = more(opened(bureau), "请打13812345678联系我，建议写明条件。")
    reviewer = bureau.actor(REVIEWER)
    (spot,) = [s for s in showing.spots(bureau.body, row.text) if s.personal]
    with pytest.raises(BadForm, match="还有没隐去的手机号"):
        moderation.show(reviewer, row.pk)

    hidden = moderation.show(reviewer, row.pk, hidden=[(spot.start, spot.end)])
    plain = moderation.show(reviewer, row.pk, reason="是公开的服务热线")

    assert "13812345678" not in showing.shown(row.text, hidden.hidden)
    assert plain.hidden == []
    row.refresh_from_db()
    assert "13812345678" in row.text


def test_comment__hidden_altogether_is_not_shown(bureau: Bureau) -> None:
    row = more(opened(bureau), "全部隐去")

    with pytest.raises(BadForm, match="没有可以展示的内容"):
        moderation.show(bureau.actor(REVIEWER), row.pk, hidden=[(0, 4)])
    with pytest.raises(BadForm, match="为什么不展示"):
        moderation.withhold(bureau.actor(REVIEWER), row.pk, reason=" ")
    with pytest.raises(NotAllowed):
        moderation.show(bureau.actor(CLERK), row.pk)


def test_who_entered_a_comment__does_not_judge_it(bureau: Bureau) -> None:
    period = opened(bureau)
    row = comments.record(bureau.actor(HEAD), period.pk, way="visit", text="当面说的", received_on=clock.today())

    with pytest.raises(NotAllowed, match="是您登记的"):
        moderation.show(bureau.actor(HEAD), row.pk)
    moderation.show(bureau.actor(REVIEWER), row.pk)


# ---- what was made of it --------------------------------------------------------------------------------------------------------


def test_opinion__not_adopted_needs_a_reason(bureau: Bureau) -> None:
    period = opened(bureau)
    clerk = bureau.actor(CLERK)

    with pytest.raises(BadForm) as refused:
        opinions.add(clerk, period.pk, summary=" ", adoption="rejected")
    with pytest.raises(BadForm, match="请选择采纳"):
        opinions.add(clerk, period.pk, summary="意见", adoption="maybe")
    with pytest.raises(BadForm, match="最多 2000 个字"):
        opinions.add(clerk, period.pk, summary="长" * 2001, adoption="adopted")

    assert set(refused.value.errors) == {"summary", "reason"}


def test_opinion__answers_comments_of_its_own_period_only(bureau: Bureau) -> None:
    one, two = opened(bureau), opened(bureau)
    theirs = more(two)

    with pytest.raises(BadForm, match="不属于这次征集"):
        opinions.add(bureau.actor(CLERK), one.pk, summary="意见", adoption="adopted", comment_ids=[theirs.pk])


def test_opinion__edited_and_removed_leaves_no_stray_answers(bureau: Bureau) -> None:
    period = opened(bureau)
    one, two = more(period), more(period)
    clerk = bureau.actor(CLERK)
    made = opinions.add(clerk, period.pk, summary="意见", adoption="adopted", comment_ids=[one.pk])

    opinions.edit(clerk, made.pk, summary="意见", adoption="adopted", comment_ids=[two.pk])
    assert set(Answered.objects.values_list("comment_id", flat=True)) == {two.pk}
    opinions.remove(clerk, made.pk)

    assert not Answered.objects.exists()
    assert not Opinion.objects.exists()
    assert Comment.objects.count() == 2


def test_account__waits_for_the_end_and_for_every_comment(bureau: Bureau) -> None:
    period = opened(bureau)
    one, _ = more(period), more(period, "<script>第二条</script>")
    clerk = bureau.actor(CLERK)
    opinions.add(clerk, period.pk, summary="<b>写明</b>条件\n第二行", adoption="partly", reason="部分", comment_ids=[one.pk])
    with pytest.raises(NotPossible, match="还没有截止"):
        adoption.account_of(period.pk)
    with later(days_to_the_end(period)):
        with pytest.raises(NotPossible, match="还有 1 条意见没有归入"):
            adoption.account_of(period.pk)
        opinions.add(
            clerk, period.pk, summary="无关", adoption="rejected", reason="无关", comment_ids=[Comment.objects.last().pk]
        )
        made = adoption.account_of(period.pk)

    assert DRAFT in made.title
    assert "&lt;b&gt;写明&lt;/b&gt;条件<br>第二行" in made.content["html"]
    assert "共收到意见 2 条（网上提交 2 条），归纳为 2 类，部分采纳 1 类、不采纳 1 类" in made.content["html"]
    assert made.facts["kind"] == ItemKind.GENERAL


def test_account__of_nothing_says_so(bureau: Bureau) -> None:
    period = opened(bureau)
    with later(days_to_the_end(period)):
        assert "没有收到意见" in adoption.account_of(period.pk).content["html"]


def test_tie__waits_for_the_end_and_names_neither_draft_nor_explanation(bureau: Bureau) -> None:
    period = opened(bureau)
    account = bureau.published(title="采纳情况的说明").pk
    clerk = bureau.actor(CLERK)
    with pytest.raises(NotPossible, match="还没有截止"):
        periods.tie(clerk, period.pk, part="feedback", item_id=account)
    with later(days_to_the_end(period)):
        with pytest.raises(BadForm, match="不能作为"):
            periods.tie(clerk, period.pk, part="result", item_id=period.draft_id)
        with pytest.raises(BadForm, match="请选择是采纳情况"):
            periods.tie(clerk, period.pk, part="draft", item_id=account)
        assert periods.tie(clerk, period.pk, part="feedback", item_id=account).feedback_id == account
