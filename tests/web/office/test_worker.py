"""Do the web server and the worker start and stop together, and does the worker come back when it dies?"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gongkai_web.flow.companion import Companion
from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database

PATIENCE = 30


def until(true: Callable[[], object]) -> object:
    """Wait for something to come true."""
    for _ in range(PATIENCE * 10):
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come true in time")


def children(process: int) -> dict[int, str]:
    """The processes that one started, with their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            line = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == process:
            found[int(path.name)] = line
    return found


def worker_of(process: int) -> int | None:
    return next((child for child, line in children(process).items() if "--tied" in line), None)


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def started() -> Iterator[Callable[[Place, *tuple[str, ...]], subprocess.Popen[str]]]:
    """Start commands; whatever still runs when the test ends is ended."""
    running: list[subprocess.Popen[str]] = []

    def start(place: Place, *arguments: str) -> subprocess.Popen[str]:
        running.append(place.start(*arguments))
        return running[-1]

    yield start
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_serve__starts_and_stops_the_worker_with_it(office: Place, port: int, started: Callable, sign: signal.Signals) -> None:
    server = started(office, "serve", "--port", str(port))
    worker = until(lambda: worker_of(server.pid))
    until(lambda: answers(port))
    until(lambda: list((office.data / "backups").glob("*.tar")))

    server.send_signal(sign)
    said, _ = server.communicate(timeout=PATIENCE)

    assert server.returncode == 0
    assert said.splitlines()[-1] == "工作台已停止。"
    assert "Traceback" not in said
    assert not lives(int(str(worker)))
    assert "（已正常停止）" in office.run("doctor", code=1)


def test_serve__that_is_stopped_while_it_starts_leaves_nothing_running(office: Place, port: int, started: Callable) -> None:
    server = started(office, "serve", "--port", str(port))
    family = until(lambda: len(children(server.pid)) == 2 and children(server.pid))
    assert isinstance(family, dict)

    server.send_signal(signal.SIGTERM)

    server.wait(PATIENCE)
    until(lambda: not any(lives(child) for child in family))


def test_worker__that_dies_is_started_again_while_the_web_goes_on(office: Place, port: int, started: Callable) -> None:
    server = started(office, "serve", "--port", str(port))
    worker = int(str(until(lambda: worker_of(server.pid))))
    until(lambda: answers(port))

    os.kill(worker, signal.SIGKILL)
    assert answers(port)
    # A killed process stands in its parent's list until the parent has looked.
    until(lambda: (second := worker_of(server.pid)) and int(str(second)) != worker)

    assert answers(port)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_nothing__outlives_a_server_that_was_killed(office: Place, port: int, started: Callable, workers: str) -> None:
    server = started(office, "serve", "--port", str(port), "--workers", workers)
    until(lambda: worker_of(server.pid))
    until(lambda: answers(port))
    family = children(server.pid)
    assert len(family) == 1 + int(workers)

    server.kill()

    until(lambda: not any(lives(child) for child in family))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_worker__ends_when_its_server_was_gone_before_it_could_look(office: Place, started: Callable) -> None:
    with subprocess.Popen(["/bin/true"]) as gone:
        gone.wait()

    assert started(office, "worker", "--tied", str(gone.pid)).wait(PATIENCE) == 0


def test_desk_alone__runs_without_a_worker_until_an_office_is_made(tmp_path: Path, port: int, started: Callable) -> None:
    place = Place(tmp_path / "data")
    server = started(place, "serve", "--port", str(port))
    until(lambda: answers(port))
    assert worker_of(server.pid) is None

    place.run("init", "--body", "岫川县司法局", "--slug", "x", "--system", "甲:aa", "--security", "乙:bb", "--auditor", "丙:cc")

    until(lambda: worker_of(server.pid))


def test_second_worker__is_refused(office: Place, started: Callable) -> None:
    first = started(office, "worker")
    assert first.stdout is not None
    assert first.stdout.readline() == "后台程序已启动，按 Ctrl+C 停止。\n"
    until(lambda: (office.data / "worker.lock").exists() and "没有运行" not in office.run("doctor", code=None))

    assert "已经在运行" in office.run("worker", code=2)
    first.send_signal(signal.SIGINT)
    said, _ = first.communicate(timeout=PATIENCE)
    assert said == "后台程序已停止。\n"
    assert first.returncode == 0


def test_second_worker__of_another_host_is_refused_by_the_database(
    office: Place, tmp_path: Path, new_database: Callable[[], str], started: Callable
) -> None:
    office.run("backup", "-o", str(tmp_path / "backups"))
    (backup,) = (tmp_path / "backups").glob("*.tar")
    one = Place(tmp_path / "one", new_database())
    one.run("restore", str(backup))
    first = started(one, "worker")
    assert first.stdout is not None
    first.stdout.readline()
    until(lambda: "没有运行" not in one.run("doctor", code=None))

    assert "已经在运行" in Place(tmp_path / "two", one.database).run("worker", code=2)


def test_companion__waits_longer_each_time_and_stops_at_once(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    command = ("/bin/sh", "-c", f"date +%s.%N >> {mark}")

    with Companion(lambda: True, command, first_wait=0.2):
        until(lambda: mark.exists() and len(mark.read_text().split()) >= 4)

    times = [float(line) for line in mark.read_text().split()]
    assert times[3] - times[2] > times[1] - times[0]
