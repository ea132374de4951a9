"""Is our own JSON read back the same, and refused when it contradicts itself?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

import gongkai.writing
from gongkai.errors import Unreadable
from gongkai.reading import read
from gongkai.reading.native import report_from_json
from gongkai.returns import Report, edition
from gongkai.writing import write
from gongkai.writing.exchange import report_json
from tests.core.writing.given_reports import filled, reports

SCHEMA = json.loads((Path(gongkai.writing.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))


@given(reports())
@settings(max_examples=15, deadline=None)
def test_json__is_read_back_the_same_and_keeps_the_published_schema(report: Report) -> None:
    data = write(report, "json")
    jsonschema.validate(json.loads(data), SCHEMA, cls=jsonschema.Draft202012Validator)
    assert report_from_json(data, "年报.json") == read(data, "年报.json") == (report,)


def test_schema__is_itself_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json__list_of_reports_gives_each() -> None:
    one, two = filled(edition("2021"), 1, 2022), filled(edition("2019"), 2, 2020)
    data = json.dumps([report_json(one), report_json(two)]).encode()
    assert report_from_json(data, "年报.json") == (one, two)
    jsonschema.validate(json.loads(data), SCHEMA, cls=jsonschema.Draft202012Validator)


def changed(**changes: Any) -> bytes:
    return json.dumps(report_json(filled(edition("2021"))) | changes).encode()


def changed_figure(**changes: Any) -> bytes:
    raw = report_json(filled(edition("2021")))
    raw["figures"][0] |= changes
    return json.dumps(raw).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "第1行"),
        (b"\xffabc", "UTF-8"),
        (b"[]", "一份年报也没有"),
        (b"3", "figures"),
        (b'{"a": NaN}', "NaN"),
        (changed(schema_version=9), "schema_version 是 9"),
        (changed(edition="cn1999"), "cn1999"),
        (changed(year="2024"), "year"),
        (changed(year=True), "year"),
        (changed(sections=[{"title": 1, "paragraphs": []}]), "title"),
        (changed(signoff=["甲"]), "签署项"),
        (changed_figure(code="no.such"), "no.such"),
        (changed_figure(row=["别的行"]), "应为"),
        (changed_figure(unit="万元"), "应为"),
        (changed_figure(state="blank"), "不一致"),
        (changed_figure(state="unknown"), "unknown"),
        (changed_figure(value="12"), "value"),
        (changed_figure(place={"nowhere": 1}), "place"),
    ],
)
def test_json__what_does_not_fit_is_refused_with_the_place(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        report_from_json(data, "年报.json")
    assert words in str(refusal.value)
    assert "年报.json" in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_json__cell_given_twice_is_refused() -> None:
    raw = report_json(filled(edition("2021")))
    raw["figures"].append(raw["figures"][0])
    with pytest.raises(Unreadable, match="不止一次"):
        report_from_json(json.dumps(raw).encode(), "年报.json")


def test_json__deep_nesting_is_refused() -> None:
    with pytest.raises(Unreadable):
        report_from_json(b"[" * 100_000, "年报.json")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "number", "value": 1, "text": "9"},
        {"state": "number", "value": 1, "text": ""},
        {"state": "number", "value": 20, "text": "约20"},
        {"state": "blank", "value": None, "text": "5"},
        {"state": "dash", "value": None, "text": ""},
        {"state": "not_applicable", "value": None, "text": "3"},
    ],
)
def test_json__figure_that_is_not_what_its_text_says_is_left_out_and_told(wrong: dict[str, Any]) -> None:
    raw = report_json(filled(edition("2021")))
    raw["figures"][0] |= wrong
    (report,) = report_from_json(json.dumps(raw).encode(), "年报.json")

    code = raw["figures"][0]["code"]
    assert code not in [figure.code for figure in report.figures]
    assert len(report.figures) == len(raw["figures"]) - 1
    assert [(finding.rule, finding.subject) for finding in report.findings] == [("R916", (code,))]


def test_json__money_whose_unit_stands_in_the_heading_agrees_with_its_text() -> None:
    raw = report_json(filled(edition("2021")))
    money = next(figure for figure in raw["figures"] if figure["unit"] == "万元")
    money |= {"state": "number", "value": 0.5, "text": "5000"}

    assert report_from_json(json.dumps(raw).encode(), "年报.json")[0].findings == ()


@pytest.mark.parametrize("end", [20, 60, 3000, -2])
def test_json__cut_off_is_refused_and_never_read_as_text(end: int) -> None:
    data = write(filled(edition("2021")), "json")
    one_line = json.dumps([{"source": "年报.docx", **json.loads(data)}], ensure_ascii=False).encode()
    for whole in (data, one_line):
        with pytest.raises(Unreadable, match="不是完整的 JSON"):
            read(whole[:end], "年报.json")


def test_json__saved_in_utf16_is_read() -> None:
    report = filled(edition("2021"))
    assert read(write(report, "json").decode().encode("utf-16"), "年报.json") == (report,)


def test_json__key_written_twice_is_refused() -> None:
    with pytest.raises(Unreadable, match="“agency”写了不止一次"):
        report_from_json(b'{"figures": [], "agency": "a", "agency": "b"}', "年报.json")
