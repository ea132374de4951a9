"""Does an upload hide something that runs, or that nobody can look into, so that it may not come in at all?"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.reading.pdf import refuse_bombs
from gongkai_web.files.archives import members
from gongkai_web.files.cleaning.objects import refuse_objects, refuse_programs
from gongkai_web.files.cleaning.office import refuse_active
from gongkai_web.files.cleaning.page import refuse_running
from gongkai_web.files.cleaning.parts import opened
from gongkai_web.files.cleaning.pdf import opened_pdf, refuse_xfa
from gongkai_web.files.cleaning.picture import opened_picture
from gongkai_web.files.old_office import examined
from gongkai_web.files.types import OLD_OFFICE, PICTURES, FileType, Upload, typed


def accepted(data: bytes, name: str) -> Upload:
    """The upload, typed and free of what runs: the first thing to ask of any bytes handed in.

    Raises NotAccepted (with a code) or Unreadable, each with a sentence that says why and what to do.
    """
    upload = typed(data, name)
    refuse_hazards(upload)
    return upload


def refuse_hazards(upload: Upload) -> None:
    """Raise NotAccepted when the upload runs something, is locked, or packs a program; Unreadable when it is damaged."""
    judge = _JUDGES.get(upload.type)
    if judge is not None:
        judge(upload.data, upload.name)


def _document(data: bytes, name: str) -> None:
    parts = opened(data)
    refuse_active(parts, name)
    refuse_programs(parts, name)


def _sheets_or_slides(data: bytes, name: str) -> None:
    parts = opened(data)
    refuse_active(parts, name)
    refuse_objects(parts, name)


def _old(data: bytes, name: str) -> None:
    examined(data, name)


def _pdf(data: bytes, name: str) -> None:
    refuse_bombs(data)
    with opened_pdf(data, name) as pdf:
        refuse_xfa(pdf, name)


def _picture(data: bytes, _: str) -> None:
    opened_picture(data).close()


def _archive(data: bytes, name: str) -> None:
    for member in members(data, name):
        refuse_hazards(member.upload)


_JUDGES: dict[FileType, Callable[[bytes, str], None]] = {
    FileType.DOCX: _document,
    FileType.XLSX: _sheets_or_slides,
    FileType.PPTX: _sheets_or_slides,
    FileType.PDF: _pdf,
    FileType.ZIP: _archive,
    FileType.HTML: refuse_running,
    **dict.fromkeys(OLD_OFFICE, _old),
    **dict.fromkeys(PICTURES, _picture),
}
