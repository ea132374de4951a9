"""Does make alone say what can be done, and does the set-up tell a machine what it lacks?"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.house.sources import ROOT


def test_make__alone_lists_every_command_in_chinese() -> None:
    listed = subprocess.run(["make", "--directory", str(ROOT)], capture_output=True, text=True, check=True).stdout

    for command in ("demo", "test", "fuzz", "lint", "bench", "shots", "bundle", "lock", "static"):
        line = next(line for line in listed.splitlines() if f"make {command} " in line)
        assert re.search(r"[\u4e00-\u9fff]", line), line


def commands_of(tmp_path: Path, *names: str) -> Path:
    """A folder with nothing but the named commands, to stand for a bare machine's PATH."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return folder


def set_up(checkout: Path, path: Path) -> subprocess.CompletedProcess[str]:
    bash = shutil.which("bash") or "bash"
    environment = {"PATH": str(path), "HOME": str(checkout), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [bash, str(checkout / "tools" / "setup.sh"), "run"], capture_output=True, text=True, env=environment, check=False
    )


def checkout_in(tmp_path: Path) -> Path:
    checkout = tmp_path / "checkout"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy2(ROOT / "tools" / "setup.sh", checkout / "tools")
    return checkout


def test_set_up__machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    done = set_up(checkout_in(tmp_path), commands_of(tmp_path, "env", "dirname", "id", "sha256sum", "cut", "cat"))

    assert done.returncode == 1
    assert "没有找到 Python 3.11 或更高版本。请先安装" in done.stderr


def test_set_up__python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    commands = commands_of(tmp_path, "env", "dirname", "id", "sha256sum", "cut", "cat")
    # A Python that knows its version but has no venv, as Debian's python3 without python3-venv.
    (commands / "python3").write_text(
        '#!/bin/sh\ncase "$2" in *version_info*) exit 0;; *ensurepip*) exit 1;; esac\nexit 1\n', encoding="utf-8"
    )
    (commands / "python3").chmod(0o755)
    (commands / "sh").symlink_to("/bin/sh")

    done = set_up(checkout_in(tmp_path), commands)

    assert done.returncode == 1
    assert "缺少 venv 组件" in done.stderr
    assert not (tmp_path / "checkout" / ".venv").exists()
