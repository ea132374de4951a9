"""Is what is named as a file read where it can be, and refused where it would be waited for without end?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.cli import main

REPORT = Path(__file__).resolve().parents[3] / "samples" / "cn2021" / "2024.xlsx"


@pytest.mark.parametrize("more", [[], ["--jobs", "1"]])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_check__does_not_wait_for_a_pipe_or_a_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, more: list[str]
) -> None:
    path = tmp_path / "年报.html"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    capsys.readouterr()
    assert main(["check", str(path), *more]) == 2
    assert "是管道或者设备，不是文件" in capsys.readouterr().err


def test_check__reads_what_the_shell_hands_over(capsys: pytest.CaptureFixture[str]) -> None:
    with REPORT.open("rb") as file:
        assert main(["check", f"/dev/fd/{file.fileno()}"]) == 0
    assert "错误0项" in capsys.readouterr().out
