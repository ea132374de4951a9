"""How is a ZIP archive opened and a member of it taken out, whatever the archive says of itself?

Everything that opens a ZIP goes through here – a DOCX's parts, a folder's archives, an upload –, and each says in its own words
what is wrong and keeps its own bounds.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import Enum, auto

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    NotImplementedError,
    OverflowError,
    EOFError,
    RuntimeError,
)
_CHUNK = 1024 * 1024
_UTF8 = 0x800
_LOCKED = 0x1
_RUBBISH_FOLDERS = ("__macosx/",)
_RUBBISH_NAMES = ("~$", "thumbs.db", "desktop.ini", ".")


class Trouble(Enum):
    """Why nothing can be taken out."""

    DAMAGED = auto()
    LOCKED = auto()
    TOO_LARGE = auto()


class NotTakenError(Exception):
    """Nothing was taken out; to be told by the caller in its own words."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


class Archive:
    """A ZIP archive in memory (its bytes) or on disk (its path). Raises NotTakenError when it cannot be opened."""

    def __init__(self, source: bytes | str) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
            self.infos = tuple(self._zip.infolist())
        except _BROKEN as error:
            raise NotTakenError(Trouble.DAMAGED) from error

    @property
    def files(self) -> tuple[zipfile.ZipInfo, ...]:
        """The members that people mean: no folders, no rubbish."""
        return tuple(info for info in self.infos if not info.is_dir() and not is_rubbish(shown_name(info)))

    def member(self, name: str) -> zipfile.ZipInfo:
        """The directory's entry of a stored name."""
        try:
            return self._zip.getinfo(name)
        except KeyError as error:
            raise NotTakenError(Trouble.DAMAGED) from error

    def take(self, info: zipfile.ZipInfo, limit: int) -> bytes:
        """A member's bytes, counted while unpacking: never more than ``limit`` and one are held."""
        if is_locked(info):
            raise NotTakenError(Trouble.LOCKED)
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while len(out) <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - len(out)))):
                    out += chunk
        except _BROKEN as error:
            raise NotTakenError(Trouble.DAMAGED) from error
        if len(out) > limit:
            raise NotTakenError(Trouble.TOO_LARGE)
        return bytes(out)

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()


def is_locked(info: zipfile.ZipInfo) -> bool:
    """Whether a member needs a password."""
    return bool(info.flag_bits & _LOCKED)


def shown_name(info: zipfile.ZipInfo) -> str:
    """The member's name; archives made on Chinese Windows carry GBK bytes without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def is_rubbish(name: str) -> bool:
    """Whether a file is what systems and office programs leave beside the files people mean."""
    name = name.replace("\\", "/").lower()
    return name.startswith(_RUBBISH_FOLDERS) or name.rsplit("/", 1)[-1].startswith(_RUBBISH_NAMES)
