"""Do the pages of two PDFs show the same, point for point and word for word?"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageChops

from gongkai_web.files.cleaning.pdf import opened_pdf
from gongkai_web.files.cleaning.pdf_marks import drop_comments
from gongkai_web.files.cleaning.result import Removals

_DRAWN_PAGES = 60
_DOTS = 60 / 72
_CLEAR = 96
"""A point this much lighter or darker shows something else; a little less is the edge of a letter set anew."""
_FEW = 0.0005


def pdf_differences(before: bytes, after: bytes) -> str:
    """In words how the pages differ; empty when they show the same. Every page is measured, at most 60 are drawn."""
    bare = without_comments(before)
    old, new = pypdfium2.PdfDocument(bare), pypdfium2.PdfDocument(after)
    try:
        if len(old) != len(new):
            return f"原来{len(old)}页，现在{len(new)}页"
        for document in (old, new):
            if document.get_formtype():
                document.init_forms()
        step = max(1, len(old) // _DRAWN_PAGES)
        for index in range(len(old)):
            if old[index].get_size() != new[index].get_size():
                return f"第{index + 1}页大小不同"
            if index % step == 0 and not _alike(_drawn(old, index), _drawn(new, index)):
                return f"第{index + 1}页画面不同"
            if len(_words(new, index)) < len(_words(old, index)) and index % step:
                return f"第{index + 1}页文字变少"
    finally:
        new.close()
        old.close()
    return ""


def without_comments(data: bytes) -> bytes:
    """The PDF with what cleaning takes off the pages on purpose taken off, and nothing else."""
    made = io.BytesIO()
    with opened_pdf(data) as pdf:
        drop_comments(pdf, Removals())
        pdf.save(made, encryption=False)
    return made.getvalue()


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = document[index]
    try:
        return page.render(scale=_DOTS, grayscale=True).to_pil()
    finally:
        page.close()


def _words(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return "".join(text.get_text_range().split())
    finally:
        text.close()
        page.close()


def _alike(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    clear = ImageChops.difference(one, other).point(lambda value: 255 if value > _CLEAR else 0)
    return clear.histogram()[255] <= one.width * one.height * _FEW
