"""What publishes and withdraws while a server answers: a process of its own over the server's data folder.

Its argument are the words to publish. Reads one word a line: ``publish`` answers with the index number, ``withdraw`` with ``done`` – both after the act has returned.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django

django.setup()

from django.core.management import call_command

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import installation
from gongkai_web.publishing.actions import publication
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office

SECRET = sys.argv[1]


def main() -> None:
    """Answer line by line until the input ends."""
    call_command("migrate", interactive=False, verbosity=0)
    bureau = Bureau(make_office())
    if not installation.exists():
        installation.found(installation.REAL)
    print("ready", flush=True)
    item = None
    for number, line in enumerate(sys.stdin):
        if line.strip() == "publish":
            item = bureau.published(title=f"{SECRET}之{number}", html=f"<p>{SECRET}，第{number}次。</p>")
            print(item.index_number, flush=True)
        else:
            assert item is not None
            publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有误", tombstone="本条信息已撤回。")
            print("done", flush=True)


if __name__ == "__main__":
    main()
