"""How is a picture cleaned of where, when and with what it was taken, without losing a point of it?"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable

from PIL import Image, ImageOps, ImageSequence

from gongkai.errors import Unreadable
from gongkai.reading.limits import damaged
from gongkai_web.files.cleaning.picture_segments import Stripped, gif, jpeg, png, webp
from gongkai_web.files.cleaning.result import Cleaned, Removals
from gongkai_web.files.types import FileType

MAX_PIXELS = 120_000_000
"""Points of one picture, all its frames together: A0 scanned at 200 dpi has 62 million."""
MAX_FRAMES = 500
ORIENTATION = 0x0112
_TURNED_QUALITY = 95
_STRIPPERS: dict[FileType, Callable[[bytes], Stripped]] = {
    FileType.JPEG: jpeg,
    FileType.PNG: png,
    FileType.GIF: gif,
    FileType.WEBP: webp,
}


def clean_picture(data: bytes, kind: FileType, *, turn: bool = True) -> Cleaned:
    """A picture without EXIF, GPS, XMP, IPTC, comments, thumbnails and anything after its end.

    JPEG, PNG, GIF and WebP lose whole segments and keep their points byte for byte. A picture that asks to be turned is turned
    (``turn``), or, inside a document, keeps that one request and nothing else. TIFF and BMP are written anew without loss.
    """
    with opened_picture(data) as image:
        orientation = _orientation(image)
        removals = Removals()
        if kind not in _STRIPPERS:
            return _rewritten(image, kind, data, removals)
        stripped = _STRIPPERS[kind](data)
        for word in stripped.removed:
            removals.add(word)
        if orientation == 1:
            return removals.cleaned(stripped.data)
        if not turn:
            return removals.cleaned(_asking_to_be_turned(stripped.data, kind, orientation))
        removals.add("方向标记（图片已按标记转正）")
        return removals.cleaned(_turned(image, kind))


def opened_picture(data: bytes) -> Image.Image:
    """The picture, its header read; Unreadable when it is damaged or unfolds to more points than allowed."""
    try:
        # Pillow warns of large and of slightly broken pictures; ours are judged by their points.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(data))
            frames = getattr(image, "n_frames", 1)
        if image.width * image.height * frames > MAX_PIXELS or frames > MAX_FRAMES:
            raise Unreadable(f"图片有 {image.width}×{image.height} 点、{frames} 帧，超过可以处理的上限；请缩小图片后再上传。")
        with warnings.catch_warnings(action="ignore"):
            image.load()
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, KeyError, TypeError) as error:
        raise damaged() from error
    except Image.DecompressionBombError as error:
        raise Unreadable("图片展开后大得异常，没有处理；请缩小图片后再上传。") from error
    return image


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, struct.error, KeyError, TypeError):
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turned(image: Image.Image, kind: FileType) -> bytes:
    """The picture turned as it asks, written anew: PNG without loss, JPEG and WebP at a high quality."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.info.clear()
    made = io.BytesIO()
    more = {"icc_profile": profile} if profile else {}
    match kind:
        case FileType.JPEG:
            if upright.mode not in ("L", "RGB", "CMYK"):
                upright = upright.convert("RGB")
            upright.save(made, "JPEG", quality=_TURNED_QUALITY, subsampling=0, **more)
        case FileType.WEBP:
            upright.save(made, "WEBP", quality=_TURNED_QUALITY, method=4, **more)
        case _:
            upright.save(made, "PNG", **more)
    return made.getvalue()


def minimal_exif(orientation: int) -> bytes:
    """EXIF data that say nothing but how to turn the picture."""
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHHI", ORIENTATION, 3, 1, orientation, 0, 0)


def _asking_to_be_turned(data: bytes, kind: FileType, orientation: int) -> bytes:
    if kind is not FileType.JPEG:
        return data
    body = b"Exif\x00\x00" + minimal_exif(orientation)
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def _rewritten(image: Image.Image, kind: FileType, data: bytes, removals: Removals) -> Cleaned:
    """A TIFF or BMP written anew from its points."""
    made = io.BytesIO()
    try:
        if kind is FileType.BMP:
            image.save(made, "BMP")
            if len(data) > len(made.getvalue()) + 1024:
                removals.add("图片末尾之后的数据")
            return removals.cleaned(made.getvalue())
        frames, told = [], False
        for frame in ImageSequence.Iterator(image):
            told = told or bool(set(getattr(frame, "tag_v2", {})) - _DRAWING_TAGS)
            upright = ImageOps.exif_transpose(frame).copy()
            resolution = frame.info.get("dpi")
            upright.info = {"dpi": resolution} if resolution else {}
            frames.append(upright)
        squeezed = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_adobe_deflate"
        dpi = frames[0].info.get("dpi")
        more = {"dpi": dpi} if dpi else {}
        frames[0].save(made, "TIFF", save_all=len(frames) > 1, append_images=frames[1:], compression=squeezed, **more)
    except (OSError, ValueError, SyntaxError, struct.error, KeyError, TypeError, OverflowError) as error:
        raise damaged() from error
    removals.add("图片信息（拍摄时间、位置、设备、软件、作者等）", int(told))
    return removals.cleaned(made.getvalue())


_DRAWING_TAGS = frozenset(
    int(tag)
    for tag in (
        "254 255 256 257 258 259 262 263 266 273 274 277 278 279 280 281 282 283 284 292 293 296 297 317 320 "
        "322 323 324 325 338 339 347 512 513 514 515 519 520 521 529 530 531 532 34675"
    ).split()
)
"""TIFF tags that say how the points are stored and drawn, and nothing else."""
