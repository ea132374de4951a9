"""How is everything that an office keeps copied while it goes on working?"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongkai import __version__
from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.agencies.models import Body
from gongkai_web.flow import installation
from gongkai_web.flow.duties import Job
from gongkai_web.office import archive, tables
from gongkai_web.office.door import pending
from gongkai_web.ui import clock

FOLDERS = ("files", "calendars", "access")
"""What of the data folder is copied besides the tables; the index is made anew, rooms and scratch belong to the moment.

The access log is written while it is copied: what stood there when its turn came is whole lines.
"""
NAME = re.compile(r"gongkai-\d{8}-\d{6}-[0-9a-f]{8}\.tar\Z")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: where it is, how many rows, files and bytes it has."""

    path: Path
    keys: Path
    rows: int
    files: int
    size: int


def default_folder() -> Path:
    """Where backups go unless something else is said."""
    return Path(settings.BACKUPS) if settings.BACKUPS else Path(settings.DATA) / "backups"


def backup(folder: Path | None = None, keys: Path | None = None) -> Backup:
    """Make a backup in ``folder``. The tables first and the files after them: a file is stored before the row that names it is committed."""
    folder = folder or default_folder()
    keys = keys or (Path(settings.BACKUP_KEYS) if settings.BACKUP_KEYS else folder / "keys")
    if pending():
        raise BadInput("数据库还没有升级到这个版本，不能备份。请先运行一次 gongkai serve，再备份。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = clock.now().astimezone(clock.BEIJING)
    path = folder / f"gongkai-{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.tar"
    kept = archive.write_keys(Path(settings.DATA), keys)
    with archive.writing(path) as writer:
        manifest, counts = _tables(writer, folder)
        files = _files(writer, Path(settings.DATA))
        writer.close(
            {
                "id": secrets.token_hex(16),
                "version": __version__,
                "made_at": moment.isoformat(timespec="seconds"),
                "engine": connection.vendor,
                **manifest,
                "keys": archive.key_digests(Path(settings.DATA)),
            }
        )
    return Backup(path, kept, sum(counts.values()), files, path.stat().st_size)


def _tables(writer: archive.Writer, scratch: Path) -> tuple[dict[str, Any], dict[str, int]]:
    counts: dict[str, int] = {}
    with tables.one_moment():
        for model in tables.tables():
            with tempfile.TemporaryFile(dir=scratch) as file:
                counts[tables.label(model)] = tables.dump(model, file)
                size = file.tell()
                file.seek(0)
                writer.add(f"tables/{tables.label(model)}.jsonl.gz", file, size)
        manifest = {
            "kind": installation.kind(),
            "bodies": [{"slug": slug, "name": name} for slug, name in Body.objects.order_by("id").values_list("slug", "name")],
            "migrations": _migrations(),
            "tables": counts,
            "trail": tables.heads(),
        }
    return manifest, counts


def _migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes())


def _files(writer: archive.Writer, data: Path) -> int:
    count = 0
    for path in _kept(data):
        try:
            with path.open("rb") as file:
                writer.add(path.relative_to(data).as_posix(), file, path.stat().st_size)
        except FileNotFoundError:
            continue  # removed in this moment, by an act later than the tables
        count += 1
    return count


def _kept(data: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for path in sorted((data / name).rglob("*")):
            if (
                path.is_file()
                and not path.is_symlink()
                and not any(part.startswith(".") for part in path.relative_to(data).parts)
            ):
                yield path


def prune(folder: Path, keep: int) -> int:
    """Remove all but the newest ``keep`` backups of ours in a folder; nothing else in it is touched. Returns how many went."""
    mine = sorted((p for p in folder.iterdir() if NAME.match(p.name)), key=lambda p: p.name)
    for path in mine[: max(0, len(mine) - keep)]:
        path.unlink(missing_ok=True)
    return max(0, len(mine) - keep)


def newest(folder: Path) -> dt.datetime | None:
    """When the newest backup of ours in a folder was made, None when there is none."""
    found = [p.name for p in folder.iterdir() if NAME.match(p.name)] if folder.is_dir() else []
    if not found:
        return None
    return dt.datetime.strptime(max(found)[8:23], "%Y%m%d-%H%M%S").replace(tzinfo=clock.BEIJING)


def daily(job: Job) -> Mapping[str, Any]:
    """The worker's backup of the day."""
    made = backup()
    prune(made.path.parent, settings.BACKUPS_KEPT)
    return {"path": str(made.path), "size": made.size}


def run_backup(args: argparse.Namespace) -> int:
    """``gongkai backup``."""
    if pending():
        raise BadInput(
            "这个数据文件夹里没有可以备份的数据，或者还没有升级到这个版本。请检查 --data，或者先运行一次 gongkai serve。"
        )
    try:
        made = backup(args.output, args.keys)
    except OSError as error:
        raise BadInput(
            f"备份没有做成：{system_reason(error)}（{error.filename or args.output or default_folder()}）。请检查磁盘空间和权限。"
        ) from None
    print(f"备份已完成：{made.path}")
    print(f"  数据 {made.rows} 行，文件 {made.files} 个，共 {made.size / 1024 / 1024:.1f} MB，每一部分都有校验值。")
    print(f"密钥另存为：{made.keys}")
    print("  恢复时需要它。请与备份分开保管，不要放在同一个地方。")
    return 0
