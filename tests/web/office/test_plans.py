"""Is what makes an office asked for, read and refused in words that help?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import BadInput
from gongkai_web.agencies.roles import Role
from gongkai_web.office.plans import Named, plan

pytestmark = pytest.mark.without_database

PEOPLE = {"system": "简知远:jian", "security": "林照晚：Lin", "auditor": "宋怀瑾:song"}
WHOLE: dict[str, Any] = {"body": "岫川县司法局", "slug": "xiuchuan-sfj", **PEOPLE}


def arguments(**given: Any) -> argparse.Namespace:
    names = "source body slug short credit_code organisation_code department system security auditor tiny".split()
    return argparse.Namespace(**{name: given.get(name) for name in names})


def test_plan__is_read_from_the_command_line() -> None:
    found = plan(arguments(**WHOLE, department=["办公室", "法治科"], credit_code="11330000mb0000000a"))

    assert (found.name, found.slug, found.departments) == ("岫川县司法局", "xiuchuan-sfj", ("办公室", "法治科"))
    assert found.administrators[Role.SECURITY_ADMINISTRATOR] == Named("林照晚", "lin")
    assert found.credit_code == "11330000MB0000000A"
    assert found.tiny_reason == ""


OFFICE = """
[body]
name = "岫川县司法局"
slug = "xiuchuan-sfj"
departments = ["办公室"]
[unit]
name = "岫川县司法局办公室"
phone = "0000-0000000"
[administrators]
system = { name = "简知远", login = "jian" }
security = "林照晚:lin"
auditor = { name = "宋怀瑾", login = "song" }
"""


def test_plan__is_read_from_a_file_and_the_command_line_wins(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")

    found = plan(arguments(source=path, body="岫川县政务局"))

    assert found.name == "岫川县政务局"
    assert found.unit["unit_phone"] == "0000-0000000"
    assert found.administrators[Role.AUDITOR] == Named("宋怀瑾", "song")


def test_plan__asks_for_what_is_missing_and_for_nothing_else() -> None:
    answers = iter(["xiuchuan-sfj", "办公室、法治科", "宋怀瑾:song"])
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    found = plan(arguments(**{**WHOLE, "slug": None, "auditor": None}), ask)

    assert [q[:2] for q in questions] == ["代号", "科室", "审计"]
    assert found.departments == ("办公室", "法治科")


def test_plan__asks_why_one_person_holds_several_offices() -> None:
    answers = iter(["只有两名工作人员"])

    found = plan(arguments(**{**WHOLE, "auditor": "简知远:jian", "department": ["办公室"]}), lambda _: next(answers))

    assert found.tiny_reason == "只有两名工作人员"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"slug": "岫川"}, "代号“岫川”不合写法"),
        ({"slug": "installation"}, "不合写法"),
        ({"slug": "a" * 41}, "不超过 40 个字符"),
        ({"slug": None}, "还缺少：--slug 代号"),
        ({"auditor": "简知远:jian"}, "应当是三个不同的人"),
        ({"auditor": "别人:jian"}, "给了两个不同的人"),
        ({"auditor": "宋怀瑾"}, "应当是 姓名:登录名"),
        ({"auditor": "宋怀瑾:song怀"}, "应当是 姓名:登录名"),
        ({"credit_code": "123"}, "应当是18 位数字和大写字母"),
        ({"body": "长" * 81}, "最多 80 个字"),
        ({"department": ["办公室", "办公室"]}, "科室名称有重复"),
    ],
)
def test_plan__that_is_wrong_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        plan(arguments(**{**WHOLE, **given}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[body] x", "读不了：第1行"),
        ("[body]\ncolour = 1", "不认识的项目：body.colour"),
        ("body = 1", r"写成 \[body\]"),
        ("[body]\nname = 1", "机关全称应当是文字"),
    ],
)
def test_file__that_is_wrong_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=says):
        plan(arguments(**({**WHOLE, "body": None} if "name = 1" in text else WHOLE), source=path))


def test_file__that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有这个文件"):
        plan(arguments(**WHOLE, source=tmp_path / "none.toml"))
