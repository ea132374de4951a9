"""What is in an uploaded ZIP archive, told apart from a DOCX or XLSX, and never unpacked further than allowed?"""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipInfo

from django.conf import settings

from gongkai.reading.archive import Archive, NotTakenError, Trouble, shown_name
from gongkai_web.oversight.uploads import Upload

OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")
_LOOKED_AT = 2000


def is_archive(upload: Upload) -> bool:
    """Whether the bytes are a plain ZIP: the office formats are ZIPs too, known by a member of theirs."""
    if not upload.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        return not any(info.filename in OFFICE for info in Archive(upload.data).infos[:_LOOKED_AT])
    except NotTakenError:
        return upload.name.lower().endswith(".zip")


def members(upload: Upload) -> Iterator[Upload]:
    """The files in the archive one by one, each bounded; what cannot be taken comes with its reason."""
    try:
        archive = Archive(upload.data)
    except NotTakenError:
        yield Upload(upload.name, refusal="压缩包已经损坏，打不开。请重新打包后再上传。")
        return
    infos = archive.files
    if not infos:
        yield Upload(upload.name, refusal="压缩包是空的，里面没有文件。请检查后重新打包。")
    left = settings.UPLOAD_REQUEST_BYTES
    for info in infos[: settings.UPLOAD_FILES]:
        member = _member(archive, info, min(settings.UPLOAD_FILE_BYTES, left))
        left -= len(member.data)
        yield member
    if len(infos) > settings.UPLOAD_FILES:
        why = f"压缩包里有 {len(infos)} 个文件，一次最多检查 {settings.UPLOAD_FILES} 个，其余的没有检查。请拆成几个压缩包。"
        yield Upload(upload.name, refusal=why)


def _member(archive: Archive, info: ZipInfo, limit: int) -> Upload:
    name = shown_name(info).rsplit("/", 1)[-1]
    try:
        data = archive.take(info, limit)
    except NotTakenError as error:
        return Upload(name, refusal=_why(error.trouble))
    if is_archive(Upload(name, data)):
        return Upload(name, refusal="压缩包里的压缩包不再展开。请先解开，再把年报放进一个压缩包。")
    return Upload(name, data)


def _why(trouble: Trouble) -> str:
    if trouble is Trouble.LOCKED:
        return "压缩包设了密码，打不开。请去掉密码重新打包后再上传。"
    if trouble is Trouble.DAMAGED:
        return "压缩包里的这个文件已经损坏，取不出来。请重新打包后再上传。"
    whole = settings.UPLOAD_REQUEST_BYTES // 1024 // 1024
    each = settings.UPLOAD_FILE_BYTES // 1024 // 1024
    return f"展开后单个超过 {each} MB，或者合计超过 {whole} MB，没有检查。请只打包年报本身，或者拆成几个压缩包。"
