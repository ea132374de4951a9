"""What do tests of the server's commands share: a real office in a folder, a way to run commands, a PostgreSQL?"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.conftest import absent

COMMAND = (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())")
INIT = (
    *("--body", "岫川县司法局", "--slug", "xiuchuan-sfj", "--department", "办公室", "--department", "法治科"),
    *("--system", "简知远:jian", "--security", "林照晚:lin", "--auditor", "宋怀瑾:song"),
)


@dataclass(frozen=True)
class Place:
    """A data folder, and the database that goes with it: SQLite in the folder unless an address is given."""

    data: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a command."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
        return {**kept, "PYTHONIOENCODING": "utf-8", **({"DATABASE_URL": self.database} if self.database else {}), **self.more}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command over this folder."""
        return subprocess.Popen(
            [*COMMAND, *arguments, "--data", str(self.data)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, code: int | None = 0) -> str:
        """Run a command over this folder, which must end with ``code`` unless that is None; what it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=300)
        assert code is None or process.returncode == code, said
        return said

    def python(self, source: str, *arguments: str, more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python with Django set up over this folder."""
        prelude = "import django; django.setup()\n"
        return subprocess.run(
            [sys.executable, "-c", prelude + source, *arguments],
            env={
                **self.environment,
                "GONGKAI_DATA": str(self.data),
                "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings",
                **(more or {}),
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that was made once; tests get copies."""
    place = Place(tmp_path_factory.mktemp("office") / "data")
    place.run("init", *INIT)
    return place.data


@pytest.fixture
def office(_founded: Path, tmp_path: Path) -> Place:
    """A real office on SQLite in a folder of its own."""
    return Place(Path(shutil.copytree(_founded, tmp_path / "office")))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server without the name of a database: the one of DATABASE_URL, else one started for these tests."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given.rpartition("/")[0]
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        absent("PostgreSQL")
    programs = found[-1].parent
    with tempfile.TemporaryDirectory() as folder:
        as_postgres = []
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            as_postgres = ["runuser", "-u", "postgres", "--"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data = f"{folder}/data"
        make = [programs / "initdb", "--pgdata", data, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run([*as_postgres, *make, "--username", "gongkai", "--no-sync"], check=True, capture_output=True, cwd="/")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
        control = [*as_postgres, programs / "pg_ctl", "--pgdata", data, "--wait"]
        subprocess.run(
            [*control, "--log", f"{folder}/log", "--options", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )
        try:
            yield f"postgresql://gongkai@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "--mode", "immediate", "stop"], check=True, capture_output=True, cwd="/")


@pytest.fixture
def new_database(postgresql: str) -> Iterator[Callable[[], str]]:
    """A maker of empty databases; they go when the test ends."""
    made: list[str] = []
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as server:

        def make() -> str:
            name = f"gongkai_test_{secrets.token_hex(6)}"
            server.execute(f'CREATE DATABASE "{name}"')
            made.append(name)
            return f"{postgresql}/{name}"

        yield make
        for name in made:
            with suppress(psycopg.Error):
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
