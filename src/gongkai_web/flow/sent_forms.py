"""Is a form that arrives the first of its kind, or the same one pressed or sent twice?

A form that makes something carries a token of its own. Who sends it first is let through; whoever comes with the same token again is
led to what the first one made. Held by the database, so it holds across processes; not by content, for the same words a week later
are something new.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import time
from collections.abc import Callable

from django.db import IntegrityError, transaction

from gongkai_web.flow.models import SentForm
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

FIELD = "form"
"""The name of the hidden field."""
KEPT = dt.timedelta(days=2)
_WRITTEN = re.compile(r"[A-Za-z0-9_-]{16,40}")
_PATIENCE = 50
_PAUSE = 0.1


def token() -> str:
    """A token for a form that is being shown."""
    return secrets.token_urlsafe(18)


def once(sent: str, person_id: int, do: Callable[[], str]) -> str:
    """Do what a form asks for, once: the address to go on to. What fails may be sent again with the same token."""
    if not _WRITTEN.fullmatch(sent):
        raise BadForm({"": "这个页面不完整，可能打开得太久。请把填好的内容复制出来，刷新页面后再提交。"})
    if not _claimed(sent, person_id):
        return _answer(sent, person_id)
    try:
        address = do()
    except BaseException:
        SentForm.objects.filter(token=sent, person_id=person_id).delete()
        raise
    SentForm.objects.filter(token=sent).update(address=address)
    return address


def _claimed(sent: str, person_id: int) -> bool:
    now = clock.now()
    SentForm.objects.filter(made_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            SentForm.objects.create(token=sent, person_id=person_id, made_at=now)
    except IntegrityError:
        return False
    return True


def _answer(sent: str, person_id: int) -> str:
    """Where the first one led; waits a little while it is still being carried out."""
    for _ in range(_PATIENCE):
        row = SentForm.objects.filter(token=sent, person_id=person_id).first()
        if row is None:
            break
        if row.address:
            return row.address
        time.sleep(_PAUSE)
    raise NotPossible("这份表单已经提交过一次，正在办理或者没有办完。请到列表里看有没有办成，没有的再填一次。")
