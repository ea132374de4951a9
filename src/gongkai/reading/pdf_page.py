"""What stands on one page of a PDF: characters with their boxes, ruled lines, pictures?"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.reading.pdf_chars import Char, Rule
from gongkai.reading.pdf_marks import without_marks, without_struck
from gongkai.reading.pdf_strays import Matrix, Strays, after
from gongkai.reading.pdf_turn import Box, Turn, laid

_THIN = 3.0
"""A filled shape this thin, in points, is a line."""
_MIN_LINE = 4.0
_SHORT = 1.5
"""Points from which a line may strike out a figure."""
_MIN_DOTS = 6
_DOT_STEP = 8.0
_SLANT = 0.1
_LARGE = 16.0
_THROUGH, _PALE, _WHITE = 100, 190, 253
"""Of 255: large letters that let more through than they cover, or paler than this, are a watermark; from the last on white."""
_SEEN = 12
"""Of 255: what covers less is not seen at all."""
_ASKED = 100
_MOSTLY = 0.8
"""The share of a page's characters, of so many that are asked, which must run one way for the page to be set upright."""
_CORNERS = 4
_MAX_FORMS = 8
_MAX_OBJECTS = 60_000
"""Drawn objects looked at on one page; a return has some hundreds."""
_INVISIBLE_MODES = (3, 7)
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⻁⻌⻑⻖⻫⻭⻯⻲",
        "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟虎辶長阝齊齒龙龟",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as drawn. ``filled_…`` are the edges of filled areas, which divide cells where no lines are drawn. ``unmapped`` counts characters whose code the file does not tell; ``pictured`` when a picture covers most of it."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    filled_horizontal: tuple[Rule, ...]
    filled_vertical: tuple[Rule, ...]
    pictured: bool
    unmapped: int
    overlaid: bool
    """The text is an invisible layer over a scanned picture."""
    shift: float = 0.0
    """How far right of its own positions the page stands on the sheet: a right half is counted from its own left edge."""
    lying: int = 0
    """By how many degrees its lines, as shown, run up the sheet; positions count from the upper left corner of the page set upright."""

    struck: bool = False
    """Whether something on it is struck out."""

    def shown(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box of the page as a box of the sheet as shown."""
        return laid((left + self.shift, top, right + self.shift, bottom), self.lying, self.width, self.height)


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Everything of one page that the reader looks at."""
    text_page = page.get_textpage()
    lying = _lying(text_page.raw, page.get_rotation())
    turn = Turn(page, lying)
    width, height = turn.size
    drawn = _Drawn(turn, width * height)
    drawn.look(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    drawn.chain_dots()
    read, unmapped = _chars(text_page, turn, drawn)
    chars = list(_once(read))
    kept = without_struck(chars, (*drawn.horizontal, *drawn.short))
    return Page(
        number,
        width,
        height,
        tuple(without_marks(kept)),
        tuple(drawn.horizontal),
        tuple(drawn.vertical),
        tuple(drawn.filled_horizontal),
        tuple(drawn.filled_vertical),
        drawn.picture_area > 0.5,
        unmapped,
        drawn.invisible > drawn.visible,
        lying=lying,
        struck=kept != chars,
    )


def _lying(raw: Any, rotation: int) -> int:
    """By how many degrees nearly all of a page's text runs up the sheet as shown: 0, 90, 180 or 270."""
    matrix = pdfium.FS_MATRIX()
    count = pdfium.FPDFText_CountChars(raw)
    told: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _ASKED)):
        if pdfium.FPDFText_GetUnicode(raw, index) > 0x20 and pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
            told[round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360] += 1
    angle, most = told.most_common(1)[0] if told else (0, 0)
    return (angle - rotation) % 360 if angle % 90 == 0 and most >= _MOSTLY * told.total() else 0


def _is_slanted(angle: float) -> bool:
    """Whether an angle in radians is none of the four upright ones."""
    return angle > 0 and abs(math.sin(2 * angle)) > _SLANT


def _chars(text_page: pypdfium2.PdfTextPage, turn: Turn, drawn: _Drawn) -> tuple[list[Char], int]:
    """The page's upright characters, and how many have no known code."""
    raw = text_page.raw
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    out: list[Char] = []
    unmapped = 0
    try:
        strays = Strays(raw, tuple(drawn.forms))
        for index in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if code <= 0x20 or code in (0xA0, 0x3000, 0xAD):
                continue
            if not pdfium.FPDFText_GetLooseCharBox(raw, index, to_rect):
                continue
            if code in (0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code < 0xF900 or pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1:
                unmapped += 1
                code = 0xFFFD
            if drawn.slanted and _is_slanted(pdfium.FPDFText_GetCharAngle(raw, index)):
                continue  # a watermark
            pdfium.FPDFText_GetCharOrigin(raw, index, to_x, to_y)
            shown = strays.drawn(index, rect, x.value, y.value)
            left, top, right, bottom = turn.box(shown.left, shown.bottom, shown.right, shown.top)
            size = _size(pdfium.FPDFText_GetFontSize(raw, index), bottom - top)
            if size >= _LARGE and _is_pale(raw, index):
                continue  # a watermark
            char = Char(_plain(code), left, right, turn.point(shown.x, shown.y)[1], size)
            if char.text.isdigit() and _is_white(raw, index) and not drawn.is_covered(*char.middle):
                continue  # nobody sees it
            if turn.shows(*char.middle):
                out.append(char)
    finally:
        text_page.close()
    return out, unmapped


def _colour(raw: Any, index: int) -> tuple[int, int]:
    """How pale a character is, by its darkest part, and how much it covers; both of 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(raw, index, *(ctypes.byref(part) for part in parts)):
        return 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return min(red, green, blue), alpha


def _is_pale(raw: Any, index: int) -> bool:
    """Whether a character is drawn so pale, or lets so much through, that what stands below it shows; white letters are a banner's."""
    pale, alpha = _colour(raw, index)
    return alpha < _THROUGH or _PALE <= pale < _WHITE


def _is_white(raw: Any, index: int) -> bool:
    """Whether a character cannot be seen on white paper."""
    pale, alpha = _colour(raw, index)
    return alpha < _SEEN or pale >= _WHITE


def _size(stated: float, height: float) -> float:
    """The size of a character: as stated, unless a matrix scales it, which its height then shows."""
    if 0.5 * stated <= height <= 2.5 * stated:
        return max(stated, 1.0)
    return max(0.75 * height, 1.0)


def _plain(code: int) -> str:
    """The character, radicals and compatibility forms of ideographs as the ideographs they stand for."""
    ch = chr(code)
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(ch) or unicodedata.normalize("NFKC", ch)
    if 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", ch)
    return ch


def _once(chars: list[Char]) -> Iterator[Char]:
    """Characters without those printed a second time almost on the spot to look bold."""
    seen: dict[tuple[str, int, int], list[Char]] = {}
    for char in chars:
        slack = max(0.1, min(0.2 * char.size, 0.4 * (char.right - char.left)))  # the stated size of scaled text is too large
        lefts = range(int((char.left - slack) // 4), int((char.left + slack) // 4) + 1)
        bases = range(int((char.base - slack) // 4), int((char.base + slack) // 4) + 1)
        near = (other for x in lefts for y in bases for other in seen.get((char.text, x, y), ()))
        if any(abs(other.left - char.left) < slack and abs(other.base - char.base) < slack for other in near):
            continue
        seen.setdefault((char.text, int(char.left // 4), int(char.base // 4)), []).append(char)
        yield char


class _Drawn:
    """Lines and pictures found on a page, forms inside forms opened."""

    def __init__(self, turn: Turn, area: float) -> None:
        self._turn = turn
        self._area = area or 1.0
        self._left = _MAX_OBJECTS
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.filled_horizontal: list[Rule] = []
        self.filled_vertical: list[Rule] = []
        self._dots: list[tuple[float, float]] = []
        self.picture_area = 0.0
        self.visible = 0
        self.slanted = False
        self.forms: dict[Matrix, None] = {}
        self.short: list[Rule] = []
        self._areas: list[Box] = []
        self.invisible = 0

    def look(self, parent: Any, count: Any, get: Any, matrices: tuple[Any, ...] = ()) -> None:
        """Look at the objects of a page or form."""
        for index in range(count(parent)):
            self._left -= 1
            if self._left < 0:
                return
            item = get(parent, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrices)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES
                matrix = _matrix(item)
                self.slanted = self.slanted or bool(matrices) or _is_slanted(math.atan2(matrix.b, matrix.a) % math.tau)
                self.invisible += hidden
                self.visible += not hidden
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self._picture(item)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(matrices) < _MAX_FORMS:
                under = (_matrix(item), *matrices)
                self.forms[_product(under)] = None
                self.look(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, under)

    def is_covered(self, x: float, y: float) -> bool:
        """Whether an area of colour, or a picture somewhere on the page, may lie behind a place."""
        return self.picture_area > 0 or any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in self._areas)

    def _picture(self, item: Any) -> None:
        values = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(value) for value in values)):
            left, bottom, right, top = (value.value for value in values)
            self.picture_area += abs((right - left) * (top - bottom)) / self._area

    def _path(self, item: Any, matrices: tuple[Any, ...]) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
            return
        stroked = bool(stroke.value) and not _white(item, pdfium.FPDFPageObj_GetStrokeColor)
        filled = bool(fill.value) and not _white(item, pdfium.FPDFPageObj_GetFillColor)
        if not stroked and not filled:
            return
        for outline in _outlines(item, (_matrix(item), *matrices), self._turn):
            if stroked:
                for (x0, y0), (x1, y1) in pairwise(outline):
                    self._add(x0, y0, x1, y1)
            elif filled:
                self._filled(outline)

    def _filled(self, outline: list[tuple[float, float]]) -> None:
        """A thin filled shape is a line along its middle."""
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if min(right - left, bottom - top) > _MIN_LINE:
            self._areas.append((left, top, right, bottom))
        if bottom - top <= _THIN < right - left:
            middle = (top + bottom) / 2
            self._add(left, middle, right, middle)
        elif right - left <= _THIN < bottom - top:
            middle = (left + right) / 2
            self._add(middle, top, middle, bottom)
        elif right - left <= _MIN_LINE and bottom - top <= _MIN_LINE:
            self._dots.append(((left + right) / 2, (top + bottom) / 2))
        elif len(set(outline)) == _CORNERS and len(set(xs)) == len(set(ys)) == 2:
            self.filled_horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
            self.filled_vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]

    def _add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if not (self._turn.shows((x0 + x1) / 2, (y0 + y1) / 2)):
            return
        if abs(y1 - y0) < 1 and abs(x1 - x0) >= _MIN_LINE:
            self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < 1 and abs(y1 - y0) >= _MIN_LINE:
            self.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        elif max(abs(x1 - x0), abs(y1 - y0)) < _MIN_LINE:
            if abs(x1 - x0) > _SHORT and abs(y1 - y0) < 1:
                self.short.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            self._dots.append(((x0 + x1) / 2, (y0 + y1) / 2))

    def chain_dots(self) -> None:
        """Dots and dashes in a row are a line."""
        self.horizontal += _chains(self._dots)
        self.vertical += _chains([(y, x) for x, y in self._dots])


def _chains(dots: list[tuple[float, float]]) -> list[Rule]:
    """Runs of at least six dots at one height, no two further apart than a dash and its gap."""
    out = []
    for _, group in groupby(sorted(dots, key=lambda dot: (round(dot[1] * 2), dot[0])), key=lambda dot: round(dot[1] * 2)):
        run: list[tuple[float, float]] = []
        for dot in (*group, None):
            if dot is not None and (not run or dot[0] - run[-1][0] <= _DOT_STEP):
                run.append(dot)
                continue
            if len(run) >= _MIN_DOTS:
                out.append(Rule(run[0][1], run[0][0], run[-1][0]))
            run = [] if dot is None else [dot]
    return out


def _matrix(item: Any) -> Any:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f = 1, 0, 0, 1, 0, 0
    return matrix


def _product(matrices: tuple[Any, ...]) -> Matrix:
    """The matrix under which the contents of a form within forms are drawn, the innermost first."""
    out: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for matrix in matrices:
        out = after(out, (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f))
    return out


def _white(item: Any, colour: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour(item, *(ctypes.byref(part) for part in parts)):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _outlines(item: Any, matrices: tuple[Any, ...], turn: Turn) -> Iterator[list[tuple[float, float]]]:
    """The path's pieces as lists of points as shown; curves are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    piece: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), _MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        px, py = x.value, y.value
        for matrix in matrices:
            px, py = matrix.a * px + matrix.c * py + matrix.e, matrix.b * px + matrix.d * py + matrix.f
        point = turn.point(px, py)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(piece) > 1:
                yield piece
            piece = []
        piece.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(piece) > 1:
            piece.append(piece[0])
    if len(piece) > 1:
        yield piece
