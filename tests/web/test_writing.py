"""Can a clerk write the year's report on the screen, with the core's checks beside it and nothing lost?"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.reading import read
from gongkai.returns import Report, blank_report, edition, editions
from gongkai.writing import form, write
from gongkai_web.oversight import drafts, stored
from tests.web.conftest import upload
from tests.web.reports import FIGURES, report_of


def begun(client: Client, year: int = 2025, agency: str = "青岚县司法局", key: str = "") -> str:
    return str(client.post("/write/", {"year": str(year), "agency": agency, "edition": key}).url)


def saved(client: Client, draft: str, version: int, **fields: str) -> dict[str, Any]:
    response = client.post(draft, {"version": str(version), **fields}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200, response.content.decode()
    return dict(response.json())


def cells(**values: object) -> dict[str, str]:
    return {f"cell.{code}": str(value) for code, value in values.items()}


@pytest.mark.parametrize("key", [e.key for e in editions()])
def test_form__offers_every_cell_of_every_edition(client: Client, key: str) -> None:
    page = client.get(begun(client, 2021, key=key)).content.decode()

    offered = set(re.findall(r'name="cell\.([^"]+)"', page))

    assert offered == set(edition(key).cells)


def test_start__chooses_the_form_in_force(client: Client) -> None:
    assert "国办公开办函〔2021〕30号" in client.get(begun(client, 2025)).content.decode()
    assert "国办公开办函〔2019〕60号" in client.get(begun(client, 2020)).content.decode()


@pytest.mark.parametrize(
    ("year", "words"), [("", "四位数字"), ("二五", "四位数字"), ("2009", "请自己选择一种格式"), ("2100", "四位数字")]
)
def test_start__says_what_is_missing(client: Client, year: str, words: str) -> None:
    response = client.post("/write/", {"year": year, "agency": "", "edition": ""})

    assert response.status_code == 422
    assert words in response.content.decode()


def test_saving__answers_with_the_cores_findings_and_the_cells_they_mean(client: Client) -> None:
    draft = begun(client)
    answer = saved(client, draft, 1, **cells(**(FIGURES | {"requests.carried_out.natural_person": 2, "requests.carried_out": 3})))

    assert answer["version"] == 2
    assert answer["cells"]["requests.carried_out.natural_person"]["level"] == "FAIL"
    assert "R102" in answer["panel"]


def test_computed_totals__are_shown_and_overwrite_nothing(client: Client) -> None:
    draft = begun(client)
    fields = cells(**{"reviews.upheld": 1, "reviews.corrected": 2, "reviews.other": 0, "reviews.pending": 0})
    answer = saved(client, draft, 1, **fields)

    assert answer["computed"]["reviews"] == "3"
    assert answer["values"]["reviews"] == ""

    client.post(draft, {"version": "2", "act": "totals", "cell.litigation.direct": "5"})
    page = client.get(draft).content.decode()

    assert re.search(r'name="cell\.reviews" value="3"', page)
    assert re.search(r'name="cell\.litigation\.direct" value="5"', page)


def test_two_windows__the_later_saving_of_an_older_state_is_refused(client: Client) -> None:
    draft = begun(client)
    saved(client, draft, 1, **cells(**{"reviews.upheld": 1}))

    response = client.post(draft, {"version": "1", **cells(**{"reviews.upheld": 9})}, headers={"X-Requested-With": "fetch"})

    assert response.status_code == 409
    assert "另一个窗口" in response.content.decode()
    assert re.search(r'name="cell\.reviews\.upheld" value="1"', client.get(draft).content.decode())


def test_saving_the_same_again__is_no_new_version(client: Client) -> None:
    draft = begun(client)
    saved(client, draft, 1, **cells(**{"reviews.upheld": 1}))

    assert saved(client, draft, 1, **cells(**{"reviews.upheld": 1}))["version"] == 2


@pytest.mark.parametrize("key", [e.key for e in editions()])
@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "json"])
def test_download__is_read_back_as_what_was_typed(client: Client, key: str, kind: str) -> None:
    found = edition(key)
    year = found.last_year or 2025
    draft = begun(client, year, key=key)
    fields = {f"cell.{code}": str((n * 37 + 11) % 53) for n, code in enumerate(found.cells)}
    saved(client, draft, 1, **fields)

    response = client.get(f"{draft}download/{kind}/")
    (back,) = read(response.getvalue() if hasattr(response, "getvalue") else response.content, f"a.{kind}")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert back.agency == "青岚县司法局"
    assert back.year == year
    assert {c: f.text for c, f in back.by_code.items()} == {c[5:]: v for c, v in fields.items()}


def test_download__pdf_is_made(client: Client) -> None:
    assert client.get(f"{begun(client)}download/pdf/").content.startswith(b"%PDF-")


def test_download__blank_totals_stay_blank_when_asked(client: Client) -> None:
    draft = begun(client)
    saved(client, draft, 1, **cells(**{"reviews.upheld": 1, "reviews.corrected": 2, "reviews.other": 0, "reviews.pending": 0}))

    filled = json.loads(client.get(f"{draft}download/json/").content)
    blank = client.get(f"{draft}download/xlsx/?totals=blank").content

    assert filled
    (back,) = read(blank, "a.xlsx")
    assert back.by_code["reviews"].text == ""


def test_unknown_format__is_told(client: Client) -> None:
    response = client.get(f"{begun(client)}download/exe/")

    assert response.status_code == 404
    assert "可以下载的有" in response.content.decode()


def test_last_years_report__stands_beside_the_cells_and_is_checked_against(client: Client) -> None:
    draft = begun(client)
    response = client.post(f"{draft}previous/", {"file": upload(write(report_of(2024), "docx"), "2024.docx")}, follow=True)
    assert "已打开 青岚县司法局 2024 年报" in response.content.decode()
    assert "上年 12" in response.content.decode()

    answer = saved(client, draft, 1, **cells(**(FIGURES | {"requests.carried_in": 2, "requests.carried_in.natural_person": 2})))
    assert "R201" in answer["panel"]

    client.post(f"{draft}previous/", {"act": "remove"})
    assert "上年 12" not in client.get(draft).content.decode()


def test_text__is_taken_from_a_document_and_figures_stay(client: Client) -> None:
    draft = begun(client)
    saved(client, draft, 1, **cells(**{"reviews.upheld": 7}))
    words = "一、总体情况\n全年工作平稳有序。\n五、存在的主要问题及改进情况\n培训还不够。\n".encode()

    page = client.post(f"{draft}text/", {"file": upload(words, "正文.txt")}, follow=True).content.decode()

    assert "全年工作平稳有序。" in page
    assert "培训还不够。" in page
    assert re.search(r'name="cell\.reviews\.upheld" value="7"', page)


def test_earlier_form__is_opened_and_continued(client: Client) -> None:
    book = write(report_of(2025), "xlsx")

    response = client.post("/write/open/", {"file": upload(book, "年报表.xlsx")}, follow=True)
    page = response.content.decode()

    assert "青岚县司法局" in page
    assert re.search(r'name="cell\.requests\.new\.natural_person" value="12"', page)


def test_blank_form__is_a_workbook_that_opens_again(client: Client) -> None:
    book = client.get("/write/form/cn2021/").content

    page = client.post("/write/open/", {"file": upload(book, "空表.xlsx")}, follow=True).content.decode()

    assert book[:2] == b"PK"
    assert 'name="cell.requests.new"' in page


def test_file_that_is_no_form__is_told(client: Client) -> None:
    response = client.post("/write/open/", {"file": upload("只有一句话。".encode(), "x.txt")})

    assert response.status_code == 400
    assert response.content.decode().count("。") > 2


def test_rows_of_the_bodys_own__survive_being_edited(client: Client, report: Callable[..., Report]) -> None:
    whole = report()
    text = write(whole, "html").decode().replace("一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量")
    draft = client.post("/write/open/", {"file": upload(text.encode(), "a.html")}).url
    before = client.get(f"{draft}download/json/").content

    saved(client, draft, 1, **cells(**{"requests.new.natural_person": 12}))

    assert client.get(f"{draft}download/json/").content == before


def test_deleted_draft__is_gone(client: Client) -> None:
    draft = begun(client)
    client.post(f"{draft}delete/")

    assert client.get(draft).status_code == 404


def test_without_script__the_button_saves_and_shows_the_findings(client: Client) -> None:
    draft = begun(client)
    response = client.post(draft, {"version": "1", "act": "check", **cells(**{"requests.new.natural_person": -2})}, follow=True)

    assert response.redirect_chain[-1][0].endswith("#findings")
    assert "R110" in response.content.decode()


TYPED = st.sampled_from(["", "0", "12", "-", "——", "不适用", "1,234", "１２", "-2", "8.5", "约10", "两件", "<b>", "　3 "])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(edition("2021").cells)), TYPED, max_size=12))
def test_as_typed__keeps_every_text_and_storing_keeps_everything(values: dict[str, str]) -> None:
    typed = drafts.as_typed(blank_report(edition("2021"), "青岚县司法局", 2025), {f"cell.{c}": v for c, v in values.items()})

    assert {c: typed.by_code[c].text for c in values} == {c: v.strip(" 　") for c, v in values.items()}
    assert stored.report_of(json.loads(json.dumps(stored.report_json(typed)))) == typed


def test_form_bytes__need_no_agency() -> None:
    assert io.BytesIO(form(edition("2021"))).read(2) == b"PK"


def test_empty_form__has_nothing_held_against_it(client: Client) -> None:
    page = client.get(begun(client)).content.decode()

    assert "表格还是空的" in page
    assert 'class="finding ' not in page


def test_text_against_table__is_checked_while_writing(client: Client) -> None:
    draft = begun(client)
    page = client.get(draft).content.decode()
    number = re.search(r'name="text\.(\d+)"[^>]*>(?=[^<]*</textarea>(?:(?!<textarea).)*cell\.requests\.new)', page, re.DOTALL)
    assert number is not None
    fields = cells(**FIGURES) | {f"text.{number[1]}": "2025年，本机关收到政府信息公开申请15件。"}

    answer = saved(client, draft, 1, **fields)

    assert "R301" in answer["panel"]
    assert "<mark>" in answer["panel"]


def test_blanks__are_not_marked_while_a_table_is_being_filled(client: Client) -> None:
    draft = begun(client, 2025)
    first = saved(client, draft, 1, **cells(**{"reviews.upheld": 0}))
    assert "R117" not in first["panel"]
    almost = {code: 0 for code in edition("cn2021").cells if code.startswith(("reviews", "litigation"))}
    del almost["reviews.pending"]
    assert "R117" in saved(client, draft, 2, **cells(**almost))["panel"]
