"""Is a form that arrives the first of its kind, or the same one pressed or sent twice?

A form that makes something carries a token of its own. Who sends it first is let through; whoever comes with the same token again is
led to what the first one made, unless the content is another: then nothing is done and that is said. Held by the database, so it holds
across processes; by the token, for the same words a week later are something new.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai_web.flow.models import SentForm
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

FIELD = "form"
"""The name of the hidden field."""
KEPT = dt.timedelta(days=2)
_WRITTEN = re.compile(r"[A-Za-z0-9_-]{16,40}")
_BESIDE = frozenset({FIELD, "csrfmiddlewaretoken"})
_PATIENCE = 50
_PAUSE = 0.1


def token() -> str:
    """A token for a form that is being shown."""
    return secrets.token_urlsafe(18)


def once(request: HttpRequest, person_id: int, do: Callable[[], str]) -> str:
    """Do what a form asks for, once: the address to go on to. What fails may be sent again with the same token.

    NotPossible when the token has made something already from other words or files than these.
    """
    sent, digest = request.POST.get(FIELD, ""), _digest(request)
    if not _WRITTEN.fullmatch(sent):
        raise BadForm({"": "这个页面不完整，可能打开得太久。请把填好的内容复制出来，刷新页面后再提交。"})
    if not _claimed(sent, person_id, digest):
        brought = bool(request.FILES) or bool(getattr(request, "refused_uploads", ()))
        return _answer(sent, person_id, digest, "的改动和文件都" if brought else "的改动")
    try:
        address = do()
    except BaseException:
        SentForm.objects.filter(token=sent, person_id=person_id).delete()
        raise
    SentForm.objects.filter(token=sent).update(address=address)
    return address


def _digest(request: HttpRequest) -> str:
    """A keyed digest of what was filled in and of the files beside it: neither words nor files are kept here."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in _BESIDE)
    files = sorted((name, [_file(f) for f in listed]) for name, listed in request.FILES.lists())
    refused = [upload.name for upload in getattr(request, "refused_uploads", ())]  # sent, but too large to be received
    whole = json.dumps([fields, files, refused] if files or refused else fields)  # a form without files as before there were any
    return salted_hmac("gongkai.sent.form", whole, algorithm="sha256").hexdigest()


def _file(file: UploadedFile) -> tuple[str, str]:
    """Name and digest of a file, which is left to be read from its beginning."""
    made = hashlib.sha256()
    for chunk in file.chunks():
        made.update(chunk)
    file.seek(0)
    return file.name or "", made.hexdigest()


def _claimed(sent: str, person_id: int, digest: str) -> bool:
    now = clock.now()
    SentForm.objects.filter(made_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            SentForm.objects.create(token=sent, person_id=person_id, made_at=now, digest=digest)
    except IntegrityError:
        return False
    return True


def _answer(sent: str, person_id: int, digest: str, lost: str) -> str:
    """Where the first one led; waits a little while it is still being carried out. ``lost`` is what another one brought."""
    for _ in range(_PATIENCE):
        row = SentForm.objects.filter(token=sent, person_id=person_id).first()
        if row is None:
            break
        if row.address and row.digest not in {digest, ""}:
            raise NotPossible(
                f"这份表单已经提交过，这次{lost}没有保存。请把改动复制出来，到已经办成的那一条里修改；要另办一条的，刷新页面后再填。"
            )
        if row.address:
            return row.address
        time.sleep(_PAUSE)
    raise NotPossible("这份表单已经提交过一次，正在办理或者没有办完。请到列表里看有没有办成，没有的再填一次。")
