"""Which segments of a picture file draw it, and how are all others left out byte by byte?"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.limits import damaged

TAKEN = "图片信息（拍摄时间、位置、设备、软件、作者等）"
COMMENT = "图片里的文字说明"
THUMBNAIL = "缩略图"
AFTER_END = "图片末尾之后的数据"

_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD hIST acTL fcTL fdAT mDCV cLLI".split(),
)
_PNG_WORDS = {b"tEXt": COMMENT, b"zTXt": COMMENT, b"iTXt": COMMENT}
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"))
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


@dataclass(frozen=True, slots=True)
class Stripped:
    """A picture file without the segments that draw nothing, and the words for them."""

    data: bytes
    removed: tuple[str, ...]


def _stripped(pieces: list[bytes], words: list[str]) -> Stripped:
    return Stripped(b"".join(pieces), tuple(dict.fromkeys(words)))


def jpeg(data: bytes) -> Stripped:
    """A JPEG with its colour profile and nothing else besides what draws it."""
    pieces = [data[:2]]
    words: list[str] = []
    for marker, start, end in _jpeg_segments(data):
        segment = data[start:end]
        body = segment[4:]
        if marker == 0xE0 and body.startswith(b"JFIF\x00"):
            pieces.append(b"\xff\xe0\x00\x10" + body[:12] + b"\x00\x00")
            words += [THUMBNAIL] if len(segment) > 18 else []
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\x00"):
            pieces.append(segment)
        elif marker == 0xEE and body.startswith(b"Adobe"):
            pieces.append(segment[:16] if len(segment) >= 16 else segment)
        elif marker == 0xFE:
            words.append(COMMENT)
        elif 0xE0 <= marker <= 0xEF:
            words.append(THUMBNAIL if body.startswith(b"JFXX") else TAKEN)
        else:
            pieces.append(segment)
            if marker == 0xD9 and end < len(data):
                words.append(AFTER_END)
    return _stripped(pieces, words)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment; a scan's data belong to the marker before it."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise damaged()
        marker, start = data[at + 1], at
        if marker == 0xD9:
            yield marker, start, start + 2
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
            yield marker, start, at
            continue
        if at + 4 > len(data):
            raise damaged()
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if at > len(data) or at < start + 4:
            raise damaged()
        if marker == 0xDA:
            at = _end_of_scan(data, at)
        yield marker, start, at


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise damaged()
        if data[at + 1] == 0x00 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def png(data: bytes) -> Stripped:
    """A PNG with the chunks that draw it, animate it, or say its colours and resolution."""
    pieces, at = [data[:8]], 8
    words: list[str] = []
    while at + 12 <= len(data):
        size = struct.unpack_from(">I", data, at)[0]
        kind = data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise damaged()
        if kind in _PNG_KEPT:
            pieces.append(data[at:end])
        else:
            words.append(_PNG_WORDS.get(kind, TAKEN))
        at = end
        if kind == b"IEND":
            return _stripped(pieces, [*words, AFTER_END] if at < len(data) else words)
    raise damaged()


def gif(data: bytes) -> Stripped:
    """A GIF without comments, hidden text and data of other programs."""
    if len(data) < 13:
        raise damaged()
    at = 13 + _colours(data[10])
    pieces = [data[:at]]
    words: list[str] = []
    while at < len(data):
        start = at
        match data[at]:
            case 0x3B:
                pieces.append(b"\x3b")
                return _stripped(pieces, [*words, AFTER_END] if at + 1 < len(data) else words)
            case 0x2C:
                if at + 11 > len(data):
                    raise damaged()
                at = _end_of_blocks(data, at + 10 + _colours(data[at + 9]) + 1)
                pieces.append(data[start:at])
            case 0x21:
                label = data[at + 1 : at + 2]
                at = _end_of_blocks(data, at + 2)
                loop = label == b"\xff" and data[start + 3 : start + 14] in _GIF_LOOPS
                if label == b"\xf9" or loop:
                    pieces.append(data[start:at])
                else:
                    words.append(COMMENT if label in (b"\xfe", b"\x01") else TAKEN)
            case _:
                raise damaged()
    raise damaged()


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    while at < len(data):
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
    raise damaged()


def webp(data: bytes) -> Stripped:
    """A WebP without EXIF, XMP and chunks nobody knows."""
    pieces: list[bytes] = []
    words: list[str] = []
    at = 12
    size = struct.unpack_from("<I", data, 4)[0] + 8
    if size > len(data):
        raise damaged()
    while at + 8 <= size:
        kind, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        end = at + 8 + length + (length & 1)
        if at + 8 + length > size:
            raise damaged()
        chunk = data[at:end]
        if kind == b"VP8X":
            # Flags 0x08 and 0x04 announce EXIF and XMP.
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind in _WEBP_KEPT:
            pieces.append(chunk)
        else:
            words.append(TAKEN)
        at = end
    body = b"".join(pieces)
    made = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    return _stripped([made], [*words, AFTER_END] if size < len(data) else words)
