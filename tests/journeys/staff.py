"""Makes an office with one person per role in an empty data folder and tells, as JSON, the session of each who signed in, by role."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django


def main() -> None:
    """Make it and say who is who."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    django.setup()
    # Models can be imported only now.
    import_module("django.core.management").call_command("migrate", interactive=False, verbosity=0)
    made = import_module("tests.web.publishing.conftest").Bureau(import_module("tests.web.staffed").make_office())
    installation = import_module("gongkai_web.flow.installation")
    installation.found(installation.REAL)
    signed_in = {}
    for role, person in made.office.people.items():
        session = import_module("django.contrib.sessions.backends.db").SessionStore()
        import_module("gongkai_web.accounts.sessions").begin(session, person)
        session.save()
        signed_in[role.value] = session.session_key
    sys.stdout.write(json.dumps(signed_in))


if __name__ == "__main__":
    main()
