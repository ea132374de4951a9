"""Which lines at the head and foot of pages are furniture: page numbers and what stands there page after page?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.reading.pdf_lines import Line

_BAND = 0.12
"""The share of a page's height, at its head and at its foot, where furniture stands."""
_LOOKED_AT = 3
_NUMBER = re.compile(
    r"^[-—–−·.\s|]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*[,，]?\s*[/／]\s*|\s*[,，]?\s*共\s*)?(?:[0-9０-９]{1,4})?(?:\s*页)?[-—–−·.\s|]*$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """The pages' lines without furniture, and the furniture's distinct lines."""
    repeated = _repeated(pages, heights)
    kept: list[list[Line]] = []
    dropped: dict[str, None] = {}
    for page, height in zip(pages, heights, strict=True):
        own = list(page)
        for index in (0, -1):
            for _ in range(_LOOKED_AT):
                if not own or not _in_band(own[index], height):
                    break
                text = own[index].text.strip()
                if not _NUMBER.match(text) and _shape(own[index], height) not in repeated:
                    break
                dropped[text] = None
                del own[index]
        kept.append(own)
    return kept, list(dropped)


def _in_band(line: Line, height: float) -> bool:
    return line.bottom < _BAND * height or line.top > (1 - _BAND) * height


def _shape(line: Line, height: float) -> tuple[str, int]:
    """A line's words with digits made alike, and roughly where it stands."""
    return re.sub(r"[0-9０-９]+", "#", "".join(line.text.split())), round(40 * line.top / height)


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[str, int]]:
    """Shapes that stand in the bands of at least two pages and of a third of all."""
    counts: Counter[tuple[str, int]] = Counter()
    for page, height in zip(pages, heights, strict=True):
        ends = {*page[:_LOOKED_AT], *page[-_LOOKED_AT:]}
        counts.update({_shape(line, height) for line in ends if _in_band(line, height)})
    return {shape for shape, count in counts.items() if count >= max(2, len(pages) / 3)}
