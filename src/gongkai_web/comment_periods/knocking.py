"""Does one network address send comments faster than people write?

Counted per address in the database, so that it holds across processes; an address is kept only as a keyed digest, for an hour. Many people may
share one address, so the limit is generous.
"""

from __future__ import annotations

import datetime as dt
import ipaddress

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai_web.accounts.addresses import parsed
from gongkai_web.comment_periods.models import Knock
from gongkai_web.ui import clock

WINDOW = dt.timedelta(hours=1)
MOST = 20
_HOME = 64  # of an IPv6 address, what one household or office is given


def too_many(address: str) -> bool:
    """Count one attempt of an address; whether it is one too many."""
    now = clock.now()
    with transaction.atomic():
        Knock.objects.filter(since__lte=now - WINDOW).delete()
        key = _key(address)
        Knock.objects.get_or_create(key=key, defaults={"since": now})
        row = Knock.objects.select_for_update().get(key=key)
        row.count += 1
        row.save(update_fields=["count"])
    return row.count > MOST


def _key(address: str) -> str:
    found = parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        address = str(ipaddress.ip_network((found, _HOME), strict=False))
    return salted_hmac("gongkai.comment.knock", address[:64], algorithm="sha256").hexdigest()
