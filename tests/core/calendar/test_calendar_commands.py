"""What does the clerk see who counts working days or imports an arrangement?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.calendar import published
from gongkai.calendar.importing import read_folder
from gongkai.cli import main
from gongkai.cli.law import _IMPORT_EXAMPLES
from gongkai.law import national


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_workdays__across_a_holiday__shows_the_last_day_and_what_was_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workdays", "2024-09-23", "20"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2024-09-23起20个工作日，到2024-10-24（星期四）")
    assert "2024-10-07（星期一）" in out
    assert "算作工作日的调休日：2024-09-29（星期日）、2024-10-12（星期六）" in out


def test_workdays__last_days_of_the_year__warns_that_they_may_move(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workdays", "2026-12-21", "5"]) == 0
    assert "2027年放假安排尚未公布，2026年最后几天还可能调整" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-12-10", "20"], "2027年的放假安排尚未公布"),
        (["2003-12-10", "2"], "没有收录2003年"),
        (["2024-12-10", "0"], "正整数"),
    ],
)
def test_workdays__cannot_be_answered__says_why(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(["workdays", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_import__supplement_for_one_body__counts_for_that_body_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "停工.csv"
    path.write_text("日期,安排\n2026-03-02,放假\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--supplement", "--body", "某区", "--source", "某区通告"]) == 0
    assert "已导入2026年的放假安排：放假1天，调休上班0天（补充）" in capsys.readouterr().out
    main(["workdays", "2026-02-27", "2"])
    assert "到2026-03-02" in capsys.readouterr().out
    main(["workdays", "2026-02-27", "2", "--body", "某区"])
    assert "到2026-03-03" in capsys.readouterr().out
    main(["calendar", "list"])
    assert "2026年 补充 放假1天，调休上班0天 导入于" in capsys.readouterr().out


def test_import__twice__keeps_both_files_and_the_later_prevails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "a.csv"
    for kind in ("放假", "上班"):
        path.write_text(f"日期,安排\n2026-03-02,{kind}\n", encoding="utf-8")
        assert main(["calendar", "import", str(path), "--supplement", "--source", "通告"]) == 0
    assert len(list((data / "calendars").iterdir())) == 2
    capsys.readouterr()
    main(["workdays", "2026-02-27", "2"])
    assert "到2026-03-02" in capsys.readouterr().out


def test_import__faulty_file__keeps_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path, data: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("日期,安排\n2026-03-02,放假\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--source", "通告"]) == 2
    assert "是法定节假日，却没有放假" in capsys.readouterr().err
    assert not data.exists()


def test_import__folder_that_cannot_be_written__says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "file"))
    path = tmp_path / "a.csv"
    path.write_text("日期,安排\n2026-03-02,放假\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--supplement", "--source", "通告"]) == 2
    assert "GONGKAI_DATA" in capsys.readouterr().err


def test_data_folder__without_a_setting__is_where_the_desktop_standard_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GONGKAI_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    path = tmp_path / "a.csv"
    path.write_text("日期,安排\n2026-03-02,放假\n", encoding="utf-8")
    assert main(["calendar", "import", str(path), "--supplement", "--source", "通告"]) == 0
    assert len(list((tmp_path / "share" / "gongkai" / "calendars").iterdir())) == 1
    capsys.readouterr()


def example(name: str) -> str:
    """A file as the help prints it, from the line after its name to the next empty line."""
    lines = _IMPORT_EXAMPLES.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(name)) + 1
    return "\n".join(line[2:] for line in lines[first : lines.index("", first)]) + "\n"


def test_import__the_examples_of_the_help_work_as_they_are_printed(tmp_path: Path, data: Path) -> None:
    for name in ("2026.toml", "防汛停工.csv"):
        (tmp_path / name).write_text(example(name), encoding="utf-8")
    commands = [line.split() for line in _IMPORT_EXAMPLES.splitlines() if line.startswith("  gongkai calendar import")]
    for _, *command in commands:
        assert main([str(tmp_path / word) if (tmp_path / word).exists() else word.strip('"') for word in command]) == 0
    whole, _ = read_folder(data / "calendars", national())
    (known,) = [a for a in published().arrangements if a.year == 2026 and a.complete]
    assert (whole.off, whole.work, whole.source) == (known.off, known.work, known.source)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("没有.toml", None, "没有这个文件或文件夹"),
        ("文件夹.toml", "", "它是一个文件夹"),
        ("坏.toml", "year = = 2026", "第1行第8个字符处有误"),
        ("坏.json", '{"year": 2026,', "第1行第15个字符处有误"),
        ("年报.docx", "x", "不是放假安排文件"),
        ("远.toml", "off = [0001-01-01]", "请核对年份"),
        ("字.toml", 'year = "x"\noff = [2026-01-01]', "year 应当是四位数字的年份，现在是“x”"),
        ("数.toml", "body = 3\noff = [2026-01-01]", "body 应当是一段文字，现在是3"),
    ],
)
def test_import__wrong_file__is_refused_without_english(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    path = tmp_path / name
    if text == "":
        path.mkdir()
    elif text is not None:
        path.write_text(text, encoding="utf-8")
    assert main(["calendar", "import", str(path), "--source", "通告"]) == 2
    assert words in capsys.readouterr().err
