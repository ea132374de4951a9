"""Where do characters stand whose place the PDF library tells without the page's own scale?

Browsers print characters of some fonts as drawings (Type 3). For these the library leaves out the matrix under which the
page, or the form on it, is drawn, and they land far from their line. The text object's own place is told rightly, and so
are the matrices; where the one maps the other, the character is moved to its place, else it is left as it is.

Of characters set upright in a column (vertical writing) the library tells the right place but a square of the font's
unscaled size, which may be a page wide; the square is measured anew by the text object's own scale.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_BREAKS = (0x0A, 0x0D)
_ASTRAY = 2.0
_EXACT = 0.5
_MOST = 400
"""Line breaks looked at; a page is drawn under one matrix or a few."""
_SMALL, _LARGE = 4.0, 24.0
"""Points; between these a square is not worth the question whether it is the character's own."""
_SCALED = 1.5

Matrix = tuple[float, float, float, float, float, float]


class Drawn(NamedTuple):
    """A character's box and origin in the page's coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float


class Strays:
    """The matrices under which a page is drawn, and whether the characters of the current text object lack them."""

    def __init__(self, text_page: Any, forms: Sequence[Matrix] = ()) -> None:
        self._text_page = text_page
        self._matrix = pdfium.FS_MATRIX()
        own = self._matrices()
        self._under = (*own, *forms, *(after(page, form) for page in own for form in forms))[:_MOST]
        self._object: Matrix | None = None
        self._missing: Matrix | None = None

    def _matrices(self) -> tuple[Matrix, ...]:
        """The matrices of the line breaks, which the library sets itself: the page's own."""
        out: dict[Matrix, None] = {}
        seen = 0
        for index in range(pdfium.FPDFText_CountChars(self._text_page)):
            if pdfium.FPDFText_GetUnicode(self._text_page, index) in _BREAKS:
                seen += 1
                matrix = self._of(index)
                if matrix[:4] != (1.0, 0.0, 0.0, 1.0):
                    out[matrix] = None
                if seen == _MOST:
                    break
        return tuple(out)

    def _of(self, index: int) -> Matrix:
        pdfium.FPDFText_GetMatrix(self._text_page, index, ctypes.byref(self._matrix))
        m = self._matrix
        return m.a, m.b, m.c, m.d, m.e, m.f

    def drawn(self, index: int, rect: Any, x: float, y: float) -> Drawn:
        """Where the character of an index stands; ``rect``, ``x`` and ``y`` are what the library says of it."""
        if self._under:
            own = self._of(index)
            if own != self._object:
                self._object = own
                self._missing = self._lacking(own, x, y)
            if self._missing is not None:
                left, right = (_mapped(self._missing, side, rect.bottom)[0] for side in (rect.left, rect.right))
                x, y = _mapped(self._missing, x, y)
                height = abs(own[3]) * pdfium.FPDFText_GetFontSize(self._text_page, index)
                return Drawn(min(left, right), y, max(left, right), y + height, x, y)
        if not _SMALL < rect.right - rect.left < _LARGE and (size := self._upright(index, rect)) is not None:
            return Drawn(x, y, x + size, y + size, x, y)
        return Drawn(rect.left, rect.bottom, rect.right, rect.top, x, y)

    def _upright(self, index: int, rect: Any) -> float | None:
        """The size of a character whose box is a square of its font's size before the text object scales it, else None."""
        stated: float = pdfium.FPDFText_GetFontSize(self._text_page, index)
        wide, high = rect.right - rect.left, rect.top - rect.bottom
        if stated <= 0 or abs(wide - stated) > _EXACT or abs(high - stated) > _EXACT:
            return None
        a, b, c, d, _, _ = self._of(index)
        scale = math.hypot(a, b)
        if abs(scale - math.hypot(c, d)) > 0.01 * scale or 1 / _SCALED < scale < _SCALED:
            return None
        return scale * stated

    def _lacking(self, own: Matrix, x: float, y: float) -> Matrix | None:
        """The matrix that takes the first character of a text object from where it is said to be to where the object is."""
        if abs(own[4] - x) <= _ASTRAY and abs(own[5] - y) <= _ASTRAY:
            return None
        for matrix in self._under:
            there = _mapped(matrix, x, y)
            if abs(there[0] - own[4]) <= _EXACT and abs(there[1] - own[5]) <= _EXACT:
                return matrix
        return None


def after(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what the first does and then what the second does."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _mapped(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
