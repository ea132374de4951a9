"""Is nothing lost and nothing passed over in silence when a command is typed without care?"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import docx as python_docx
import pytest
from openpyxl import load_workbook

from gongkai.cli import main
from gongkai.returns import editions

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
REPORT = SAMPLES / "cn2021" / "2024.xlsx"


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said on stderr when a command refuses; every refusal is whole Chinese sentences."""
    capsys.readouterr()
    assert main(argv) == 2
    said = capsys.readouterr().err.strip()
    assert said.endswith("。")
    assert not re.search(r"(?i)errno|no such|is a directory|file exists|denied|traceback", said)
    return said


# What is written


@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_write__does_not_write_over_a_file_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    out = tmp_path / f"年报.{suffix}"
    out.write_bytes(b"mine")
    assert "已经有了，没有改动它" in refused(["write", str(REPORT), "-o", str(out)], capsys)
    assert out.read_bytes() == b"mine"
    assert main(["write", str(REPORT), "-o", str(out), "--overwrite"]) == 0
    assert out.read_bytes() != b"mine"


def test_write__writes_none_of_several_files_when_one_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "年报.json", tmp_path / "年报.html"
    second.write_bytes(b"mine")
    refused(["write", str(REPORT), "-o", str(first), "-o", str(second)], capsys)
    assert not first.exists()


def test_write__the_same_file_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "年报.json")
    assert "两次给了同一个文件" in refused(["write", str(REPORT), "-o", out, "-o", out], capsys)


@pytest.mark.parametrize("link", [False, True])
def test_write__never_writes_over_what_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str], link: bool) -> None:
    own = tmp_path / "年报.xlsx"
    own.write_bytes(REPORT.read_bytes())
    out = own
    if link:
        out = tmp_path / "同一份.xlsx"
        os.link(own, out)
    for argv in (["write", str(own), "-o", str(out)], ["check", str(own), "--format", "xlsx", "-o", str(out)]):
        assert "这条命令要读的文件" in refused([*argv, "--overwrite"], capsys)
    assert own.read_bytes() == REPORT.read_bytes()


def test_form__does_not_write_over_a_form_that_may_be_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "年报表.xlsx"
    out.write_bytes(b"filled in")
    assert "--overwrite" in refused(["form", "2021", "-o", str(out)], capsys)
    assert out.read_bytes() == b"filled in"


@pytest.mark.parametrize(
    "argv",
    [
        ["form", "2021", "-o", "{none}/表.xlsx"],
        ["write", str(REPORT), "-o", "{none}/年报.docx"],
        ["check", str(REPORT), "-o", "{none}/结果.txt"],
        ["check", str(REPORT), "--format", "jsonl", "-o", "{none}/结果.jsonl"],
        ["check", str(REPORT), "--resume", "{none}/进度.jsonl"],
        ["check", str(REPORT), "--verdicts", "{none}/意见.toml"],
    ],
)
def test_output__in_a_folder_that_is_not_there_makes_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    none = tmp_path / "没有"
    assert "没有”不存在" in refused([word.format(none=none) for word in argv], capsys)
    assert not none.exists()


@pytest.mark.parametrize("command", [["form", "2021"], ["write", str(REPORT)], ["check", str(REPORT)]])
def test_output__that_is_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    folder = tmp_path / "年报.xlsx"
    folder.mkdir()
    assert "是一个文件夹" in refused([*command, "-o", str(folder)], capsys)


def test_check__results_are_not_written_over_but_a_run_taken_up_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, state = tmp_path / "结果.jsonl", tmp_path / "进度.jsonl"
    command = ["check", str(REPORT), "--format", "jsonl", "-o", str(out), "--jobs", "1"]
    assert main([*command, "--resume", str(state)]) == 0
    assert main([*command, "--resume", str(state)]) == 0
    assert "已经有了" in refused(command, capsys)


def test_check__taken_up_again_writes_over_its_own_results_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, more, mine, state = (tmp_path / name for name in ("结果.jsonl", "另存.jsonl", "别的.jsonl", "进度.jsonl"))
    mine.write_text("mine", encoding="utf-8")
    command = ["check", str(REPORT), "--format", "jsonl", "--jobs", "1", "--resume", str(state), "-o"]
    for path in (out, more, out, more):
        assert main([*command, str(path)]) == 0
    assert "已经有了" in refused([*command, str(mine)], capsys)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_deadline__as_of_a_day_before_receipt_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "早于收到申请的日期" in refused(["deadline", "--received", "2025-01-20", "--as-of", "2024-01-01"], capsys)


# What holds no report


def nothing(folder: Path) -> Path:
    path = folder / "天气.txt"
    path.write_text("今天天气很好。\n", encoding="utf-8")
    return path


def test_check__of_a_file_without_a_report_is_no_clean_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有读出任何数字，没有可以检查的年报" in refused(["check", str(nothing(tmp_path))], capsys)


def test_check__of_a_folder_with_a_file_without_a_report_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing(tmp_path)
    (tmp_path / "b.xlsx").write_bytes(REPORT.read_bytes())
    said = refused(["check", str(tmp_path), "--jobs", "1"], capsys)
    assert "天气.txt：没有读出任何数字" in said
    assert "读不出来的文件 1 个" in said


def test_check__of_a_blank_form_is_no_clean_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "表.xlsx"
    main(["form", "2021", "-o", str(form), "--year", "2025", "--agency", "青岚县司法局"])
    assert "一格也没有填写" in refused(["check", str(form)], capsys)


def test_check__of_words_only_judges_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.txt"
    path.write_text("青岚县司法局2024年政府信息公开工作年度报告\n一、总体情况\n收到申请10件，办结9件。\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0


CUT = (
    "<!DOCTYPE html><html><body><h1>青岚县司法局2024年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
    "<p>2024年收到申请10件，办结9件。</p><p>二、主动公开政府"
)


@pytest.mark.parametrize("command", ["check", "read"])
def test_page__cut_before_its_tables_is_no_clean_result(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.html"
    path.write_text(CUT, encoding="utf-8")
    assert "可能在统计表之前就断了" in refused([command, str(path)], capsys)
    path.write_text(f"{CUT}信息情况</p></body></html>", encoding="utf-8")
    assert main([command, str(path)]) == 0


def test_read__of_a_file_without_a_report_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "天气.txt：没有读出任何数字" in refused(["read", str(nothing(tmp_path))], capsys)


def test_check__previous_without_figures_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "不能对照" in refused(["check", str(REPORT), "--previous", str(nothing(tmp_path))], capsys)


def test_check__json_cut_off_is_no_clean_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = (SAMPLES / "cn2021" / "2024.json").read_bytes()
    for part in (2, 10):
        path = tmp_path / f"断{part}.json"
        path.write_bytes(whole[: len(whole) * (part - 1) // part])
        refused(["check", str(path)], capsys)


def test_write__of_a_file_without_figures_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "年报.docx"
    assert "没有生成年报" in refused(["write", str(nothing(tmp_path)), "-o", str(out)], capsys)
    assert "是否写反" in refused(["write", str(nothing(tmp_path)), "--text", str(REPORT), "-o", str(out)], capsys)
    assert not out.exists()


# What is marked


def marked(folder: Path, suffix: str) -> Path:
    path = folder / f"年报.{suffix}"
    lines = ["机密★10年", "青岚县司法局2024年政府信息公开工作年度报告"]
    if suffix == "docx":
        document = python_docx.Document()
        for line in lines:
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        path.write_bytes(out.getvalue())
    elif suffix == "json":
        whole = json.loads((SAMPLES / "cn2021" / "2024.json").read_bytes())
        for report in whole if isinstance(whole, list) else [whole]:
            report["sections"][0]["paragraphs"].insert(0, "机密★10年")
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    else:
        path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["txt", "docx", "json"])
@pytest.mark.parametrize("command", ["read", "check", "write"])
def test_file_with_a_marking__is_refused_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, suffix: str
) -> None:
    path = marked(tmp_path, suffix)
    if command == "write":
        assert "标有密级" in refused(["write", str(path), "-o", str(tmp_path / "out.html")], capsys)
        assert not (tmp_path / "out.html").exists()
        return
    as_json = ["--json"] if command == "read" else ["--format", "json"]
    assert main([command, str(path), str(REPORT), *as_json]) == 2
    said = capsys.readouterr()
    assert "标有密级“机密★10年”" in said.err
    assert [r["source"] for r in json.loads(said.out)] == [str(REPORT)]


def test_folder_with_a_marked_file__is_checked_but_for_that_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marked(tmp_path, "txt")
    (tmp_path / "好.xlsx").write_bytes(REPORT.read_bytes())
    assert main(["check", str(tmp_path), "--format", "json", "--jobs", "1"]) == 2
    said = capsys.readouterr()
    assert "标有密级" in said.err
    assert [Path(r["source"]).name for r in json.loads(said.out)] == ["好.xlsx"]


# What is typed


@pytest.mark.parametrize("year", ["99999", "-1", "0", "2002", "2100"])
def test_form__year_that_no_form_holds_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["form", "2021", "-o", str(tmp_path / "表.xlsx"), "--year", year])
    assert stop.value.code == 2
    assert "2003 到 2099" in capsys.readouterr().err


def test_form__without_an_edition_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(["form", "-o", str(tmp_path / "表.xlsx")], capsys)
    assert all(e.short[0] in said for e in editions())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (r"D:\年报\2024.docx", "Windows 的路径"),
        (r"年报\2024.docx", "Windows 的路径"),
        ("*.docx", "没有文件与“*”"),
        ("2024", "请用引号括起来"),
        ("无.docx", "请检查路径和文件名"),
    ],
)
def test_name_that_is_not_there__is_answered_by_what_may_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2024 年报.docx").write_bytes(b"x")
    for argv in (["check", name], ["read", name], ["write", name, "-o", "x.docx"]):
        assert words in refused(argv, capsys)


def test_name_with_spaces__is_quoted_in_what_to_type_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["form", "2021", "-o", str(tmp_path / "2025 年报表.xlsx")])
    assert f"gongkai check '{tmp_path / '2025 年报表.xlsx'}'" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv",
    [
        ["deadline", "{folder}"],
        ["deadline", "{folder}/无.toml"],
        ["deadline", "{bad}"],
        ["calendar", "import", "{folder}/无.toml"],
        ["calendar", "import", "{bad}"],
        ["form", "2021", "--local", "{bad}", "-o", "{folder}/表.xlsx"],
        ["check", str(REPORT), "--local", "{folder}/无.toml"],
        ["check", str(REPORT), "--local", "{folder}"],
        ["check", str(REPORT), "--verdicts", "{folder}"],
        ["check", str(REPORT), "--resume", "{folder}"],
        ["check", str(REPORT), "-o", "/proc/年报.txt"],
        ["write", str(REPORT), "-o", "/proc/年报.docx"],
        ["editions", "show", "2014", "--local", "{bad}"],
        ["read", "{folder}"],
        ["read", "{bad}/年报.docx"],
    ],
)
def test_refusal__has_no_word_of_the_system_or_a_parser(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    bad = folder / "坏.toml"
    bad.write_text("a = = 1", encoding="utf-8")
    said = refused([word.format(folder=folder, bad=bad) for word in argv], capsys)
    words = re.sub(r"/[^\s“”：]*|--[a-z]+|gongkai( deadline| calendar import)?|TOML|UTF-8|json|toml|csv", "", said)
    assert not re.search(r"[A-Za-z]{4,}", words), said


@pytest.mark.parametrize("written", ["2024-09-23", "2024/9/23", "2024年9月23日", "2024.09.23"])
def test_day__is_taken_as_people_write_it(capsys: pytest.CaptureFixture[str], written: str) -> None:
    assert main(["workdays", written, "20"]) == 0
    assert "到2024-10-24" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["workdays", "9999-12-01", "20"], "请核对年份"),
        (["workdays", "20", "2024-09-23"], "“20”不是日期"),
        (["deadline", "--received", "9999-12-31"], "请核对年份"),
        (["deadline", "x.toml", "--known-at", "9999-12-31T23:59:59-23:00"], "不是带时区的时刻"),
        (["chekc", "x.docx"], "是不是要写 check"),
        (["check", "x.docx", "--format", "jso"], "可选：text、json、html、jsonl、xlsx、docx；是不是要写 json"),
        (["check", ""], "文件名是空的"),
        (["write", "x.xlsx", "-o", ""], "文件名是空的"),
    ],
)
def test_misuse__is_answered_by_what_may_be_meant(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_deadline__of_a_day_instead_of_a_file_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--received 2025-01-20" in refused(["deadline", "2025-01-20"], capsys)


@pytest.mark.parametrize(
    "event",
    ['event = ["x"]', '[[event]]\nkind = "网上提交"\non = 9999-12-31', '[[event]]\nkind = "网上提交"\non = ["x"]', "event = 3"],
)
def test_deadline__of_a_case_that_says_nonsense_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], event: str
) -> None:
    path = tmp_path / "案件.toml"
    path.write_text(event, encoding="utf-8")
    assert "案件" in refused(["deadline", str(path)], capsys)


def test_check__the_same_file_as_last_years_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "既是要检查的年报，又是上年年报" in refused(["check", str(REPORT), "--previous", str(REPORT)], capsys)


def test_write__history_without_figures_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "年报.docx"
    assert "不能画趋势图" in refused(["write", str(REPORT), "-o", str(out), "--history", str(nothing(tmp_path))], capsys)
    assert not out.exists()


@pytest.mark.parametrize("name", ["=1+1", "青岚县\x07司法局", "青岚县\n司法局"])
def test_form__a_body_with_strange_characters_is_filled_in_as_text(tmp_path: Path, name: str) -> None:
    out = tmp_path / "表.xlsx"
    assert main(["form", "2021", "-o", str(out), "--agency", name]) == 0
    cell = load_workbook(out)["填报信息"]["B3"]
    assert cell.data_type == "s"
    assert cell.value == "".join(ch for ch in name if ch != "\x07").replace("\n", " ")


@pytest.mark.parametrize("name", ["", "  ", "长" * 101])
def test_form__no_name_of_a_body_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["form", "2021", "-o", str(tmp_path / "表.xlsx"), "--agency", name])
    assert stopped.value.code == 2
    assert "1到100个字" in capsys.readouterr().err
