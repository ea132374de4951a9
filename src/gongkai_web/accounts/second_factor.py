"""Is this the code that the person's generator shows now, or one of the printed recovery codes?

Codes are those of RFC 6238 with six digits and thirty seconds, as all generators in use make them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import quote, urlencode

from django_otp.oath import hotp

from gongkai_web.accounts import sealing
from gongkai_web.accounts.models import Person, RecoveryCode, SecondFactor
from gongkai_web.ui import clock

STEP = 30
DIGITS = 6
_NEIGHBOURS = (0, -1, 1)  # the clocks of telephones are up to half a minute off
CODES = 10


def new_secret() -> str:
    """A secret in the letters that a person can type into a generator."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def address(secret: str, issuer: str, login: str) -> str:
    """What the picture to scan says."""
    words = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{words}"


def step_of(secret: str, code: str, after: int = 0) -> int | None:
    """The time step whose code this is, None when it is none of now; steps up to ``after`` were used already."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits):
        return None
    key = base64.b32decode(secret)
    now = int(clock.now().timestamp()) // STEP
    for step in (now + n for n in _NEIGHBOURS):
        if step > after and hmac.compare_digest(f"{hotp(key, step, DIGITS):0{DIGITS}d}", digits):
            return step
    return None


def factor_of(person: Person) -> SecondFactor | None:
    """The person's second factor when there is one."""
    return SecondFactor.objects.filter(person=person).first()


def step_for(factor: SecondFactor, code: str) -> int | None:
    """The step of a code of this factor."""
    return step_of(sealing.unseal(factor.sealed), code, factor.last_step)


def new_codes() -> tuple[str, ...]:
    """Recovery codes to print: 80 random bits each."""
    made = (base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower() for _ in range(CODES))
    return tuple("-".join((c[:4], c[4:8], c[8:12], c[12:])) for c in made)


def digest_of(code: str) -> str:
    """What is kept of a recovery code; as random as it is, it needs no slow hash."""
    plain = re.sub(r"[^a-z2-7]", "", code.lower())
    return f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"


def recovery_code(person: Person, code: str) -> RecoveryCode | None:
    """The unused recovery code that was typed."""
    return RecoveryCode.objects.filter(person=person, digest=digest_of(code), used_at=None).first()


def codes_left(person: Person) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()
