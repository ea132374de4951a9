"""How is the background process started and stopped from outside?"""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from django.conf import settings
from django.db.utils import DatabaseError

from gongkai.errors import BadInput
from gongkai_web.flow import tied, worker
from gongkai_web.flow.alone import Taken
from gongkai_web.flow.faults import told
from gongkai_web.office.door import prepare

TAKEN = 75
"""The exit status when another worker is at it already."""


def run_worker(args: argparse.Namespace) -> int:
    """``gongkai worker``. With ``--tied`` it ends with the process named, its parent, however that ends, and says nothing."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    if args.tied:
        tied.tie(args.tied, stop.set, stop.wait)
    if not args.tied:
        prepare()
        print("后台程序已启动，按 Ctrl+C 停止。", flush=True)
    try:
        code = worker.run(stop, Path(settings.DATA))
    except Taken:
        if args.tied:
            return TAKEN
        raise BadInput("这个数据文件夹（或者数据库）的后台程序已经在运行，不用再启动一个。") from None
    except DatabaseError as error:
        raise BadInput(f"后台程序停止了：{told(error)}。请检查数据库和磁盘空间。") from None
    if not args.tied:
        print("后台程序已停止。")
    return code
