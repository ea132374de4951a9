"""Which passwords are good enough, and how is a one-time password made?"""

from __future__ import annotations

import secrets
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from gongkai_web.accounts.models import Person
from gongkai_web.ui import clock

SHORTEST = 10
LONGEST = 128
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else in print
_GROUPS, _LETTERS = 4, 4
_TELLING = 4


def complaint(password: str, login: str, name: str = "") -> str:
    """Why this password is not taken, in one sentence with what to do; empty when it is good."""
    small = password.strip().lower()
    if len(password) < SHORTEST:
        return f"密码太短，至少要 {SHORTEST} 个字符。可以用一句自己记得住的话。"
    if len(password) > LONGEST:
        return f"密码太长，最多 {LONGEST} 个字符，请缩短。"
    # Two or three letters stand in too many words to be a hint of whose password it is.
    if (len(login) >= _TELLING and login in small) or small in login:
        return "密码里不能有登录名，请另想一个。"
    if len(name) > 1 and name in password:
        return "密码里不能有姓名，请另想一个。"
    if len(set(small)) < 5:
        return "密码里不同的字符太少，容易被猜中，请多用几种字符。"
    if small.isdigit():
        return "密码不能全是数字，请加上文字或者字母。"
    if small in _common() or small.rstrip("0123456789!@#.") in _common():
        return "这是很多人用的密码，容易被猜中，请另想一个。"
    return ""


def one_time() -> str:
    """A password for one sign-in, easy to type from paper."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(_LETTERS)) for _ in range(_GROUPS))


def person_by(login: str, password: str) -> Person | None:
    """The person with this login and password. A login that does not exist costs the same work as a wrong password."""
    person = Person.objects.filter(login=tidy(login), is_active=True).first()
    if person is None:
        make_password(password[:LONGEST])
        return None
    return person if person.check_password(password[:LONGEST]) else None


def tidy(login: str) -> str:
    """A login as it is kept."""
    return login.strip().lower()


def must_change(person: Person) -> bool:
    """Whether the person has to change the password before anything else: a one-time password, or one that is too old."""
    if person.must_change_password:
        return True
    since = person.password_changed_at or person.created_at
    return settings.PASSWORD_DAYS > 0 and (clock.now() - since).days >= settings.PASSWORD_DAYS


def write(person: Person, password: str, *, must_change: bool) -> None:
    """Give the person a password, inside an act; every session of the person ends."""
    person.set_password(password)
    person.must_change_password = must_change
    person.password_changed_at = clock.now()
    person.session_round += 1
    person.save(update_fields=["password", "must_change_password", "password_changed_at", "session_round"])


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
