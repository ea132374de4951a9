"""Which backup is to become an office where, and may it?

Everything that can be refused is refused here, before the web layer is set up and before anything is written.
"""

from __future__ import annotations

import argparse
import os
import pkgutil
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.utils import OperationalError

from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.office import archive
from gongkai_web.office.door import UNREACHABLE, enter

SCRATCH = ".restoring"
KIND_WORDS = {"real": "正式单位", "demo": "演示数据", "": "没有建立单位"}


def run_restore(args: argparse.Namespace) -> int:
    """``gongkai restore``."""
    target: Path = args.data
    _refuse_full(target)
    found = archive.opened(args.file, print)
    keys = _keys(args, found)
    manifest = found.manifest
    print(f"备份完好：{manifest['made_at'][:16].replace('T', ' ')} 由版本 {manifest['version']} 制作，{_whose(manifest)}。")
    scratch = target / SCRATCH
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch.mkdir(mode=0o700)
        for name, data in keys.items():
            _write_key(scratch / name, data)
        enter(scratch)
        restored = pkgutil.resolve_name("gongkai_web.office.restoring:restore")(found, scratch, print)
        _move_up(scratch, target)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise BadInput(
            f"恢复没有完成：{system_reason(error)}（{error.filename or target}），已写入的内容已清除。请检查磁盘空间和权限。"
        ) from None
    except OperationalError:
        shutil.rmtree(scratch, ignore_errors=True)
        raise BadInput(f"恢复没有完成，已写入的内容已清除。{UNREACHABLE}") from None
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    print(f"已恢复到 {target}：数据 {restored.rows} 行，文件 {restored.files} 个，数目与备份时一致。")
    print(f"留痕 {restored.chains} 条链、{restored.entries} 条记录全部核对无误，数据库保护已全部设好。")
    print("检索会在后台程序启动后重新建立，所有人需要重新登录。")
    print(f"现在可以打开：gongkai serve --data {target}")
    return 0


def _whose(manifest: Mapping[str, Any]) -> str:
    names = "、".join(b["name"] for b in manifest["bodies"])
    return f"{KIND_WORDS.get(manifest['kind'], '')}{'：' if names else ''}{names}"


def _refuse_full(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise BadInput(f"“{target}”不是文件夹。请用 --data 换一个位置。")
    if (target / SCRATCH).exists():
        raise BadInput(f"“{target}”里有上一次没有完成的恢复。请删除其中的 {SCRATCH} 文件夹再试。")
    if target.is_dir() and any(target.iterdir()):
        raise BadInput(f"“{target}”不是空文件夹，没有改动任何内容。请用 --data 换一个空的文件夹。")


def _keys(args: argparse.Namespace, found: archive.Archive) -> dict[str, bytes]:
    stated = found.manifest["keys"]
    if args.without_keys:
        print("按要求不使用原来的密钥：封存的原件和二次验证将不能再用，需要的请重新登记。")
        return {}
    if args.keys is not None:
        return archive.read_keys(args.keys, stated)
    name = archive.keys_name(stated)
    for place in (found.path.parent / "keys" / name, found.path.parent / name):
        if place.is_file():
            return archive.read_keys(place, stated)
    raise BadInput(f"没有找到这份备份的密钥文件 {name}。请用 --keys 写明它的位置；确已丢失的，改用 --without-keys。")


def _write_key(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _move_up(scratch: Path, target: Path) -> None:
    """Put what was restored in its place, the database last: until then the folder is no office."""
    for path in sorted(scratch.iterdir(), key=lambda p: (p.suffix == ".sqlite3", p.name)):
        path.replace(target / path.name)
    with suppress(OSError):
        scratch.rmdir()
