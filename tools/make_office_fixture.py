"""Which small office does this release leave for the next ones to open?

Writes ``tests/fixtures/offices/VERSION.tar.xz``: ``data`` is a data folder in use, ``backups`` a backup of it with its keys, and
``expected.json`` what must be found in both. Run once for each release, from the repository's root: ``.venv/bin/python tools/make_office_fixture.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
if __name__ == "__main__":
    os.environ["GONGKAI_DATA"] = str(Path(tempfile.mkdtemp(prefix="gongkai-fixture-")) / "data")
    os.environ.pop("DATABASE_URL", None)

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connections

from gongkai import __version__
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import installation
from gongkai_web.flow.numbers import last_number
from gongkai_web.office import backing_up, tables
from gongkai_web.office.actions.founding import found_office
from gongkai_web.publishing.actions import publication, rework
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from tests.web.acts_examples import EXAMPLES, all_acts, founding
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office


def live(bureau: Bureau) -> None:
    """Something of everything: items in every state, a signed sheet, a file, an interpretation, a leader, a rule."""
    acts = {act.key: act for act in all_acts()}
    for key in (
        "flow.review.pass",
        "flow.review.paper",
        "flow.review.return",
        "publishing.schedule.move",
        "publishing.item.withdraw",
        "publishing.attachment.add",
        "publishing.link.add",
        "publishing.outing.record",
        "publishing.item.discard",
        "files.marked.refuse",
        "agencies.add_duty_holder",
        "agencies.adopt_rule",
        "accounts.sign_in",
    ):
        EXAMPLES[key](bureau).carry_out(acts[key])
    item = bureau.published(title="关于法律援助热线调整的公告")
    rework.correct(bureau.actor(Role.CLERK), item.pk, note="热线服务时间有变")
    bureau.passed(bureau.submitted(item))
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="公告已过期")


def expected() -> dict[str, object]:
    """What must be found when this office is opened later."""
    return {
        "version": __version__,
        "tables": {tables.label(m): m._base_manager.count() for m in tables.tables()},
        "trail": tables.heads(),
        "bodies": list(Body.objects.order_by("id").values_list("slug", flat=True)),
        "last_number": last_number(Body.objects.get(slug="xiuchuan"), "index", clock.today().year),
        "year": clock.today().year,
    }


def main(folder: Path) -> None:
    """Make the office in a folder, pack it and remove the folder."""
    call_command("migrate", interactive=False, verbosity=0)
    found_office(INSTALLATION, founding.PLAN, founding.PASSWORDS, installation.REAL, clock.today())
    live(Bureau(make_office()))
    backing_up.backup(folder / "backups")
    (folder / "expected.json").write_text(json.dumps(expected(), ensure_ascii=False, indent=1), encoding="utf-8")
    connections.close_all()
    target = ROOT / "tests/fixtures/offices" / f"{__version__}.tar.xz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:xz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(folder).as_posix())
    shutil.rmtree(folder)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(os.environ["GONGKAI_DATA"]).parent)
