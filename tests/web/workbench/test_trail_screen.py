"""Does the record of acts show the right people the right acts, page by page, and say when it was tampered with?"""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection

from gongkai_web.agencies.actions import departments, people
from gongkai_web.agencies.roles import Role
from gongkai_web.trail import acts, guards
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from tests.web.staffed import Office, make_office


@pytest.fixture
def acted(office: Office) -> Office:
    """An office in which people and an item were dealt with."""
    actor = office.actor(Role.SYSTEM_ADMINISTRATOR)
    for number in range(60):
        departments.open_department(actor, office.body, name=f"第{number}科")
    people.retire(actor, office.body, office.person(Role.SUPERIOR), reason="换届")

    @acts.act("publishing.test.note", "{actor}送审《{subject}》", title="送审")
    def note(actor: Actor) -> Done[None]:
        return Done(None, office.body.slug, Subject("item", "1", "关于某事的通知"))

    try:
        note(office.actor(Role.CLERK))
    finally:
        acts._acts.pop("publishing.test.note")
    return office


def shown(office: Office, query: str = "", role: Role = Role.AUDITOR) -> str:
    return office.client(role).get(f"/work/trail/?{query}").content.decode()


def test_auditor__reads_everything_of_the_body_and_nothing_of_another(acted: Office) -> None:
    other = make_office("lingnan", "岭楠县档案馆")
    departments.open_department(other.actor(Role.SYSTEM_ADMINISTRATOR), other.body, name="别处的科室")
    words = shown(acted)

    assert "沈砚秋送审《关于某事的通知》" in words
    assert "简知远停用了杜若溪的账号：换届" in words
    assert "别处的科室" not in words + shown(acted, "chain=lingnan")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_administrators__read_nothing_of_items(acted: Office, role: Role) -> None:
    words = shown(acted, role=role)
    exported = b"".join(acted.client(role).get("/work/trail/export.csv").streaming_content).decode()  # type: ignore[attr-defined]  # a stream

    assert "杜若溪" in words
    assert "关于某事的通知" not in words + exported + shown(acted, "subject=item:1", role)


def test_pages__go_back_to_the_first_act_without_leaving_one_out(acted: Office) -> None:
    import re

    client = acted.client(Role.AUDITOR)
    seen: list[int] = []
    address = "/work/trail/"
    for _ in range(4):
        words = client.get(address).content.decode()
        seen += [int(n) for n in re.findall(r'data-label="序号">(\d+)<', words)]
        older = re.search(r'href="(/work/trail/\?[^"]*before=\d+)"', words)
        if older is None:
            break
        address = older[1].replace("&amp;", "&")

    assert seen == list(range(62, 0, -1))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("act=agencies.retire_person", 1),
        ("person=沈", 1),
        ("person=没有这个人", 0),
        ("subject=item:1", 1),
        ("from_day=2999-01-01", 0),
        ("until_day=2000-01-01", 0),
        ("before=2", 1),
        ("before=abc", 50),
        ("act=' OR 1=1 --", 0),
    ],
)
def test_filters__stand_in_the_address(acted: Office, query: str, count: int) -> None:
    assert shown(acted, query).count('data-label="序号"') == count


def test_day__that_is_none_is_told_and_ignored(acted: Office) -> None:
    words = shown(acted, "from_day=昨天")

    assert "没有按这个日期筛选" in words
    assert words.count('data-label="序号"') == 50


def test_today__is_the_day_in_beijing(acted: Office) -> None:
    today = clock.today().isoformat()

    assert shown(acted, f"from_day={today}&until_day={today}").count('data-label="序号"') == 50


def test_export__is_what_the_filters_show(acted: Office) -> None:
    response = acted.client(Role.AUDITOR).get("/work/trail/export.csv?person=简知远")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # a stream

    assert len(rows) == 62
    assert {row[3] for row in rows[1:]} == {"简知远"}


def test_verification__passes_and_names_what_was_changed(acted: Office) -> None:
    client = acted.client(Role.AUDITOR)
    assert "核验通过：从第 1 条起 62 条" in client.post("/work/trail/verify/").content.decode()

    guards.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET actor_name = '别人' WHERE seq = 5")
    guards.install(connection)
    words = client.post("/work/trail/verify/").content.decode()

    assert "核验没有通过" in words
    assert "第 5 条的内容与其校验值不符" in words


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}]
)
def test_others__do_not_read_it(office: Office, role: Role) -> None:
    client = office.client(role)

    assert {client.get("/work/trail/").status_code, client.post("/work/trail/verify/").status_code} == {403}
