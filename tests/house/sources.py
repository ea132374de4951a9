"""Which files are ours, and how does a house test look into them?"""

from __future__ import annotations

import ast
import io
import subprocess
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
CORE = SRC / "gongkai"
WEB = SRC / "gongkai_web"


# What is made or installed inside a checkout, for a checkout that is not a git repository.
MADE = {".venv", ".git", "node_modules", "static_vendor", "build", "dist", "var", "shots", "__pycache__", ".hypothesis"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository: what is committed or would be, never what is built or installed."""
    listing = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(listing, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        # An unpacked source archive, or a machine without git.
        found = (path for path in ROOT.rglob("*") if path.is_file() and not MADE & set(path.relative_to(ROOT).parts))
        return tuple(sorted(path for path in found if not any(part.endswith((".egg-info", "_cache")) for part in path.parts)))
    return tuple(sorted(ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()))


def python(*folders: Path) -> list[Path]:
    """The Python files of the repository below any of the folders."""
    return [path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in folders)]


@cache
def text(path: Path) -> str | None:
    """The file's text, None for a binary file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(path: Path, line: int | None = None) -> str:
    """A place as an editor takes it: path from the root, and line."""
    name = str(path.relative_to(ROOT))
    return name if line is None else f"{name}:{line}"


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The file's comments with their lines, strings that look like comments left out."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def nothing(found: Iterable[object]) -> None:
    """Fail with the whole list, one find a line, unless it is empty."""
    lines = [f"{item[0]}: {item[1]}" if isinstance(item, tuple) else str(item) for item in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
