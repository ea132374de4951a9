"""How does a command on the server reach the web layer and its tables?

The settings are read from the environment when Django is set up; a command line says which data folder it means, so it comes first.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError

from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.trail import guards


def name_folder(data: Path | None) -> None:
    """Say which data folder the settings are to use; None leaves it to GONGKAI_DATA."""
    if data is not None:
        os.environ["GONGKAI_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings")


def enter(data: Path | None) -> None:
    """Set Django up over the data folder. BadInput when it cannot be written."""
    name_folder(data)
    try:
        django.setup()
    except OSError as error:
        raise BadInput(
            f"数据文件夹“{error.filename}”不能写入：{system_reason(error)}。请检查位置和权限，或者用 --data 换一个文件夹。"
        ) from None
    except ValueError as error:
        raise BadInput(str(error)) from None


def pending() -> tuple[str, ...]:
    """The migrations that are not applied yet, as "app.name"."""
    executor = MigrationExecutor(connection)
    return tuple(f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown() -> tuple[str, ...]:
    """The migrations that were applied by a newer program, as "app.name"."""
    loader = MigrationExecutor(connection).loader
    applied = loader.applied_migrations or {}
    return tuple(sorted(f"{app}.{name}" for app, name in applied if (app, name) not in loader.disk_migrations and app in OURS))


OURS = frozenset(
    {"trail", "accounts", "agencies", "files", "flow", "search", "publishing", "cases", "ledgers", "annual", "oversight"}
)


def prepare() -> None:
    """Bring the tables up to this version and see that the guards stand.

    BadInput when guards are missing or changed while no migration is about to run: somebody changed the database by hand.
    """
    try:
        newer = unknown()
        if newer:
            raise BadInput("这个数据文件夹由更新的版本使用过，现在的程序太旧，没有改动任何内容。请安装更新的版本再运行。")
        if not pending():
            _refuse_gaps(guards.compared(connection))
        call_command("migrate", interactive=False, verbosity=0)
        _refuse_gaps(guards.compared(connection))
    except OperationalError:
        raise BadInput(UNREACHABLE) from None
    finally:
        with suppress(DatabaseError):
            connections.close_all()


UNREACHABLE = "连不上数据库，或者数据库正忙。请检查环境变量 DATABASE_URL、数据文件夹和磁盘空间，然后再试。"


def _refuse_gaps(found: guards.Compared) -> None:
    if found.gaps:
        raise BadInput(
            f"{gaps_told(found)}可能有人直接改动过数据库，因此不打开。"
            "请先运行 gongkai doctor 查看，查明原因后用 gongkai doctor --repair 恢复原样。"
        )


def gaps_told(found: guards.Compared) -> str:
    """Which guards are missing and which were changed, in one sentence that goes on."""
    parts = [
        f"{words} {len(names)} 道保护（{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}）"
        for words, names in (("缺少", found.missing), ("被改动了", found.changed))
        if names
    ]
    return f"数据库{'，'.join(parts)}，"
