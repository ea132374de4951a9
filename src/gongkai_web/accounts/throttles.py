"""May somebody try to sign in now, or were there too many failures?

Attempts are counted per login name and per network address before they are judged, so that many at the same moment count
as many. A name that does not exist counts like one that does. First comes a wait of seconds, then a lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai_web.accounts.models import Throttle, ThrottleKind
from gongkai_web.accounts.passwords import tidy
from gongkai_web.ui import clock


@dataclass(frozen=True, slots=True)
class Limit:
    """From ``slow_from`` failures on the next attempt waits ``wait`` seconds more each time; at ``lock_at`` there is a lock."""

    slow_from: int
    wait: int
    lock_at: int


LIMITS = {
    ThrottleKind.LOGIN: Limit(slow_from=3, wait=5, lock_at=5),
    # Many people may share one address.
    ThrottleKind.ADDRESS: Limit(slow_from=20, wait=2, lock_at=30),
}


class TooSoon(Exception):
    """Not yet. ``locked`` tells a lock from a short wait; ``until`` is when the next attempt is taken."""

    def __init__(self, kind: ThrottleKind, until: dt.datetime, locked: bool) -> None:
        super().__init__(_words(kind, until, locked))
        self.until = until
        self.locked = locked


def attempt(login: str, address: str) -> bool:
    """Count an attempt. TooSoon when it is not taken; otherwise whether a failure of this attempt locks the login name."""
    now = clock.now()
    with transaction.atomic():
        rows = [_row(kind, key, now) for kind, key in _keys(login, address)]
        for row in rows:
            _refuse(row, now)
        for row in rows:
            limit = LIMITS[ThrottleKind(row.kind)]
            row.failures += 1
            row.last_at = now
            row.locked_until = now + _lock() if row.failures >= limit.lock_at else None
            row.save(update_fields=["failures", "last_at", "locked_until"])
    return rows[0].locked_until is not None


def take_back(login: str, address: str) -> None:
    """The attempt was no failure, but the sign-in is not complete either: earlier failures stay counted."""
    with transaction.atomic():
        for kind, key in _keys(login, address):
            row = _row(kind, key, clock.now())
            row.failures = max(0, row.failures - 1)
            row.locked_until = None
            row.save(update_fields=["failures", "locked_until"])


def succeed(login: str, address: str) -> None:
    """The sign-in is complete: the login name starts anew, the address keeps the failures of other names."""
    take_back(login, address)
    unlock(login)


def unlock(login: str) -> bool:
    """Forget the failures of a login name; whether it was locked."""
    kind, key = _keys(login, "")[0]
    locked = locked_until(login) is not None
    Throttle.objects.filter(kind=kind, key=key).delete()
    return locked


def locked_until(login: str) -> dt.datetime | None:
    """Until when a login name is locked, None when it is not."""
    kind, key = _keys(login, "")[0]
    row = Throttle.objects.filter(kind=kind, key=key).first()
    return row.locked_until if row is not None and row.locked_until and row.locked_until > clock.now() else None


def locked(logins: Iterable[str]) -> dict[str, dt.datetime]:
    """Which of the login names are locked, and until when."""
    keys = {_keys(login, "")[0][1]: login for login in logins}
    rows = Throttle.objects.filter(kind=ThrottleKind.LOGIN, key__in=keys, locked_until__gt=clock.now())
    return {keys[row.key]: row.locked_until for row in rows if row.locked_until is not None}


def forget_old(now: dt.datetime) -> int:
    """Remove counts whose time is over; how many."""
    return Throttle.objects.filter(last_at__lt=now - _lock()).delete()[0]


def _lock() -> dt.timedelta:
    return dt.timedelta(seconds=settings.LOCK_SECONDS)


def _keys(login: str, address: str) -> tuple[tuple[ThrottleKind, str], tuple[ThrottleKind, str]]:
    name = salted_hmac("gongkai.throttle", tidy(login)[:200], algorithm="sha256").hexdigest()
    return (ThrottleKind.LOGIN, name), (ThrottleKind.ADDRESS, address[:64])


def _row(kind: ThrottleKind, key: str, now: dt.datetime) -> Throttle:
    Throttle.objects.get_or_create(kind=kind, key=key, defaults={"last_at": now})
    row = Throttle.objects.select_for_update().get(kind=kind, key=key)
    if now - row.last_at >= _lock():
        row.failures, row.locked_until = 0, None
    return row


def _refuse(row: Throttle, now: dt.datetime) -> None:
    kind = ThrottleKind(row.kind)
    limit = LIMITS[kind]
    if row.locked_until and row.locked_until > now:
        raise TooSoon(kind, row.locked_until, locked=True)
    if row.failures >= limit.slow_from:
        until = row.last_at + dt.timedelta(seconds=limit.wait * (row.failures - limit.slow_from + 1))
        if until > now:
            raise TooSoon(kind, until, locked=False)


def _words(kind: ThrottleKind, until: dt.datetime, locked: bool) -> str:
    if not locked:
        seconds = max(1, int((until - clock.now()).total_seconds()) + 1)
        return f"连续几次没有登录成功，请等 {seconds} 秒后再试。"
    moment = until.astimezone(clock.BEIJING).strftime("%H:%M")
    if kind == ThrottleKind.ADDRESS:
        return f"这个网络地址多次登录失败，已暂停登录，请在 {moment} 以后再试。"
    return f"连续几次没有登录成功，这个登录名已暂停登录。请在 {moment} 以后再试，或者请安全管理员解除。"
