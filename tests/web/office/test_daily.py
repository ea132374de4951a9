"""Is the backup of the day made, are old ones removed, and is a failure told to the administrators?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai_web.flow import heartbeat, installation, standing, tasks, ticks
from gongkai_web.flow.models import Task
from gongkai_web.office import archive, background
from gongkai_web.ui import clock


@pytest.fixture(autouse=True)
def _office(settings: Any, tmp_path: Path) -> Iterator[None]:
    installation.forget()
    installation.found(installation.REAL)
    heartbeat.start()
    settings.DATA = tmp_path
    (tmp_path / "secret.key").write_bytes(b"key")
    yield
    installation.forget()


def test_backup_of_the_day__is_made_and_old_ones_go(tmp_path: Path, settings: Any) -> None:
    settings.BACKUPS_KEPT = 2
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in ("20260101", "20260102"):
        (folder / f"gongkai-{day}-023000-0123abcd.tar").write_bytes(b"")

    assert "office.backup.daily" in ticks.run_due(background.TICKS)
    assert tasks.run_next()

    names = sorted(path.name for path in folder.glob("*.tar"))
    assert len(names) == 2
    assert names[0] == "gongkai-20260102-023000-0123abcd.tar"
    assert archive.opened(folder / names[1]).manifest["kind"] == "real"
    assert standing.notices() == ()


def test_backup_of_the_day__is_asked_for_once_a_day() -> None:
    ticks.run_due(background.TICKS)
    ticks.run_due(background.TICKS)

    assert Task.objects.filter(name="office.backup").count() == 1


def test_failed_backup__is_tried_again_and_then_told(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    settings.BACKUPS = str(tmp_path / "file" / "backups")
    ticks.run_due(background.TICKS)
    start = clock.now()
    for minutes in (0, 2, 5):
        monkeypatch.setattr(clock, "now", lambda m=minutes: start + dt.timedelta(minutes=m))
        assert tasks.run_next()
    heartbeat.beat()

    (notice,) = standing.notices()
    assert notice.words == "“每日备份”没有办成：路径中间有一段不是文件夹。"


def test_without_an_office__there_is_no_backup_of_the_day() -> None:
    installation.forget()
    installation._known["kind"] = ""

    background.ask_for_backup(clock.now())

    assert not Task.objects.exists()
