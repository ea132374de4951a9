"""Is every request of the staff in the access log, with nothing private, for as long as it must be kept?"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.test import Client

from gongkai_web.accounts import access_log
from gongkai_web.agencies.roles import Role
from gongkai_web.ui import clock
from tests.web.staffed import PASSWORD, Office


def lines(settings: Any) -> list[dict[str, Any]]:
    files = sorted((Path(settings.DATA) / "access").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_request__leaves_a_line_without_query_name_or_content(office: Office, settings: Any) -> None:
    client = office.client(Role.CLERK)
    client.get("/work/people/", {"query": "110101199001011234"})
    client.post("/work/body/departments/", {"name": "不该出现的内容"})
    found = lines(settings)

    assert [(x["route"], x["method"], x["status"]) for x in found] == [
        ("work_people", "GET", 200),
        ("work_body_departments", "POST", 403),
    ]
    assert {x["person"] for x in found} == {office.person(Role.CLERK).pk}
    text = json.dumps(found, ensure_ascii=False)
    assert not any(word in text for word in ("1101011990", "不该出现", "沈砚秋", "query"))


def test_failed_sign_in__is_in_it_without_the_name_typed(office: Office, settings: Any) -> None:
    Client(REMOTE_ADDR="203.0.113.7").post("/work/sign-in/", {"login": "clerk", "password": "wrong-password-1"})

    assert [(x["route"], x["status"], x["person"], x["address"]) for x in lines(settings)] == [
        ("work_sign_in", 422, None, "203.0.113.7")
    ]
    assert "clerk" not in json.dumps(lines(settings))


def test_public_and_open_desk_pages__leave_none(settings: Any) -> None:
    Client().get("/")
    Client().get("/desk/")

    assert lines(settings) == []


def test_line__of_a_nasty_address_stays_one_line(office: Office, settings: Any) -> None:
    office.client(Role.CLERK).get("/work/%0a%7b%22forged%22:1%7d/")

    assert [x["route"] for x in lines(settings)] == [""]


def test_full_disk__does_not_keep_people_from_working(office: Office, settings: Any, monkeypatch: Any) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access_log, "write", full)

    assert office.client(Role.CLERK).get("/work/").status_code == 200


def test_prune__keeps_at_least_the_days_the_law_asks_for(settings: Any, tmp_path: Path) -> None:
    settings.ACCESS_LOG_DAYS = 10
    folder = tmp_path / "access"
    folder.mkdir()
    day = clock.today()
    for age in (0, 179, 180, 181, 400):
        (folder / f"{day - dt.timedelta(days=age)}.jsonl").write_text("{}\n")
    (folder / "notes.jsonl").write_text("kept")

    assert access_log.prune(day) == 2
    assert len(list(folder.iterdir())) == 4


def test_prune__without_a_folder_removes_nothing() -> None:
    assert access_log.prune(clock.today()) == 0


def test_password__is_in_no_log(office: Office, settings: Any) -> None:
    Client().post("/work/sign-in/", {"login": "clerk", "password": PASSWORD})

    assert PASSWORD not in "".join(p.read_text() for p in (Path(settings.DATA) / "access").iterdir())
