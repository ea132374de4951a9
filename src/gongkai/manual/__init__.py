"""Which pages of help ship inside the program, for the terminal and for the screens?

Every page is a Markdown file ``NN-主题.md`` beside this module; its first line is the title. A test finds a page
for every command and every role.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.errors import NotFound


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``name`` is the topic a user types, ``text`` its Markdown."""

    name: str
    title: str
    text: str


@cache
def topics() -> tuple[Page, ...]:
    """Every page, in reading order."""
    pages = []
    for path in sorted(Path(__file__).parent.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        pages.append(Page(path.stem.split("-", 1)[1], text.partition("\n")[0].lstrip("# "), text))
    return tuple(pages)


def topic(name: str) -> Page:
    """The page of this topic; NotFound lists the topics."""
    for page in topics():
        if page.name == name:
            return page
    raise NotFound(
        f"没有主题“{name}”。可看的主题：{'、'.join(p.name for p in topics())}；命令的用法用 gongkai 命令 --help，规则用 gongkai rule 编号。"
    )
