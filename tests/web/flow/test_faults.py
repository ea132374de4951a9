"""Is every act whole or not at all when the machine stops in its middle or the disk is full, on either database?"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.conftest import ROOT
from tests.web.acts_examples import all_acts

Tried = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def tried() -> Tried:
    """What was found, by act and point, on the database of the other tests; on a memory disk where there is one."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="gongkai-faults-", dir=memory if os.access(memory, os.W_OK) else None))
    given = os.environ.get("DATABASE_URL", "")
    name = f"gongkai_faults_{secrets.token_hex(6)}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DATABASE_"))}
    if given:
        ask(given, f"CREATE DATABASE {name}")
        kept["DATABASE_URL"] = f"{given.rpartition('/')[0]}/{name}"
    try:
        command = [sys.executable, "-m", "tests.web.flow.faults", str(folder)]
        path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
        done = subprocess.run(command, cwd=ROOT, env={**kept, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(folder)
        for each in (name, f"{name}_base", f"{name}_kept") if given else ():
            ask(given, f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")
    assert done.returncode == 0, done.stderr
    found: Tried = defaultdict(dict)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        found[row["act"]][row["point"]] = row["problems"]
    return found


def ask(server: str, statement: str) -> None:
    """Carry out a statement at the server of DATABASE_URL."""
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(sql.SQL(statement))  # type: ignore[arg-type]  # the names are made above


@pytest.mark.parametrize("key", [act.key for act in all_acts()])
def test_act__is_whole_or_not_at_all(tried: Tried, key: str) -> None:
    assert {"before-commit", "after-commit", "done after all", "full disk", "disk that fills up"} <= set(tried[key])
    assert {point: problems for point, problems in tried[key].items() if problems} == {}


def test_points_between__are_passed_by_those_acts_that_keep_files_and_tell_others(tried: Tried) -> None:
    assert "between-file-and-commit" in tried["files.file.keep"]
    assert "before-outbox" in tried["flow.review.pass"]
    assert "before-outbox" in tried["publishing.item.withdraw"]
