"""What is in an uploaded ZIP, member by member, and which members may not come in at all?"""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.archive import is_rubbish, shown_name
from gongkai.reading.limits import MAX_FILE, Package
from gongkai_web.files.types import FileType, NotAccepted, Upload, clean_name, typed

MAX_MEMBERS = 300


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: the folders before its name, and the upload it would be by itself."""

    path: str
    upload: Upload


def members(data: bytes, name: str) -> Iterator[Member]:
    """The members of a ZIP one by one, each typed; NotAccepted for the first that may not come in.

    Files that systems leave in folders (.DS_Store and the like) are passed over. An archive in an archive is refused.
    """
    package = Package(data)
    if package.encrypted:
        raise NotAccepted("encrypted", f"压缩包“{name}”设了密码，无法检查其中的文件；请去掉密码重新打包后再上传。")
    infos = package.files
    if not infos:
        raise NotAccepted("empty", f"压缩包“{name}”是空的，里面没有文件；请检查后重新打包。")
    if len(infos) > MAX_MEMBERS:
        raise NotAccepted("too-large", f"压缩包“{name}”里有 {len(infos)} 个文件，超过上限 {MAX_MEMBERS} 个；请拆成几个压缩包。")
    seen: set[str] = set()
    for info in infos:
        path = member_path(info)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise NotAccepted("member", f"压缩包“{name}”里的“{path}”是指向别处的快捷方式，不能上传；请放入文件本身后重新打包。")
        if path.lower() in seen:
            raise NotAccepted("member", f"压缩包“{name}”里有两个“{path}”；请改名后重新打包。")
        seen.add(path.lower())
        upload = typed(package.read(info.filename, MAX_FILE), posixpath.basename(path))
        if upload.type in (FileType.ZIP, FileType.RAR, FileType.SEVEN_ZIP):
            raise NotAccepted(
                "nested", f"压缩包“{name}”里还有压缩包“{path}”，不再展开检查；请先解开，把其中的文件放进一个压缩包。"
            )
        yield Member(path, upload)


def has_rubbish(data: bytes) -> bool:
    """Whether an archive has members that an operating system or an office program left there."""
    return any(is_rubbish(shown_name(info)) for info in Package(data).infos)


def member_path(info: zipfile.ZipInfo) -> str:
    """A member's path, safe to show and to unpack; NotAccepted when it leads out of the archive's folder."""
    name = shown_name(info).replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"^[A-Za-z]:", name):
        raise NotAccepted("member", "压缩包里有文件的路径指向压缩包之外，解开时会覆盖别处的文件，不能上传；请重新打包后再上传。")
    return "/".join(clean_name(part) for part in parts if part not in ("", "."))
