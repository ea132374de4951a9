"""Can an item be found, begun, written, filled with files and sent on from the screens, with nothing typed ever lost?"""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.files import held, storage
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Attachment, Category, Item, Legality
from gongkai_web.ui import clock
from gongkai_web.workbench.items import ORDERS, SORTS
from tests.web.files.office_samples import tracked_docx
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import hidden, words

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


def test_list__is_put_in_order_on_a_narrow_screen_too(bureau: Bureau) -> None:
    bureau.draft()
    client = bureau.office.client(Role.CLERK)
    assert {value.removeprefix("-") for value, _ in ORDERS} == {"", *(key for key, _ in SORTS)}
    for value, word in ORDERS:
        page = words(client.get("/work/items/", {"sort": value, "mine": "1"}))
        assert f'<option value="{value}" selected>{word}</option>' in page
        assert ('<td class="number" data-label="形成日期">' in page) is (value.removeprefix("-") == "made")


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


def test_file_with_tracked_changes__is_taken_only_when_a_person_says_how(bureau: Bureau) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    asked = client.post(address(item, "files/"), {"files": [sent_file(tracked_docx(), "通知.docx")]})
    assert asked.status_code == 422
    assert "上传前要您决定" in words(asked)
    assert 'name="accept_changes"' in words(asked)
    assert not list(storage.root().glob("*/*/*"))

    decided = client.post(address(item, "files/"), {"files_held": hidden(asked, "files_held"), "accept_changes": "1"})
    assert decided.status_code == 302
    assert "修订" in words(client.get(address(item, "files/")))


def test_file_that_waits_for_a_decision__is_its_uploaders_alone_and_not_for_long(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = bureau.draft()
    client = bureau.office.client(Role.CLERK)
    sent = {"files": [sent_file(tracked_docx(), "通知.docx")]}
    token = hidden(client.post(address(item, "files/"), sent), "files_held")
    stranger = bureau.office.client(Role.UNIT_HEAD).post(address(item, "files/"), {"files_held": token, "accept_changes": "1"})
    assert "没有留下" in words(stranger)

    later = time.time() + held.MINUTES * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    late = client.post(address(item, "files/"), {"files_held": token, "accept_changes": "1"})
    assert late.status_code == 422
    assert "请重新选择文件上传" in words(late)
    assert not Attachment.objects.filter(item=item).exists()


def test_signed_sheet_with_changes__waits_beside_its_form(bureau: Bureau) -> None:
    item = bureau.published(
        key="normative", made_on=clock.today(), effective_on=clock.today(), document_number="岫司规〔2026〕1号",
        theme="公安、安全、司法\\司法", facts={"kind": "normative"},
    )  # fmt: skip
    client = bureau.office.client(Role.CLERK)
    sent = {
        "received_on": clock.today(), "reviewed_on": clock.today(), "reviewed_by": "法治科", "lawful": "yes", "opinion": "合法",
        "form": "0123456789abcdef-legality",
    }  # fmt: skip
    asked = client.post(address(item, "legality/"), {**sent, "legality_file": sent_file(tracked_docx(), "意见书.docx")})
    assert asked.status_code == 422
    assert "不用再选文件" in words(asked)

    again = {**sent, "legality_file_held": hidden(asked, "legality_file_held"), "accept_changes": "1"}
    assert client.post(address(item, "legality/"), again).status_code == 302
    assert Legality.objects.get(item=item).file


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


def test_edit__with_a_classification_marking_is_refused_in_the_form_with_what_was_typed(bureau: Bureau) -> None:
    item, client = bureau.draft(), bureau.office.client(Role.CLERK)
    answer = client.post(address(item, "edit/"), form_of(item, title="密级：机密 关于窗口的通知"))
    assert answer.status_code == 422
    shown = words(answer)
    assert "密级标志，没有保存" in shown
    assert "密级：机密 关于窗口的通知" in answer.content.decode()


def test_new__in_a_body_without_the_code_for_its_index_numbers_keeps_the_title_and_the_first_page_tells_who_fills_it_in(
    bureau: Bureau,
) -> None:
    Body.objects.filter(pk=bureau.body.pk).update(organisation_code="", credit_code="")
    client = bureau.office.client(Role.CLERK)
    page = client.get("/work/items/new/?category=notices")
    sent = {
        "category": "notices", "form": hidden(page, "form"), "title": "写了半天的标题", "kind": "general",
        "department": bureau.office.departments[0].pk, "made_or_changed_on": "2026-03-05",
    }  # fmt: skip
    answer = client.post("/work/items/new/", sent)
    assert answer.status_code == 422
    assert "组织机构代码" in words(answer)
    assert 'value="写了半天的标题"' in answer.content.decode()
    assert "填写组织机构代码" in words(bureau.office.client(Role.SYSTEM_ADMINISTRATOR).get("/work/"))
    assert "由系统管理员填写" in words(client.get("/work/"))
    Body.objects.filter(pk=bureau.body.pk).update(credit_code="11330000MB0X00026L")
    assert client.post("/work/items/new/", {**sent, "form": hidden(answer, "form")}).status_code == 302
    assert Item.objects.get().index_number.startswith("MB0X00026/")
