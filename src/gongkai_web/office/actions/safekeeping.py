"""Which acts keep the database whole: guards set again, a backup put back?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from gongkai_web.trail import guards
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import INSTALLATION_CHAIN, Done


@act("office.guards.repair", "{actor}恢复了缺少或者被改动的 {count} 道数据库保护", title="恢复数据库保护")
def repair_guards(actor: Actor, missing: Sequence[str], changed: Sequence[str] = ()) -> Done[None]:
    """Set all guards again; the names are those found missing and those found with other words."""
    guards.install(connection)
    return Done(
        None,
        INSTALLATION_CHAIN,
        Subject("database", "guards", "数据库保护"),
        words={"count": str(len(missing) + len(changed))},
        fixed={"missing": list(missing), "changed": list(changed)},
    )


@act("office.restore", "{actor}从 {made} 的备份恢复了全部数据", title="从备份恢复")
def note_restore(actor: Actor, manifest: Mapping[str, Any]) -> Done[None]:
    """Say that everything before this entry came out of a backup; the rows themselves were filled in before."""
    return Done(
        None,
        INSTALLATION_CHAIN,
        Subject("backup", str(manifest["id"]), "备份"),
        words={"made": str(manifest["made_at"])[:16].replace("T", " ")},
        fixed={"version": manifest["version"], "engine": manifest["engine"], "trail": manifest["trail"]},
    )
