"""Does the screen of the self-inspection tell what to mend and lead to where it is mended?"""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import tasks
from gongkai_web.flow.models import Task
from gongkai_web.publishing import inspections, self_inspection
from gongkai_web.publishing.models import Inspection, Item
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau
from tests.web.workbench.conftest import words

LIST = "/work/inspection/"


def looked(bureau: Bureau) -> None:
    assert bureau.office.client(Role.UNIT_HEAD).post(f"{LIST}look/").url == f"{LIST}?done=inspected"


def test_screen__says_when_nobody_has_looked_yet(bureau: Bureau) -> None:
    head = bureau.office.client(Role.UNIT_HEAD)
    assert "还没有检查过" in words(head.get(LIST))
    assert "网站自查有" not in words(head.get("/work/"))
    assert bureau.office.client(Role.AUDITOR).get(LIST).status_code == 403
    assert bureau.office.client(Role.AUDITOR).post(f"{LIST}look/").status_code == 403


def test_screen__names_each_point_and_every_address_leads_somewhere(bureau: Bureau) -> None:
    bureau.published()
    bureau.published(title="某规范性文件", key="normative", made_on=clock.today(), effective_on=clock.today(),
                     document_number="岫司规〔2026〕1号", theme="公安、安全、司法\\司法", facts={"kind": "normative"})  # fmt: skip
    bureau.draft("拖了很久的公告", facts={"made_or_changed_on": clock.today() - dt.timedelta(weeks=9)})
    looked(bureau)
    head = bureau.office.client(Role.UNIT_HEAD)
    page = words(head.get(LIST))
    assert "拖了很久的公告" in page
    assert "空白栏目（" in page
    addresses = set(re.findall(r'<a href="(/work/[^"]+)">请', page))
    assert len(addresses) > 4
    for address in addresses:
        assert head.get(address.replace("&amp;", "&")).status_code == 200, address


def test_screen__is_narrowed_by_indicator_weight_and_words(bureau: Bureau) -> None:
    bureau.published()
    looked(bureau)
    head = bureau.office.client(Role.UNIT_HEAD)
    empty = words(head.get(f"{LIST}?indicator=empty"))
    assert "工作动态" in empty
    assert "政府信息公开指南" not in empty.partition("<tbody>")[2]
    assert "没有符合条件" in words(head.get(f"{LIST}?text=没有这样的东西"))
    assert head.get(f"{LIST}?indicator=other").status_code == 404
    assert head.get(f"{LIST}?weight=other").status_code == 404

    answer = head.get(f"{LIST}export.xlsx?indicator=empty")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert {row[1] for row in list(sheet.values)[1:]} == {"空白栏目"}


def test_home__says_how_much_there_is_to_mend(bureau: Bureau) -> None:
    bureau.published()
    looked(bureau)
    page = words(bureau.office.client(Role.CLERK).get("/work/"))
    assert re.search(r"网站自查有 \d+ 处要整改", page)
    assert "网站自查有" not in words(bureau.office.client(Role.SIGNING_LEADER).get("/work/"))


def test_limited_clerk__is_not_told_of_drafts_of_other_departments(bureau: Bureau) -> None:
    item = bureau.draft("别科室的草稿", facts={"made_or_changed_on": clock.today() - dt.timedelta(weeks=9)})
    Item.objects.filter(pk=item.pk).update(department=bureau.office.departments[1])
    looked(bureau)
    assert "别科室的草稿" not in words(bureau.office.client(Role.CLERK).get(LIST))
    assert "别科室的草稿" in words(bureau.office.client(Role.UNIT_HEAD).get(LIST))


def test_large_body__is_inspected_by_the_worker(bureau: Bureau, monkeypatch: Any) -> None:
    bureau.published()
    monkeypatch.setattr(inspections, "AT_ONCE", 0)
    answer = bureau.office.client(Role.UNIT_HEAD).post(f"{LIST}look/")
    assert answer.url == f"{LIST}?done=inspecting"
    assert not Inspection.objects.exists()
    assert tasks.run_next()
    assert Inspection.objects.get().body == bureau.body


def test_every_body_that_publishes__is_inspected_once_a_day(bureau: Bureau, other: Bureau) -> None:
    bureau.published()
    now = clock.now()
    inspections.look_daily(now)
    assert Task.objects.filter(name=inspections.TASK).count() == 1
    looked(bureau)
    Task.objects.all().delete()
    inspections.look_daily(now + dt.timedelta(hours=3))
    assert not Task.objects.exists()
    inspections.look_daily(now + dt.timedelta(days=1))
    assert Task.objects.filter(name=inspections.TASK).count() == 1


def test_every_point__has_a_title_among_the_indicators() -> None:
    tree = ast.parse(Path(self_inspection.__file__).read_text(encoding="utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "_point"]
    codes = {n.args[0].value for n in calls if isinstance(n.args[0], ast.Constant)}
    assert len(codes) > 8
    assert codes <= set(self_inspection.INDICATORS)


def test_superior__sees_what_is_to_be_mended_but_no_draft_by_name(bureau: Bureau) -> None:
    item = bureau.draft("还没有审定的草稿", facts={"made_or_changed_on": clock.today() - dt.timedelta(weeks=9)})
    inspections.look(bureau.body)
    superior = bureau.office.client(Role.SUPERIOR)

    assert superior.get("/work/").status_code == 200
    page = superior.get(LIST)
    assert page.status_code == 200
    assert "首页不更新" in page.content.decode()
    assert item.draft.title not in page.content.decode()
    assert item.draft.title in bureau.office.client(Role.UNIT_HEAD).get(LIST).content.decode()
    assert superior.get(f"{LIST}export.xlsx").status_code == 200


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.CLERK, Role.SUPERIOR])
def test_screen__offers_nobody_a_link_that_is_shut_to_them(bureau: Bureau, role: Role) -> None:
    bureau.published()
    bureau.published(title="某规范性文件", key="normative", made_on=clock.today(), effective_on=clock.today(),
                     document_number="岫司规〔2026〕1号", theme="公安、安全、司法\\司法", facts={"kind": "normative"})  # fmt: skip
    looked(bureau)
    browser = bureau.office.client(role)
    page = browser.get(LIST).content.decode()
    offered = set(re.findall(r'href="(/work/[^"#]+)"', page)) - {"/work/sign-out/"}

    assert dict.fromkeys(offered, 200) == {a: browser.get(unescape(a)).status_code for a in offered}
    assert "政府信息公开制度" in page
    assert ("/work/items/" in offered, "/work/body/rules/new/" in offered) == (role is not Role.SUPERIOR, role is Role.UNIT_HEAD)
    book = load_workbook(io.BytesIO(b"".join(browser.get(f"{LIST}export.xlsx"))))
    told = [str(row[5]) for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert any("/work/interpretations/" in address for address in told) == (role is not Role.SUPERIOR)
