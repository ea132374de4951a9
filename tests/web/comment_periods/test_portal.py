"""Does the public find what it is asked about, say something without a cookie or a script, and read what was made of it?"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import access, forms, knocking
from gongkai_web.comment_periods.actions import comments, moderation, periods
from gongkai_web.comment_periods.models import Comment, Period
from gongkai_web.publishing.actions import publication
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from tests.web.acts_examples.comment_periods import DRAFT, days_to_the_end, later, more, opened, planned
from tests.web.publishing.conftest import Bureau

SECRET = "白望之的手机13812345678"


@pytest.fixture
def visitor() -> Client:
    """A browser that keeps what cookies it is given, and is asked for a form's token as in earnest."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests type faster than people."""
    monkeypatch.setattr(forms, "AT_LEAST", dt.timedelta(0))


def page(period: Period) -> str:
    return f"/comments/{period.pk}/"


def token_on(client: Client, period: Period) -> str:
    found = re.search(r'name="form" value="([^"]+)"', client.get(f"{page(period)}form/").content.decode())
    assert found is not None
    return found[1]


def send(client: Client, period: Period, text: str = "建议写明减免条件。", **fields: Any) -> Any:
    headers = fields.pop("headers", {})
    values = {"form": fields.pop("form", "") or token_on(client, period), "text": text, **fields}
    return client.post(f"{page(period)}form/", values, headers=headers)


def test_open_period__stands_on_the_first_page_the_list_and_its_own(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)

    for address in ("/", "/comments/"):
        said = visitor.get(address).content.decode()
        assert DRAFT in said, address
        assert re.search(r"还剩 \d+ 天", said), address
    own = visitor.get(page(period)).content.decode()
    assert "不少于7个工作日" in own
    assert "在网上提出意见" in own
    assert not visitor.cookies


def test_planned_period__stands_nowhere(bureau: Bureau, visitor: Client) -> None:
    period = planned(bureau)

    assert DRAFT not in visitor.get("/comments/").content.decode()
    assert visitor.get(page(period)).status_code == 404
    assert visitor.get(f"{page(period)}form/").status_code == 404


def test_other_body__has_none_of_its_pages(bureau: Bureau, other: Bureau, visitor: Client) -> None:
    period = opened(bureau)

    assert visitor.get(f"/b/{other.body.slug}{page(period)}").status_code == 404
    assert visitor.get(f"/b/{bureau.body.slug}{page(period)}").status_code == 200


def test_comment__is_kept_whole_and_answered_with_a_receipt(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    text = "第一条意见。\n第二条意见，<b>原样</b>保存。"

    answer = send(visitor, period, text, name="白望之", contact="bai@example.cn")

    row = Comment.objects.get()
    assert (row.text, row.name, row.contact, row.way) == (text, "白望之", "bai@example.cn", "form")
    assert answer.status_code == 200
    assert row.receipt in answer.content.decode()
    assert "&lt;b&gt;原样&lt;/b&gt;" in answer.content.decode()
    assert not visitor.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_sender__stands_in_no_address_trail_or_public_page(
    bureau: Bureau, visitor: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    period = opened(bureau)
    send(visitor, period, f"建议写明减免条件。我是{SECRET}。", name=SECRET, contact=SECRET)

    row = Comment.objects.get()
    moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), row.pk, hidden=[(11, len(row.text))])
    shown = visitor.get(page(period)).content.decode()
    assert "建议写明减免条件。" in shown
    assert "【已隐去】" in shown
    for said in (shown, *(f"{e.fixed}{e.personal}" for e in Entry.objects.all()), *capfd.readouterr()):
        assert "13812345678" not in said
        assert SECRET not in said


def test_form__pressed_twice_makes_one_comment(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    form = token_on(visitor, period)

    first, second = send(visitor, period, form=form), send(visitor, period, form=form)

    assert Comment.objects.count() == 1
    assert Comment.objects.get().receipt in first.content.decode()
    assert Comment.objects.get().receipt in second.content.decode()


def test_form__pressed_twice_at_the_same_moment_makes_one_comment(
    bureau: Bureau, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one looks before the first is kept, and comes upon it when it is to be kept itself."""
    period = opened(bureau)
    form = token_on(visitor, period)
    send(visitor, period, form=form)
    looked: list[str] = []
    look = comments.received_before

    def too_early(nonce: str) -> Comment | None:
        looked.append(nonce)
        return None if len(looked) == 1 else look(nonce)

    monkeypatch.setattr(comments, "received_before", too_early)

    answer = send(visitor, period, form=form)

    assert Comment.objects.get().receipt in answer.content.decode()
    assert len(looked) == 2


def test_same_words__in_another_form_are_another_comment(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)

    send(visitor, period)
    send(visitor, period)

    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "status", "why"),
    [
        ({"text": "  "}, 422, "请写下您的意见"),
        ({"text": "长" * (comments.MOST_TEXT + 1)}, 422, "最多 5000 个字"),
        ({"website": "http://spam.example"}, 422, "不需要填写"),
        ({"form": "made-up"}, 422, "不完整"),
        ({"text": "机密★10年\n这里是内容"}, 422, "没有保存。本系统严禁存储、处理涉密信息"),
        ({"headers": {"Origin": "https://elsewhere.example"}}, 403, "从别的网站提交"),
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "从别的网站提交"),
    ],
)
def test_bad_comment__is_refused_in_words_and_stays_in_the_form(
    bureau: Bureau, visitor: Client, fields: dict[str, Any], status: int, why: str
) -> None:
    period = opened(bureau)

    answer = send(visitor, period, **{"name": "某人", **fields})

    assert answer.status_code == status
    assert why in answer.content.decode()
    assert 'value="某人"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_own_origin__is_no_foreign_site(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)

    assert send(visitor, period, headers={"Origin": "http://testserver"}).status_code == 200
    assert send(visitor, period, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_form__of_another_period_is_not_taken(bureau: Bureau, visitor: Client) -> None:
    one, two = opened(bureau), opened(bureau)

    assert send(visitor, two, form=token_on(visitor, one)).status_code == 422
    assert not Comment.objects.exists()


def test_form__left_open_for_too_long_is_shown_again_with_its_words(bureau: Bureau, visitor: Client, at: Any) -> None:
    period = opened(bureau)
    form = token_on(visitor, period)
    at(clock.now() + forms.AT_MOST + dt.timedelta(minutes=1))

    again = send(visitor, period, "写了半天的意见", form=form)

    assert again.status_code == 422
    assert "写了半天的意见" in again.content.decode()
    assert form not in again.content.decode()


def test_machine__that_answers_in_an_instant_is_asked_again(
    bureau: Bureau, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "AT_LEAST", dt.timedelta(seconds=30))

    assert "提交得太快" in send(visitor, opened(bureau)).content.decode()
    assert not Comment.objects.exists()


def test_address__that_sends_too_much_waits_an_hour(
    bureau: Bureau, visitor: Client, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knocking, "MOST", 2)
    period = opened(bureau)
    answers = [send(visitor, period).status_code for _ in range(3)]
    elsewhere = visitor.post(
        f"{page(period)}form/", {"form": token_on(visitor, period), "text": "别处"}, REMOTE_ADDR="2001:db8::1"
    )
    at(clock.now() + knocking.WINDOW)

    assert answers == [200, 200, 429]
    assert elsewhere.status_code == 200
    assert send(visitor, period).status_code == 200


def test_neighbours__of_one_ipv6_network_count_as_one() -> None:
    assert knocking._key("2001:db8::1") == knocking._key("2001:db8::ffff")
    assert knocking._key("2001:db8::1") != knocking._key("2001:db8:0:1::1")
    assert "2001" not in knocking._key("2001:db8::1")


def test_late_comment__is_refused_with_its_words_still_there(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    form = token_on(visitor, period)

    with later(days_to_the_end(period)):
        answer = send(visitor, period, "来晚的意见", form=form)
        empty = visitor.get(f"{page(period)}form/")
        own = visitor.get(page(period)).content.decode()

    assert answer.status_code in {409, 422}
    assert "来晚的意见" in answer.content.decode()
    assert empty.status_code == 409
    assert "截止，不再接收意见" in empty.content.decode()
    assert "已截止" in own
    assert not Comment.objects.exists()


def test_form_shown_before_midnight__is_refused_after_it(bureau: Bureau, visitor: Client, at: Any) -> None:
    period = opened(bureau)
    last = dt.datetime.combine(period.closes_on, dt.time(23, 59, 50), clock.BEIJING)
    at(last)
    form = token_on(visitor, period)
    at(last + dt.timedelta(seconds=20))

    answer = send(visitor, period, "来晚一步的意见", form=form)

    assert answer.status_code == 409
    assert "截止" in answer.content.decode()
    assert "来晚一步的意见" in answer.content.decode()


def test_withdrawn_draft__takes_everything_off_at_once(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    row = more(period, "会展示的意见。")
    moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), row.pk)
    form = token_on(visitor, period)
    explanation = period.explanation.index_number
    assert DRAFT in visitor.get(page(period)).content.decode()

    publication.withdraw(bureau.actor(Role.DEPARTMENT_REVIEWER), period.draft_id, reason="有误")

    for address in ("/", "/comments/", page(period), f"{page(period)}form/", f"/info/{explanation}/"):
        said = visitor.get(address).content.decode()
        assert f"{DRAFT}公开征求意见" not in said
        assert "会展示的意见" not in said
        if not address.startswith("/info/"):
            assert DRAFT not in said, address
    assert visitor.get(page(period)).status_code == 410
    assert send(visitor, period, form=form).status_code == 410
    with pytest.raises(Exception, match="已经撤下"):
        comments.receive(comments.PUBLIC, period.pk, nonce="n" * 16, text="意见")
    assert Comment.objects.count() == 1


def test_withdrawn_explanation__leaves_the_page_without_it(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)

    publication.withdraw(bureau.actor(Role.DEPARTMENT_REVIEWER), period.explanation_id, reason="有误")

    said = visitor.get(page(period)).content.decode()
    assert DRAFT in said
    assert period.explanation.draft.title not in said


def test_items__of_a_period_lead_to_it_and_back(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    result = bureau.published(title="公证服务收费办法")
    with later(days_to_the_end(period)):
        periods.tie(bureau.actor(Role.CLERK), period.pk, part="result", item_id=result.pk)

        said = visitor.get(f"/info/{result.index_number}/").content.decode()
        assert page(period) in said
        assert "最后公布的文件" in said
        assert f"/info/{result.index_number}/" in visitor.get(page(period)).content.decode()
    assert "征求意见稿" in visitor.get(f"/info/{period.draft.index_number}/").content.decode()


def test_account__shows_once_it_is_public_and_not_before(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    version = bureau.submitted(title="采纳情况的说明", html="<p>采纳一条。</p>")
    with later(days_to_the_end(period)):
        periods.tie(bureau.actor(Role.CLERK), period.pk, part="feedback", item_id=version.item_id)
        before = visitor.get(page(period)).content.decode()
        bureau.passed(version)
        after = visitor.get(page(period)).content.decode()

    assert "采纳一条" not in before
    assert "意见正在研究" in before
    assert "采纳一条" in after
    assert "采纳情况的说明" in after


def test_shown_comments__come_in_pages(bureau: Bureau, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai_web.comment_periods.access.public.PAGE", 2)
    monkeypatch.setattr("gongkai_web.comment_periods.access.PAGE", 2)
    period = opened(bureau)
    for n in range(3):
        moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), more(period, f"第{n}号看法").pk)

    first, second = (visitor.get(page(period) + q).content.decode() for q in ("", "?from=2"))

    assert "第0号看法" in first
    assert "第2号看法" not in first
    assert "?from=2" in first
    assert "第2号看法" in second


def test_comments__of_a_period_that_shows_none_stay_unseen(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau, shows_comments=False)
    moderation.show(bureau.actor(Role.DEPARTMENT_REVIEWER), more(period, "不展示的看法").pk)

    assert "不展示的看法" not in visitor.get(page(period)).content.decode()


def test_period__without_a_form_says_how_else(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau, takes_form=False)

    assert "在网上提出意见" not in visitor.get(page(period)).content.decode()
    assert visitor.get(f"{page(period)}form/").status_code == 409


def test_kept_page__is_made_anew_after_midnight(bureau: Bureau) -> None:
    opened(bureau)

    until = access.changes_at(access.periods(bureau.body))

    assert until is not None
    assert until.astimezone(clock.BEIJING).time() == dt.time()
    assert clock.now() < until <= clock.now() + dt.timedelta(days=1)


def test_abandoned_period__says_why(bureau: Bureau, visitor: Client) -> None:
    period = opened(bureau)
    periods.abandon(bureau.actor(Role.UNIT_HEAD), period.pk, reason="不再制定这份文件")

    said = visitor.get(page(period)).content.decode()
    assert "已终止" in said
    assert "不再制定这份文件" in said
    assert visitor.get(f"{page(period)}form/").status_code == 409
