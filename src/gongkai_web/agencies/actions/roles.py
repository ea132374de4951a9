"""Who gives whom which role at a body, from which day until which?

The security administrator gives and ends roles, never the own ones.
"""

from __future__ import annotations

import datetime as dt

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.actions.people import check_not_last, subject
from gongkai_web.agencies.entries import check_separate, held_between, make_membership
from gongkai_web.agencies.models import Body, Department, Deputy, Membership
from gongkai_web.agencies.roles import ROLE_WORDS, SEPARATE, Role, clashing
from gongkai_web.agencies.standing import require, require_administrator
from gongkai_web.agencies.texts import checked_name, tidy_lines
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

NOTE = 2000


@act("agencies.grant_role", "{actor}授予{subject}{role}职责（{span}）", title="授予职责")
def grant(
    actor: Actor,
    body: Body,
    person: Person,
    role: Role,
    *,
    from_day: dt.date | None = None,
    until_day: dt.date | None = None,
    department: Department | None = None,
) -> Done[Membership]:
    """A role from today or a later day on. Nobody gives one to themselves."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    _not_oneself(actor, person)
    from_day = from_day or clock.today()
    if from_day < clock.today() and actor.kind is not ActorKind.INSTALLATION:
        raise BadForm({"from_day": "起日不能早于今天：已经过去的日子，职责不能事后补授。"})
    if not person.is_active:
        raise NotPossible(f"{person.name}的账号已经停用，请先恢复账号。")
    made = make_membership(person, body, role, from_day=from_day, until_day=until_day, department=department)
    why = united(body, {role}, held_between(person, body, from_day, until_day))
    words = {"role": ROLE_WORDS[role] + (f"（{department.name}）" if department else ""), "span": span(from_day, until_day) + why}
    return Done(made, body.slug, subject(person), words=words)


@act("agencies.end_role", "{actor}终止{subject}的{role}职责（到 {day} 为止）", title="终止职责")
def end(actor: Actor, membership: Membership, *, until_day: dt.date | None = None) -> Done[None]:
    """The role ends with yesterday, or with the given day. NotPossible for the last administrator of a kind."""
    body = membership.body
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    _not_oneself(actor, membership.person)
    today = clock.today()
    last = until_day or today - dt.timedelta(days=1)
    if last < today - dt.timedelta(days=1):
        raise BadForm({"until_day": "止日不能早于昨天：已经过去的日子，职责不能事后取消。"})
    if membership.until_day is not None and membership.until_day <= last:
        raise NotPossible(f"这项职责到 {membership.until_day.isoformat()} 就已经终止，不用再办。")
    check_not_last(membership, last)
    membership.until_day = last
    membership.save(update_fields=["until_day"])
    words = {"role": ROLE_WORDS[Role(membership.role)], "day": last.isoformat()}
    return Done(None, body.slug, subject(membership.person), words=words)


@act("agencies.appoint_deputy", "{actor}安排{deputy}代理{subject}的职责（{span}）", title="安排代理")
def appoint(
    actor: Actor, body: Body, person: Person, deputy: Person, *, from_day: dt.date, until_day: dt.date, note: str = ""
) -> Done[Deputy]:
    """A/B角: the person, or for them the unit head or the security administrator; never the deputy, and administrators only by the latter."""
    roles = _roles_ahead(person, body)
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed("代理只能由本机关的工作人员安排。")
    if actor.id == str(deputy.pk):
        raise NotAllowed("不能安排自己代理别人。请由本人、公开工作机构负责人或者安全管理员办理。")
    if actor.id != str(person.pk):
        allowed = {Role.SECURITY_ADMINISTRATOR} if roles & SEPARATE else {Role.SECURITY_ADMINISTRATOR, Role.UNIT_HEAD}
        require(actor, body, *sorted(allowed))
    _check_deputy(person, deputy, body, roles, from_day, until_day, note)
    made = Deputy.objects.create(
        person=person, deputy=deputy, body=body, from_day=from_day, until_day=until_day, note=tidy_lines(note)
    )
    why = united(body, roles, held_between(deputy, body, from_day, until_day))
    words = {"deputy": deputy.name, "span": span(from_day, until_day) + why}
    return Done(made, body.slug, subject(person), words=words)


@act("agencies.end_deputy", "{actor}提前结束了{deputy}代理{subject}的安排", title="结束代理")
def end_deputy(actor: Actor, made: Deputy) -> Done[None]:
    """From today on the deputy stands in no more. Either of the two may do it, and who may arrange it."""
    if actor.kind is not ActorKind.STAFF or actor.id not in {str(made.person_id), str(made.deputy_id)}:
        require(actor, made.body, Role.SECURITY_ADMINISTRATOR, Role.UNIT_HEAD)
    today = clock.today()
    if made.ended_on is not None or made.until_day < today:
        raise NotPossible("这项代理已经结束。")
    made.ended_on = today
    made.save(update_fields=["ended_on"])
    return Done(None, made.body.slug, subject(made.person), words={"deputy": made.deputy.name})


@act("agencies.declare_tiny", "{actor}登记{subject}为人员不足的机关，管理员职责可以兼任：{reason}", title="登记为人员不足的机关")
def declare_tiny(actor: Actor, body: Body, *, reason: str) -> Done[None]:
    """What must be apart elsewhere may meet in one person here; why stands in the trail."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    reason, wrong = checked_name(reason, "理由", 200)
    if wrong:
        raise BadForm({"reason": wrong})
    body.tiny_reason = reason
    body.save(update_fields=["tiny_reason"])
    return Done(None, body.slug, body_subject(body), words={"reason": reason})


@act("agencies.revoke_tiny", "{actor}取消{subject}人员不足的登记", title="取消人员不足的登记")
def revoke_tiny(actor: Actor, body: Body) -> Done[None]:
    """NotPossible while somebody still holds, or as a deputy gets, what then may not meet in one person."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    body.tiny_reason = ""
    for person in Person.objects.filter(placements__body=body, is_active=True):
        check_separate(person, body, held_between(person, body, clock.today(), None))
    body.save(update_fields=["tiny_reason"])
    return Done(None, body.slug, body_subject(body))


def body_subject(body: Body) -> Subject:
    """A body as the trail names it."""
    return Subject("body", body.slug, body.name)


def span(from_day: dt.date, until_day: dt.date | None) -> str:
    """Two days as a phrase."""
    return f"{from_day.isoformat()} 起" if until_day is None else f"{from_day.isoformat()} 至 {until_day.isoformat()}"


def united(body: Body, gained: set[Role], held: set[Role]) -> str:
    """What the trail says where a tiny body lets meet in one person what is apart elsewhere; empty where nothing new meets."""
    clash = clashing(gained | held)
    return f"，因人员不足兼任：{body.tiny_reason}" if clash & gained and body.tiny_reason else ""


def _roles_ahead(person: Person, body: Body) -> set[Role]:
    current = Membership.objects.filter(person=person, body=body).exclude(until_day__lt=clock.today())
    return {Role(r) for r in current.values_list("role", flat=True)}


def _check_deputy(
    person: Person, deputy: Person, body: Body, roles: set[Role], from_day: dt.date, until_day: dt.date, note: str
) -> None:
    errors = {}
    if until_day < from_day:
        errors["until_day"] = "止日不能早于起日，请改正。"
    if until_day < clock.today():
        errors["until_day"] = "止日已经过去，请改正。"
    if from_day < clock.today():
        errors["from_day"] = "起日不能早于今天：已经过去的日子不能事后补办代理。"
    if deputy.pk == person.pk:
        errors["deputy"] = "代理人不能是本人，请另选一人。"
    elif not deputy.is_active or not deputy.placements.filter(body=body).exists():
        errors["deputy"] = "代理人应当是本机关在用账号的人员，请另选一人。"
    if len(note) > NOTE:
        errors["note"] = f"交接说明最多 {NOTE} 个字，请缩短。"
    if errors:
        raise BadForm(errors)
    if not roles:
        raise NotPossible(f"{person.name}在{body.name}没有职责，不用安排代理。")
    check_separate(deputy, body, roles | held_between(deputy, body, from_day, until_day))


def _not_oneself(actor: Actor, person: Person) -> None:
    if actor.kind is ActorKind.STAFF and actor.id == str(person.pk):
        raise NotAllowed("不能给自己授予或者终止职责，请另一名安全管理员办理。")
