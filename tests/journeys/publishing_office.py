"""Makes an office that published a few items, found by the search, in an empty data folder."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import django

TITLES = ("公证便民服务活动通知", "公证收费标准", "法律援助申请指南")


def main() -> None:
    """Make it, and have the search told of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    django.setup()
    # Models can be imported only now.
    import_module("django.core.management").call_command("migrate", interactive=False, verbosity=0)
    bureau = import_module("tests.web.publishing.conftest").Bureau(import_module("tests.web.staffed").make_office())
    installation = import_module("gongkai_web.flow.installation")
    installation.found(installation.REAL)
    for title in TITLES:
        bureau.published(title=title, html=f"<p>{title}的内容。</p>", summary=f"{title}。")
    outbox = import_module("gongkai_web.flow.outbox")
    while outbox.deliver():
        pass


if __name__ == "__main__":
    main()
