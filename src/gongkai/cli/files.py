"""How does a command read the files it is given and write the one it makes?"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path, PureWindowsPath

from gongkai.corpus.sources import is_endless
from gongkai.errors import BadInput, Unreadable
from gongkai.reading import read
from gongkai.reasons import system_reason
from gongkai.returns import Edition, Report, edition, editions
from gongkai.returns.superset import superset

_DRAFT = ".正在写入"


def file_bytes(path: Path) -> bytes:
    """The bytes of a file named on the command line; Unreadable says what is wrong with the path."""
    try:
        if is_endless(path):
            raise Unreadable(f"“{path}”是管道或者设备，不是文件，没有读取。请给出文件。")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{path}”。{_advice(path)}") from None
    except IsADirectoryError:
        raise Unreadable(f"“{path}”是一个文件夹。请给出里面的文件。") from None
    except PermissionError:
        raise Unreadable(f"没有权限读取文件“{path}”。请检查文件的权限。") from None
    except OSError as error:
        raise Unreadable(f"文件“{path}”读取失败：{system_reason(error)}。请检查路径和文件名。") from None


def _advice(path: Path) -> str:
    """What may be wrong with a name that is not there: a path as Windows writes it, a name with a space, a pattern, or a slip."""
    name = str(path)
    if PureWindowsPath(name).drive or "\\" in name:
        return "这是 Windows 的路径写法，本机用“/”分隔文件夹，例如 /mnt/d/年报/年报.docx。请改写后再试。"
    if any(ch in name for ch in "*?"):
        return "没有文件与“*”“?”的写法相符。请检查文件夹和后缀。"
    near = path.parent if path.parent.is_dir() else None
    if near is not None and any(inner.name.startswith(f"{path.name} ") for inner in near.iterdir()):
        return '文件名里如果有空格，请用引号括起来，例如 "2024 年报.docx"。'
    return "请检查路径和文件名。"


def refuse_output(path: Path, inputs: Iterable[Path] = (), *, overwrite: bool = False) -> None:
    """Refuse a place where nothing may be written: no such folder, a folder, what the command itself reads, or a file that
    is there already, unless ``overwrite``. To be asked before any work is done.
    """
    if not path.name or path.is_dir():
        raise BadInput(f"“{path}”是一个文件夹，不能写成文件。请在后面加上文件名。")
    if not path.parent.is_dir():
        raise BadInput(f"文件夹“{path.parent}”不存在，没有写出“{path.name}”。请先建好文件夹，或者改用已有的文件夹。")
    if any(_same(path, given) for given in inputs):
        raise BadInput(f"“{path}”是这条命令要读的文件，不能又写到它上面。请换一个文件名。")
    if path.is_file() and not overwrite:
        raise BadInput(f"文件“{path}”已经有了，没有改动它。请换一个文件名；确实不要原来的内容，请在命令里加上 --overwrite。")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except OSError:
        return False


def add_overwrite(parser: argparse.ArgumentParser) -> None:
    """The option that lets a command write over a file that is there already."""
    parser.add_argument("--overwrite", action="store_true", help="文件已经有了也写，原来的内容不保留。")


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a device or a pipe is written to as it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        draft = path.with_name(path.name + _DRAFT)
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise not_written(path, error) from None


def not_written(path: Path, error: OSError) -> BadInput:
    """The refusal of a place that the system does not let us write to."""
    return BadInput(f"写不进文件“{path}”：{system_reason(error)}。请换一个位置，或者检查磁盘空间和权限。")


def supersets(local: Sequence[Path] | None) -> tuple[Edition, ...]:
    """The local supersets named with ``--local``."""
    return tuple(superset(path) for path in local or ())


def known_editions(local: Sequence[Path] | None) -> tuple[Edition, ...]:
    """The shipped editions, and before them the local supersets named with ``--local``."""
    shipped = editions()
    return (*supersets(local), *shipped)


def chosen_edition(name: str | None, local: Sequence[Path] | None) -> Edition:
    """The edition a command is about: a name of a shipped one or of a superset; with ``--local`` a superset's base means the
    superset, and no name the only one there is.
    """
    own = supersets(local)
    if name is None:
        if len(own) == 1:
            return own[0]
        raise BadInput(f"请写明用哪种格式，可以写：{'、'.join(e.short[0] for e in (*own, *editions()))}。")
    for e in own:
        if name in (e.key, *e.short):
            return e
    shipped = edition(name)
    grown = [e for e in own if e.base == shipped.key]
    if len(grown) == 1 or not own:
        return grown[0] if grown else shipped
    if grown:
        raise BadInput(f"--local 给出的几个文件都以 {name} 格式为依据。请写明用哪一个：{'、'.join(e.short[0] for e in grown)}。")
    bases = "、".join(f"{e.short[0]}（依据 {e.base}）" for e in own)
    raise BadInput(f"--local 给出的格式是 {bases}，不以 {name} 格式为依据。请改正格式的名称，或者去掉 --local。")


def reports(path: Path, local: Sequence[Path] | None = None) -> tuple[Report, ...]:
    """The reports found in a file."""
    return read(file_bytes(path), str(path), known_editions(local))
