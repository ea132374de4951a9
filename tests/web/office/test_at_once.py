"""Do numbers and chains hold when several processes act at the same moment, on either database?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database

GIVE = """
import json, sys
from gongkai_web.agencies.models import Body
from gongkai_web.flow import numbers, outbox
from gongkai_web.trail import acts
from gongkai_web.trail.actors import INSTALLATION, Actor, Subject
from gongkai_web.trail.done import Done
@acts.act("test.number", "{actor}取号", title="取号")
def take(actor: Actor) -> Done[int]:
    body = Body.objects.get(slug="xiuchuan-sfj")
    number = numbers.next_number(body, "index", 2026)
    outbox.put("item", str(number), body)
    return Done(number, body.slug, Subject("number", str(number), "号"))
print(json.dumps([take(INSTALLATION) for _ in range(15)]))
"""


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_numbers__are_given_once_to_processes_that_ask_at_the_same_moment(
    engine: str, office: Place, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    place = office
    if engine == "postgresql":
        office.run("backup", "-o", str(tmp_path / "backups"))
        (backup,) = (tmp_path / "backups").glob("*.tar")
        place = Place(tmp_path / "grown", new_database())
        place.run("restore", str(backup))
    environment = {**place.environment, "GONGKAI_DATA": str(place.data), "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings"}
    command = [sys.executable, "-c", "import django; django.setup()\n" + GIVE]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    given = [json.loads(process.communicate(timeout=120)[0]) for process in running]

    assert sorted(number for each in given for number in each) == list(range(1, 61))
    assert "核对 61 条，无误。" in place.run("trail", "verify", "--body", "xiuchuan-sfj")
