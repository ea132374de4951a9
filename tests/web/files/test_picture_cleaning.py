"""Does a cleaned picture keep its points and nothing of where and when it was taken?"""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from gongkai.errors import Unreadable
from gongkai_web.files.cleaning.picture import clean_picture, opened_picture
from gongkai_web.files.types import FileType
from gongkai_web.files.verification import verify
from tests.web.files.office_samples import photograph

SECRET = b"Leaked words"


def noise(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((40, 30), 60).convert(mode)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0112] = SECRET.decode(), orientation
    return made


def telling_png() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    return saved(noise(), "PNG", pnginfo=text, exif=exif()) + SECRET


def telling_gif() -> bytes:
    frames = [noise("P"), noise("P")]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=SECRET, loop=0, duration=100)


def telling_webp() -> bytes:
    return saved(noise(), "WEBP", lossless=True, exif=exif(), xmp=SECRET)


def telling_tiff() -> bytes:
    info = {315: SECRET.decode(), 270: SECRET.decode(), 700: SECRET}
    return saved(noise(), "TIFF", tiffinfo=info, save_all=True, append_images=[noise("L")])


def telling_jpeg() -> bytes:
    return saved(noise(), "JPEG", exif=exif(), comment=SECRET, xmp=SECRET, icc_profile=b"profile" * 30) + SECRET


CASES = [
    (FileType.PNG, telling_png),
    (FileType.GIF, telling_gif),
    (FileType.WEBP, telling_webp),
    (FileType.TIFF, telling_tiff),
    (FileType.JPEG, telling_jpeg),
]


@pytest.mark.parametrize(("kind", "made"), CASES)
def test_picture__loses_its_information_and_keeps_its_points(kind: FileType, made: object) -> None:
    before = made()  # type: ignore[operator]  # one of the makers above
    assert SECRET in before

    cleaned = clean_picture(before, kind)

    assert SECRET not in cleaned.data
    assert cleaned.removed
    assert verify(before, cleaned.data, kind) == ()
    assert clean_picture(cleaned.data, kind).removed == ()


def test_jpeg__keeps_its_points_byte_for_byte_and_its_colours() -> None:
    before = telling_jpeg()

    after = clean_picture(before, FileType.JPEG).data

    scan = before[before.index(b"\xff\xda") : before.index(b"\xff\xd9", before.index(b"\xff\xda"))]
    assert scan in after
    assert Image.open(io.BytesIO(after)).info["icc_profile"] == b"profile" * 30


def test_jpeg__is_turned_as_it_asks() -> None:
    cleaned = clean_picture(photograph(), FileType.JPEG)

    turned = Image.open(io.BytesIO(cleaned.data))
    assert turned.size == (64, 96)
    assert not turned.getexif()
    assert "方向标记（图片已按标记转正）" in cleaned.removed
    assert verify(photograph(), cleaned.data, FileType.JPEG) == ()


@pytest.mark.parametrize("orientation", range(2, 9))
def test_png__is_turned_without_loss(orientation: int) -> None:
    before = saved(noise(), "PNG", exif=exif(orientation))

    after = clean_picture(before, FileType.PNG).data

    assert verify(before, after, FileType.PNG) == ()


def test_gif__goes_on_moving() -> None:
    after = Image.open(io.BytesIO(clean_picture(telling_gif(), FileType.GIF).data))

    assert after.n_frames == 2
    assert after.info["loop"] == 0


def test_bmp__is_written_anew() -> None:
    before = saved(noise(), "BMP") + SECRET * 200

    cleaned = clean_picture(before, FileType.BMP)

    assert SECRET not in cleaned.data
    assert "图片末尾之后的数据" in cleaned.removed
    assert verify(before, cleaned.data, FileType.BMP) == ()


def test_tiff__scan_stays_small() -> None:
    page = Image.new("1", (1654, 2339), 1)
    before = saved(page, "TIFF", compression="group4")

    assert len(clean_picture(before, FileType.TIFF).data) < 2 * len(before)


def test_picture__bomb_is_refused_by_its_size_alone() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))

    with pytest.raises(Unreadable, match=r"上限|大得异常"):
        opened_picture(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e")


@pytest.mark.parametrize(("kind", "made"), CASES)
def test_picture__cut_off_is_refused(kind: FileType, made: object) -> None:
    data = made()  # type: ignore[operator]  # one of the makers above

    with pytest.raises(Unreadable):
        clean_picture(data[: len(data) // 3], kind)


def test_verification__other_points_are_told() -> None:
    assert (
        "画面"
        in verify(saved(Image.new("RGB", (9, 9), "red"), "PNG"), saved(Image.new("RGB", (9, 9), "blue"), "PNG"), FileType.PNG)[0]
    )
