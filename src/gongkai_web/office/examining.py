"""Is everything as it should be on this server?"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from gongkai.errors import BadInput
from gongkai_web.files import agreement
from gongkai_web.flow import installation, standing
from gongkai_web.office import backing_up
from gongkai_web.office.actions.safekeeping import repair_guards
from gongkai_web.office.door import UNREACHABLE, gaps_told, pending, unknown
from gongkai_web.trail import guards, reading
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock

FREE_BYTES = 1024**3
BACKUP_AGE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    what: str
    ok: bool
    words: str


def run_doctor(args: argparse.Namespace) -> int:
    """``gongkai doctor``: 1 when something is not as it should be."""
    try:
        if args.repair:
            _repair()
        found = tuple(examine(clock.now()))
    except OperationalError:
        raise BadInput(UNREACHABLE) from None
    for each in found:
        print(f"{'正常' if each.ok else '注意'}  {each.what}：{each.words}")
    return 0 if all(each.ok for each in found) else 1


def _repair() -> None:
    if pending():
        raise BadInput("数据库还没有升级到这个版本。请先运行一次 gongkai serve。")
    found = guards.compared(connection)
    if found.gaps:
        repair_guards(INSTALLATION, found.missing, found.changed)
        print(f"已恢复 {len(found.gaps)} 道数据库保护，并记入留痕。")


def examine(now: dt.datetime) -> Iterator[Examined]:
    """Everything that is looked at, one after the other."""
    newer, waiting = unknown(), pending()
    if newer:
        yield Examined("版本", False, "数据由更新的版本使用过。请安装更新的版本。")
        return
    if waiting:
        yield Examined(
            "版本", False, f"有 {len(waiting)} 项数据库升级还没有做。运行一次 gongkai serve 就会自动升级；升级前请先备份。"
        )
        return
    yield Examined("版本", True, "数据库与程序的版本一致。")
    yield _guards()
    yield from _trail()
    yield _files()
    yield _keys()
    yield _space()
    if installation.exists():
        yield Examined("单位", True, "演示数据。" if installation.is_demo() else "正式数据。")
        yield _backups(now)
        found = standing.notices(now)
        yield from (Examined("后台", False, notice.words) for notice in found)
        if not found:
            yield Examined("后台", True, "后台程序正在运行，没有积压。")
    else:
        yield Examined("单位", True, "还没有建立单位，只有年报工作台。要建立，请用 gongkai init。")


def _guards() -> Examined:
    found = guards.compared(connection)
    if found.gaps:
        words = f"{gaps_told(found)}可能有人直接改动过数据库；查明后用 gongkai doctor --repair 恢复原样。"
        return Examined("数据库保护", False, words)
    if found.foreign:
        names = "、".join(found.foreign[:5])
        words = f"数据库里有 {len(found.foreign)} 个不属于本程序的触发器：{names}。请查明是谁设的、作什么用；不需要的，请从数据库里删除。"
        return Examined("数据库保护", False, words)
    return Examined("数据库保护", True, f"{len(guards.all_guards())} 道全部在位，内容与程序一致。")


def _files() -> Examined:
    found = agreement.compared()
    parts = [
        f"{words} {len(names)} 个（{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}）{then}"
        for words, names, then in (
            ("缺少文件", found.missing, "，请从备份里找回"),
            ("内容与校验值不符的文件", found.damaged, "，请从备份里找回并查明原因"),
            ("没有记录的文件", found.extra, "，可能是上传中断时留下的，确认后可以从 files 文件夹里删除"),
        )
        if names
    ]
    if parts:
        return Examined("文件", False, "；".join(parts) + "。")
    return Examined("文件", True, f"{found.checked} 个文件逐个核对，与数据库的记录一致。")


def _trail() -> Iterator[Examined]:
    for chain in reading.chains():
        found = reading.verify(chain)
        words = (
            f"{chain} 的 {found.checked} 条核对无误。"
            if found.ok
            else f"{chain} 有 {len(found.problems)} 处问题：{found.problems[0]}"
        )
        yield Examined("留痕", found.ok, words)


def _keys() -> Examined:
    open_to_others = [p.name for p in sorted(Path(settings.DATA).glob("*.key")) if p.stat().st_mode & 0o077]
    if open_to_others:
        return Examined("密钥", False, f"{'、'.join(open_to_others)} 能被别的账号读取。请运行 chmod 600 收紧权限。")
    return Examined("密钥", True, "只有运行程序的账号能读取。")


def _space() -> Examined:
    free = shutil.disk_usage(settings.DATA).free
    writable = os.access(settings.DATA, os.W_OK)
    words = f"数据文件夹{'可以' if writable else '不能'}写入，所在磁盘还有 {free / 1024**3:.1f} GB。"
    return Examined("磁盘", writable and free > FREE_BYTES, words)


def _backups(now: dt.datetime) -> Examined:
    folder = backing_up.default_folder()
    last = backing_up.newest(folder)
    if last is None:
        return Examined("备份", False, f"{folder} 里还没有备份。后台程序每天自动备份，也可以现在运行 gongkai backup。")
    words = f"最近一份是 {last:%Y年%m月%d日 %H:%M} 的。"
    return Examined("备份", now - last <= BACKUP_AGE, words)
