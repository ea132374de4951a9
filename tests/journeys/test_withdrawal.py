"""Is not one old byte answered after a withdrawal has returned, by any server process, on any page?"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import ROOT
from tests.journeys.conftest import healthy

ROUNDS = 200
SECRET = "只应出现在公开期间的字句"
COMMAND = (sys.executable, "-c", "from gongkai.cli import main; raise SystemExit(main())")
PAGES = (
    "/", "/open/", "/open/notices/", "/catalogue/", "/catalogue.csv", "/catalogue.json", "/feed.rss", "/feed.atom", "/sitemap.xml", "/sitemap/",
    f"/search/?q={quote(SECRET)}", f"/similar.json?q={quote(SECRET)}",
)  # fmt: skip


class Office:
    """A server with two processes and a worker, and somebody who publishes and withdraws beside it."""

    def __init__(self, folder: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
        surroundings = {**kept, "GONGKAI_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}
        self.hand = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "journeys" / "rounds.py"), SECRET],
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with (folder / "log").open("wb") as log:
            self.server = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), "--workers", "2", "--data", str(folder)],
                env=surroundings,
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            if healthy(self.port):
                return
            time.sleep(0.1)
        raise AssertionError((folder / "log").read_text(encoding="utf-8"))

    def _answer(self) -> str:
        assert self.hand.stdout is not None
        return self.hand.stdout.readline().strip()

    def do(self, word: str) -> str:
        """Have one act done; returns after it has."""
        assert self.hand.stdin is not None
        self.hand.stdin.write(f"{word}\n")
        self.hand.stdin.flush()
        return self._answer()

    def get(self, path: str) -> tuple[int, str]:
        """One answer over a connection of its own, so that either process may give it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content

    def stop(self) -> None:
        """Stop both."""
        self.server.terminate()
        self.server.wait(timeout=30)
        assert self.hand.stdin is not None
        self.hand.stdin.close()
        self.hand.wait(timeout=30)
        assert self.hand.stdout is not None
        self.hand.stdout.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.stop()


def test_withdrawal__leaves_not_one_old_byte_in_200_rounds(office: Office) -> None:
    for number in range(ROUNDS):
        address = f"/info/{office.do('publish')}/"
        page = PAGES[number % len(PAGES)]
        # Both processes have kept the page with the words in it before they are withdrawn.
        for _ in range(4):
            assert SECRET in office.get(address)[1]
            office.get(page)
        assert office.do("withdraw") == "done"
        for _ in range(4):
            status, content = office.get(address)
            assert (status, SECRET in content) == (410, False), number
            found = office.get(page)[1]
            # The form of a search repeats what was asked; a hit would carry the number of its round.
            assert f"{SECRET}之" not in found, (number, page)


def test_index__holds_what_was_published_within_moments(office: Office) -> None:
    office.do("publish")
    for _ in range(300):
        if f"{SECRET}，第" in office.get(f"/search/?q={quote(SECRET)}")[1].replace("<mark>", "").replace("</mark>", ""):
            return
        time.sleep(0.1)
    raise AssertionError("the worker did not index what was published in time")
