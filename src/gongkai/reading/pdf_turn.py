"""Where does a place of a page stand when the page is shown, or set upright to be read?"""

from __future__ import annotations

import pypdfium2

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner."""


class Turn:
    """From the page's own coordinates, which ignore its rotation, to points from the upper left corner of the page as shown.

    A page whose lines run up the sheet by ``lying`` degrees is turned on until they run across.
    """

    def __init__(self, page: pypdfium2.PdfPage, lying: int = 0) -> None:
        left, bottom, right, top = page.get_mediabox()
        self._left, self._bottom = min(left, right), min(bottom, top)
        self._wide, self._high = max(abs(right - left), 1.0), max(abs(top - bottom), 1.0)
        self._angle = (page.get_rotation() + lying) % 360

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        return (self._wide, self._high) if self._angle in (0, 180) else (self._high, self._wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place as shown."""
        x, y = x - self._left, y - self._bottom
        match self._angle:
            case 90:
                return y, x
            case 180:
                return self._wide - x, y
            case 270:
                return self._high - y, self._wide - x
            case _:
                return x, self._high - y

    def shows(self, x: float, y: float) -> bool:
        """Whether a place as shown lies on the page; what is no number does not."""
        width, height = self.size
        return 0 <= x <= width and 0 <= y <= height

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def shown_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Width and height of the page as shown, in points: what every position here is measured in."""
    return Turn(page).size


def laid(box: Box, lying: int, width: float, height: float) -> Box:
    """A box of a page set upright, ``width`` by ``height``, as a box of the sheet as shown, on which the page is ``lying``."""
    left, top, right, bottom = box
    match lying:
        case 90:
            return top, width - right, bottom, width - left
        case 180:
            return width - right, height - bottom, width - left, height - top
        case 270:
            return height - bottom, left, height - top, right
        case _:
            return box
