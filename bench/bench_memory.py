"""How much memory does a PDF of 300 pages take while it is read, beside markitdown and beside doing nothing?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from bench.row import Row
from bench.samples import clean
from gongkai.reading import read

PAGES = 300
AIM = 512.0
"""MiB at the peak."""

_PAGE = """#set page(paper: "a4", margin: 25mm)
#set text(size: 10.5pt, font: "Noto Serif SC")
"""
_NOTHING = "import sys, pathlib; from gongkai.reading import read; data = pathlib.Path(sys.argv[1]).read_bytes()"
_OURS = _NOTHING + "; read(data, 'long.pdf')"
_THEIRS = "import sys; from markitdown import MarkItDown; MarkItDown().convert(sys.argv[1])"
_PEAK = "; from bench.row import peak_memory; print(peak_memory())"


def run() -> list[Row]:
    """Each in a process of its own, whose largest resident size is asked at its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(long_pdf())
        size = path.stat().st_size / 1024 / 1024
        name = f"a PDF of {PAGES} pages ({size:.1f} MiB)"
        return [
            Row(f"the file in memory, {name}", 1, _peak(_NOTHING, path), unit="MiB"),
            Row(f"markitdown, {name}", 1, _peak(_THEIRS, path), unit="MiB"),
            Row(f"read, {name}", 1, _peak(_OURS, path), unit="MiB", at_most=AIM),
        ]


def long_pdf() -> bytes:
    """A report's text and tables over and over, a table of thirty rows on every other page."""
    report = read(clean("docx")[-1].read_bytes(), "sample")[0]
    figures = [f.text or "0" for f in report.figures] or ["0"]
    prose = "".join(p for section in report.sections for p in section.paragraphs)[:700] or "政府信息公开工作年度报告。"
    pages = []
    for page in range(PAGES):
        if page % 2:
            cells = ", ".join(f"[{figures[(page * 210 + n) % len(figures)]}]" for n in range(210))
            pages.append(f"#table(columns: 7, {cells})")
        else:
            pages.append(prose)
    source = _PAGE + "\n#pagebreak()\n".join(pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.typ"
        path.write_text(source, encoding="utf-8")
        made = typst.compile(str(path), format="pdf", font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)])
    assert isinstance(made, bytes)
    return made


def _peak(program: str, path: Path) -> float:
    done = subprocess.run([sys.executable, "-c", program + _PEAK, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
