"""How is a backup laid down so that damage, loss and mixing up are found before anything is restored?

One tar: the tables, the files, and last ``manifest.json`` with the SHA-256 of every other member. A tar that ends early has no manifest.
The keys stand in a file of their own beside it, readable by its owner alone; the manifest knows only their digests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gongkai.errors import BadInput, Unreadable

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 512 * 1024 * 1024
_CHUNK = 1024 * 1024

DAMAGED = "没有恢复任何内容。请换一份完好的备份。"


class Hashed:
    """A file being read, and the digest of what was read so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._file.read(size)
        self.digest.update(data)
        return data


class Writer:
    """Adds members to a tar and remembers their digests."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """A member of exactly ``size`` bytes."""
        info = tarfile.TarInfo(name)
        info.size = size
        info.mode = 0o600
        hashed = Hashed(file)
        self._tar.addfile(info, hashed)
        self.members[name] = {"size": size, "sha256": hashed.digest.hexdigest()}

    def close(self, manifest: Mapping[str, Any]) -> None:
        """The manifest, last."""
        data = json.dumps({**manifest, "format": FORMAT, "members": self.members}, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(data)
        info.mode = 0o600
        self._tar.addfile(info, io.BytesIO(data))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new backup at ``path``: it appears whole, under its name, or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was read through and found whole."""

    path: Path
    manifest: Mapping[str, Any]

    def each(self, front: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The members whose names begin with ``front``, one after the other."""
        with tarfile.open(self.path, "r:") as tar:
            for info in tar:
                file = tar.extractfile(info)
                if info.name.startswith(front) and file is not None:
                    yield info.name, file


def opened(path: Path, told: Callable[[str], None] = lambda _: None) -> Archive:
    """Read a backup through. Unreadable when anything about it is not as its manifest says."""
    if not path.is_file():
        raise BadInput(f"没有“{path}”这个文件。请检查备份文件的位置。")
    told("正在核对备份的每一部分……")
    found: dict[str, dict[str, Any]] = {}
    manifest: Mapping[str, Any] | None = None
    try:
        with tarfile.open(path, "r:") as tar:
            for info in tar:
                if not info.isfile() or not _safe(info.name) or info.name in found or manifest is not None:
                    raise Unreadable(f"备份里有不该有的内容“{info.name}”，可能被改动过。{DAMAGED}")
                file = tar.extractfile(info)
                assert file is not None  # a regular file has a body
                if info.name == MANIFEST:
                    manifest = _manifest(file.read(LARGEST_MANIFEST))
                else:
                    found[info.name] = {"size": info.size, "sha256": _digest(file)}
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, PermissionError):
            raise BadInput(f"没有权限读取“{path}”。请检查文件权限。") from None
        raise Unreadable(f"“{path.name}”不是完整的备份文件：读到一半读不下去了。{DAMAGED}") from None
    if manifest is None:
        raise Unreadable(f"“{path.name}”不完整：没有结尾的清单，可能没有备份完，或者没有拷贝完。{DAMAGED}")
    _compare(manifest["members"], found)
    return Archive(path, manifest)


def _manifest(data: bytes) -> Mapping[str, Any]:
    try:
        manifest = json.loads(data)
        right = manifest["format"] == FORMAT and isinstance(manifest["members"], dict)
    except (ValueError, KeyError, TypeError):
        raise Unreadable(f"备份的清单读不懂，可能已经损坏。{DAMAGED}") from None
    if not right:
        raise Unreadable("这份备份的格式由更新的版本使用。请安装更新的版本再恢复。")
    return dict(manifest)


def _compare(stated: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    missing = sorted(set(stated) - set(found))
    extra = sorted(set(found) - set(stated))
    changed = sorted(name for name in set(stated) & set(found) if stated[name] != found[name])
    for names, words in ((missing, "缺少"), (extra, "多出"), (changed, "校验值不符的有")):
        if names:
            more = f"等 {len(names)} 部分" if len(names) > 3 else ""
            raise Unreadable(f"备份已损坏，{words}：{'、'.join(names[:3])}{more}。{DAMAGED}")


def _digest(file: IO[bytes]) -> str:
    hashed = Hashed(file)
    while hashed.read(_CHUNK):
        pass
    return hashed.digest.hexdigest()


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name


def key_digests(folder: Path) -> dict[str, str]:
    """The keys of a data folder by name, each with its SHA-256: a key has more chance in it than can be guessed from that."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.key"))}


def keys_name(digests: Mapping[str, str]) -> str:
    """The file name of a set of keys: the same set always has the same one."""
    return f"gongkai-{hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]}.keys"


def write_keys(data: Path, folder: Path) -> Path:
    """Keep a data folder's keys in a file of ``folder``, for its owner alone."""
    digests = key_digests(data)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / keys_name(digests)
    draft = path.with_name(f".{path.name}.part")
    keys = {name: base64.b64encode((data / name).read_bytes()).decode("ascii") for name in digests}
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"format": FORMAT, "keys": keys}, file, indent=1)
    draft.replace(path)
    return path


def read_keys(path: Path, stated: Mapping[str, str]) -> dict[str, bytes]:
    """The keys in a file. BadInput unless they are exactly those that the backup was made with."""
    try:
        document = json.loads(path.read_text(encoding="ascii"))
        keys = {str(name): base64.b64decode(text, validate=True) for name, text in document["keys"].items()}
    except FileNotFoundError:
        raise BadInput(f"没有“{path}”这个密钥文件。请用 --keys 写明它的位置。") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise Unreadable(f"“{path.name}”不是密钥文件，或者已经损坏。请用 --keys 写明正确的密钥文件。") from None
    if {name: hashlib.sha256(data).hexdigest() for name, data in keys.items()} != dict(stated):
        raise BadInput(f"“{path.name}”里的密钥与这份备份不是一套。请用 --keys 写明备份当时的密钥文件 {keys_name(stated)}。")
    if any(not _safe(name) or "/" in name for name in keys):
        raise Unreadable(f"“{path.name}”里有不该有的内容，可能被改动过。请换一份密钥文件。")
    return keys
