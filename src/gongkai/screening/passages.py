"""Which pieces of text are looked at, each with its place and the words that stand over it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gongkai.kernel import Place
from gongkai.reading.blocks import FURNITURE, Block, Grid, GridCell, Paragraph, Source

# One character becomes one character, so that an offset in the plain text is an offset in the text.
_PLAIN = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    # Blanks, and what is not seen: zero-width marks and marks that turn the direction of writing.
    **dict.fromkeys((0x3000, 0xA0, 0xFEFF, 0xAD, *range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x206A)), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D), "-"),
    **{ord(wide): narrow for wide, narrow in zip("＋．＠／＊＃＿", "+.@/*#_", strict=True)},
}
FILE_NAME = "文件名"
"""The :attr:`Passage.part` of a source's own name."""

HEADER = "页眉或页脚"
"""The :attr:`Passage.part` of a line that a page's header or footer repeats."""

_HEAD_ROWS = 3
_LABEL = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a table cell or a line of a page's header or footer.

    ``label`` holds, for a cell, the words at the head of its column and the cell to its left. ``part`` names where outside
    the body it stands (页眉或页脚, 脚注 …), empty for the body. ``plain`` is ``text`` with full-width letters, digits, blanks
    and dashes made plain, character for character.
    """

    text: str
    place: Place = field(default=Place())
    label: str = ""
    is_cell: bool = False
    part: str = ""
    origin: Paragraph | None = field(default=None, repr=False, compare=False)
    plain: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", self.text.translate(_PLAIN))

    def before(self, start: int, width: int = 20) -> str:
        """The plain words before a position, and the cell's label before those."""
        return f"{self.label}\n{self.plain[max(0, start - width) : start]}"

    def after(self, end: int, width: int = 10) -> str:
        """The plain words after a position."""
        return self.plain[end : end + width]

    def spot(self, start: int, end: int) -> Place:
        """The place of a stretch: the passage's own, without its wording."""
        if self.origin is not None:
            return replace(self.place, quote="", start=self.origin.offset(start), end=self.origin.offset(end))
        return replace(self.place, quote="")


def passages(texts: Source | Iterable[Block | Passage | str]) -> tuple[Passage, ...]:
    """The passages of a source, of its blocks, of passages already made or of plain strings (counted as lines from 1)."""
    if isinstance(texts, Source):
        return (*_beside(texts), *(p for block in texts.blocks for p in _of_block(block)))
    return tuple(p for line, text in enumerate(texts, 1) for p in _of_any(text, line))


def _of_any(text: Block | Passage | str, line: int) -> Iterator[Passage]:
    if isinstance(text, Passage):
        yield text
    elif isinstance(text, str):
        yield Passage(text, Place(line=line))
    else:
        yield from _of_block(text)


def _beside(source: Source) -> Iterator[Passage]:
    if source.name:
        yield Passage(source.name, Place(), part=FILE_NAME)
    for key, line in source.metadata:
        if key == FURNITURE:
            yield Passage(line, Place(), part=HEADER)


def _of_block(block: Block) -> Iterator[Passage]:
    if isinstance(block, Paragraph):
        yield Passage(block.text, block.place, origin=block)
        return
    heads = _heads(block)
    left: dict[int, GridCell] = {}
    for cell in block.cells:
        beside = left.get(cell.row)
        words = [heads.get(cell.column, "") if cell.row > 0 else ""]
        words.append(_short(beside.text) if beside is not None else "")
        yield Passage(cell.text, cell.place, " ".join(filter(None, words)), is_cell=True)
        left[cell.row] = cell


def _heads(grid: Grid) -> dict[int, str]:
    """The words over each column: what stands in the first rows and is no number."""
    heads: dict[int, list[str]] = {}
    for cell in grid.cells:
        words = _short(cell.text)
        if cell.row < _HEAD_ROWS and words and not any(c.isdigit() for c in words) and cell.column_span < max(2, grid.columns):
            for column in range(cell.column, cell.column + min(cell.column_span, 50)):
                heads.setdefault(column, []).append(words)
    return {column: " ".join(words) for column, words in heads.items()}


def _short(text: str) -> str:
    text = "".join(text.split())
    return text if len(text) <= _LABEL else ""
