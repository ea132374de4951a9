"""What does the clerk see who asks for deadlines on the command line?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_received__one_day__shows_the_due_day_with_its_working(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "--received", "2025-01-20", "--as-of", "2025-02-10"]) == 0
    out = capsys.readouterr().out
    assert "答复期限：2025-02-21（进行中，已用11个工作日，还剩9个工作日）" in out
    assert "跳过放假日2025-01-28至2025-02-04，调休上班2025-01-26、2025-02-08计算在内" in out
    assert "《政府信息公开条例（2019年修订）》第三十三条第二款，原文核对" in out


def test_received__year_not_arranged__is_provisional_until_a_calendar_is_imported(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["deadline", "--received", "2026-12-10", "--as-of", "2026-12-10"])
    assert (
        "2027-01-08（进行中，已用0个工作日，还剩20个工作日，暂定，2027年放假安排尚未公布，公布后自动重算）"
        in capsys.readouterr().out
    )
    arrangement = tmp_path / "2027.csv"
    off = [f"2027-{day},放假" for day in ("01-01", "01-02", "01-03", "02-05", "02-06", "02-07", "02-08", "02-09", "04-05")]
    off += [
        f"2027-{day},放假" for day in ("05-01", "05-02", "05-03", "06-09", "09-15", "10-01", "10-02", "10-03", "10-04", "10-05")
    ]
    arrangement.write_text("\n".join(["日期,安排", *off, "2027-01-09,上班", "2026-12-26,上班"]), encoding="utf-8")
    assert main(["calendar", "import", str(arrangement), "--source", "一份2027年的放假通知"]) == 0
    capsys.readouterr()
    main(["deadline", "--received", "2026-12-10", "--as-of", "2026-12-10"])
    out = capsys.readouterr().out
    assert "答复期限：2027-01-07（进行中，已用0个工作日，还剩20个工作日）" in out
    assert "暂定" not in out


def test_template__is_a_case_file_that_can_be_computed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["deadline", "--template"]) == 0
    path = tmp_path / "案件.toml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["deadline", str(path), "--as-of", "2025-02-18"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("公开申请〔2025〕3号，截至2025-02-18：")
    assert "第三方提出意见的期限（甲公司）：2025-02-27" in out


def test_case__json__has_every_deadline_with_steps(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["deadline", "--template"])
    path = tmp_path / "案件.toml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["deadline", str(path), "--as-of", "2025-02-18", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    reply = next(d for d in found if d["key"] == "reply")
    assert (reply["due"], reply["state"], reply["used"] + reply["left"]) == ("2025-03-24", "暂停计算", 30)
    assert reply["steps"][1]["citations"][0] == {
        "instrument": "政府信息公开条例（2019年修订）",
        "article": "第三十三条第二款",
        "mark": "原文核对",
    }


def test_case__known_at__shows_what_was_known_then(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[[event]]\nkind = "当面提交"\non = 2024-03-04\n[[event]]\nkind = "撤回申请"\non = 2024-03-05\nrecorded = 2024-03-20T09:00:00+08:00\n',
        encoding="utf-8",
    )
    main(["deadline", str(path), "--as-of", "2024-03-19", "--known-at", "2024-03-19T12:00:00+08:00"])
    assert "答复期限：2024-04-01（进行中" in capsys.readouterr().out
    main(["deadline", str(path), "--as-of", "2024-03-19"])
    assert "答复期限：没有截止日（不再计算）" in capsys.readouterr().out


def test_rule__from_a_day__is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "--since", "2025-01-20", "--rule", "publish.limit", "--as-of", "2025-01-21"]) == 0
    assert "主动公开的期限：2025-02-21" in capsys.readouterr().out


def test_adopted__local_demand__is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    main(["deadline", "--received", "2025-01-20", "--as-of", "2025-01-21", "--adopt", "register_two_days"])
    assert "登记的期限（本级要求）【本级要求】" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["无.toml"], "找不到案件文件"),
        (["--since", "2025-01-20"], "--since 和 --rule 要一起使用"),
        (["--received", "2025-01-20", "--rule", "publish.limit"], "--since 和 --rule 要一起使用"),
        (["--since", "2025-01-20", "--rule", "reply.limits"], "没有“reply.limits”这个法律事项"),
        (["--received", "2025-01-20", "--adopt", "无"], "没有“无”这份地方规定"),
        (["--received", "2003-01-20"], "2003-01-20没有关于“reply.limit”的规定"),
    ],
)
def test_deadline__cannot_be_answered__says_why(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(["deadline", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[[event", "写法不对"),
        (b"\xff\xfe", "不是 UTF-8"),
        ('[[evnet]]\nkind = "当面提交"'.encode(), "没有“evnet”这一部分"),
        (b"number = 1", "没有任何 [[event]]"),
        (b"settings = 3\n", "settings 应当写成"),
        ('[[event]]\nkind = "收到补正"\non = 2025-01-20'.encode(), "申请还没有开始，不能“收到补正”"),
        (b"#" * 5_000_001, "太大"),
    ],
)
def test_case_file__faulty__is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "案件.toml"
    path.write_bytes(content)
    assert main(["deadline", str(path)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["--received", "昨天"], ["--received", "2025-01-20", "--known-at", "2025-01-20T10:00:00"]]
)
def test_deadline__misused__is_told_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["deadline", *arguments])
    assert left.value.code == 2
    err = capsys.readouterr().err
    assert "gongkai deadline --help" in err
    assert "Error" not in err
