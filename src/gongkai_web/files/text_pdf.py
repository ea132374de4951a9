"""Which words stand anywhere in a PDF, and which pages are pictures that nobody could read?"""

from __future__ import annotations

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.limits import damaged
from gongkai.reading.pdf import MAX_PAGES, read_pdf
from gongkai_web.files.cleaning.pdf import opened_pdf
from gongkai_web.files.passages import COMMENTS, PROPERTIES, Gathering, bare

_FEW = 8
_LARGE = 0.02
"""A picture that covers this part of a page may hold words."""
_SAID = ("/Contents", "/TU", "/Alt", "/ActualText", "/E")


def pdf_text(data: bytes, name: str) -> Gathering:
    """A PDF: its text with places, whatever the page holds besides it, then comments, form fields, bookmarks, properties."""
    found = Gathering()
    try:
        source = read_pdf(data, name)
        found.add_source(source)
        for finding in source.findings:
            if finding.rule == "S102":
                found.leave("有些文字没有编码，读出来是乱码，没有检查；请对照页面看过。", *finding.places[:1])
    except Unreadable:
        # Scans, and files beyond the bounds for reports, are told page by page below.
        pass
    _pages(data, found)
    _beside_pages(data, name, found)
    return found


def _pages(data: bytes, found: Gathering) -> None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    try:
        read = _read_by_page(found)
        for index in range(min(len(document), 4 * MAX_PAGES)):
            _page(document, index, found, "".join(read.get(number, "") for number in (index, index + 1, index + 2)))
        if len(document) > 4 * MAX_PAGES:
            found.leave(f"PDF 超过 {4 * MAX_PAGES} 页，后面的页没有检查；请拆成几个文件后再上传。")
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    finally:
        document.close()


def _read_by_page(found: Gathering) -> dict[int, str]:
    """What the reader read on each page, without white space."""
    out: dict[int, list[str]] = {}
    for passage in found.passages:
        out.setdefault(passage.place.page or 0, []).append(bare(passage.text))
    return {page: "\n".join(texts) for page, texts in out.items()}


def _page(document: pypdfium2.PdfDocument, index: int, found: Gathering, read: str) -> None:
    """Lines of a page that the reader did not read – ``read`` is what it read there and on the pages beside – and its pictures."""
    page = document[index]
    text = page.get_textpage()
    try:
        words = text.get_text_range()
        for line in words.splitlines():
            if bare(line) not in read and not all(word in read for word in line.split()):
                found.add(line, Place(quote=line.strip()[:60], page=index + 1))
        if _pictured(page):
            place = Place(page=index + 1)
            if len("".join(words.split())) < _FEW:
                found.leave(f"第{index + 1}页是图像，没有文字，没有检查；请看过这一页，确认没有不应公开的内容。", place)
            else:
                found.leave(f"第{index + 1}页有图片，图片里的文字没有检查；请看过图片，确认没有不应公开的内容。", place)
    finally:
        text.close()
        page.close()


def _pictured(page: pypdfium2.PdfPage) -> bool:
    """Whether the page shows a picture large enough to hold words, or is drawn without any text at all."""
    width, height = page.get_size()
    for drawn in page.get_objects(max_depth=6):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            if abs((right - left) * (top - bottom)) > _LARGE * width * height:
                return True
    return False


def _beside_pages(data: bytes, name: str, found: Gathering) -> None:
    """Words no page shows: in comments, fields, bookmarks, descriptions, properties; and attached files."""
    with opened_pdf(data, name) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        for obj in pdf.objects:
            if not isinstance(obj, pikepdf.Dictionary):
                continue
            on_page = obj.get("/P")
            page = numbers.get(on_page.objgen) if isinstance(on_page, pikepdf.Dictionary) else None
            for key in _SAID:
                _string(obj.get(key), Place(page=page), COMMENTS, found)
            if "/FT" in obj or "/Subtype" in obj:
                _string(obj.get("/V"), Place(page=page), "表单域", found)
            if "/Title" in obj and ("/Parent" in obj or "/Dest" in obj):
                _string(obj.get("/Title"), Place(), "书签", found)
        information = pdf.trailer.get("/Info")
        for value in information.as_dict().values() if isinstance(information, pikepdf.Dictionary) else ():
            _string(value, Place(), PROPERTIES, found)
        if "/Metadata" in pdf.Root and isinstance(pdf.Root.Metadata, pikepdf.Stream):
            found.add_missing(bytes(pdf.Root.Metadata.read_bytes())[:200_000].decode("utf-8", "replace"), None, PROPERTIES)
        names = list(pdf.attachments)
        for attached in names:
            found.add(attached, None, "附件名称")
        if names:
            found.leave(f"PDF 里附有{len(names)}个文件，里面的内容没有检查；清理时会去掉，如需公开请单独上传。")


def _string(value: object, place: Place, part: str, found: Gathering) -> None:
    if isinstance(value, pikepdf.String):
        found.add_missing(str(value), place, part)
