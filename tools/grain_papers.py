"""Which small PDF files take the paths of the reader of pages?"""

from __future__ import annotations

from tools.grain_words import HEAD, LISTED, OLD, OLD_TITLE, PROSE, REVIEWS, TITLE, Rows


def _pdf(*pages: str, size: str = "0 0 400 600", rotate: int = 0) -> bytes:
    """Pages with these content streams; /F is Helvetica, /C a Chinese face that is not embedded, in two bytes a character."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 6 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/StemV 80/CapHeight 700>>",
    ]  # fmt: skip
    kids = []
    for content in pages:
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{size}]/Rotate {rotate}/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R/C 4 0 R>>>>>>"
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
    return bytes(out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


def _set(x: float, y: float, words: str, size: float = 9) -> str:
    return f"BT /C {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"


def _down(x: float, y: float, words: str) -> str:
    """Words printed one character below the other."""
    return "".join(_set(x, y - 10 * at, ch) for at, ch in enumerate(words))


def _drawn(rows: Rows, x: float, top: float, width: float, *, ruled: bool = True) -> str:
    """A table, with or without its rules."""
    out = []
    wide = max(map(len, rows))
    for at, row in enumerate(rows):
        y = top - 16 * at
        step = width / len(row)
        out += [_set(x + 3 + step * n, y - 12, text, 7) for n, text in enumerate(row)]
        if ruled:
            out.append(f"{x} {y} m {x + width} {y} l S\n")
            out += [f"{x + step * n} {y} m {x + step * n} {y - 16} l S\n" for n in range(len(row) + 1)]
    low = top - 16 * len(rows)
    return "".join(out) + (f"{x} {low} {width} 0.4 re f\n{x} {top} m {x + width} {top} l S\n" if ruled and wide else "")


def papers() -> tuple[bytes, ...]:
    """Ruled and unruled tables, pages side by side, two columns, upright labels, a turned page, furniture, what is no text."""
    listed: Rows = (HEAD, *LISTED)
    told = "".join(_set(20, 540 - 14 * at, line[:38]) for at, line in enumerate(PROSE))
    head, old = _set(60, 570, TITLE, 12), _set(60, 570, OLD_TITLE, 12)
    halves = "".join(
        _set(x, 380, title) + _drawn(OLD, x, 360, 250) + _set(x, 190, PROSE[1][:24])
        for x, title in ((20, TITLE), (330, OLD_TITLE))
    )
    columns = "".join(_set(x, 540 - 12 * at, PROSE[at % 2][:16]) for x in (20, 210) for at in range(8))
    upright = (
        _down(24, 480, "行政复议")
        + "15 500 m 15 420 l S 40 500 m 40 420 l S 15 500 m 40 500 l S 15 420 m 40 420 l S\n"
        + _drawn(REVIEWS, 40, 500, 300)
    )
    turned = "q 0 1 -1 0 390 20 cm " + _set(20, 340, TITLE) + _drawn(listed, 20, 320, 500) + " Q"
    furniture = [_set(150, 590, "云漪市司法局年报") + _set(190, 10, f"— {n} —") for n in (1, 2, 3)]
    strays = (
        "".join(f"q 1 0 0 1 {20 + 9 * n} 300 cm 0 0 6 8 re f Q\n" for n in range(4))
        + "3 Tr "
        + _set(20, 280, "看不见")
        + "0 Tr q 20 0 0 20 9 9 cm /I Do Q\n"
    )
    return (
        _pdf(head + told + _drawn(listed, 20, 480, 360)), _pdf(old + _drawn(OLD, 20, 540, 360, ruled=False)), _pdf(halves, size="0 0 600 400"),
        _pdf(head + columns), _pdf(head + upright + strays), _pdf(turned, rotate=90),
        _pdf(*(foot + _drawn(OLD[:6] if at == 0 else OLD[6:], 20, 560, 360) for at, foot in enumerate(furniture))),
    )  # fmt: skip
