"""Which files are there to examine in the files, folders and zip archives that were named?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gongkai.errors import Unreadable
from gongkai.reading.archive import Archive, NotTakenError, Trouble, is_rubbish, shown_name
from gongkai.reading.limits import MAX_FILE, MIB
from gongkai.reasons import system_reason

SUFFIXES = frozenset(
    ".docx .xlsx .pdf .html .htm .shtml .mht .mhtml .txt .json .doc .xls .xlsb .wps .et .rtf .odt .ods .ofd .xml .csv".split()
)
"""Endings of files that may be reports; in folders and archives the others are passed over and counted."""

_PACKED = frozenset(".rar .7z .tar .gz .tgz .bz2 .xz".split())
"""Endings of archives that are never opened: taken as files, they say themselves that they must be unpacked."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One file to examine: a path, and inside a zip archive the member's stored name and the name shown for it.

    Where the member is a zip archive itself, ``inner`` is the stored name of a file in that one; ``shown`` names both.
    With ``before`` – the file that holds the same body's report of the year before – only what the two years say of each
    other is examined.
    """

    path: str
    member: str | None = None
    shown: str = ""
    before: Origin | None = None
    inner: str | None = None

    @property
    def name(self) -> str:
        """What the file is called in results: its path, inside an archive the archive's path first."""
        return f"{self.path}/{self.shown}" if self.member is not None else self.path


@dataclass(frozen=True, slots=True)
class Found:
    """The files found, in the order of what was named and then of names; how many others were passed over."""

    origins: tuple[Origin, ...]
    passed_over: int


def origins(paths: Sequence[Path], besides: Sequence[Path] = ()) -> Found:
    """The files in what was named. A file named itself is taken whatever its ending; ``besides`` are never taken
    (results and progress written into the same folder).
    """
    left_out = {path.resolve() for path in besides}
    taken: list[Origin] = []
    passed = 0
    for path in paths:
        if path.is_dir():
            for inner in _below(path):
                if inner.resolve() in left_out or is_rubbish(inner.name):
                    continue
                if is_archive(inner):
                    passed += _add(taken, inner)
                elif inner.suffix.lower() in SUFFIXES | _PACKED:
                    taken.append(Origin(str(inner)))
                else:
                    passed += 1
        elif is_archive(path):
            passed += _add(taken, path)
        else:
            taken.append(Origin(str(path)))
    return Found(tuple(dict.fromkeys(taken)), passed)


def is_archive(path: Path) -> bool:
    """Whether a path is called a zip archive and is a file."""
    return path.suffix.lower() == ".zip" and path.is_file()


def content(origin: Origin) -> bytes:
    """The bytes of a file; Unreadable says why there are none."""
    if origin.member is not None:
        return _unpacked(origin)
    try:
        if is_endless(Path(origin.path)):
            raise Unreadable(f"“{origin.path}”是管道或者设备，不是文件，没有读取。请给出文件。")
        size = Path(origin.path).stat().st_size
        if size > MAX_FILE:
            raise Unreadable(
                f"文件有 {size / MIB:.1f} MB，超过可读取的上限 {MAX_FILE // MIB} MB，没有读取；请删去其中的图片等无关内容后再试。"
            )
        return Path(origin.path).read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{origin.path}”。请检查路径和文件名。") from None
    except PermissionError:
        raise Unreadable(f"没有权限读取文件“{origin.path}”。请检查文件的权限。") from None
    except OSError as error:
        raise Unreadable(f"文件“{origin.path}”读取失败：{system_reason(error)}。请检查磁盘或网络后再试。") from None


def is_endless(path: Path) -> bool:
    """Whether a path is a pipe or a device, which might be waited for without end; what the shell hands over (/dev/fd) is none."""
    mode = path.stat().st_mode
    handed = path == Path("/dev/stdin") or path.parent in (Path("/dev/fd"), Path("/proc/self/fd"))
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or (handed and not stat.S_ISCHR(mode)))


def _below(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it, by name; links to folders are not followed."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(files):
            if (inner := Path(parent, name)).is_file():  # a pipe or a device would be waited for without end
                yield inner


def _add(taken: list[Origin], path: Path) -> int:
    """Take the files of an archive; how many of them were passed over."""
    try:
        archive = _opened(str(path))
    except Unreadable:
        taken.append(Origin(str(path)))  # examined as a file it says itself what is wrong with it
        return 0
    found: list[Origin] = []
    passed = 0
    for info in archive.files:
        shown = shown_name(info)
        suffix = Path(shown).suffix.lower()
        if suffix == ".zip":
            passed += _add_inner(found, Origin(str(path), info.filename, shown))
        elif suffix in SUFFIXES | _PACKED:
            found.append(Origin(str(path), info.filename, shown))
        else:
            passed += 1
    taken += sorted(found, key=lambda origin: origin.shown) or [Origin(str(path))]
    return passed


def _add_inner(taken: list[Origin], packed: Origin) -> int:
    """Take the files of an archive inside another, one level deep; one that cannot be opened is taken as a file and says why."""
    try:
        archive = _opened_inner(packed.path, packed.member or "")
    except (NotTakenError, Unreadable):
        taken.append(packed)
        return 0
    found: list[Origin] = []
    for info in archive.files:
        shown = shown_name(info)
        if Path(shown).suffix.lower() in SUFFIXES | _PACKED | {".zip"}:
            found.append(replace(packed, shown=f"{packed.shown}/{shown}", inner=info.filename))
    taken += found or [packed]
    return len(archive.files) - len(found)


@lru_cache(maxsize=2)
def _opened(path: str) -> Archive:
    try:
        return Archive(path)
    except NotTakenError:
        raise Unreadable(f"压缩包“{path}”已经损坏，打不开。请重新打包后再试。") from None


@lru_cache(maxsize=1)
def _opened_inner(path: str, member: str) -> Archive:
    """An archive inside another, held in memory; never more than one, and never a larger one than a file may be."""
    archive = _opened(path)
    return Archive(archive.take(archive.member(member), MAX_FILE))


def _unpacked(origin: Origin) -> bytes:
    try:
        if origin.inner is not None:
            packed = _opened_inner(origin.path, origin.member or "")
            return packed.take(packed.member(origin.inner), MAX_FILE)
        archive = _opened(origin.path)
        return archive.take(archive.member(origin.member or ""), MAX_FILE)
    except NotTakenError as error:
        raise Unreadable(_WHY[error.trouble].format(archive=origin.path, member=origin.shown)) from None


_WHY = {
    Trouble.LOCKED: "压缩包“{archive}”设了密码，里面的“{member}”打不开。请去掉密码重新打包后再试。",
    Trouble.DAMAGED: "压缩包“{archive}”里的“{member}”已经损坏，取不出来。请重新打包后再试。",
    Trouble.TOO_LARGE: f"“{{member}}”展开后超过可读取的上限 {MAX_FILE // MIB} MB，没有读取；请删去其中的图片等无关内容后再试。",
}
