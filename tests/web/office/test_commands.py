"""Do the examples in the commands' help work when they are copied?"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.without_database

ORDER = ("init", "backup", "restore", "trail verify", "trail export", "doctor")


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as a person would, in a folder, with this program as ``gongkai``."""
    program = f'gongkai() {{ {shlex.quote(sys.executable)} -c "from gongkai.cli import main; raise SystemExit(main())" "$@"; }}\n'
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))}
    environment = {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))}
    return subprocess.run(
        ["/bin/sh", "-c", program + line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def examples(text: str) -> list[str]:
    """The commands after 例：, continued lines joined."""
    joined = text.replace("\\\n", " ")
    return [line.strip() for line in re.findall(r"例：(gongkai .*)", joined)]


def test_examples__of_the_help_work_one_after_the_other(tmp_path: Path) -> None:
    for command in ORDER:
        shown = shell(f"gongkai {command} --help", tmp_path)
        assert shown.returncode == 0, shown.stderr
        (example,) = examples(shown.stdout)
        done = shell(example, tmp_path)
        # Right after a backup elsewhere the doctor still finds no worker and no daily backup.
        assert done.returncode == (1 if command == "doctor" else 0), done.stdout + done.stderr
        assert done.stderr == ""
    assert (tmp_path / "gongkai-restored" / "gongkai.sqlite3").is_file()
    assert (tmp_path / "trail.jsonl").is_file()


def test_example_of_the_manual__makes_an_office(tmp_path: Path) -> None:
    page = (ROOT / "src/gongkai/manual/82-单位.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    (tmp_path / "office.toml").write_text(found[1], encoding="utf-8")

    done = shell("gongkai init --data gongkai-data --from office.toml", tmp_path)

    assert done.returncode == 0, done.stderr
    assert "已建立岫川县司法局（xiuchuan-sfj），科室 2 个。" in done.stdout
