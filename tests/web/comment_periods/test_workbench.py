"""Can the staff take a comment period its whole way on the screen, from its preparation to the account that is public?"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods.actions import comments as acts
from gongkai_web.comment_periods.actions import moderation, periods
from gongkai_web.comment_periods.models import Comment, Moderation, Opinion, Period
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item, Version
from gongkai_web.ui import clock
from gongkai_web.workbench.comment_matters import comment_matters
from tests.web.acts_examples.comment_periods import DRAFT, EXPLANATION, days_to_the_end, later, least_day, more, opened, planned
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.staffed import signed_in

CLERK, REVIEWER, HEAD = Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD


def at(period: Period, end: str = "") -> str:
    return f"/work/comments/{period.pk}/{end}"


def token(client: Client, address: str, last: bool = False) -> str:
    found = re.findall(r'name="form" value="([^"]+)"', client.get(address).content.decode())
    return found[-1 if last else 0]


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def matters(bureau: Bureau, role: Role) -> list[tuple[str, str]]:
    """What the first page of somebody says of comment periods: the heading and why."""
    person = bureau.person(role)
    day = clock.today()
    who = standing.Standing(person, bureau.body, standing.memberships_of(person.pk, bureau.body, day), (bureau.body,), day)
    return [(m.group.value, m.why) for m in comment_matters(who)]


def prepared(bureau: Bureau, client: Client, **values: Any) -> Any:
    given = {
        "form": token(client, "/work/comments/new/"),
        "kind": "document",
        "draft": bureau.published(title=DRAFT).pk,
        "explanation": bureau.published(title=EXPLANATION).pk,
        "closes_on": least_day().isoformat(),
        "takes_form": "1",
        "shows_comments": "1",
        "phone": "岫川县司法局法治科电话",
    }
    return client.post("/work/comments/new/", {**given, **values})


def test_period__goes_its_whole_way_on_the_screen(bureau: Bureau) -> None:
    clerk, reviewer = bureau.office.client(CLERK), bureau.office.client(REVIEWER)

    answer = prepared(bureau, clerk)
    period = Period.objects.get()
    assert answer.url == f"{at(period)}?done=saved"
    assert "由另一位同事核对后开始" in said(clerk, at(period))
    assert "核对无误，开始征求意见" in said(reviewer, at(period))
    assert reviewer.post(at(period, "open/")).url == f"{at(period)}?done=opened"

    row = more(period, "第一条意见")
    letter = {
        "form": token(clerk, at(period, "record/")),
        "way": "post",
        "received_on": clock.today().isoformat(),
        "text": "来信的意见",
    }
    assert clerk.post(at(period, "record/"), letter).status_code == 302
    for each in Comment.objects.all():
        assert reviewer.post(at(period, f"received/{each.pk}/decide/"), {"verdict": "shown"}).status_code == 302

    both = [str(c.pk) for c in Comment.objects.all()]
    line = {"form": token(clerk, at(period, "adoption/")), "summary": "写明条件", "adoption": "adopted", "comments": both}
    assert clerk.post(at(period, "adoption/add/"), line).status_code == 302
    assert "截止以后才能起草" in said(clerk, at(period, "adoption/"))

    with later(days_to_the_end(period)):
        clerk, reviewer = bureau.office.client(CLERK), bureau.office.client(REVIEWER)
        made = clerk.post(at(period, "adoption/draft/"), {"form": token(clerk, at(period, "adoption/"), last=True)})
        item = Item.objects.get(pk=int(made.url.split("/")[3]))
        period.refresh_from_db()
        assert period.feedback_id == item.pk
        assert row.receipt not in fresh(item).draft.html
        assert "采纳 1 类" in fresh(item).draft.html

        again = clerk.post(at(period, "adoption/draft/"), {})
        assert again.url == f"/work/items/{item.pk}/?done=saved"
        public = Client()
        assert "写明条件" not in public.get(f"/comments/{period.pk}/").content.decode()
        bureau.passed(bureau.submitted(fresh(item)))
        assert "写明条件" in public.get(f"/comments/{period.pk}/").content.decode()
        refused = clerk.post(at(period, "adoption/draft/"), {})
        assert refused.status_code == 409
        assert "办理更正" in refused.content.decode()
        assert "已公开" in said(clerk, "/work/comments/")
        assert bureau.office.client(HEAD).post(at(period, "erase/")).status_code == 409  # nobody left a name


def test_account__is_reviewed_by_others_than_who_drafted_it(bureau: Bureau) -> None:
    period = opened(bureau)
    with later(days_to_the_end(period)):
        clerk = bureau.office.client(CLERK)
        clerk.post(at(period, "adoption/draft/"), {"form": token(clerk, at(period, "adoption/"), last=True)})
        account = Item.objects.get(pk=Period.objects.get().feedback_id)
        bureau.submitted(account)

    version = Version.objects.get(item=account)
    assert version.review.step_rows.count() == 3
    assert bureau.person(CLERK).pk in version.authors


def test_form__wrong_everywhere_comes_back_with_everything_typed(bureau: Bureau) -> None:
    clerk = bureau.office.client(CLERK)

    answer = prepared(bureau, clerk, kind="", draft="", closes_on="明天", phone="", contact="法治科联系人")

    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("请选择征求意见的种类", "请选择征求意见稿", "请填写截止日期", "法治科联系人"):
        assert words in text, words
    assert not Period.objects.exists()
    assert "最早" in prepared(bureau, clerk, closes_on=(clock.today() + dt.timedelta(days=1)).isoformat()).content.decode()


def test_form__begins_with_the_draft_it_was_called_from(bureau: Bureau) -> None:
    clerk, item = bureau.office.client(CLERK), bureau.published(title=DRAFT)

    assert f'<option value="{item.pk}" selected>' in said(clerk, f"/work/comments/new/?draft={item.pk}")
    assert f"/work/comments/new/?draft={item.pk}" in said(clerk, f"/work/items/{item.pk}/")
    assert bureau.office.client(REVIEWER).get("/work/comments/new/").status_code == 403


def test_item__that_waits_for_its_day_is_not_offered_as_public(bureau: Bureau) -> None:
    at_nine = clock.now() + dt.timedelta(days=1)
    bureau.passed(bureau.submitted(publish_at=at_nine, title="定时公开的征求意见稿"))
    bureau.published(title="已经公开的征求意见稿")

    page = said(bureau.office.client(CLERK), "/work/comments/new/")

    waiting = re.search(r">定时公开的征求意见稿（([^<]*)）</option>", page)
    assert waiting is not None
    assert "定于" in waiting[1]
    assert "已发布" not in waiting[1]
    assert re.search(r">已经公开的征求意见稿（[^<]*，已公开）</option>", page)


def test_planned_period__is_edited_until_it_begins(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), planned(bureau)
    values = {
        "form": token(clerk, at(period, "edit/")),
        "seen": period.mark,
        "kind": "document",
        "draft": period.draft_id,
        "explanation": period.draft_id,
        "closes_on": period.closes_on.isoformat(),
        "mail": "fzk@example.cn",
    }

    assert clerk.post(at(period, "edit/"), values).status_code == 302
    period.refresh_from_db()
    assert (period.explanation_id, period.mail, period.takes_form) == (period.draft_id, "fzk@example.cn", False)
    periods.open_period(bureau.actor(REVIEWER), period.pk)
    assert clerk.get(at(period, "edit/")).status_code == 403


def test_last_day__is_moved_with_a_reason(bureau: Bureau) -> None:
    reviewer, period = bureau.office.client(REVIEWER), opened(bureau)
    until = (period.closes_on + dt.timedelta(days=4)).isoformat()

    wrong = reviewer.post(at(period, "extend/"), {"closes_on": until, "reason": ""})
    assert (wrong.status_code, "请写明理由" in wrong.content.decode(), until in wrong.content.decode()) == (422, True, True)
    assert reviewer.post(at(period, "extend/"), {"closes_on": until, "reason": "应公众要求"}).status_code == 302
    assert "应公众要求" in said(reviewer, at(period))
    early = {"closes_on": period.closes_on.isoformat(), "reason": "意见已经充分"}
    assert reviewer.post(at(period, "end/"), early).status_code == 302
    assert reviewer.post(at(period, "end/"), {**early, "closes_on": "不是日期"}).status_code == 422
    public = Client().get(f"/comments/{period.pk}/").content.decode()
    assert "应公众要求" in public
    assert "意见已经充分" in public


def test_contacts__are_put_right_and_show_at_once(bureau: Bureau) -> None:
    reviewer, period = bureau.office.client(REVIEWER), opened(bureau)

    seen = {"seen": Period.objects.get(pk=period.pk).mark}
    assert reviewer.post(at(period, "amend/"), {**seen, "phone": "", "contact": "x"}).status_code == 422
    assert reviewer.post(at(period, "amend/"), {**seen, "phone": "新的电话", "takes_form": "1"}).status_code == 302
    assert "新的电话" in Client().get(f"/comments/{period.pk}/").content.decode()
    assert reviewer.post(at(period, "abandon/"), {"reason": "不再制定"}).status_code == 302
    assert "不再制定" in said(reviewer, at(period))


def test_issued_document__is_named_on_the_screen(bureau: Bureau) -> None:
    period, issued = opened(bureau), bureau.published(title="公证服务收费办法")
    with later(days_to_the_end(period)):
        clerk = bureau.office.client(CLERK)

        assert clerk.post(at(period, "tie/"), {"part": "result", "item": ""}).status_code == 422
        assert clerk.post(at(period, "tie/"), {"part": "result", "item": period.draft_id}).status_code == 422
        assert clerk.post(at(period, "tie/"), {"part": "result", "item": issued.pk}).status_code == 302
        assert "公证服务收费办法" in said(clerk, at(period))


def test_comment__is_judged_with_what_the_scan_found_ticked(bureau: Bureau) -> None:
    reviewer, period = bureau.office.client(REVIEWER), opened(bureau)
    row = more(period, "我是白望之，电话13812345678，建议写明条件。", name="白望之")
    address = at(period, f"received/{row.pk}/")

    page = said(reviewer, address)
    assert re.search(r'name="hide" value="0" id="hide-0" checked', page)
    assert reviewer.post(f"{address}decide/", {}).status_code == 422
    assert (
        "没有这些文字" in reviewer.post(f"{address}decide/", {"verdict": "shown", "hide": "0", "also": "没有的"}).content.decode()
    )
    assert "还有没隐去的" in reviewer.post(f"{address}decide/", {"verdict": "shown"}).content.decode()
    assert "为什么不展示" in reviewer.post(f"{address}decide/", {"verdict": "withheld"}).content.decode()
    assert not Moderation.objects.exists()

    assert reviewer.post(f"{address}decide/", {"verdict": "shown", "hide": "0", "also": "白望之"}).status_code == 302
    public = Client().get(f"/comments/{period.pk}/").content.decode()
    assert "我是【已隐去】，电话【已隐去】，建议写明条件。" in public
    assert "【已隐去】" in said(reviewer, address)
    assert "审看记录" in said(reviewer, address)


def test_judging__goes_on_to_the_next_that_waits(bureau: Bureau) -> None:
    reviewer, period = bureau.office.client(REVIEWER), opened(bureau)
    one, two = more(period), more(period)

    onward = reviewer.post(at(period, f"received/{one.pk}/decide/"), {"verdict": "withheld", "reason": "无关"})
    last = reviewer.post(at(period, f"received/{two.pk}/decide/"), {"verdict": "shown"})

    assert onward.url == f"{at(period, f'received/{two.pk}/')}?done=judged_next"
    assert last.url == f"{at(period, f'received/{two.pk}/')}?done=judged"


def test_comments__are_listed_by_verdict_and_in_pages(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("gongkai_web.comment_periods.access.staff", "gongkai_web.workbench.comments"):
        monkeypatch.setattr(f"{module}.SIZE", 2)
    reviewer, period = bureau.office.client(REVIEWER), opened(bureau)
    rows = [more(period, f"第{n}号看法") for n in range(3)]
    moderation.withhold(bureau.actor(REVIEWER), rows[1].pk, reason="无关")

    first = said(reviewer, at(period, "received/"))
    assert f"?after={rows[1].pk}" in first
    assert "第2号看法" in said(reviewer, at(period, f"received/?after={rows[1].pk}"))
    waiting = said(reviewer, at(period, "received/?verdict=waiting"))
    assert "第1号看法" not in waiting
    assert "共 2 条符合条件" in waiting
    assert "没有符合条件" in said(reviewer, at(period, "received/?verdict=shown"))
    assert reviewer.get(at(period, "received/?verdict=x")).status_code == 404


def test_letter__wrongly_entered_comes_back_with_its_words(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), opened(bureau)

    answer = clerk.post(
        at(period, "record/"), {"form": token(clerk, at(period, "record/")), "text": "抄了很久的来信", "received_on": "x"}
    )

    assert answer.status_code == 422
    assert "抄了很久的来信" in answer.content.decode()
    assert bureau.office.client(REVIEWER).get(at(period, "record/")).status_code == 403


def test_export__holds_every_comment_as_words(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), opened(bureau)
    row = more(period, "=1+1 不是公式", name="白望之")
    line = {
        "form": token(clerk, at(period, "adoption/")),
        "summary": "归纳",
        "adoption": "rejected",
        "reason": "已有规定",
        "comments": row.pk,
    }
    clerk.post(at(period, "adoption/add/"), line)

    answer = clerk.get(at(period, "export.xlsx"))
    head, first = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)

    told = dict(zip(head, first, strict=True))
    assert (told["回执号"], told["意见"], told["姓名或者单位"]) == (row.receipt, "=1+1 不是公式", "白望之")
    assert (told["采纳情况"], told["意见归类"], told["理由"]) == ("不采纳", "1. 归纳", "已有规定")
    assert "白望之" not in answer.headers["Content-Disposition"]


def test_adoption_line__is_changed_and_removed(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), opened(bureau)
    row = more(period)
    address = at(period, "adoption/")
    bad = clerk.post(
        f"{address}add/", {"form": token(clerk, address), "summary": "归纳", "adoption": "rejected", "comments": row.pk}
    )
    assert bad.status_code == 422
    assert f'value="{row.pk}" id="pick-{row.pk}" checked' in bad.content.decode()
    clerk.post(f"{address}add/", {"form": token(clerk, address), "summary": "归纳", "adoption": "adopted", "comments": row.pk})
    opinion = Opinion.objects.get()

    assert clerk.post(f"{address}{opinion.pk}/", {"summary": "", "adoption": "adopted"}).status_code == 422
    assert clerk.post(f"{address}{opinion.pk}/", {"summary": "另归纳", "adoption": "adopted"}).status_code == 302
    assert "另归纳" in said(clerk, address)
    assert "每条都已归类" not in said(clerk, at(period))
    assert clerk.post(f"{address}{opinion.pk}/", {"remove": "1"}).status_code == 302
    assert clerk.post(f"{address}{opinion.pk}/", {"remove": "1"}).status_code == 404


def test_senders__are_forgotten_on_the_screen(bureau: Bureau) -> None:
    period = opened(bureau)
    more(period, name="白望之")
    account = bureau.published(title="采纳情况的说明")
    with later(days_to_the_end(period)):
        periods.tie(bureau.actor(CLERK), period.pk, part="feedback", item_id=account.pk)
        head = bureau.office.client(HEAD)

        assert "删除 1 条意见的姓名和联系方式" in said(head, at(period))
        assert head.post(at(period, "erase/")).status_code == 302
    assert Comment.objects.get().name == ""


def test_first_page__says_what_of_comment_periods_waits(bureau: Bureau) -> None:
    period = planned(bureau)
    assert ("mine", "征求意见稿和起草说明都已公开，请核对后开始征求意见。") in matters(bureau, REVIEWER)
    assert ("watch", "等另一位同事核对后开始。") in matters(bureau, CLERK)

    periods.open_period(bureau.actor(REVIEWER), period.pk)
    more(period)
    assert ("mine", "有 1 条意见等待审看，审看后才能展示。") in matters(bureau, REVIEWER)
    days = days_to_the_end(period)
    with later(days - 2):
        assert ("due", "征集明天截止，已收到意见 1 条。") in matters(bureau, CLERK)
        assert "征集明天截止" in said(bureau.office.client(CLERK), "/work/")
    with later(days - 1):
        assert ("due", "征集今天截止，已收到意见 1 条。") in matters(bureau, CLERK)
    with later(days):
        assert ("mine", "已截止，尚未公布采纳情况。共收到意见 1 条，尚未起草。") in matters(bureau, CLERK)
    assert matters(bureau, Role.AUDITOR) == []


def test_first_page__says_that_a_draft_was_withdrawn_while_the_public_is_asked(bureau: Bureau) -> None:
    period = opened(bureau)
    publication.withdraw(bureau.actor(REVIEWER), period.draft_id, reason="有误")

    assert any("征求意见稿已经撤下" in why for _, why in matters(bureau, CLERK))
    assert "征求意见稿已经撤下" in said(bureau.office.client(CLERK), at(period))


def test_empty_list__says_what_to_do(bureau: Bureau) -> None:
    assert "再<a" in said(bureau.office.client(CLERK), "/work/comments/")
    assert "由您核对后开始" in said(bureau.office.client(REVIEWER), "/work/comments/")
    assert signed_in(bureau.person(Role.AUDITOR)).get("/work/comments/").status_code == 403


def test_judging__is_for_others_than_who_entered(bureau: Bureau) -> None:
    period = opened(bureau)
    row = acts.record(bureau.actor(HEAD), period.pk, way="phone", text="来电", received_on=clock.today())

    assert "要由另一位同事审看" in said(bureau.office.client(HEAD), at(period, f"received/{row.pk}/"))
    assert "由科室负责人、保密审查员" in said(bureau.office.client(CLERK), at(period, f"received/{row.pk}/"))
    assert bureau.office.client(HEAD).post(at(period, f"received/{row.pk}/decide/"), {"verdict": "shown"}).status_code == 403
    assert bureau.office.client(REVIEWER).get(at(opened(bureau), f"received/{row.pk}/")).status_code == 404
