"""How does a backup become a running office again?

The tables are built as the backup's version had them, filled, and then brought up to this version, so an older backup goes the same
way as an upgrade; guards are set last, and the trail is verified.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from gongkai.errors import BadInput, Unreadable
from gongkai_web.flow import installation
from gongkai_web.office import archive, tables
from gongkai_web.office.actions.safekeeping import note_restore
from gongkai_web.trail import guards, reading
from gongkai_web.trail.actors import INSTALLATION


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored and verified."""

    rows: int
    files: int
    entries: int
    chains: int


def _refuse_filled_database() -> None:
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise BadInput("DATABASE_URL 指向的数据库不是空的，没有改动任何内容。请新建一个空数据库再恢复。")


def restore(found: archive.Archive, folder: Path, told: Callable[[str], None]) -> Restored:
    """Tables, upgrade, guards, verification, files; on PostgreSQL the tables come whole or not at all."""
    _refuse_filled_database()
    told("正在恢复数据……")
    if connection.vendor == "postgresql":
        with transaction.atomic():
            rows = _fill(found)
            entries, chains = _finish(found.manifest)
    else:
        rows = _fill(found)
        entries, chains = _finish(found.manifest)
    told("正在恢复文件……")
    restored = Restored(rows, _files(found, folder), entries, chains)
    note_restore(INSTALLATION, found.manifest)
    connections.close_all()
    return restored


def _fill(found: archive.Archive) -> int:
    executor = MigrationExecutor(connection)
    wanted = [(app, name) for app, name in found.manifest["migrations"]]
    if any(each not in executor.loader.graph.nodes for each in wanted):
        raise BadInput(f"这份备份由更新的版本 {found.manifest['version']} 制作。请安装那个版本或者更新的版本再恢复。")
    executor.migrate(wanted)
    registry = executor.loader.project_state(wanted).apps
    known = {tables.label(model): model for model in tables.tables(registry)}
    stated = found.manifest["tables"]
    if not set(stated) <= set(known):
        raise Unreadable(f"程序不认识备份里的表：{'、'.join(sorted(set(stated) - set(known))[:3])}。请联系软件提供方。")
    total = 0
    with transaction.atomic():
        tables.empty(registry)
        for name, file in found.each("tables/"):
            table = name.removeprefix("tables/").removesuffix(".jsonl.gz")
            rows = tables.load(known[table], file)
            if rows != stated[table]:
                raise Unreadable(f"备份里的表 {table} 应有 {stated[table]} 行，实际 {rows} 行。请换一份备份。")
            total += rows
        tables.set_sequences(registry)
        connection.check_constraints()
    return total


def _finish(manifest: Mapping[str, Any]) -> tuple[int, int]:
    """Bring the tables up to this version, set the guards, verify the trail; the numbers of entries and chains."""
    call_command("migrate", interactive=False, verbosity=0)
    installation.forget()
    if guards.compared(connection).gaps:
        raise BadInput("数据库保护没有全部设好，恢复没有完成。请检查数据库账号是否有建立触发器的权限。")
    checked = [reading.verify(chain) for chain in reading.chains()]
    wrong = [f"{v.chain}：{problem}" for v in checked for problem in v.problems]
    if wrong:
        raise Unreadable(f"备份里的留痕核对不上，没有恢复：{wrong[0]}请换一份备份，并查明原因。")
    if tables.heads() != manifest["trail"]:
        raise Unreadable("恢复后的留痕与备份清单记的链头不一致，没有恢复。请换一份备份。")
    return sum(v.checked for v in checked), len(checked)


def _files(found: archive.Archive, folder: Path) -> int:
    count = 0
    for name, file in found.each(""):
        if name.startswith("tables/") or name == archive.MANIFEST:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(file, out)
        count += 1
    return count
