"""Does ``gongkai check`` go through a folder, tell what it could not read, and take a broken-off run up again?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import main
from gongkai.returns import edition
from gongkai.writing import write
from tests.core.checking.consistent import consistent

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean report, one with faults, one that cannot be read, and a picture."""
    made = tmp_path / "reports"
    made.mkdir()
    shutil.copy(SAMPLES / "cn2021" / "2024.docx", made / "a.docx")
    shutil.copy(SAMPLES / "cn2021" / "2024-差错一.docx", made / "b.docx")
    (made / "c.docx").write_bytes(b"")
    (made / "logo.png").write_bytes(b"x")
    return made


def test_check__a_folder_gives_a_line_for_each_report_and_says_what_was_not_read(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["check", str(folder), "--format", "jsonl", "-o", str(out), "--jobs", "1"]) == 2
    lines = {Path(line["source"]).name: line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert lines["a.docx"]["year"] == 2024
    assert not any(item["status"] == "FAIL" for item in lines["a.docx"]["items"])
    assert any(item["status"] == "FAIL" for item in lines["b.docx"]["items"])
    assert "空文件" in lines["c.docx"]["error"]
    said = capsys.readouterr()
    assert "c.docx：" in said.err
    assert "有 1 个文件从名称看不是年报" in said.err
    assert "检查完毕：3 个文件，2 份年报；有错误的 1 份，读不出来的文件 1 个" in said.err


def test_check__json_of_a_folder_is_the_json_of_its_files_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.docx").unlink()
    assert main(["check", str(folder), "--format", "json", "--jobs", "2"]) == 1
    many = json.loads(capsys.readouterr().out)
    assert main(["check", str(folder / "a.docx"), str(folder / "b.docx"), "--format", "json"]) == 1
    assert many == json.loads(capsys.readouterr().out)


def test_check__a_run_broken_off_is_taken_up_where_it_stood(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.docx").unlink()
    out, state = tmp_path / "out.jsonl", folder / "state.json"
    command = ["check", str(folder), "--format", "jsonl", "-o", str(out), "--resume", str(state), "--jobs", "1"]
    assert main(command) == 1
    first = sorted(out.read_text(encoding="utf-8").splitlines())
    state.write_bytes(b"".join(state.read_bytes().splitlines(keepends=True)[:2]))
    capsys.readouterr()
    assert main(command) == 1
    assert "2 个文件（其中 1 个以前检查过，没有重做）" in capsys.readouterr().err
    assert sorted(out.read_text(encoding="utf-8").splitlines()) == first


def test_check__a_folder_gives_one_list_of_corrections(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    assert main(["check", str(folder), "--format", "xlsx", "-o", str(out), "--jobs", "1"]) == 2
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["汇总", "整改清单"]
    assert book["汇总"].max_row == 2 + 2


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["{folder}", "--format", "html"], "不能输出 html 格式"),
        (["{folder}", "--format", "docx"], "请用 -o 给出文件名"),
        (["{folder}/a.docx", "--format", "xlsx"], "请用 -o 给出文件名"),
        (["{folder}", "--previous", "nosuch.docx"], "找不到文件"),
        (["{folder}", "--verdicts", "nosuch.toml"], "找不到处理意见文件"),
        (["{folder}/empty"], "没有找到可以检查的文件"),
    ],
)
def test_check__what_a_batch_cannot_do_is_refused_with_the_next_step(
    folder: Path, argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    assert main(["check", *(word.format(folder=folder) for word in argv)]) == 2
    assert words in capsys.readouterr().err


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """A folder with one body's reports of two years that do not fit together."""
    made = tmp_path / "two"
    made.mkdir()
    for year in (2022, 2023):
        (made / f"{year}.xlsx").write_bytes(write(consistent(edition("2021"), year, year), "xlsx"))
    return made


def test_check__two_years_in_a_folder_list_each_report_once(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(two_years), "--format", "json", "--jobs", "1"]) == 1
    earlier, later = json.loads(capsys.readouterr().out)
    assert [item["status"] for item in later["items"] if item["rule"] == "R201"].count("FAIL") >= 1
    assert "NOT_ASSESSABLE" not in {item["status"] for item in later["items"] if item["rule"] in {"R201", "R202"}}
    assert "NOT_ASSESSABLE" in {item["status"] for item in earlier["items"] if item["rule"] == "R201"}


def test_check__two_years_in_a_folder_are_one_section_each_in_text(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(two_years), "--jobs", "1"]) == 1
    said = capsys.readouterr().out
    assert said.count("青岚县司法局2023年（") == said.count("青岚县司法局2022年（") == 1
    assert "2023.xlsx（对照上年年报 " in said


def test_check__two_years_in_a_folder_are_one_list_each_in_a_table(two_years: Path, tmp_path: Path) -> None:
    out = tmp_path / "清单.xlsx"
    assert main(["check", str(two_years), "--format", "xlsx", "-o", str(out), "--jobs", "1"]) == 1
    words = [str(cell.value) for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum("R201" in word for word in words) >= 1
