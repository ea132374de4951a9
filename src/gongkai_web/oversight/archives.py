"""What is in an uploaded ZIP archive, told apart from a DOCX or XLSX, and never unpacked further than allowed?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from django.conf import settings

from gongkai_web.oversight.uploads import Upload

RUBBISH = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")


def is_archive(upload: Upload) -> bool:
    """Whether the bytes are a plain ZIP: the office formats are ZIPs too, known by a member of theirs."""
    if not upload.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as archive:
            return not any(name in OFFICE for name in archive.namelist()[:2000])
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return upload.name.lower().endswith(".zip")


def members(upload: Upload) -> Iterator[Upload]:
    """The files in the archive one by one, each bounded; what cannot be taken comes with its reason."""
    limit = settings.UPLOAD_FILE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir() and not _rubbish(i)]
            if not infos:
                yield Upload(upload.name, refusal="压缩包是空的，里面没有文件。请检查后重新打包。")
            left = settings.UPLOAD_REQUEST_BYTES
            for info in infos[: settings.UPLOAD_FILES]:
                member = _member(archive, info, min(limit, left))
                left -= len(member.data)
                yield member
            if len(infos) > settings.UPLOAD_FILES:
                why = (
                    f"压缩包里有 {len(infos)} 个文件，一次最多检查 {settings.UPLOAD_FILES} 个，其余的没有检查。请拆成几个压缩包。"
                )
                yield Upload(upload.name, refusal=why)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield Upload(upload.name, refusal="压缩包已经损坏，打不开。请重新打包后再上传。")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Upload:
    name = _name(info).rsplit("/", 1)[-1]
    if info.flag_bits & 1:
        return Upload(name, refusal="压缩包设了密码，打不开。请去掉密码重新打包后再上传。")
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        return Upload(name, refusal="压缩包里的这个文件已经损坏，取不出来。请重新打包后再上传。")
    if len(data) > limit:
        whole = settings.UPLOAD_REQUEST_BYTES // 1024 // 1024
        each = settings.UPLOAD_FILE_BYTES // 1024 // 1024
        return Upload(
            name, refusal=f"展开后单个超过 {each} MB，或者合计超过 {whole} MB，没有检查。请只打包年报本身，或者拆成几个压缩包。"
        )
    if is_archive(Upload(name, data)):
        return Upload(name, refusal="压缩包里的压缩包不再展开。请先解开，再把年报放进一个压缩包。")
    return Upload(name, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; archives made on Chinese Windows carry GBK bytes without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _rubbish(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return name.startswith(RUBBISH[0]) or name.rsplit("/", 1)[-1] in RUBBISH or name.rsplit("/", 1)[-1].startswith(("~$", "._"))
