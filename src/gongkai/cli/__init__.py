"""Which command was typed, and which function answers it?

Exit codes: 0 clean, 1 something FAILs, 2 a file cannot be read or the call is wrong.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from gongkai import __version__
from gongkai.cli import checking, help, law, returns, scanning, writing
from gongkai.cli.parser import ChineseParser
from gongkai.errors import GongkaiError
from gongkai.reasons import system_reason

_ABOUT = """政府信息公开工作的一个程序：编制、检查年度报告，读取各种格式的年报，计算工作日和答复期限，查法律依据。

常用的几条：
  gongkai form 2021 -o 年报表.xlsx        生成空白报表，用 WPS 或 Excel 填写
  gongkai check 年报表.xlsx               检查勾稽关系
  gongkai write 年报表.xlsx -o 年报.docx  生成年度报告
  gongkai read 年报.docx                  读取任何一份年报的数字
  gongkai scan 通知.docx                  公开前检查个人信息、涉密标志和差错
  gongkai help                            查看帮助"""

_GROUPS = (returns, checking, writing, scanning, law, help)


def parser() -> ChineseParser:
    """The whole command line, with the commands that other installed parts add (group ``gongkai.commands``)."""
    top = ChineseParser(prog="gongkai", description=_ABOUT)
    top.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本号后退出。")
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令", required=True)
    for group in _GROUPS:
        group.add(commands)
    for extra in sorted(entry_points(group="gongkai.commands"), key=lambda e: e.name):
        extra.load()(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors of ours are printed as they are, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that is not UTF-8 shows "?" for what it cannot show; a report must not fail for a minus sign.
            stream.reconfigure(errors="replace")
    try:
        arguments = parser().parse_args(argv)
        code = arguments.run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except GongkaiError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; what is left has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # What our own readers and writers meet is told by them; what is left is the terminal or the system itself.
        print(
            f"系统不让读写“{error.filename or '输出'}”：{system_reason(error)}。请检查文件名、磁盘空间和权限。", file=sys.stderr
        )
        return 2
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 130
    return int(code)
