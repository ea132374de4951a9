"""How does somebody get in: which steps are left after the password, and what is counted on the way?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from gongkai_web.accounts import passwords, second_factor, sessions, throttles
from gongkai_web.accounts.actions import own
from gongkai_web.accounts.addresses import address_of, is_inside
from gongkai_web.accounts.models import Person, SecondFactor
from gongkai_web.agencies import actors, standing
from gongkai_web.agencies.models import Body, Placement, SecondFactorRule
from gongkai_web.trail.done import INSTALLATION_CHAIN
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

WRONG = "登录名或者密码不对。请检查大小写和输入法后再试；忘记密码的，请安全管理员重开一张临时密码条。"
WRONG_CODE = "动态口令不对。请输入手机上此刻显示的 6 位数字；手机时间不准的，请先校准。也可以用一个备用码。"
OUTSIDE = (
    "从本机关网络以外登录要用动态口令，您还没有绑定。请先在单位的电脑上登录一次并绑定动态口令，"
    "在单位登录也看到这段话的，请安全管理员核对本机关的网段。"
)
SLIP_OVER = "这张临时密码条已经过期。请安全管理员重新开一张。"
_PENDING = "pending_sign_in"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the bodies of a person ask for at a sign-in from here."""

    asks: bool
    outside: bool


def rule_for(request: HttpRequest, person: Person) -> Rule:
    """The strictest rule of all bodies at which the person works."""
    bodies = standing.bodies_of(person.pk)
    outside = any(not is_inside(request, b.networks) for b in bodies)
    always = any(b.second_factor == SecondFactorRule.ALWAYS for b in bodies)
    return Rule(asks=always or outside, outside=outside and not always)


def with_password(request: HttpRequest, login: str, password: str) -> Person | None:
    """The person when the sign-in is complete, None when the second factor is still asked for.

    BadForm when login or password are wrong, ``throttles.TooSoon`` when there were too many failures.
    """
    address = address_of(request)
    locks = throttles.attempt(login, address)
    person = passwords.person_by(login, password)
    if person is None:
        if locks:
            _record_lock(login, address)
        raise BadForm({"": WRONG})
    try:
        complete = _complete(request, person, address)
    except BadForm:
        throttles.take_back(login, address)
        raise
    if complete:
        throttles.succeed(login, address)
        return person
    throttles.take_back(login, address)
    return None


def _complete(request: HttpRequest, person: Person, address: str) -> bool:
    """After the right password: whether that was all. BadForm where the way ends here."""
    if person.must_change_password and _age(person) > settings.SLIP_SECONDS:
        raise BadForm({"": SLIP_OVER})
    rule = rule_for(request, person)
    enrolled = second_factor.factor_of(person) is not None
    if rule.asks and enrolled:
        request.session[_PENDING] = [person.pk, person.get_session_auth_hash(), clock.now().timestamp()]
        return False
    if rule.asks and rule.outside:
        raise BadForm({"": OUTSIDE})
    own.sign_in(actors.staff(person), person, chain=chain_of(person), address=address)
    sessions.begin(request.session, person, must_enrol=rule.asks)
    return True


def pending(session: SessionBase) -> Person | None:
    """Who gave the right password and has not yet given the second factor."""
    key, digest, since = session.get(_PENDING, (None, "", 0))
    if key is None or clock.now().timestamp() - since > settings.PENDING_SECONDS:
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    return person if person and constant_time_compare(digest, person.get_session_auth_hash()) else None


def with_code(request: HttpRequest, person: Person, code: str) -> Person:
    """The person, when the code is right: the generator's, or a recovery code, which is used up. Refusals as for the password."""
    address = address_of(request)
    locks = throttles.attempt(person.login, address)
    factor = SecondFactor.objects.filter(person=person).first()
    step = second_factor.step_for(factor, code) if factor else None
    recovery = second_factor.recovery_code(person, code) if step is None and factor else None
    if step is None and recovery is None:
        if locks:
            _record_lock(person.login, address)
        raise BadForm({"code": WRONG_CODE})
    try:
        own.sign_in(actors.staff(person), person, chain=chain_of(person), address=address, step=step, recovery=recovery)
    except NotPossible as refused:
        raise BadForm({"code": str(refused)}) from None
    throttles.succeed(person.login, address)
    request.session.pop(_PENDING, None)
    sessions.begin(request.session, person)
    return person


def chain_of(person: Person) -> str:
    """The chain in which the sign-ins of a person stand: that of the body where they are at home."""
    home = Placement.objects.filter(person=person, is_home=True).select_related("body").first()
    if home is not None:
        return home.body.slug
    first: Body | None = next(iter(standing.bodies_of(person.pk)), None)
    return first.slug if first else INSTALLATION_CHAIN


def _record_lock(login: str, address: str) -> None:
    person = Person.objects.filter(login=passwords.tidy(login)).first()
    chain = chain_of(person) if person else INSTALLATION_CHAIN
    own.lock(own.PROGRAM, person, chain=chain, address=address)


def _age(person: Person) -> float:
    since: dt.datetime = person.password_changed_at or person.created_at
    return (clock.now() - since).total_seconds()
