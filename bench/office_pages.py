"""What does one request of a public page cost, over HTTP: kept, fresh, and beside them a bare response, the template from memory, nginx?

All servers run at once and are asked in turn, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import office_data
from gongkai_web.serve import THREADS

ROUNDS = 40
IN_A_ROW = 50
APPS = {"bare": "bench.office_apps:bare", "kept": "gongkai_web.config.wsgi:application", "fresh": "bench.office_apps:fresh"}
NGINX = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr crit;
events {{ }}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; location / {{ alias {folder}/page/; }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens, the paths it is asked for in turn, and its first process."""

    name: str
    port: int
    paths: Sequence[str]
    process: int


def measured(folder: Path, paths: Sequence[str]) -> dict[str, float]:
    """Seconds a request by server: the median by the clock, and the mean that its processes spent on a processor.

    The fresh pages are another item's each time; all others are the first one's.
    """
    with ExitStack() as running:
        servers = [
            running.enter_context(_granian(name, app, paths))
            for name, app in {**APPS, "memory": "bench.office_apps:memory"}.items()
        ]
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
        if nginx is None:
            print("nginx is not installed: no static file is asked for beside the pages", file=sys.stderr)
        else:
            servers.append(running.enter_context(_nginx(nginx, folder, servers[0])))
        readers = [running.enter_context(_reader(server)) for server in servers]
        times: dict[str, list[float]] = {server.name: [] for server in servers}
        spent = dict.fromkeys(times, 0.0)
        for turn in range(ROUNDS + 1):
            for server, reader in zip(servers, readers, strict=True):
                before = _on_a_processor(server.process)
                asked = [reader(server.paths[(turn * IN_A_ROW + n) % len(server.paths)]) for n in range(IN_A_ROW)]
                if turn:
                    times[server.name] += asked
                    spent[server.name] += _on_a_processor(server.process) - before
        found = {name: statistics.median(each) for name, each in times.items()}
        return found | {f"{name}, processor": each / ROUNDS / IN_A_ROW for name, each in spent.items()}


@contextmanager
def _granian(name: str, app: str, paths: Sequence[str]) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", "--log-level", "critical"]
    command += ["--blocking-threads", str(THREADS)]
    root = office_data.ROOT
    surroundings = {**os.environ, "BENCH_PATH": paths[0], "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    server = subprocess.Popen([*command, app], env=surroundings)
    try:
        _listens(port)
        yield Server(name, port, paths if name == "fresh" else paths[:1], server.pid)
    finally:
        _stopped(server)


@contextmanager
def _nginx(program: str, folder: Path, bare: Server) -> Iterator[Server]:
    """The bare response's bytes as a file."""
    port, at = _free_port(), folder / "nginx"
    (at / "page").mkdir(parents=True)
    at.chmod(0o755)
    with _reader(bare) as reader:
        reader(bare.paths[0], at / "page" / "page.html")
    (at / "nginx.conf").write_text(NGINX.format(folder=at, port=port), encoding="ascii")
    server = subprocess.Popen([program, "-p", str(at), "-c", str(at / "nginx.conf"), "-e", "stderr"])
    try:
        _listens(port)
        yield Server("nginx", port, ["/page.html"], server.pid)
    finally:
        _stopped(server)


@contextmanager
def _reader(server: Server) -> Iterator[Asking]:
    asking = Asking(server.port)
    try:
        yield asking
    finally:
        asking.close()


class Asking:
    """One connection; asked for a path it says how many seconds the answer took."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connect()

    def _connect(self) -> None:
        self._connection = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers = self._connection.makefile("rb")

    def close(self) -> None:
        """Give the connection back."""
        self._answers.close()
        self._connection.close()

    def __call__(self, path: str, to: Path | None = None) -> float:
        """Ask, and put the content into a file where one is named. A connection that the server has ended is made again, outside the time."""
        wanted = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode()
        start = time.perf_counter()
        try:
            self._connection.sendall(wanted)
            status = self._answers.readline()
        except ConnectionError:
            status = b""
        if not status:
            self.close()
            self._connect()
            return self(path, to)
        assert b" 200 " in status, (path, status)
        length = 0
        while (line := self._answers.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        content = self._answers.read(length)
        took = time.perf_counter() - start
        assert len(content) == length > 1000
        if to is not None:
            to.write_bytes(content)
        return took


def _on_a_processor(process: int) -> float:
    """Seconds that the threads of a process and of those it started have run so far."""
    total, left = 0, [process]
    while left:
        for thread in Path(f"/proc/{left.pop()}/task").iterdir():
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
            left += map(int, (thread / "children").read_text(encoding="ascii").split())
    return total / 1e9


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=30).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no server on port {port}")


def _stopped(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
