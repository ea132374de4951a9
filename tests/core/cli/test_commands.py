"""Do the commands of the clerk's day work from end to end?"""

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from gongkai.cli import main
from gongkai.returns import Edition, edition, editions


@pytest.mark.parametrize("e", editions(), ids=lambda e: e.key)
def test_editions_show__prints_every_label(e: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["editions", "show", e.short[0]]) == 0
    shown = capsys.readouterr().out
    for table in e.tables:
        assert all(row.label in shown for row in table.rows)


def test_editions_show__unknown_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["editions", "show", "1999"]) == 2
    assert "cn2021" in capsys.readouterr().err


def fill(path: Path, values: dict[str, str], others: str = "0") -> None:
    """Fill every input cell of a form of 2021, in print order: named cells with their value, the rest with ``others``."""
    book = openpyxl.load_workbook(path)
    tables = [sheet for sheet in book.worksheets if sheet.title in {s[2:] for s in edition("2021").sections}]
    inputs = [
        cell
        for sheet in tables
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    ]
    codes = list(edition("2021").cells)
    assert len(inputs) == len(codes)
    for cell, code in zip(inputs, codes, strict=True):
        cell.value = values.get(code, others) or None
    book.save(path)


def test_clerk__form_filled_checked_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "年报表.xlsx"
    assert main(["form", "2021", "-o", str(form), "--agency", "青岚县司法局", "--year", "2025"]) == 0
    fill(form, {"requests.new.natural_person": "3", "requests.new": "3", "outcome.granted.natural_person": "3", "outcome.granted": "3",
                "outcome.total.natural_person": "3", "outcome.total": "3"})  # fmt: skip
    assert main(["check", str(form)]) == 0
    capsys.readouterr()
    assert main(["read", str(form), "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert (report["agency"], report["year"], report["edition"]) == ("青岚县司法局", 2025, "cn2021")
    assert {f["code"]: f["value"] for f in report["figures"]}["requests.new"] == 3
    out = [tmp_path / f"年报.{suffix}" for suffix in ("docx", "html", "xlsx", "json", "pdf")]
    assert main(["write", str(form), *(a for p in out for a in ("-o", str(p)))]) == 0
    for path in out:
        assert main(["check", str(path)]) == 0, path


def test_clerk__a_wrong_total_is_reported_and_never_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, out = tmp_path / "表.xlsx", tmp_path / "年报.json"
    main(["form", "2021", "-o", str(form), "--agency", "青岚县司法局", "--year", "2025"])
    fill(form, {"reviews.upheld": "2", "reviews": "1"})
    assert main(["check", str(form)]) == 1
    assert main(["write", str(form), "-o", str(out)]) == 1
    assert '"text": "1"' in out.read_text() or '"text":"1"' in out.read_text()


def test_clerk__blank_totals_are_computed_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, out = tmp_path / "表.xlsx", tmp_path / "年报.json"
    main(["form", "2021", "-o", str(form), "--agency", "青岚县司法局", "--year", "2025"])
    fill(form, {"reviews.upheld": "2", "reviews": ""})
    capsys.readouterr()
    assert main(["check", str(form)]) == 0
    assert "留空的合计由程序计算：“行政复议—总计”为2件" in capsys.readouterr().out.replace("\n     ", "")
    assert main(["write", str(form), "-o", str(out)]) == 0
    assert "行政复议—总计＝2" in capsys.readouterr().out


def test_check__one_unreadable_file_does_not_stop_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, broken = tmp_path / "表.xlsx", tmp_path / "坏.docx"
    main(["form", "2021", "-o", str(form), "--agency", "青岚县司法局", "--year", "2025"])
    fill(form, {})
    broken.write_bytes(b"\x00\x01\x02")
    capsys.readouterr()
    assert main(["check", str(broken), str(form), "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert "坏.docx" in captured.err
    (result,) = json.loads(captured.out)
    assert result["source"] == str(form)
    assert set(result) == {"source", "items"}
    assert all(set(i) == {"rule", "status", "left", "right", "places", "message", "fingerprint"} for i in result["items"])


@pytest.mark.parametrize("argv", [["check", "没有.docx"], ["read", "没有.docx"], ["write", "没有.xlsx", "-o", "x.docx"]])
def test_missing_file__is_said_plainly(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "找不到文件" in capsys.readouterr().err


def test_form__only_writes_xlsx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "2021", "-o", str(tmp_path / "x.docx")]) == 2
    assert ".xlsx" in capsys.readouterr().err
