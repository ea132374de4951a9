"""Can an item be found, begun, written, filled with files and sent on from the screens, with nothing typed ever lost?"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Attachment, Category, Item, Stage
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import hidden, words

PHONE = "<p>联系人手机13912345678。</p>"
MARKED = "机密★十年\n\n关于某事的报告".encode()


def address(item: Item, deed: str = "") -> str:
    return f"/work/items/{item.pk}/{deed}"


def form_of(item: Item, **changes: Any) -> dict[str, Any]:
    """The draft's form as the browser would send it."""
    now = fresh(item)
    draft = now.draft
    sent = {
        "revision": draft.revision, "title": draft.title, "html": draft.html, "summary": draft.summary, "issuer": draft.issuer,
        "attribute": draft.attribute, "category": now.category_id, "department": now.department_id or "", "kind": now.kind,
        "origin": now.origin, "made_or_changed_on": now.made_or_changed_on.isoformat(), "responsible_body": now.responsible_body,
    }  # fmt: skip
    return {**sent, **changes}


# ---- the list ---------------------------------------------------------------------------------------------------------------


def test_list__shows_filters_counts_and_pages(bureau: Bureau) -> None:
    for n in range(52):
        bureau.draft(f"第{n:02}条通知")
    client = bureau.office.client(Role.CLERK)
    first = words(client.get("/work/items/"))
    assert "共 52 条" in first
    after = re.search(r'href="\?(after=[^"]+)" rel="next"', first)
    assert after is not None
    second = words(client.get(f"/work/items/?{after[1]}"))
    assert ("第00条通知" in first, "第00条通知" in second) == (False, True)
    assert "共 1 条符合条件" in words(client.get("/work/items/?text=第07条&stage=draft&mine=1"))


def test_list__says_how_much_time_is_left_in_words(bureau: Bureau) -> None:
    bureau.draft("早就该公开的", facts={"made_or_changed_on": clock.today() - dt.timedelta(days=90)})
    shown = words(bureau.office.client(Role.CLERK).get("/work/items/"))
    assert re.search(r"status-due-red.*已超过 \d+ 个工作日", shown)


@pytest.mark.parametrize("query", ["stage=x", "department=x", "year=今年", "after=!!", "category=nowhere"])
def test_list__refuses_a_filter_that_is_not_there_in_words(bureau: Bureau, query: str) -> None:
    assert bureau.office.client(Role.CLERK).get(f"/work/items/?{query}").status_code == 404


def test_empty_list__says_what_to_do_next(bureau: Bureau) -> None:
    client = bureau.office.client(Role.CLERK)
    assert '请<a href="/work/items/new/">新建一条</a>' in words(client.get("/work/items/"))
    assert "请放宽条件" in words(client.get("/work/items/?text=无"))
    assert "送审到您这一环节的" in words(bureau.office.client(Role.SIGNING_LEADER).get("/work/items/"))
    Category.objects.filter(body=bureau.body).update(closed_on=clock.today())
    assert "设立公开栏目" in words(client.get("/work/items/"))


def test_export__holds_what_is_seen_and_no_formula(bureau: Bureau) -> None:
    bureau.draft("=1+1")
    bureau.draft("别的一条")
    response: Any = bureau.office.client(Role.CLERK).get("/work/items/export.csv?text=%3D")
    table = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "'=1+1" in table
    assert "别的一条" not in table


# ---- a new one --------------------------------------------------------------------------------------------------------------


def test_new_item__begins_with_the_category_its_articles_and_its_day(bureau: Bureau) -> None:
    client = bureau.office.client(Role.CLERK)
    assert "第二十条第（五）项" in words(client.get("/work/items/new/"))
    chosen = words(client.get("/work/items/new/?category=licences"))
    assert re.search(r"最迟 <strong>\d{4}-\d\d-\d\d</strong>", chosen)
    assert "发文字号" not in chosen


def test_new_item__sent_twice_is_made_once(bureau: Bureau) -> None:
    client = bureau.office.client(Role.CLERK)
    token = hidden(client.get("/work/items/new/?category=notices"), "form")
    sent = {
        "form": token, "category": "notices", "title": "关于年会的通知", "department": bureau.office.departments[0].pk,
        "kind": "general", "made_or_changed_on": clock.today().isoformat(),
    }  # fmt: skip
    answers = [client.post("/work/items/new/", sent) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert Item.objects.filter(body=bureau.body).count() == 1
    again = {**sent, "form": hidden(client.get("/work/items/new/?category=notices"), "form")}
    assert client.post("/work/items/new/", again).url != answers[0].url


def test_new_item__that_is_wrong_keeps_what_was_typed_and_may_be_sent_again(bureau: Bureau) -> None:
    client = bureau.office.client(Role.CLERK)
    token = hidden(client.get("/work/items/new/?category=notices"), "form")
    sent = {
        "form": token,
        "category": "notices",
        "title": "关于年会的通知",
        "department": "",
        "kind": "general",
        "made_or_changed_on": "明天",
    }
    wrong = client.post("/work/items/new/", sent)
    assert wrong.status_code == 422
    assert 'value="关于年会的通知"' in words(wrong)
    assert hidden(wrong, "form") == token
    day = (clock.today() + dt.timedelta(days=3)).isoformat()
    assert client.post("/work/items/new/", {**sent, "made_or_changed_on": day}).status_code == 422
    right = {**sent, "department": bureau.office.departments[0].pk, "made_or_changed_on": clock.today().isoformat()}
    assert client.post("/work/items/new/", right).status_code == 302


def test_new_item__is_for_those_who_draft(bureau: Bureau) -> None:
    assert bureau.office.client(Role.SECRECY_OFFICER).get("/work/items/new/").status_code == 403


# ---- writing ----------------------------------------------------------------------------------------------------------------


def test_edit__saves_every_field(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    sent = form_of(
        item, title="改过的标题", theme="公安、安全、司法\\司法", genre="通知", made_on="2026-01-05", keywords="公证", attribute="redacted",
        cut_place=["第二段", ""], cut_ground=["refused.privacy", ""], five_kinds=["结果公开"], joint_bodies="甲局\n乙局", obtained_from="某单位",
    )  # fmt: skip
    assert client.post(address(item, "edit/"), sent).url == f"{address(item, 'edit/')}?done=saved"
    now = fresh(item)
    assert (now.draft.title, now.draft.theme, str(now.draft.made_on)) == ("改过的标题", "公安、安全、司法\\司法", "2026-01-05")
    assert now.draft.cuts == [{"place": "第二段", "ground": "refused.privacy"}]
    assert (now.five_kinds, now.joint_bodies, now.obtained_from) == (["结果公开"], ["甲局", "乙局"], "某单位")
    page = words(client.get(address(item, "edit/")))
    assert 'value="第二段"' in page
    assert "data-rich" in page


def test_edit__that_is_wrong_keeps_what_was_typed(bureau: Bureau) -> None:
    item = bureau.draft()
    answer = bureau.office.client(Role.CLERK).post(
        address(item, "edit/"), form_of(item, title="", html="<p>写了半天的正文</p>", made_on="2026-13-45", kind="诗")
    )
    said = words(answer)
    assert answer.status_code == 422
    assert "写了半天的正文" in said
    assert {"made_on"} <= set(re.findall(r'href="#(\w+)"', said))
    assert fresh(item).draft.title == "关于开展公证服务便民活动的通知"


def test_edit__of_a_draft_saved_elsewhere_keeps_what_was_typed_and_offers_to_go_on(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    mine = form_of(item, title="我改的")
    items.edit(bureau.actor(Role.UNIT_HEAD), item.pk, revision=fresh(item).draft.revision, content={"title": "别人改的"})
    answer = client.post(address(item, "edit/"), mine)
    assert answer.status_code == 409
    assert 'value="我改的"' in words(answer)
    assert fresh(item).draft.title == "别人改的"
    over = hidden_over(words(answer))
    assert client.post(address(item, "edit/"), {**mine, "over": over}).status_code == 302
    assert fresh(item).draft.title == "我改的"


def hidden_over(page: str) -> str:
    found = re.search(r'name="over" value="(\d+)"', page)
    assert found
    return found[1]


def test_autosave__keeps_the_text_and_tells_of_somebody_elses(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    first = client.post(address(item, "autosave/"), form_of(item, html="<p>写到一半</p>"))
    assert first.status_code == 200
    assert first.json()["revision"] == fresh(item).draft.revision
    assert fresh(item).draft.html == "<p>写到一半</p>"
    stale = client.post(address(item, "autosave/"), form_of(item, revision=1, html="<p>旧的</p>"))
    assert (stale.status_code, "在别处另外保存过" in stale.json()["why"]) == (409, True)
    wrong = client.post(address(item, "autosave/"), form_of(item, title=""))
    assert (wrong.status_code, wrong.json()["fields"]) == (422, ["title"])
    assert bureau.office.client(Role.SIGNING_LEADER).post(address(item, "autosave/"), form_of(item)).status_code == 403


def test_edit__is_closed_while_under_review(bureau: Bureau) -> None:
    version = bureau.submitted()
    client = bureau.office.client(Role.CLERK)
    assert client.get(address(version.item, "edit/")).status_code == 409
    assert client.post(address(version.item, "edit/"), form_of(version.item)).status_code == 409
    assert bureau.office.client(Role.SIGNING_LEADER).get(address(version.item, "edit/")).status_code == 403


# ---- files ------------------------------------------------------------------------------------------------------------------


def sent_file(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def test_files__come_in_each_with_its_own_answer(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    answer = client.post(
        address(item, "files/"), {"files": [sent_file("活动安排。".encode(), "安排.txt"), sent_file(b"MZ\x90\x00", "安排.exe")]}
    )
    said = words(answer)
    assert answer.status_code == 422
    assert "已经上传：安排.txt" in said
    assert "安排.exe" in said
    assert Attachment.objects.filter(item=item).count() == 1
    assert client.post(address(item, "files/"), {}).status_code == 422


def test_files__marked_as_secret_are_refused_with_whom_to_call(bureau: Bureau) -> None:
    item = bureau.draft()
    answer = bureau.office.client(Role.CLERK).post(address(item, "files/"), {"files": [sent_file(MARKED, "报告.txt")]})
    assert answer.status_code == 422
    assert "保密工作机构" in words(answer)
    assert not Attachment.objects.filter(item=item).exists()
    officer = bureau.office.client(Role.SECRECY_OFFICER)
    assert "机密★十年" in words(officer.get("/work/review/marked/"))
    allow = re.search(r'action="(/work/review/marked/\d+/allow/)"', words(officer.get("/work/review/marked/")))
    assert allow
    assert officer.post(allow[1], {"reason": ""}).status_code == 422
    assert officer.post(allow[1], {"reason": "引用的样式"}).status_code == 302
    again = bureau.office.client(Role.CLERK).post(address(item, "files/"), {"files": [sent_file(MARKED, "报告.txt")]})
    assert again.status_code == 302
    assert bureau.office.client(Role.CLERK).get("/work/review/marked/").status_code == 403


def test_files__are_put_in_order_named_and_removed(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    client.post(address(item, "files/"), {"files": [sent_file("甲".encode(), "甲.txt"), sent_file("乙".encode(), "乙.txt")]})
    first, second = Attachment.objects.filter(item=item).order_by("position")
    sent = {"digest": [first.digest, second.digest], "name": ["附件二.txt", "附件一.txt"], "place": ["2", "1"]}
    assert client.post(address(item, "files/arrange/"), sent).status_code == 302
    assert [a.name for a in Attachment.objects.filter(item=item).order_by("position")] == ["附件一.txt", "附件二.txt"]
    assert client.post(address(item, "files/arrange/"), {**sent, "name": ["", "x"]}).status_code == 422
    assert client.post(address(item, "files/arrange/"), {"remove": first.digest}).status_code == 302
    assert Attachment.objects.filter(item=item).count() == 1


def test_file__reaches_those_within_reach_only_and_never_as_a_page(bureau: Bureau, other: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    client.post(address(item, "files/"), {"files": [sent_file("活动安排，1<2。".encode(), "安排.txt")]})
    digest = Attachment.objects.get(item=item).digest
    given: Any = client.get(address(item, f"files/{digest}/"))
    assert b"".join(given.streaming_content).decode().strip() == "活动安排，1<2。"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert "活动安排，1&lt;2。" in words(client.get(address(item, f"files/{digest}/text/")))
    for stranger in (other.office.client(Role.UNIT_HEAD), bureau.office.client(Role.AUDITOR)):
        assert stranger.get(address(item, f"files/{digest}/")).status_code in {403, 404}
    assert client.get(address(item, "files/sha256:00/")).status_code == 404


# ---- hits, submitting and what follows ---------------------------------------------------------------------------------------


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
