"""How is typst asked to set a page or a picture, with fonts that are always there?

One compiler per source file is kept and reused: starting one reads the fonts, which takes longer than a report. The text
of a report never becomes typst source; it goes in as data.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

_FOLDER = Path(__file__).parent
Standard = Literal["a-2a", "ua-1"]
_LOCK = threading.Lock()
UndrawableError = typst.TypstError
"""What typst raises when a text cannot be set, for instance under PDF/A when no font has one of its characters."""


@cache
def _compiler(source: str) -> typst.Compiler:
    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Compiler(str(_FOLDER / source), root=str(_FOLDER), font_paths=[str(folder)], ignore_system_fonts=True)


def set_pages(source: str, inputs: Mapping[str, str], standards: Sequence[Standard] = ()) -> bytes:
    """A PDF of one of our typst files with these inputs; UndrawableError when the standards cannot be kept."""
    with _LOCK:
        made = _compiler(source).compile(sys_inputs=dict(inputs), format="pdf", pdf_standards=list(standards))
    return _one(made)


def set_picture(source: str, inputs: Mapping[str, str], dots_per_inch: float) -> bytes:
    """A PNG of the one page a typst file makes of these inputs."""
    with _LOCK:
        made = _compiler(source).compile(sys_inputs=dict(inputs), format="png", ppi=dots_per_inch)
    return _one(made)


def _one(made: bytes | list[bytes] | None) -> bytes:
    """Typst gives one file a page when a picture has several pages; ours have one."""
    if isinstance(made, bytes):
        return made
    raise ValueError("typst made no file, or more than one")
