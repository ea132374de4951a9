"""Are hits shown masked, as the schema says, and does the command answer with the right code?"""

import json
from pathlib import Path

import jsonschema
import pytest

import gongkai.screening
from gongkai.cli import main
from gongkai.screening import screen
from gongkai.screening.output import masked, screened_json, screened_text
from gongkai.screening.page import kinds_page
from tests.core.screening.invented import CARD, IDENTITY

SCHEMA = json.loads((Path(gongkai.screening.__file__).parent / "screened.schema.json").read_text(encoding="utf-8"))
LINES = [
    f"张某，身份证号{IDENTITY}，手机19912345678，卡号{CARD}，占81.8.0%。",
    "护照E12345678，京A12345，住丙小区3号楼2单元501室。",
]


def test_masked__keeps_the_two_ends_and_the_length() -> None:
    assert [masked(text) for text in ("19912345678", "京A12345", "张某", "张")] == ["199****5678", "京*****5", "张*", "张"]


def test_output__no_personal_number_is_printed_whole_unless_asked() -> None:
    screened = screen(LINES)
    secrets = [IDENTITY, "19912345678", CARD, "E12345678", "京A12345", "丙小区3号楼2单元501室"]
    hidden = screened_text("a", screened) + json.dumps(screened_json("a", screened), ensure_ascii=False)
    assert [s for s in secrets if s in hidden] == []
    assert "81.8.0" in hidden
    assert [s for s in secrets if s not in screened_text("a", screened, show=True)] == []


def test_json__is_what_the_schema_says() -> None:
    jsonschema.validate([screened_json("a", screen(LINES)), screened_json("b", gongkai.screening.screen_file(b"", "b"))], SCHEMA)


def test_page__in_the_reference_is_current() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "reference" / "screening.md"
    assert page.read_text(encoding="utf-8") == kinds_page(), "run: python tools/write_rules.py"


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("甲.txt", "正文。\n", 0, "没有查出问题"),
        ("甲.txt", "手机19912345678\n", 1, "199****5678"),
        ("甲.png", None, 2, "未能检查"),
        ("甲.txt", "", 2, "未能检查"),
    ],
)
def test_scan__answers_with_its_code(
    name: str, text: str | None, code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40 if text is None else text.encode())
    assert main(["scan", str(path)]) == code
    assert words in capsys.readouterr().out


def test_scan__one_file_that_is_not_there_does_not_stop_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("手机19912345678", encoding="utf-8")
    assert main(["scan", str(tmp_path / "none.txt"), str(tmp_path / "a.txt"), "--json"]) == 2
    first, second = json.loads(capsys.readouterr().out)
    jsonschema.validate([first, second], SCHEMA)
    assert "找不到文件" in first["unchecked"][0]["why"]
    assert second["hits"][0]["text"] == "199****5678"


def test_scan__lists_are_read_from_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("手机19912345678，旧称。\n2025年3月4日", encoding="utf-8")
    (tmp_path / "allow.txt").write_text("19912345678", encoding="utf-8")
    (tmp_path / "words.txt").write_text("旧称", encoding="gb18030")
    lists = ["--allow", str(tmp_path / "allow.txt"), "--words", str(tmp_path / "words.txt")]
    assert main(["scan", str(tmp_path / "a.txt"), *lists, "--day", "2025-03-01", "--year", "2025"]) == 1
    out = capsys.readouterr().out
    assert "查出2处" in out
    assert "旧称" in out
    assert "晚于公开的日子" in out
    assert main(["scan", str(tmp_path / "a.txt"), "--allow", str(tmp_path / "none")]) == 2


def test_scan__of_a_marked_file_nothing_else_is_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("机密★10年\n手机19912345678", encoding="utf-8")
    assert main(["scan", str(tmp_path / "a.txt"), "--show"]) == 1
    shown = capsys.readouterr()
    assert "19912345678" not in shown.out
    assert "其余内容没有列出" in shown.err


def test_rule__explains_a_kind_and_lists_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "t101"]) == 0
    assert "公民身份号码" in capsys.readouterr().out
    assert main(["rules"]) == 0
    assert "T206" in capsys.readouterr().out
