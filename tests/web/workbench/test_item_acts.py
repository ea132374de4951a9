"""Can everything that follows the writing of an item be done from its page: hits, submitting, publishing, what stands beside it?"""

from __future__ import annotations

import datetime as dt
import re

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.models import Category, Item, Stage
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import hidden, words

PHONE = "<p>联系人手机13912345678。</p>"


def address(item: Item, deed: str = "") -> str:
    return f"/work/items/{item.pk}/{deed}"


def test_hit__is_marked_in_the_text_and_resolved_in_place(bureau: Bureau) -> None:
    item = bureau.draft(html=PHONE)
    client = bureau.office.client(Role.CLERK)
    page = words(client.get(address(item)))
    assert '<mark class="hit-mark">13912345678<a' in page
    assert "还不能送审：1 处扫描结果没有核对" in page
    deed = re.search(rf'action="({address(item, "hits/")}[^/]+/)', page)
    assert deed
    assert client.post(deed[1], {"kind": "lawful", "reason": ""}).status_code == 422
    assert client.post(deed[1], {"kind": "lawful", "reason": "公开的值班电话"}).status_code == 302
    assert "公开的值班电话" in words(client.get(address(item)))
    assert client.post(deed[1], {"reopen": "1"}).status_code == 302


def test_submit__tells_what_is_missing_and_where_to_put_it(bureau: Bureau) -> None:
    item = bureau.draft(summary="", attribute="")
    page = words(bureau.office.client(Role.CLERK).get(address(item)))
    assert f'href="{address(item, "edit/")}#summary"' in page
    assert f'href="{address(item, "edit/")}#attribute-proactive"' in page
    answer = bureau.office.client(Role.CLERK).post(address(item, "submit/"), {"revision": fresh(item).draft.revision})
    assert answer.status_code == 422


def test_submit__at_a_set_time(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    sent = {"revision": fresh(item).draft.revision, "when": "later", "publish_at": "2020-01-01T09:00"}
    past = client.post(address(item, "submit/"), sent)
    assert past.status_code == 422
    assert 'value="2020-01-01T09:00"' in words(past)
    later = clock.now().astimezone(clock.BEIJING) + dt.timedelta(days=2)
    assert client.post(address(item, "submit/"), {**sent, "publish_at": later.strftime("%Y-%m-%dT09:00")}).status_code == 302
    assert fresh(item).publish_at is not None
    assert client.post(address(item, "submit/"), sent).status_code == 409


def test_public_item__is_corrected_withdrawn_and_begun_anew(bureau: Bureau) -> None:
    item = bureau.published()
    clerk, head = bureau.office.client(Role.CLERK), bureau.office.client(Role.UNIT_HEAD)
    assert clerk.post(address(item, "withdraw/"), {"reason": "有误"}).status_code == 403
    empty = head.post(address(item, "withdraw/"), {"reason": "", "tombstone": "本信息已撤下，请看新通知。"})
    assert empty.status_code == 422
    assert "本信息已撤下，请看新通知。" in words(empty)
    assert head.post(address(item, "withdraw/"), {"reason": "有误"}).status_code == 302
    assert fresh(item).stage == Stage.WITHDRAWN
    assert clerk.post(address(item, "correct/"), {"note": "改正地点"}).status_code == 409
    assert clerk.post(address(item, "reopen/"), {"reason": "改好再公开"}).status_code == 302
    assert fresh(item).stage == Stage.DRAFT


def test_item_published_elsewhere__leaves_as_a_package_and_comes_back_with_day_and_address(bureau: Bureau) -> None:
    Category.objects.filter(body=bureau.body, key="news").update(channel="elsewhere")
    item = bureau.passed(bureau.submitted(key="news"))
    client = bureau.office.client(Role.CLERK)
    given = client.get(address(item, "package.zip"))
    assert (given.status_code, given.headers["Content-Type"]) == (200, "application/zip")
    wrong = client.post(
        address(item, "handed-over/"), {"to": "县政府网站", "address": "javascript:alert(1)", "on": clock.today().isoformat()}
    )
    assert wrong.status_code == 422
    assert 'value="县政府网站"' in words(wrong)
    right = {"to": "县政府网站", "address": "https://www.example.gov.cn/a.html", "on": clock.today().isoformat()}
    assert client.post(address(item, "handed-over/"), right).status_code == 302
    assert fresh(item).stage == Stage.PUBLISHED
    assert client.get(address(item, "package.zip")).status_code == 409


def test_outing__is_recorded_once_and_can_be_struck(bureau: Bureau) -> None:
    item = bureau.published()
    client = bureau.office.client(Role.CLERK)
    sent = {
        "form": hidden(client.get(address(item)), "form"),
        "channel": "wechat",
        "on_day": clock.today().isoformat(),
        "place": "岫川司法",
    }
    assert [client.post(address(item, "outings/"), sent).status_code for _ in range(2)] == [302, 302]
    assert item.outings.count() == 1
    strike = re.search(rf'action="({address(item, "outings/")}\d+/strike/)"', words(client.get(address(item))))
    assert strike
    assert client.post(strike[1], {"reason": ""}).status_code == 422
    assert client.post(strike[1], {"reason": "登记重了"}).status_code == 302


def test_link__is_found_by_title_and_shows_on_both(bureau: Bureau) -> None:
    item, target = bureau.published(), bureau.published(title="另一份文件")
    client = bureau.office.client(Role.CLERK)
    assert "另一份文件" in words(client.get(address(item, "links/?text=另一份")))
    assert client.post(address(item, "links/"), {"kind": "related", "target": target.pk}).status_code == 302
    assert client.post(address(item, "links/"), {"kind": "related", "text": "另一份"}).status_code == 422
    assert "被《关于开展公证服务便民活动的通知》相关" in words(client.get(address(target)))
    remove = re.search(rf'action="({address(item, "links/")}\d+/remove/)"', words(client.get(address(item))))
    assert remove
    assert client.post(remove[1]).status_code == 302


def test_register__takes_legality_and_a_change_of_validity(bureau: Bureau) -> None:
    item = bureau.published(facts={"kind": "normative"})
    client = bureau.office.client(Role.CLERK)
    today = clock.today().isoformat()
    legality = {
        "form": hidden(client.get(address(item)), "form"), "reviewed_by": "法治科", "received_on": today, "reviewed_on": today,
        "lawful": "yes", "opinion": "符合规定",
    }  # fmt: skip
    assert client.post(address(item, "legality/"), {**legality, "lawful": ""}).status_code == 422
    assert client.post(address(item, "legality/"), legality).status_code == 302
    assert client.post(address(item, "validity/"), {"validity": "repealed", "on_day": today}).status_code == 422
    change = {"validity": "repealed", "on_day": today, "by_document": "岫司发〔2026〕9号"}
    assert client.post(address(item, "validity/"), change).status_code == 302
    page = words(client.get(address(item)))
    assert "法治科：符合规定" in page
    review = re.search(r'href="(/work/review/\d+/)">审核中', page)
    assert review
    assert "依据岫司发〔2026〕9号" in words(bureau.office.client(Role.SIGNING_LEADER).get(review[1]))


def test_other_acts__of_the_page(bureau: Bureau) -> None:
    clerk, head = bureau.office.client(Role.CLERK), bureau.office.client(Role.UNIT_HEAD)
    item = bureau.published()
    facts = {"category": bureau.category("plans").pk, "department": bureau.office.departments[0].pk, "five_kinds": ["决策公开"]}
    assert clerk.post(address(item, "classify/"), facts).status_code == 302
    assert clerk.post(address(item, "correct/"), {"note": ""}).status_code == 422
    assert clerk.post(address(item, "correct/"), {"note": "改正地点"}).status_code == 302
    assert head.post(address(item, "keeper/"), {"to": ""}).status_code == 422
    assert head.post(address(item, "keeper/"), {"to": bureau.person(Role.UNIT_HEAD).pk}).status_code == 302
    draft = bureau.draft()
    assert clerk.post(address(draft, "discard/"), {"reason": ""}).status_code == 422
    assert clerk.post(address(draft, "discard/"), {"reason": "重复"}).status_code == 302
    withheld = bureau.passed(
        bureau.submitted(
            attribute="withheld", ground="refused.internal_affairs", reason="属于本机关人事管理方面的内部事务信息", html="",
            facts={"reassess_on": clock.today() + dt.timedelta(days=30)},
        )
    )  # fmt: skip
    assert clerk.post(address(withheld, "reassess/"), {"reason": "x"}).status_code == 422
    assert clerk.post(address(withheld, "reassess/"), {"result": "publish", "reason": "情势变化，可以公开"}).status_code == 302


def test_scheduled_item__is_moved_and_called_off(bureau: Bureau) -> None:
    later = clock.now() + dt.timedelta(days=3)
    item = bureau.passed(bureau.submitted(publish_at=later))
    client = bureau.office.client(Role.CLERK)
    page = words(client.get(address(item)))
    assert "取消定时公开" in page
    moved = (later + dt.timedelta(days=1)).astimezone(clock.BEIJING).strftime("%Y-%m-%dT09:00")
    assert client.post(address(item, "schedule/"), {"when": "later", "at": moved}).status_code == 302
    assert client.post(address(item, "schedule/"), {"cancel": "1", "reason": ""}).status_code == 422
    assert client.post(address(item, "schedule/"), {"cancel": "1", "reason": "改期"}).status_code == 302
    assert fresh(item).stage == Stage.DRAFT


def test_item__of_another_body_or_department_is_not_there(bureau: Bureau, other: Bureau) -> None:
    item = bureau.draft()
    stranger = other.office.client(Role.UNIT_HEAD)
    for deed in ("", "edit/", "files/", "links/"):
        assert stranger.get(address(item, deed)).status_code == 404
    for deed in ("submit/", "discard/", "autosave/", "edit/", "files/arrange/", "classify/", "withdraw/"):
        assert stranger.post(address(item, deed), {"reason": "x"}).status_code in {403, 404}
    assert fresh(item).stage == Stage.DRAFT


def test_words__longer_than_can_be_kept_are_refused_and_stay_in_the_form(bureau: Bureau) -> None:
    item = bureau.published()
    clerk, head = bureau.office.client(Role.CLERK), bureau.office.client(Role.UNIT_HEAD)
    tries = (
        (clerk, "correct/", {"note": "更" * 301}, "更正说明最多 300 个字，现在有 301 个"),
        (head, "withdraw/", {"reason": "撤" * 1001}, "理由最多 1000 个字，现在有 1001 个"),
        (head, "withdraw/", {"reason": "有误", "tombstone": "说" * 301}, "公众看到的说明最多 300 个字"),
    )
    for client, deed, sent, told in tries:
        answer = client.post(address(item, deed), sent)
        assert answer.status_code == 422
        assert told in words(answer)
        assert max(sent.values(), key=len) in words(answer)
    assert fresh(item).stage == Stage.PUBLISHED
