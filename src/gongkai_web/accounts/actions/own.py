"""What does a person do with the own sign-in: sign in and out, change the password, set up the second factor?"""

from __future__ import annotations

from gongkai_web.accounts import passwords, second_factor
from gongkai_web.accounts.models import Person, RecoveryCode, SecondFactor
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

PROGRAM = Actor(ActorKind.INSTALLATION, "", "本程序")
"""Who locks: nobody in particular."""


@act("accounts.sign_in", "{actor}登录（{how}）", title="登录")
def sign_in(
    actor: Actor, person: Person, *, chain: str, address: str, step: int | None = None, recovery: RecoveryCode | None = None
) -> Done[None]:
    """A sign-in is complete; a code is used up. NotPossible when the same code was used at the same moment elsewhere."""
    _own(actor, person)
    how = "密码"
    if step is not None:
        how = "密码和动态口令"
        if not SecondFactor.objects.filter(person=person, last_step__lt=step).update(last_step=step):
            raise NotPossible("这个动态口令刚刚用过。请等它变成下一个再登录。")
    if recovery is not None:
        how = "密码和备用码"
        if not RecoveryCode.objects.filter(pk=recovery.pk, person=person, used_at=None).update(used_at=clock.now()):
            raise NotPossible("这个备用码已经用过。请换一个没有用过的。")
    return Done(None, chain, _subject(person), words={"how": how}, personal={"address": address})


@act("accounts.sign_out", "{actor}退出", title="退出")
def sign_out(actor: Actor, person: Person, *, chain: str) -> Done[None]:
    """The person leaves this browser."""
    _own(actor, person)
    return Done(None, chain, _subject(person))


@act("accounts.lock", "{subject}连续登录失败，暂停登录", title="暂停登录")
def lock(actor: Actor, person: Person | None, *, chain: str, address: str) -> Done[None]:
    """A login name was locked after failures; a name that nobody has leaves the same entry."""
    subject = _subject(person) if person else Subject("login", "", "一个没有登记的登录名")
    return Done(None, chain, subject, personal={"address": address})


@act("accounts.change_password", "{actor}修改了自己的密码", title="修改密码")
def change_password(actor: Actor, person: Person, *, old: str, new: str, again: str, chain: str) -> Done[None]:
    """BadForm when the old one is wrong or the new one is not good enough. All other sessions end."""
    _own(actor, person)
    errors = {}
    if not person.check_password(old):
        errors["old"] = "原密码不对，请重新输入。"
    if complaint := passwords.complaint(new, person.login, person.name):
        errors["new"] = complaint
    elif new == old:
        errors["new"] = "新密码和原密码一样，请另想一个。"
    elif new != again:
        errors["again"] = "两次输入的新密码不一样，请重新输入。"
    if errors:
        raise BadForm(errors)
    passwords.write(person, new, must_change=False)
    return Done(None, chain, _subject(person))


@act("accounts.enrol_second_factor", "{actor}绑定了动态口令", title="绑定动态口令")
def enrol(actor: Actor, person: Person, *, sealed: str, step: int, chain: str) -> Done[tuple[str, ...]]:
    """The generator shows the right code: it is the second factor from now on. The recovery codes are told this once."""
    _own(actor, person)
    SecondFactor.objects.update_or_create(
        person=person, defaults={"sealed": sealed, "confirmed_at": clock.now(), "last_step": step}
    )
    return Done(_new_codes(person), chain, _subject(person))


@act("accounts.renew_recovery_codes", "{actor}换了一组备用码", title="换一组备用码")
def renew_codes(actor: Actor, person: Person, *, chain: str) -> Done[tuple[str, ...]]:
    """New recovery codes; those before are void. NotPossible without a second factor."""
    _own(actor, person)
    if not SecondFactor.objects.filter(person=person).exists():
        raise NotPossible("还没有绑定动态口令，没有备用码可换。请先绑定动态口令。")
    return Done(_new_codes(person), chain, _subject(person))


def _new_codes(person: Person) -> tuple[str, ...]:
    RecoveryCode.objects.filter(person=person).delete()
    codes = second_factor.new_codes()
    now = clock.now()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=second_factor.digest_of(c), made_at=now) for c in codes)
    return codes


def _own(actor: Actor, person: Person) -> None:
    if actor.kind is not ActorKind.STAFF or actor.id != str(person.pk):
        raise NotAllowed("这件事只能由本人办理。")


def _subject(person: Person) -> Subject:
    return Subject("person", str(person.pk), person.name)
