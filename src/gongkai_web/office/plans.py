"""What must be known to make an office, and is what was said right?"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.errors import BadInput
from gongkai.reasons import syntax_reason
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.trail.done import INSTALLATION_CHAIN

ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)
OPTIONS = {Role.SYSTEM_ADMINISTRATOR: "system", Role.SECURITY_ADMINISTRATOR: "security", Role.AUDITOR: "auditor"}
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}\Z")
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}\Z")
ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}-?[0-9X]\Z")
# 条例 arts 4 and 12: the facts of the disclosure unit, by their names in the file.
UNIT = {
    "name": ("unit_name", 80),
    "address": ("unit_address", 120),
    "postcode": ("unit_postcode", 6),
    "hours": ("unit_hours", 120),
    "phone": ("unit_phone", 60),
    "fax": ("unit_fax", 60),
    "contact": ("unit_contact", 120),
}
_BODY = {"name", "slug", "short_name", "credit_code", "organisation_code", "departments"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person to be: name and sign-in name."""

    name: str
    login: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A new office."""

    name: str
    slug: str
    administrators: Mapping[Role, Named]
    short_name: str = ""
    credit_code: str = ""
    organisation_code: str = ""
    departments: tuple[str, ...] = ()
    unit: Mapping[str, str] = field(default_factory=dict)
    tiny_reason: str = ""


def plan(args: argparse.Namespace, ask: Callable[[str], str] | None = None) -> Plan:
    """The plan from the command line and its file; what is missing is asked for. BadInput names what is wrong and how it is written."""
    said = _from_file(args.source) if args.source is not None else {}
    said.update({k: v for k, v in _from_arguments(args).items() if v})
    ask = ask if ask is not None else (_ask if sys.stdin.isatty() else None)
    if ask is not None:
        _complete(said, ask)
    _require(said)
    return _checked(said)


def _from_arguments(args: argparse.Namespace) -> dict[str, Any]:
    return {
        "name": args.body,
        "slug": args.slug,
        "short_name": args.short,
        "credit_code": args.credit_code,
        "organisation_code": args.organisation_code,
        "departments": args.department,
        "system": args.system,
        "security": args.security,
        "auditor": args.auditor,
        "tiny": args.tiny,
    }


def _from_file(path: Path) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"“{path}”读不了：{syntax_reason(error)}。请对照帮助手册“单位”里的例子改正。") from None
    body, unit, people = (_table(document, name) for name in ("body", "unit", "administrators"))
    unknown = [
        *(set(document) - {"body", "unit", "administrators"}),
        *(f"body.{k}" for k in set(body) - _BODY),
        *(f"unit.{k}" for k in set(unit) - set(UNIT)),
        *(f"administrators.{k}" for k in set(people) - {*OPTIONS.values(), "tiny"}),
    ]
    if unknown:
        raise BadInput(f"“{path}”里有不认识的项目：{'、'.join(sorted(unknown))}。请对照帮助手册“单位”里的例子改正。")
    return {**body, **people, "unit": unit}


def _table(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name, {})
    if not isinstance(found, dict):
        raise BadInput(f"文件里的 {name} 应当是一节，写成 [{name}]。")
    return dict(found)


_QUESTIONS = {
    "name": "机关全称（如 岫川县司法局）：",
    "slug": "代号，用于网址，定后不能改（小写字母、数字、连字符，如 xiuchuan-sfj）：",
    "departments": "科室名称，用空格或顿号隔开（可以以后再加）：",
    "system": "系统管理员的姓名和登录名，写成 姓名:登录名：",
    "security": "安全管理员的姓名和登录名：",
    "auditor": "审计员的姓名和登录名：",
}


def _ask(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""


def _complete(said: dict[str, Any], ask: Callable[[str], str]) -> None:
    for key, question in _QUESTIONS.items():
        if not said.get(key):
            given = ask(question)
            said[key] = [d for d in re.split(r"[\s、，,]+", given) if d] if key == "departments" else given
    logins = {_login(said.get(key)) for key in OPTIONS.values()}
    if "" not in logins and len(logins) < len(OPTIONS) and not said.get("tiny"):
        said["tiny"] = ask("三名管理员应当是三个人。单位太小凑不齐的，请写明理由（记入留痕）：")


def _login(value: object) -> str:
    return str(value or "").replace("：", ":").rpartition(":")[2].strip().lower()


def _require(said: Mapping[str, Any]) -> None:
    asked = {"name": "--body 全称", "slug": "--slug 代号", **{o: f"--{o} 姓名:登录名" for o in OPTIONS.values()}}
    missing = [words for key, words in asked.items() if not said.get(key)]
    if missing:
        raise BadInput(f"还缺少：{'、'.join(missing)}。请补上，或者在终端里运行 gongkai init，按提示填写。")


def _checked(said: Mapping[str, Any]) -> Plan:
    slug = str(said["slug"])
    if not SLUG.match(slug) or len(slug) > 40 or slug == INSTALLATION_CHAIN:
        raise BadInput(f"代号“{slug}”不合写法：以小写字母开头，只用小写字母、数字和连字符，不超过 40 个字符，如 xiuchuan-sfj。")
    departments = tuple(_text("科室名称", d, 60) for d in said.get("departments") or ())
    if len(set(departments)) < len(departments):
        raise BadInput("科室名称有重复。请每个科室只写一次。")
    people = {role: _named(ROLE_WORDS[role], said[OPTIONS[role]]) for role in ADMINISTRATORS}
    tiny = _text("理由", said.get("tiny") or "", 200)
    _separate(people, tiny)
    return Plan(
        name=_text("机关全称", said["name"], 80),
        slug=slug,
        administrators=people,
        short_name=_text("机关简称", said.get("short_name") or "", 40),
        credit_code=_code("统一社会信用代码", said.get("credit_code"), CREDIT_CODE, "18 位数字和大写字母"),
        organisation_code=_code("组织机构代码", said.get("organisation_code"), ORGANISATION_CODE, "8 位加 1 位校验码").replace(
            "-", ""
        ),
        departments=departments,
        unit={column: _text(f"unit.{key}", said.get("unit", {}).get(key, ""), size) for key, (column, size) in UNIT.items()},
        tiny_reason=tiny if len({p.login for p in people.values()}) < len(people) else "",
    )


def _separate(people: Mapping[Role, Named], tiny: str) -> None:
    by_login: dict[str, Named] = {}
    for person in people.values():
        if by_login.setdefault(person.login, person) != person:
            raise BadInput(f"登录名“{person.login}”给了两个不同的人。请每人用一个登录名。")
    if len(by_login) < len(people) and not tiny:
        raise BadInput("系统管理员、安全管理员、审计员应当是三个不同的人。单位确实太小的，请用 --tiny 写明理由，理由记入留痕。")


def _text(what: str, value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{what}应当是文字。请加上引号。")
    text = value.strip()
    if len(text) > longest or any(ord(c) < 32 for c in text):
        raise BadInput(f"{what}太长或者含有不能显示的字符，最多 {longest} 个字。请改短。")
    return text


def _code(what: str, value: object, pattern: re.Pattern[str], written: str) -> str:
    text = str(value or "").strip().upper()
    if text and not pattern.match(text):
        raise BadInput(f"{what}“{text}”不合写法，应当是{written}。拿不准的可以先不填。")
    return text


def _named(role: str, value: object) -> Named:
    if isinstance(value, dict):
        name, login = str(value.get("name", "")).strip(), str(value.get("login", "")).strip().lower()
    else:
        name, _, login = (part.strip() for part in str(value).replace("：", ":").partition(":"))
        login = login.lower()
    if not name or not LOGIN.match(login):
        raise BadInput(
            f"{role}“{value}”不合写法，应当是 姓名:登录名，登录名以小写字母开头，只用字母、数字和 . _ -，如 简知远:jian。"
        )
    return Named(_text(f"{role}的姓名", name, 40), login)
