"""How is an upload received so that it stays in memory, within bounds, and never keeps readers waiting?

Nothing of an upload touches the disk here: a file may carry classification markings, and those are looked for
before anything is stored.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai_web.ui.errors import page

SLACK = 1024 * 1024  # form fields and boundaries around the files


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as received: its name without folders, and its bytes; or why it was not taken."""

    name: str
    data: bytes = b""
    refusal: str = ""


class MemoryOnly(FileUploadHandler):
    """Keep files in memory; drop what is over a limit and remember why."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.count = 0
        self.total = 0
        self.started = time.monotonic()
        self.refused: list[Upload] = []
        if request is not None:
            request.refused_uploads = self.refused  # type: ignore[attr-defined]  # a handler has no other way to its view

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        self.buffer = io.BytesIO()
        if self.count > settings.UPLOAD_FILES:
            self._refuse(f"一次最多上传 {settings.UPLOAD_FILES} 个文件，这一个没有接收。请分几次上传。")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if time.monotonic() - self.started > settings.UPLOAD_SECONDS:
            raise StopUpload(connection_reset=True)
        self.total += len(raw_data)
        if start + len(raw_data) > settings.UPLOAD_FILE_BYTES:
            limit = settings.UPLOAD_FILE_BYTES // 1024 // 1024
            self._refuse(f"文件超过 {limit} MB，没有接收。年报通常只有几百 KB，请去掉图片或者只上传年报本身。")
        if self.total > settings.UPLOAD_REQUEST_BYTES:
            raise StopUpload(connection_reset=True)
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            self.buffer, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip

    def _refuse(self, why: str) -> None:
        self.buffer = io.BytesIO()
        self.refused.append(Upload(self.file_name or "", refusal=why))
        raise SkipFile


class UploadGate:
    """Refuse a body that is too large before reading it, and let only a few bodies in at the same moment: files, and forms without files.

    A body may be sent a byte at a time. The other threads of the server stay free for those who read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.uploads = threading.BoundedSemaphore(settings.UPLOAD_AT_ONCE)
        self.forms = threading.BoundedSemaphore(settings.FORMS_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        is_upload = request.content_type == "multipart/form-data"
        if is_upload and _length(request) > settings.UPLOAD_REQUEST_BYTES + SLACK:
            limit = settings.UPLOAD_REQUEST_BYTES // 1024 // 1024
            return page(request, 413, why=f"一次上传的全部文件合计不能超过 {limit} MB，程序没有接收。")
        places = self.uploads if is_upload else self.forms
        if not places.acquire(blocking=False):
            forms = {} if is_upload else {"what": "现在提交的人较多", "why": "为了不影响别人查看，程序同时只接收几份表单。"}
            response = page(request, 503, **forms)
            response.headers["Retry-After"] = "30"
            return response
        try:
            return self.get_response(request)
        finally:
            places.release()


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def received(request: HttpRequest, field: str) -> tuple[Upload, ...]:
    """The files of a form field, those refused on the way in included."""
    taken = [Upload(f.name or "", f.read()) for f in request.FILES.getlist(field)]
    return (*taken, *getattr(request, "refused_uploads", ()))
