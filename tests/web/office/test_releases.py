"""Does this version open, upgrade and verify what earlier versions left?"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.conftest import ROOT
from tests.web.office.conftest import Place

FIXTURES = sorted((ROOT / "tests/fixtures/offices").glob("*.tar.xz"))
UPGRADE = "from gongkai_web.office.door import prepare; prepare()"
FOUND = """
import json
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.models import Department
from gongkai_web.flow import numbers
from gongkai_web.office import tables
from gongkai_web.trail import acts
import sys
body = Body.objects.get(slug="xiuchuan")
acts._running.set("test")
year = int(sys.argv[1])
found = {
    "tables": {tables.label(m): m._base_manager.count() for m in tables.tables()},
    "trail": tables.heads(),
    "bodies": list(Body.objects.order_by("id").values_list("slug", flat=True)),
    "last_number": numbers.last_number(body, "index", year),
}
from django.db import transaction
with transaction.atomic():
    found["next_number"] = numbers.next_number(body, "index", year)
print(json.dumps(found))
"""


def compare(place: Place, expected: dict[str, Any], *, restored: bool) -> None:
    """The office has what its maker said, its trail holds, its guards stand and its numbers go on."""
    assert place.run("trail", "verify").count("无误。") == len(expected["trail"]) + restored
    assert "道全部在位" in place.run("doctor", code=None)
    done = place.python(FOUND, str(expected["year"]))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["next_number"] == found["last_number"] + 1 == expected["last_number"] + 1
    assert found["bodies"] == expected["bodies"]
    # What Django itself keeps (permissions, migrations) grows with the program; what people wrote does not.
    counted = {name: rows for name, rows in expected["tables"].items() if not name.startswith(("auth.", "contenttypes."))}
    changed = {name: (rows, found["tables"][name]) for name, rows in counted.items() if found["tables"].get(name) != rows}
    assert set(changed) <= ({"trail.entry", "trail.chain"} if restored else set())
    for slug, head in expected["trail"].items():
        assert found["trail"][slug] == head


@pytest.fixture(params=FIXTURES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What a release left, unpacked."""
    with tarfile.open(request.param) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.mark.without_database
def test_folder__of_an_earlier_version_is_upgraded_and_holds(left: Path) -> None:
    place = Place(left / "data")
    done = place.python(UPGRADE)
    assert done.returncode == 0, done.stderr

    compare(place, json.loads((left / "expected.json").read_text(encoding="utf-8")), restored=False)


@pytest.mark.without_database
def test_backup__of_an_earlier_version_is_restored_and_holds(left: Path) -> None:
    (backup,) = (left / "backups").glob("*.tar")
    place = Place(left / "restored")
    place.run("restore", str(backup))

    compare(place, json.loads((left / "expected.json").read_text(encoding="utf-8")), restored=True)


@pytest.mark.without_database
def test_every_release__left_something() -> None:
    assert FIXTURES


def test_migrations__say_everything_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
