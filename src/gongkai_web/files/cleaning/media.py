"""How do a sound and a film lose what they say of who recorded them, where and when?"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.reading.limits import damaged
from gongkai_web.files.cleaning.result import Cleaned, Removals

_TAGS = "音频信息（标题、作者、封面、说明等）"
_FILM = "视频信息（位置、设备、软件、作者等）"
_HOLDERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex"))
_TELLING = frozenset((b"udta", b"meta", b"uuid", b"XMP_", b"cprt", b"loci"))
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_MAX_DEPTH = 12


def clean_mp3(data: bytes) -> Cleaned:
    """An MP3 without tags before and after the sound."""
    removals = Removals()
    start, end = 0, len(data)
    while data[start : start + 3] == b"ID3" and start + 10 <= end:
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 0x7F
        start += 10 + size + (10 if data[start + 5] & 0x10 else 0)
    if data[end - 128 : end - 125] == b"TAG" and end - 128 >= start:
        end -= 128
    if data[end - 32 : end - 24] == b"APETAGEX" and end - 32 >= start:
        size, flags = struct.unpack_from("<I", data, end - 20)[0], struct.unpack_from("<I", data, end - 12)[0]
        end -= size + (32 if flags & 0x80000000 else 0)
    if start >= end:
        raise damaged()
    removals.add(_TAGS, int(start > 0 or end < len(data)))
    return removals.cleaned(data[start:end])


def clean_mp4(data: bytes) -> Cleaned:
    """An MP4 whose boxes of information are blanked in place, so that every offset in it still holds, and whose dates are zero."""
    removals, made = Removals(), bytearray(data)
    told = False
    for kind, start, body, end in _boxes(data, 0, len(data), 0):
        if kind in _TELLING:
            made[start + 4 : start + 8] = b"free"
            made[body:end] = bytes(end - body)
            told = True
        elif kind in _DATED and body + 20 <= end:
            made[body + 4 : body + (20 if data[body] == 1 else 12)] = bytes(16 if data[body] == 1 else 8)
    removals.add(_FILM, int(told))
    removals.add("录制时间", int(bytes(made) != data and not told))
    return removals.cleaned(bytes(made))


def _boxes(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, start, start of the body and end of every box, those within others included."""
    if depth > _MAX_DEPTH:
        raise damaged()
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1:
            if start + 16 > end:
                raise damaged()
            size, body = struct.unpack_from(">Q", data, start + 8)[0], start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise damaged()
        yield kind, start, body, start + size
        if kind in _HOLDERS:
            yield from _boxes(data, body, start + size, depth + 1)
        start += size
