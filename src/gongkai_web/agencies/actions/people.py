"""How does a person come to a body, leave it, and get in again?

The system administrator registers people; the security administrator gives them new passwords and takes locks away. Neither does
it for themselves, and only at the body where the person is at home.
"""

from __future__ import annotations

import datetime as dt

from gongkai_web.accounts import passwords, throttles
from gongkai_web.accounts.models import Person, RecoveryCode, SecondFactor
from gongkai_web.agencies.entries import LONGEST_POST, NewPerson, make_person
from gongkai_web.agencies.models import Body, Department, Membership, Placement
from gongkai_web.agencies.roles import ROLE_WORDS, SEPARATE, Role
from gongkai_web.agencies.standing import require_administrator
from gongkai_web.agencies.texts import checked_name, tidy, within
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible


@act("agencies.register_person", "{actor}登记了人员{subject}（登录名 {login}）", title="登记人员")
def register(
    actor: Actor, body: Body, *, login: str, name: str, department: Department | None = None, post: str = ""
) -> Done[NewPerson]:
    """The system administrator makes a person, without any role yet. The one-time password is told this once."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    made = make_person(body, login, name, department=department, post=tidy(post))
    return Done(made, body.slug, subject(made.person), words={"login": made.person.login})


@act("agencies.place_person", "{actor}把{subject}登记为本机关人员", title="登记外机关人员")
def place(actor: Actor, body: Body, person: Person, *, department: Department | None = None, post: str = "") -> Done[Placement]:
    """Somebody at home at another body works here too."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    if Placement.objects.filter(person=person, body=body).exists():
        raise NotPossible(f"{person.name}已经是本机关人员。")
    made = Placement.objects.create(
        person=person,
        body=body,
        department=department,
        post=within(tidy(post), "职务", LONGEST_POST, field="post"),
        is_home=False,
    )
    return Done(made, body.slug, subject(person))


@act("agencies.change_person", "{actor}修改了{subject}的登记内容", title="修改登记内容")
def change(
    actor: Actor, body: Body, person: Person, *, name: str, department: Department | None = None, post: str = ""
) -> Done[None]:
    """Name, department and post of somebody of this body."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    placement = _at_home(person, body)
    name, wrong = checked_name(name, "姓名", 40)
    if wrong:
        raise BadForm({"name": wrong})
    before = person.name
    person.name = name
    person.save(update_fields=["name"])
    placement.department, placement.post = department, within(tidy(post), "职务", LONGEST_POST, field="post")
    placement.save(update_fields=["department", "post"])
    return Done(None, body.slug, subject(person), fixed={"before": before} if before != name else {})


@act("agencies.retire_person", "{actor}停用了{subject}的账号：{reason}", title="停用账号")
def retire(actor: Actor, body: Body, person: Person, *, reason: str) -> Done[None]:
    """Somebody left. NotPossible for oneself and for the last administrator of a kind."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    _not_oneself(actor, person)
    _at_home(person, body)
    reason = _reason(reason)
    if not person.is_active:
        raise NotPossible(f"{person.name}的账号已经停用。")
    for membership in Membership.objects.filter(person=person).select_related("body"):
        check_not_last(membership, clock.today())
    person.is_active = False
    person.session_round += 1
    person.save(update_fields=["is_active", "session_round"])
    return Done(None, body.slug, subject(person), words={"reason": reason})


@act("agencies.restore_person", "{actor}恢复了{subject}的账号：{reason}", title="恢复账号")
def restore(actor: Actor, body: Body, person: Person, *, reason: str) -> Done[None]:
    """Somebody came back; roles still in force are in force again."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    _not_oneself(actor, person)
    _at_home(person, body)
    reason = _reason(reason)
    if person.is_active:
        raise NotPossible(f"{person.name}的账号本来就在用。")
    person.is_active = True
    person.save(update_fields=["is_active"])
    return Done(None, body.slug, subject(person), words={"reason": reason})


@act("agencies.reset_password", "{actor}给{subject}开了一张临时密码条：{reason}", title="重开临时密码")
def reset_password(actor: Actor, body: Body, person: Person, *, reason: str) -> Done[str]:
    """A new one-time password, told this once; all sessions of the person end and a lock is taken away."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    _not_oneself(actor, person)
    _at_home(person, body)
    reason = _reason(reason)
    password = passwords.one_time()
    passwords.write(person, password, must_change=True)
    throttles.unlock(person.login)
    return Done(password, body.slug, subject(person), words={"reason": reason})


@act("agencies.unlock_person", "{actor}解除了{subject}的登录暂停", title="解除登录暂停")
def unlock(actor: Actor, body: Body, person: Person) -> Done[None]:
    """The failures of the login name are forgotten. NotPossible when it is not locked."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    _at_home(person, body)
    if not throttles.unlock(person.login):
        raise NotPossible(f"{person.name}的登录没有暂停，不用解除。")
    return Done(None, body.slug, subject(person))


@act("agencies.reset_second_factor", "{actor}重置了{subject}的动态口令：{reason}", title="重置动态口令")
def reset_second_factor(actor: Actor, body: Body, person: Person, *, reason: str) -> Done[None]:
    """The second factor and its recovery codes are gone; all sessions of the person end."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    _not_oneself(actor, person)
    _at_home(person, body)
    reason = _reason(reason)
    removed = SecondFactor.objects.filter(person=person).delete()[0]
    if not removed:
        raise NotPossible(f"{person.name}没有绑定动态口令，不用重置。")
    RecoveryCode.objects.filter(person=person).delete()
    person.session_round += 1
    person.save(update_fields=["session_round"])
    return Done(None, body.slug, subject(person), words={"reason": reason})


def subject(person: Person) -> Subject:
    """A person as the trail names them."""
    return Subject("person", str(person.pk), person.name)


def check_not_last(membership: Membership, day: dt.date) -> None:
    """NotPossible when nobody else has this administrator's role at the body on the day."""
    role = Role(membership.role)
    if role not in SEPARATE or (membership.until_day is not None and membership.until_day < day):
        return
    others = Membership.objects.filter(body=membership.body, role=role, until_day=None, from_day__lte=day, person__is_active=True)
    if not others.exclude(person=membership.person).exists():
        raise NotPossible(
            f"{membership.person.name}是{membership.body.name}最后一名{ROLE_WORDS[role]}。请先给另一个人授予这项职责，再办理这件事。"
        )


def _at_home(person: Person, body: Body) -> Placement:
    found = Placement.objects.filter(person=person, body=body, is_home=True).first()
    if found is None:
        raise NotAllowed(f"{person.name}的账号由所在的机关管理，{body.name}不能办理。")
    return found


def _not_oneself(actor: Actor, person: Person) -> None:
    if actor.kind is ActorKind.STAFF and actor.id == str(person.pk):
        raise NotAllowed("这件事不能给自己办理。")


def _reason(text: str) -> str:
    found, wrong = checked_name(text, "理由", 100)
    if wrong:
        raise BadForm({"reason": wrong})
    return found
