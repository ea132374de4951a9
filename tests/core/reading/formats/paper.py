"""How does a test draw a PDF by hand, operator by operator?"""

from __future__ import annotations

import zlib

_UPRIGHT = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-V/DescendantFonts[5 0 R]>>"
_CHARACTERS = (
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>"
)


def pdf(*pages: str, rotate: int = 0, trailer: str = "", packed: bool = False) -> bytes:
    """A PDF of A5-like pages (400 × 600 points) with these content streams; /F is Helvetica, /V Chinese set upright in columns."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    objects += [_UPRIGHT, _CHARACTERS]
    kids = []
    for content in pages:
        stream = content.encode("latin-1")
        extra = ""
        if packed:
            stream, extra = zlib.compress(stream, 9), "/Filter/FlateDecode"
        objects.append(f"<</Length {len(stream)}{extra}>>\nstream\n{stream.decode('latin-1')}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Rotate {rotate}/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R/V 4 0 R>>>>>>"
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


def upright(x: float, y: float, words: str, size: float = 10, scale: float = 0.05) -> str:
    """Chinese words down a column from a place on its middle line, in a font of ``size / scale`` that the text's matrix scales."""
    code = "".join(f"{ord(ch):04X}" for ch in words)
    return f"BT /V {size / scale} Tf {scale} 0 0 {scale} {x} {y} Tm <{code}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A black line."""
    return f"0 G 0.5 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """All lines of a full grid."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


PROSE = "".join(text(50, 560 - 14 * n, f"The body answers requests for information, line {n}.") for n in range(3))
