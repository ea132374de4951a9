"""How do the rows of a body, a person and a role come about?

Plain functions for acts of this and of higher packages: they check and write, and are called inside an act only.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from gongkai_web.accounts import passwords
from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Body, Department, Deputy, Membership, Placement
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role, clashing
from gongkai_web.agencies.texts import checked_name, tidy, too_long
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")
SHORT_NAME = 40
LONGEST_POST = 60
_NO_BRACKETS = "{}里不能有“<”和“>”，请改正。"
WITH_DEPARTMENT = frozenset({Role.CLERK, Role.DEPARTMENT_REVIEWER})


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person just made, and the one-time password that is told once."""

    person: Person
    password: str


def make_body(slug: str, name: str, *, parent: Body | None = None, short_name: str = "") -> Body:
    """A body with its address part ``slug``. BadForm names what is wrong."""
    errors = {}
    slug = slug.strip().lower()
    if not SLUG.fullmatch(slug):
        errors["slug"] = "网址代号由小写字母开头，只能用小写字母、数字和短横线，2 到 40 个字符。"
    elif Body.objects.filter(slug=slug).exists():
        errors["slug"] = f"网址代号“{slug}”已经有别的机关在用，请换一个。"
    name, wrong = checked_name(name, "机关全称", 80)
    if wrong:
        errors["name"] = wrong
    elif set("<>") & set(name):
        errors["name"] = _NO_BRACKETS.format("机关全称")
    elif Body.objects.filter(name=name).exists():
        errors["name"] = f"“{name}”已经登记过了。"
    short_name = tidy(short_name)
    if len(short_name) > SHORT_NAME:
        errors["short_name"] = too_long("机关简称", short_name, SHORT_NAME)
    elif set("<>") & set(short_name):
        errors["short_name"] = _NO_BRACKETS.format("机关简称")
    if errors:
        raise BadForm(errors)
    body = Body.objects.create(slug=slug, name=name, short_name=short_name, parent=parent, created_at=clock.now())
    return body


def make_person(
    body: Body, login: str, name: str, *, department: Department | None = None, post: str = "", password: str = ""
) -> NewPerson:
    """A person of a body, with a one-time password unless one is given. BadForm names what is wrong."""
    errors = {}
    login = passwords.tidy(login)
    if not LOGIN.fullmatch(login):
        errors["login"] = "登录名只能用字母、数字、点、下划线和短横线，2 到 40 个字符，以字母或者数字开头。"
    elif Person.objects.filter(login=login).exists():
        errors["login"] = f"登录名“{login}”已经有人在用，请换一个。"
    name, wrong = checked_name(name, "姓名", 40)
    if wrong:
        errors["name"] = wrong
    if len(post.strip()) > LONGEST_POST:
        errors["post"] = too_long("职务", post.strip(), LONGEST_POST)
    if department is not None and department.body_id != body.pk:
        errors["department"] = "这个科室不是本机关的，请重新选择。"
    if errors:
        raise BadForm(errors)
    given = password or passwords.one_time()
    person = Person(
        login=login, name=name, created_at=clock.now(), must_change_password=not password, password_changed_at=clock.now()
    )
    person.set_password(given)
    person.save(force_insert=True)
    Placement.objects.create(person=person, body=body, department=department, post=post.strip(), is_home=True)
    return NewPerson(person, given)


def make_membership(
    person: Person,
    body: Body,
    role: Role,
    *,
    from_day: dt.date,
    until_day: dt.date | None = None,
    department: Department | None = None,
) -> Membership:
    """A role from a day on. NotPossible where it would unite what must be apart: see :func:`check_separate`."""
    errors = {}
    if until_day is not None and until_day < from_day:
        errors["until_day"] = "止日不能早于起日，请改正。"
    if department is not None and (department.body_id != body.pk or role not in WITH_DEPARTMENT):
        errors["department"] = "只有经办人和科室负责人可以限定在本机关的一个科室。"
    if not Placement.objects.filter(person=person, body=body).exists():
        errors["person"] = f"{person.name}还不是{body.name}的人员，请先登记。"
    if errors:
        raise BadForm(errors)
    overlapping = [m for m in Membership.objects.filter(person=person, body=body) if _overlap(m, from_day, until_day)]
    if any(m.role == role and m.department_id == (department.pk if department else None) for m in overlapping):
        raise NotPossible(f"{person.name}在这段时间已经是{ROLE_WORDS[role]}，不用再授予。")
    check_separate(person, body, {role, *held_between(person, body, from_day, until_day)})
    return Membership.objects.create(
        person=person, body=body, role=role, from_day=from_day, until_day=until_day, department=department
    )


def check_separate(person: Person, body: Body, roles: set[Role]) -> None:
    """NotPossible when two of the three administrators, or one of them and a content role, would meet in a body not declared tiny."""
    clash = clashing(roles)
    if not clash or body.tiny_reason:
        return
    words = "、".join(ROLE_WORDS[r] for r in ROLE_WORDS if r in clash)
    rule = "系统管理员、安全管理员、审计员应当由不同的人担任"
    if clash & CONTENT:
        rule = "系统管理员、安全管理员、审计员不接触办件内容，不能兼任或者代理经办、审核、签发等职责，反过来也一样"
    raise NotPossible(
        f"{rule}，{person.name}不能同时是{words}。请另选一人。"
        "人手确实不够的，请安全管理员先在“本机关”登记为人员不足的机关并写明理由，操作记录会留下这件事。"
    )


def held_between(person: Person, body: Body, first: dt.date, last: dt.date | None) -> set[Role]:
    """The roles a person has or is to have at some time between two days, the person's own and those as somebody's deputy."""
    absent = Deputy.objects.filter(deputy=person, body=body, until_day__gte=first).exclude(ended_on__lte=first)
    if last is not None:
        absent = absent.filter(from_day__lte=last)
    people = [person.pk, *absent.values_list("person_id", flat=True)]
    return {Role(m.role) for m in Membership.objects.filter(person__in=people, body=body) if _overlap(m, first, last)}


def _overlap(held: Membership, from_day: dt.date, until_day: dt.date | None) -> bool:
    begins_before_end = until_day is None or held.from_day <= until_day
    return begins_before_end and (held.until_day is None or held.until_day >= from_day)
