"""How is the web server started: ``gongkai serve``?"""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
from contextlib import nullcontext
from pathlib import Path

from gongkai.cli.parser import Commands
from gongkai.errors import BadInput
from gongkai_web.flow.companion import Companion
from gongkai_web.flow.tied import SERVER
from gongkai_web.office.door import enter, prepare

THREADS = 24
"""Threads of one server process: a few may wait for slow uploads, the others go on serving readers."""

STOP_SECONDS = 15
"""How long requests under way may take once the server is to stop; also what ends a server process that was told to before it could listen."""


def add(commands: Commands) -> None:
    """Add serve."""
    parser = commands.add_parser(
        "serve",
        help="打开网页工作台",
        description=(
            "打开网页工作台，直到按 Ctrl+C 停止。默认只有本机能访问。建立了单位的，后台程序（检索、定时任务、备份）随着一起启动和停止。\n"
            "给同事使用时，请放在反向代理后面并启用 HTTPS，用 --name 写明大家访问的主机名。\n\n"
            "例：gongkai serve --port 8000 --data /srv/gongkai"
        ),
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上等候访问，默认 127.0.0.1。")
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="在哪个端口上等候访问，默认 8000。")
    parser.add_argument("--address", metavar="地址:端口", help="地址和端口写在一起，例如 127.0.0.1:8000。")
    parser.add_argument(
        "--data", type=Path, metavar="文件夹", help="数据文件夹，默认用环境变量 GONGKAI_DATA，没有就用 ~/.local/share/gongkai。"
    )
    parser.add_argument("--name", action="append", default=[], metavar="主机名", help="大家用来访问的主机名，可给几次。")
    parser.add_argument(
        "--no-worker", action="store_true", help="不带后台程序：网页服务分在几台机器上时使用，后台程序另用 gongkai worker 运行。"
    )
    parser.add_argument("--workers", type=int, default=1, metavar="数目", help="网页服务进程的数目，默认 1。")
    parser.set_defaults(run=run_serve)


def run_serve(args: argparse.Namespace) -> int:
    """Prepare the data folder, then serve until stopped."""
    if args.address:
        args.host, args.port = _parts(args.address)
    if not 1 <= args.port <= 65535:
        raise BadInput(f"端口“{args.port}”不在 1 到 65535 之间。请换一个，例如 8000。")
    if args.data is not None:
        os.environ["GONGKAI_DATA"] = str(args.data)
    names = _names(args.host, args.name)
    os.environ["GONGKAI_HOSTS"] = ",".join(dict.fromkeys((*names, *filter(None, os.environ.get("GONGKAI_HOSTS", "").split(",")))))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings")
    _check_free(args.host, args.port)
    _prepare()
    from granian import Granian  # noqa: PLC0415 - the server is needed by this command alone
    from granian.constants import Interfaces  # noqa: PLC0415 - as above
    from granian.log import LogLevels  # noqa: PLC0415 - as above

    os.environ[SERVER] = str(os.getpid())
    server = Granian(
        "gongkai_web.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        log_access=False,
        log_level=LogLevels.critical,  # Ctrl+C reaches the server's processes too, which they would report as an error
    )
    print(f"工作台已打开，请用浏览器访问 http://{_shown(args.host)}:{args.port}/ ，按 Ctrl+C 停止。", flush=True)
    with nullcontext() if args.no_worker else Companion(_office_is_here):
        server.serve()
    print("工作台已停止。")
    return 0


def _office_is_here() -> bool:
    """Whether there is an office, for which background work is done; one may be made while the report desk runs."""
    from django.db import connection  # noqa: PLC0415 - needs Django's settings
    from django.db.utils import DatabaseError  # noqa: PLC0415 - as above

    from gongkai_web.flow import installation  # noqa: PLC0415 - as above

    try:
        return installation.exists()
    except DatabaseError:
        return True  # the worker itself says what is wrong, and is started again
    finally:
        connection.close()


def _check_free(host: str, port: int) -> None:
    """BadInput when the address cannot be listened on; the server's own words for it are not for users."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror:
        raise BadInput(f"地址“{host}”不存在。请检查 --host 的写法，例如 127.0.0.1。") from None
    except PermissionError:
        raise BadInput(f"没有权限使用端口 {port}。请换一个 1024 以上的端口，例如 --port 8000。") from None
    except OSError:
        raise BadInput(f"{_shown(host)}:{port} 已被别的程序占用，或者不是本机的地址。请换一个端口，例如 --port 8001。") from None


def _prepare() -> None:
    """Make the folder and the tables, remove what is past its time."""
    enter(None)
    prepare()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django's settings

    call_command("clearsessions")
    from gongkai_web.oversight.readers import clear_scratch  # noqa: PLC0415 - needs Django's settings
    from gongkai_web.oversight.rooms import sweep  # noqa: PLC0415 - as above

    clear_scratch()
    sweep(at_once=True)


def _parts(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise BadInput(f"“{address}”写得不对，应当是“地址:端口”，例如 127.0.0.1:8000。")
    return host.strip("[]"), int(port)


def _names(host: str, given: list[str]) -> list[str]:
    """The host names the server answers to; BadInput when it listens everywhere and nobody said under which name."""
    local = ["127.0.0.1", "localhost", "[::1]"]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return [*local, host, *given]
    if address.is_unspecified:
        if not given and not os.environ.get("GONGKAI_HOSTS"):
            raise BadInput("在所有地址上等候访问时，请用 --name 写明大家访问的主机名或 IP 地址，例如 --name 10.1.2.3。")
        return [*local, *given]
    return [*local, _shown(host), *given]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
