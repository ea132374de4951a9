"""Does ``gongkai init`` make one whole office, once, and never beside demo data?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.errors import BadInput
from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body, Department
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import installation
from gongkai_web.office.actions.founding import found_office
from gongkai_web.office.founding import one_time_password
from gongkai_web.office.plans import Named, Plan
from gongkai_web.trail import reading
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from tests.web.office.conftest import INIT, Place

PLAN = Plan(
    name="岫川县司法局",
    slug="xiuchuan-sfj",
    administrators={
        Role.SYSTEM_ADMINISTRATOR: Named("简知远", "jian"),
        Role.SECURITY_ADMINISTRATOR: Named("林照晚", "lin"),
        Role.AUDITOR: Named("简知远", "jian"),
    },
    departments=("办公室", "法治科"),
    unit={"unit_phone": "0000-0000000"},
    tiny_reason="只有两名工作人员",
)


@pytest.fixture
def body() -> Body:
    """The body of a new, tiny office."""
    installation.forget()
    return found_office(INSTALLATION, PLAN, {"jian": "a-b", "lin": "c-d"}, installation.REAL, clock.today())


def test_office__has_its_body_departments_people_and_roles(body: Body) -> None:
    people = {p.login: p for p in Person.objects.all()}

    assert installation.kind() == installation.REAL
    assert body.unit_phone == "0000-0000000"
    assert list(Department.objects.order_by("position").values_list("name", flat=True)) == ["办公室", "法治科"]
    assert standing.roles_of(people["jian"].pk, body) == {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}
    assert standing.roles_of(people["lin"].pk, body) == {Role.SECURITY_ADMINISTRATOR}
    assert people["jian"].check_password("a-b")
    assert people["jian"].must_change_password


def test_office__leaves_one_entry_with_the_reason_why_it_is_tiny(body: Body) -> None:
    (entry,) = reading.history("body", str(body.pk))

    assert entry.words == "服务器管理员建立了岫川县司法局，系统管理员简知远，安全管理员林照晚，审计员简知远"
    assert entry.facts["tiny_reason"] == "只有两名工作人员"
    assert "a-b" not in str(entry.facts)


def test_second_office__is_refused(body: Body) -> None:
    with pytest.raises(BadInput, match="已经有一个正式的单位"):
        installation.refuse_unless_new()


def test_office__beside_demo_data_is_refused() -> None:
    installation.forget()
    installation.found(installation.DEMO)

    with pytest.raises(BadInput, match="演示数据不能与正式数据放在一起"):
        installation.refuse_unless_new()
    assert installation.is_demo()
    installation.forget()


@pytest.mark.without_database
def test_one_time_password__is_long_and_plain_to_read() -> None:
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    assert all(re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}", each) for each in made)


@pytest.mark.without_database
def test_init__prints_each_password_once_and_refuses_a_second_time(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")

    said = place.run("init", *INIT)
    assert len(re.findall(r"密码 \S{19}\n", said)) == 3
    assert "已建立岫川县司法局" in said

    again = place.run("init", *INIT, code=2)
    assert again == "这个数据文件夹里已经有一个正式的单位，没有改动任何内容。要另建，请用 --data 换一个空文件夹。\n"


@pytest.mark.without_database
def test_init__with_too_little_writes_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")

    assert "还缺少：--slug 代号" in place.run("init", "--body", "岫川县司法局", code=2)
    place.run("init", *INIT)
