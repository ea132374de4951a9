"""Do the commands hold on terminals and systems that are not as one would wish?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from gongkai.cli import main; sys.exit(main(sys.argv[1:]))"]


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_rule__is_printed_on_a_terminal_that_lacks_a_character(encoding: str) -> None:
    ran = subprocess.run(
        [*PROGRAM, "rule", "R110"], env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False
    )
    assert ran.returncode == 0
    assert b"R110" in ran.stdout
    assert ran.stderr == b""


def test_check__of_a_name_too_long_for_the_system_is_refused_in_words() -> None:
    ran = subprocess.run([*PROGRAM, "check", "长" * 200 + ".docx"], capture_output=True, check=False)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr.decode()
    assert ran.stderr.decode().rstrip().endswith("。")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_editions__on_a_full_disk_says_so() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([*PROGRAM, "editions"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode != 0
    assert "磁盘空间" in ran.stderr.decode()
