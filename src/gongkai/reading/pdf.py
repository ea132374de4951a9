"""How does a PDF with a text layer become blocks?"""

from __future__ import annotations

from gongkai.errors import Unreadable
from gongkai.reading.blocks import Source


def read_pdf(data: bytes, name: str) -> Source:
    """Not yet read."""
    raise Unreadable(f"“{name}”是 PDF 文件，暂时不能读取；请交来原来的 Word 或 Excel 文件。")
