"""How does a command read the files it is given and write the one it makes?"""

from __future__ import annotations

from pathlib import Path

from gongkai.errors import BadInput, Unreadable
from gongkai.reading import read
from gongkai.returns import Edition, Report, editions
from gongkai.returns.superset import superset


def file_bytes(path: Path) -> bytes:
    """The bytes of a file named on the command line; Unreadable says what is wrong with the path."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{path}”。请检查路径和文件名。") from None
    except IsADirectoryError:
        raise Unreadable(f"“{path}”是一个文件夹。请给出里面的文件。") from None
    except PermissionError:
        raise Unreadable(f"没有权限读取文件“{path}”。") from None
    except OSError as error:
        raise Unreadable(f"文件“{path}”读取失败：{error.strerror}。") from None


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".正在写入")
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise BadInput(f"写不进文件“{path}”：{error.strerror}。请换一个位置，或者检查磁盘空间和权限。") from None


def known_editions(local: list[Path] | None) -> tuple[Edition, ...]:
    """The shipped editions, and before them the local supersets named with ``--local``."""
    shipped = editions()
    return (*(superset(path) for path in local or ()), *shipped)


def reports(path: Path, local: list[Path] | None = None) -> tuple[Report, ...]:
    """The reports found in a file."""
    return read(file_bytes(path), str(path), known_editions(local))
