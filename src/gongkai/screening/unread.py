"""What of a source could not be looked at?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.kernel import Place
from gongkai.reading.blocks import Grid, Source
from gongkai.screening.hits import Unchecked

# The reader's notes that say something of the file was not read. What is hidden, struck out or tracked may be seen by others.
_LOST = frozenset({"S102", "S103", "S104", "S105", "S106", "S109", "S110", "S112", "S114", "S115"})
_PICTURE = "〔图片〕"


def unread(source: Source) -> tuple[Unchecked, ...]:
    """Every part of a source of which no text was had, each once."""
    return tuple(dict.fromkeys(_parts(source)))


def _parts(source: Source) -> Iterator[Unchecked]:
    for finding in source.findings:
        if finding.rule in _LOST:
            yield Unchecked(replace(finding.places[0], quote="") if finding.places else Place(), finding.message)
    for block in source.blocks:
        for text, place in ((c.text, c.place) for c in block.cells) if isinstance(block, Grid) else ((block.text, block.place),):
            if _PICTURE in text:
                yield Unchecked(replace(place, quote=""), "这里是一张图片，其中的文字没有检查。请打开原文，由人看过。")
    if not any(_has_text(block) for block in source.blocks):
        yield Unchecked(Place(), "文件里没有可以检查的文字。请打开原文，由人看过。")


def _has_text(block: object) -> bool:
    if isinstance(block, Grid):
        return any(cell.text.strip() not in ("", _PICTURE) for cell in block.cells)
    return getattr(block, "text", "").strip() not in ("", _PICTURE)
