"""How is a part of a PDF covered so that nothing of it is left under the cover, and how is that proved?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from gongkai.errors import BadInput, Unreadable
from gongkai.reading.limits import check_size, damaged
from gongkai_web.files.verification_pdf import without_comments

DPI = 200
MAX_PAGES = 300
MAX_PIXELS = 40_000_000
_QUALITY = 85
_MARGIN = 1.0
"""Points added around every box: the edge of a letter reaches a little beyond where it is said to stand."""
_BLACK = 48
_COLOURLESS = 12
_ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
_BY_CHANCE = 8
"""Shorter runs of bytes come up in a picture's data by chance."""
_BY_CHANCE_IN_NUMBERS = 6
"""Shorter ones in the sizes of pictures; that nothing but pictures is in the file is proved by its structure."""


@dataclass(frozen=True, slots=True)
class Box:
    """What is to be covered: a page from 1, and points from the upper left corner of the sheet as shown, like ``Place.box``."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Redacted:
    """A PDF of page pictures with black boxes, and the words that stood under each box (empty where there was no text)."""

    data: bytes
    covered: tuple[str, ...]


def redacted(data: bytes, boxes: Sequence[Box]) -> Redacted:
    """The PDF as pictures of its pages at 200 dpi, the boxes burnt in black; no text, no properties, no links are left.

    BadInput for boxes that cover nothing or lie on no page; Unreadable for a damaged, locked or too long PDF.
    """
    check_size(data)
    document = _opened(without_comments(data))
    made = pikepdf.new()
    try:
        if len(document) > MAX_PAGES:
            raise Unreadable(f"PDF 有 {len(document)} 页，一次最多遮盖 {MAX_PAGES} 页；请拆成几个文件后再试。")
        _check(boxes, len(document))
        if document.get_formtype():
            document.init_forms()
        covered = tuple(_words_under(document, box) for box in boxes)
        for index in range(len(document)):
            _add_page(made, document, index, [box for box in boxes if box.page == index + 1])
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
        return Redacted(out.getvalue(), covered)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    finally:
        made.close()
        document.close()


def traces(data: bytes, boxes: Sequence[Box], covered: Iterable[str] = ()) -> tuple[str, ...]:
    """What is still to be found in a redacted PDF, as whole sentences; empty is the proof that it may go out.

    Asked of the written bytes: no text on any page, nothing but pictures in the file, every box black, and the covered
    words nowhere, in no encoding.
    """
    wrong: list[str] = []
    document = _opened(data)
    try:
        if any(_text(document, index).strip() for index in range(len(document))):
            wrong.append("遮盖后的文件里仍有可以选取的文字，不能公开；请重新遮盖。")
        for box in boxes:
            if not _is_black(document, box):
                wrong.append(f"第{box.page}页有一处没有完全涂黑，不能公开；请重新遮盖。")
    finally:
        document.close()
    words = [line for text in covered for line in text.split() if line]
    if not _only_pictures(data):
        wrong.append("遮盖后的文件里除页面图像外还有别的内容，不能公开；请重新遮盖。")
    if _found(data, words):
        wrong.append("被遮盖的文字仍能在文件里找到，不能公开；请重新遮盖。")
    return tuple(wrong)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error


def _check(boxes: Sequence[Box], pages: int) -> None:
    if not boxes:
        raise BadInput("还没有指定要遮盖的地方；请在页面上框出要遮盖的内容。")
    for box in boxes:
        if not 1 <= box.page <= pages:
            raise BadInput(f"没有第{box.page}页，这个文件共{pages}页；请重新框选要遮盖的内容。")
        if not (box.left < box.right and box.top < box.bottom):
            raise BadInput(f"第{box.page}页有一处框选没有面积；请重新框选要遮盖的内容。")


def _add_page(made: pikepdf.Pdf, document: pypdfium2.PdfDocument, index: int, boxes: Sequence[Box]) -> None:
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / (width * height)) ** 0.5)
        image = page.render(scale=scale).to_pil().convert("RGB")
        pen = ImageDraw.Draw(image)
        for box in boxes:
            pen.rectangle(_pixels(page, box, scale, _MARGIN), fill="black")
    finally:
        page.close()
    image = _without_needless_colour(image)
    squeezed = io.BytesIO()
    image.save(squeezed, "JPEG", quality=_QUALITY)
    picture = made.make_stream(
        squeezed.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    made.add_blank_page(page_size=(width, height))
    new = made.pages[-1].obj
    new.Resources = Dictionary(XObject=Dictionary(P=picture))
    new.Contents = made.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q".encode())
    new.MediaBox = Array([0, 0, width, height])


def _without_needless_colour(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    tints = (ImageChops.difference(red, green).histogram(), ImageChops.difference(green, blue).histogram())
    return image if any(any(tint[_COLOURLESS:]) for tint in tints) else image.convert("L")


def _pixels(page: pypdfium2.PdfPage, box: Box, scale: float, margin: float) -> tuple[float, float, float, float]:
    """A box in the picture's pixels: the picture shows the page's crop, boxes count from the whole sheet's corner."""
    left, top = _shown(page, page.get_cropbox())[:2]
    return (
        (box.left - left - margin) * scale,
        (box.top - top - margin) * scale,
        (box.right - left + margin) * scale,
        (box.bottom - top + margin) * scale,
    )


def _shown(page: pypdfium2.PdfPage, inner: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, as shown, of a rectangle given in the page's own coordinates."""
    left, bottom, right, top = page.get_mediabox()
    x0, y0, x1, y1 = inner
    match page.get_rotation() % 360:
        case 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        case 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        case 270:
            return top - y1, right - x1, top - y0, right - x0
        case _:
            return x0 - left, top - y1, x1 - left, top - y0


def _words_under(document: pypdfium2.PdfDocument, box: Box) -> str:
    """The characters whose middle lies under a box, in the page's order."""
    page = document[box.page - 1]
    text = page.get_textpage()
    try:
        out = []
        for index in range(text.count_chars()):
            left, top, right, bottom = _shown(page, text.get_charbox(index))
            x, y = (left + right) / 2, (top + bottom) / 2
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                out.append(text.get_text_range(index, 1))
        return "".join(out)
    finally:
        text.close()
        page.close()


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _is_black(document: pypdfium2.PdfDocument, box: Box) -> bool:
    """Whether the page shows a box black. The new page has no crop, so that a box cut by the old one is cut here as well."""
    page = document[box.page - 1]
    try:
        drawn = page.render(scale=1, grayscale=True).to_pil()
    finally:
        page.close()
    inner = (
        max(0, round(box.left)),
        max(0, round(box.top)),
        min(drawn.width, round(box.right)),
        min(drawn.height, round(box.bottom)),
    )
    if inner[0] >= inner[2] or inner[1] >= inner[3]:
        return True
    return not any(drawn.crop(inner).convert("L").histogram()[_BLACK + 1 :])


def _only_pictures(data: bytes) -> bool:
    """Whether the file holds pages with one picture each and nothing besides."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if set(pdf.Root.keys()) != {"/Type", "/Pages"} or pdf.trailer.get("/Info") is not None:
            return False
        for page in pdf.pages:
            if set(page.obj.keys()) - {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}:
                return False
            if set(page.obj.Resources.keys()) != {"/XObject"} or len(page.obj.Resources.XObject.keys()) != 1:
                return False
            operators = [str(step.operator) for step in pikepdf.parse_content_stream(page)]
            if operators != ["q", "cm", "Do", "Q"]:
                return False
        return len(pdf.objects) <= 3 * len(pdf.pages) + 4


def _found(data: bytes, words: Sequence[str]) -> bool:
    """Whether any of the words stands in the file: in its structure, or – when long enough to mean something – anywhere."""
    structure = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for obj in pdf.objects:
            if not isinstance(obj, pikepdf.Stream):
                structure.append(obj.unparse(resolved=True))
            elif obj.get("/Subtype") != "/Image":
                structure.append(obj.read_bytes())
    plain = b"\n".join(structure)
    for word in words:
        for encoding in _ENCODINGS:
            sought = word.encode(encoding, "ignore")
            if len(sought) >= _BY_CHANCE_IN_NUMBERS and (sought in plain or sought.hex().encode() in plain.lower()):
                return True
            if len(sought) >= _BY_CHANCE and sought in data:
                return True
    return False
