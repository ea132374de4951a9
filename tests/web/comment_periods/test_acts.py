"""Do the acts of comment periods hold to the law's days, to four eyes, and to what was said?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import background, kinds
from gongkai_web.comment_periods.actions import comments, periods
from gongkai_web.comment_periods.models import Comment, Period
from gongkai_web.publishing.actions import publication
from gongkai_web.trail import reading
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.acts_examples.comment_periods import FACTS, days_to_the_end, later, least_day, more, opened, planned
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_person

CLERK, REVIEWER, HEAD, LEADER = Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD, Role.SIGNING_LEADER


def changes(bureau: Bureau, period: Period, **values: Any) -> dict[str, Any]:
    """What the form of a planned period sends back, with some of it changed."""
    given = {
        "kind": period.kind,
        "draft_id": period.draft_id,
        "explanation_id": period.explanation_id,
        "closes_on": period.closes_on,
        "seen": Period.objects.get(pk=period.pk).mark,
    }
    return {**given, **values}


# ---- the days --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "opens_on", "due"),
    [
        ("decision", dt.date(2024, 3, 4), dt.date(2024, 4, 3)),
        ("rule", dt.date(2024, 3, 4), dt.date(2024, 4, 3)),
        ("rule_review", dt.date(2024, 3, 4), dt.date(2024, 4, 3)),
        ("business", dt.date(2024, 3, 4), dt.date(2024, 4, 3)),
        # Over the spring festival, with a Sunday made up for.
        ("document", dt.date(2024, 2, 5), dt.date(2024, 2, 20)),
        ("other", dt.date(2024, 3, 4), dt.date(2024, 3, 13)),
    ],
)
def test_least__is_what_the_law_of_the_day_says(kind: str, opens_on: dt.date, due: dt.date) -> None:
    found = kinds.least(kind, opens_on)

    assert found is not None
    assert found.due == due
    assert found.steps[-1].citations


def test_least__is_nothing_before_there_was_a_rule() -> None:
    assert kinds.least("document", dt.date(2020, 1, 6)) is None
    assert kinds.too_short("document", dt.date(2020, 1, 6), dt.date(2020, 1, 7), "") == ""
    assert kinds.statement("document", dt.date(2020, 1, 6)) == ""


@pytest.mark.parametrize("kind", ["rule", "rule_review", "business", "document", "other"])
def test_period__shorter_than_the_law_is_refused_whatever_the_reason(bureau: Bureau, kind: str) -> None:
    day = least_day(kind) - dt.timedelta(days=1)

    with pytest.raises(BadForm, match="最早") as refused:
        planned(bureau, kind, closes_on=day, shorter_reason="情况紧急")

    assert set(refused.value.errors) == {"closes_on"}


def test_decision__may_be_shorter_with_a_reason_that_is_told(bureau: Bureau) -> None:
    day = clock.today() + dt.timedelta(days=10)
    with pytest.raises(BadForm, match="情况紧急需要缩短的"):
        planned(bureau, "decision", closes_on=day)

    period = opened(bureau, "decision", closes_on=day, shorter_reason="汛期将至")

    assert period.closes_on == day
    with pytest.raises(BadForm, match="截止日期应当在今天以后"):
        planned(bureau, "decision", closes_on=clock.today(), shorter_reason="汛期将至")


def test_period__begun_late_must_still_be_long_enough(bureau: Bureau) -> None:
    period = planned(bureau)

    with later(5), pytest.raises(BadForm, match="最早"):
        periods.open_period(bureau.actor(REVIEWER), period.pk)


def test_extension__gives_more_time_and_never_reopens(bureau: Bureau) -> None:
    period = opened(bureau)
    until = period.closes_on + dt.timedelta(days=3)
    with pytest.raises(BadForm, match="晚于现在的"):
        periods.extend(bureau.actor(REVIEWER), period.pk, closes_on=period.closes_on, reason="应公众要求")
    with pytest.raises(BadForm, match="请写明理由"):
        periods.extend(bureau.actor(REVIEWER), period.pk, closes_on=until, reason=" ")

    change = periods.extend(bureau.actor(REVIEWER), period.pk, closes_on=until, reason="应公众要求")

    assert (change.from_day, change.to_day) == (period.closes_on, until)
    period.refresh_from_db()
    with later(days_to_the_end(period)), pytest.raises(NotPossible, match="已截止"):
        periods.extend(bureau.actor(REVIEWER), period.pk, closes_on=until + dt.timedelta(days=90), reason="再来")


@pytest.mark.parametrize("day", [dt.date(9999, 12, 31), clock.today() + dt.timedelta(days=367)])
def test_last_day__beyond_a_year_is_a_slip_and_refused(bureau: Bureau, day: dt.date) -> None:
    planned_one, open_one = planned(bureau), opened(bureau)
    clerk, reviewer = bureau.actor(CLERK), bureau.actor(REVIEWER)

    for prepare in (
        lambda: planned(bureau, closes_on=day),
        lambda: periods.edit(clerk, planned_one.pk, **changes(bureau, planned_one, closes_on=day)),
        lambda: periods.extend(reviewer, open_one.pk, closes_on=day, reason="应公众要求"),
    ):
        with pytest.raises(BadForm, match="请检查年份") as refused:
            prepare()
        assert set(refused.value.errors) == {"closes_on"}
    assert planned(bureau, closes_on=clock.today() + dt.timedelta(days=365)).pk


@pytest.mark.parametrize(("today", "latest"), [("2028-02-29", "2029-02-28"), ("2027-12-31", "2028-12-31")])
def test_last_day__is_bounded_by_the_same_day_of_the_next_year(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, today: str, latest: str
) -> None:
    ids = {"draft_id": bureau.published(title="征求意见稿").pk, "explanation_id": bureau.published(title="起草说明").pk}
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(today))
    day = dt.date.fromisoformat(latest) + dt.timedelta(days=1)

    with pytest.raises(BadForm, match=f"最晚填到 {latest}"):
        periods.create(bureau.actor(CLERK), bureau.body.pk, kind="document", closes_on=day, facts=FACTS, **ids)


def test_early_end__is_never_before_the_law_allows(bureau: Bureau) -> None:
    period = opened(bureau, closes_on=least_day() + dt.timedelta(days=5))
    with pytest.raises(BadForm, match="最早"):
        periods.end_early(bureau.actor(REVIEWER), period.pk, closes_on=clock.today(), reason="意见已经充分")
    with pytest.raises(BadForm, match="今天以后"):
        periods.end_early(bureau.actor(REVIEWER), period.pk, closes_on=period.closes_on, reason="意见已经充分")

    periods.end_early(bureau.actor(REVIEWER), period.pk, closes_on=least_day(), reason="意见已经充分")

    period.refresh_from_db()
    assert period.closes_on == least_day()


# ---- four eyes, and only on what is public ------------------------------------------------------------------------------------


def test_period__is_never_begun_by_who_prepared_it(bureau: Bureau) -> None:
    period = planned(bureau)
    person = bureau.person(CLERK)
    person.memberships.create(body=bureau.body, role=REVIEWER, from_day=clock.today())

    with pytest.raises(NotAllowed, match="是您准备的"):
        periods.open_period(bureau.actor(CLERK), period.pk)
    with pytest.raises(NotAllowed):
        periods.open_period(bureau.actor(REVIEWER).as_timer(), period.pk)


def test_period__is_never_begun_by_anybody_who_ever_wrote_it(bureau: Bureau) -> None:
    period = planned(bureau)
    head = bureau.actor(HEAD)
    periods.edit(head, period.pk, **changes(bureau, period), facts={"contact": "办公室"})
    periods.edit(bureau.actor(CLERK), period.pk, **changes(bureau, period), facts={"contact": "法治科"})

    with pytest.raises(NotAllowed, match="是您准备的"):
        periods.open_period(head, period.pk)
    periods.open_period(bureau.actor(LEADER), period.pk)


@pytest.mark.parametrize("part", ["draft", "explanation"])
def test_period__opens_only_when_both_are_public(bureau: Bureau, part: str) -> None:
    hidden = bureau.submitted(title="还在审核的文稿").item
    there = bureau.published(title="已经公开的文稿")
    ids = {"draft_id": there.pk, "explanation_id": there.pk, f"{part}_id": hidden.pk}
    period = periods.create(bureau.actor(CLERK), bureau.body.pk, kind="document", closes_on=least_day(), facts=FACTS, **ids)

    with pytest.raises(NotPossible, match="还没有公开"):
        periods.open_period(bureau.actor(REVIEWER), period.pk)


def test_period__does_not_open_on_what_was_withdrawn(bureau: Bureau) -> None:
    period = planned(bureau)
    publication.withdraw(bureau.actor(REVIEWER), period.explanation_id, reason="有误")

    with pytest.raises(NotPossible, match="撤下"):
        periods.open_period(bureau.actor(REVIEWER), period.pk)


def test_period__points_to_no_other_bodys_item(bureau: Bureau, other: Bureau) -> None:
    theirs = other.published(title="别的机关的文稿").pk

    with pytest.raises(BadForm, match="请选择本机关的一条信息"):
        planned(bureau, draft=theirs)
    with pytest.raises(NotAllowed):
        periods.open_period(other.actor(REVIEWER), planned(bureau).pk)


def test_clerk__of_another_department_prepares_nothing_here(bureau: Bureau) -> None:
    person = make_person("other-clerk", "白望之")
    person.memberships.create(body=bureau.body, department=bureau.office.departments[1], role=CLERK, from_day=clock.today())
    actor = Actor(bureau.actor(CLERK).kind, str(person.pk), person.name)

    period = planned(bureau)
    with pytest.raises(NotAllowed):
        periods.edit(actor, period.pk, **changes(bureau, period))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"mail": "不是邮箱"}, "mail"),
        ({"mail": "<b>@x"}, "mail"),
        ({"mail": "fzk@"}, "mail"),
        ({"mail": "fzk@example.cn,"}, "mail"),
        ({"contact": "长" * 61}, "contact"),
    ],
)
def test_period__says_how_comments_can_be_sent(bureau: Bureau, facts: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        planned(bureau, **facts)

    assert field in refused.value.errors


def test_open_period__changes_only_its_contacts_and_only_by_those_who_begin(bureau: Bureau) -> None:
    period = opened(bureau)
    with pytest.raises(NotPossible, match="不能再修改"):
        periods.edit(bureau.actor(CLERK), period.pk, **changes(bureau, period))
    with pytest.raises(NotAllowed):
        periods.amend(bureau.actor(CLERK), period.pk, seen=period.mark, facts={"phone": "别的电话"})
    with pytest.raises(NotPossible, match="只能更正"):
        periods.amend(bureau.actor(REVIEWER), period.pk, seen=period.mark, facts={"shorter_reason": "紧急"})
    with pytest.raises(NotPossible, match="还没有开始"):
        periods.amend(bureau.actor(REVIEWER), planned(bureau).pk, seen="", facts={"phone": "别的电话"})

    assert periods.amend(bureau.actor(REVIEWER), period.pk, seen=period.mark, facts={"phone": "别的电话"}).phone == "别的电话"


def test_abandoned_period__stays_so(bureau: Bureau) -> None:
    period = opened(bureau)
    with pytest.raises(BadForm, match="请写明理由"):
        periods.abandon(bureau.actor(HEAD), period.pk, reason="")
    periods.abandon(bureau.actor(HEAD), period.pk, reason="不再制定")

    with pytest.raises(NotPossible, match="已终止"):
        periods.abandon(bureau.actor(HEAD), period.pk, reason="不再制定")
    with pytest.raises(NotPossible, match="已经终止"):
        more(period)


# ---- comments ----------------------------------------------------------------------------------------------------------------


def test_receipts__count_through_the_year_of_a_body(bureau: Bureau, other: Bureau) -> None:
    period = opened(bureau)
    year = clock.today().year

    assert [more(period).receipt for _ in range(2)] == [f"{year}-00001", f"{year}-00002"]
    assert more(opened(other)).receipt == f"{year}-00001"


def test_comment__is_taken_from_the_public_alone(bureau: Bureau) -> None:
    period = opened(bureau)

    with pytest.raises(NotAllowed, match="请在工作台登记"):
        comments.receive(bureau.actor(CLERK), period.pk, nonce="n" * 16, text="意见")
    with pytest.raises(NotAllowed):
        comments.record(comments.PUBLIC, period.pk, way="post", text="意见", received_on=clock.today())
    with pytest.raises(NotPossible, match="还没有开始"):
        comments.receive(comments.PUBLIC, planned(bureau).pk, nonce="n" * 16, text="意见")


@pytest.mark.parametrize("text", ["\u200b", "\u200b \u2060\n\ufeff", "\u3164\u00ad", "\u2800", "\ufe0f\u200d"])
def test_comment__of_marks_that_nobody_sees_is_empty(bureau: Bureau, text: str) -> None:
    period = opened(bureau)

    with pytest.raises(BadForm, match="请写下您的意见"):
        more(period, text)
    assert not Comment.objects.exists()
    assert more(period, f"{text}同意").text.endswith("同意")


def test_letter__is_entered_after_the_end_when_it_came_before(bureau: Bureau) -> None:
    period = opened(bureau)
    with later(days_to_the_end(period) + 2):
        row = comments.record(bureau.actor(CLERK), period.pk, way="post", text="来信", received_on=period.closes_on)
        with pytest.raises(BadForm) as refused:
            comments.record(bureau.actor(CLERK), period.pk, way="form", text="", received_on=clock.today())

    assert row.entered_by_id == bureau.person(CLERK).pk
    assert set(refused.value.errors) == {"way", "text", "received_on"}
    assert "邮戳" in refused.value.errors["received_on"]


def test_letter__is_not_entered_before_the_public_is_asked(bureau: Bureau) -> None:
    with pytest.raises(NotPossible, match="还没有开始"):
        comments.record(bureau.actor(CLERK), planned(bureau).pk, way="post", text="来信", received_on=clock.today())


def test_end__is_told_once_by_the_timer_for_who_began(bureau: Bureau) -> None:
    period = opened(bureau)
    more(period)
    background.tell_of_ends(clock.now())
    assert not Entry.objects.filter(act="comment_periods.period.ended").exists()

    with later(days_to_the_end(period)):
        background.tell_of_ends(clock.now())
        background.tell_of_ends(clock.now())
        with pytest.raises(NotAllowed):
            periods.ended(bureau.actor(REVIEWER), period.pk)

    (entry,) = Entry.objects.filter(act="comment_periods.period.ended")
    assert (entry.actor_kind, entry.actor_id) == ("timer", bureau.actor(REVIEWER).id)
    assert "共收到意见 1 条" in reading.view(entry).words
    assert entry.happened_on == period.closes_on


def test_senders__are_forgotten_only_after_the_account_and_the_words_stay(bureau: Bureau) -> None:
    period = opened(bureau)
    more(period, "原话", name="白望之", contact="电话")
    account = bureau.published(title="采纳情况的说明")
    with later(days_to_the_end(period)):
        with pytest.raises(NotPossible, match="还没有公开"):
            comments.erase_contacts(bureau.actor(HEAD), period.pk)
        periods.tie(bureau.actor(CLERK), period.pk, part="feedback", item_id=account.pk)

        assert comments.erase_contacts(bureau.actor(HEAD), period.pk) == 1
        with pytest.raises(NotPossible, match="不需要删除"):
            comments.erase_contacts(bureau.actor(HEAD), period.pk)

    row = Comment.objects.get()
    assert (row.text, row.name, row.contact) == ("原话", "", "")
