"""How does a test draw a PDF by hand, operator by operator?"""

from __future__ import annotations

import zlib


def pdf(*pages: str, rotate: int = 0, trailer: str = "", packed: bool = False) -> bytes:
    """A PDF of A5-like pages (400 × 600 points) with these content streams; /F is Helvetica, /G half transparent nothing."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for content in pages:
        stream = content.encode("latin-1")
        extra = ""
        if packed:
            stream, extra = zlib.compress(stream, 9), "/Filter/FlateDecode"
        objects.append(f"<</Length {len(stream)}{extra}>>\nstream\n{stream.decode('latin-1')}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Rotate {rotate}/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def text(x: float, y: float, words: str, size: float = 10, mode: int = 0) -> str:
    """Words at a place, from the lower left corner."""
    return f"BT {mode} Tr /F {size} Tf {x} {y} Td ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A black line."""
    return f"0 G 0.5 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """All lines of a full grid."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


PROSE = "".join(text(50, 560 - 14 * n, f"The body answers requests for information, line {n}.") for n in range(3))
