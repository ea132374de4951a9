"""Which cleaning does an upload get, by its type?"""

from __future__ import annotations

from gongkai_web.files.cleaning.archive import clean_archive
from gongkai_web.files.cleaning.docx import clean_docx
from gongkai_web.files.cleaning.media import clean_mp3, clean_mp4
from gongkai_web.files.cleaning.old_office import clean_old_office
from gongkai_web.files.cleaning.page import clean_page
from gongkai_web.files.cleaning.pdf import clean_pdf
from gongkai_web.files.cleaning.picture import clean_picture
from gongkai_web.files.cleaning.pptx import clean_pptx
from gongkai_web.files.cleaning.result import Choices, Cleaned
from gongkai_web.files.cleaning.xlsx import clean_xlsx
from gongkai_web.files.types import CLOSED_ARCHIVES, OLD_OFFICE, PICTURES, FileType, Upload

_WITH_CHOICES = {
    FileType.DOCX: clean_docx,
    FileType.XLSX: clean_xlsx,
    FileType.PPTX: clean_pptx,
    FileType.PDF: clean_pdf,
}
_OFD = "OFD 文件的作者、附件、签章等信息没有清除，以免毁坏签章；请用 OFD 阅读器核对，最好同时提供 PDF。"
_CLOSED = "{words}里的文件打不开来看，其中的作者、批注等信息没有清除；请先解开，改用 ZIP 打包后重新上传。"


def clean(upload: Upload, choices: Choices | None = None) -> Cleaned:
    """The upload cleaned by its type. Raises NeedsChoice when a person must decide first, NotAccepted and Unreadable as on coming in."""
    choices = choices or Choices()
    data, name, kind = upload.data, upload.name, upload.type
    if kind in _WITH_CHOICES:
        return _WITH_CHOICES[kind](data, name, choices)
    if kind in PICTURES:
        return clean_picture(data, kind)
    if kind in OLD_OFFICE:
        return clean_old_office(data, name)
    if kind in CLOSED_ARCHIVES:
        sentence = _CLOSED.format(words="RAR 压缩包" if kind is FileType.RAR else "7z 压缩包")
        return Cleaned(data, problems=(sentence,))
    match kind:
        case FileType.ZIP:
            return clean_archive(data, name, lambda member: clean(member, choices))
        case FileType.HTML:
            return clean_page(data, name)
        case FileType.MP3:
            return clean_mp3(data)
        case FileType.MP4:
            return clean_mp4(data)
        case FileType.OFD:
            return Cleaned(data, problems=(_OFD,))
        case _:
            return Cleaned(data)  # plain text says nothing but what it shows
