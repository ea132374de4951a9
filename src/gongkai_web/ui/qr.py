"""How does a page's address become a picture that a phone reads?"""

from __future__ import annotations

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=4096)
def qr_svg(address: str) -> str:
    """An inline SVG of the address, black on white, without width so that the style sheet decides."""
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        made, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title="本页地址的二维码", dark="#000", light="#fff"
    )
    return made.getvalue().decode()
