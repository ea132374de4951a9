"""What kind of file is an upload, judged by its content, and does its name say the same?"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from gongkai.errors import Unreadable
from gongkai.reading.formats import detect
from gongkai.reading.limits import MAX_FILE, MAX_TEXT, MIB

MAX_MEDIA = 200 * MIB
"""Bytes of a sound or film."""
MAX_NAME = 120
"""Characters of a file's name; with three bytes each it still fits into a file system's 255."""


class FileType(StrEnum):
    """Every type that may come in. The value is the suffix under which such a file is handed out."""

    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    WPS = "wps"
    ET = "et"
    DPS = "dps"
    PDF = "pdf"
    OFD = "ofd"
    RAR = "rar"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    JPEG = "jpg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tif"
    BMP = "bmp"
    MP3 = "mp3"
    MP4 = "mp4"
    TEXT = "txt"
    CSV = "csv"
    HTML = "html"


OOXML = frozenset((FileType.DOCX, FileType.XLSX, FileType.PPTX))
OLD_OFFICE = frozenset((FileType.DOC, FileType.XLS, FileType.PPT, FileType.WPS, FileType.ET, FileType.DPS))
PICTURES = frozenset((FileType.JPEG, FileType.PNG, FileType.GIF, FileType.WEBP, FileType.TIFF, FileType.BMP))
MEDIA = frozenset((FileType.MP3, FileType.MP4))
PLAIN = frozenset((FileType.TEXT, FileType.CSV, FileType.HTML))
CLOSED_ARCHIVES = frozenset((FileType.RAR, FileType.SEVEN_ZIP))
"""Archives that are kept but cannot be looked into."""

WORDS = {
    FileType.DOCX: "Word 文档",
    FileType.XLSX: "Excel 工作簿",
    FileType.PPTX: "演示文稿",
    FileType.DOC: "旧格式 Word 文档",
    FileType.XLS: "旧格式 Excel 工作簿",
    FileType.PPT: "旧格式演示文稿",
    FileType.WPS: "WPS 文字文档",
    FileType.ET: "WPS 表格",
    FileType.DPS: "WPS 演示",
    FileType.PDF: "PDF 文件",
    FileType.OFD: "OFD 版式文件",
    FileType.RAR: "RAR 压缩包",
    FileType.ZIP: "ZIP 压缩包",
    FileType.SEVEN_ZIP: "7z 压缩包",
    FileType.JPEG: "JPEG 图片",
    FileType.PNG: "PNG 图片",
    FileType.GIF: "GIF 图片",
    FileType.WEBP: "WebP 图片",
    FileType.TIFF: "TIFF 图片",
    FileType.BMP: "BMP 图片",
    FileType.MP3: "MP3 音频",
    FileType.MP4: "MP4 视频",
    FileType.TEXT: "文本文件",
    FileType.CSV: "CSV 数据",
    FileType.HTML: "网页文件",
}
_SUFFIXES = {
    **{kind: (kind.value,) for kind in FileType},
    FileType.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileType.TIFF: ("tif", "tiff"),
    FileType.HTML: ("html", "htm"),
}
# Files whose bytes are one and the same format; which of the two programs wrote them only the name tells.
_TWINS = {
    (FileType.DOC, "wps"): FileType.WPS,
    (FileType.XLS, "et"): FileType.ET,
    (FileType.PPT, "dps"): FileType.DPS,
    (FileType.TEXT, "csv"): FileType.CSV,
}
_ACCEPTED = "可以上传的有：Word、Excel、演示文稿、PDF、OFD、WPS 文件、图片、MP3、MP4、TXT、CSV、网页和 ZIP、RAR、7z 压缩包"
_EXECUTABLES = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\x00asm",
    b"dex\n",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_EXECUTABLE_SUFFIXES = frozenset(
    "exe com scr bat cmd ps1 vbs vbe js jse wsf wsh msi lnk jar apk dll sh py hta reg cpl pif url docm xlsm pptm dotm".split()
)
_PICTURE_SIGNATURES = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SAVE_AS = {
    "docm": ("macros", "带有宏，不能上传，因为宏会在打开者的电脑上运行；请用 WPS 或 Word 打开，另存为不带宏的 .docx 后再上传。"),
    "xlsm": ("macros", "带有宏，不能上传，因为宏会在打开者的电脑上运行；请用 WPS 或 Excel 打开，另存为不带宏的 .xlsx 后再上传。"),
    "xlsb": ("unknown", "是二进制工作簿（.xlsb），不能清理后公开；请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传。"),
    "rtf": ("unknown", "是 RTF 文件，其中可能藏有看不到的内容；请用 WPS 或 Word 打开，另存为 .docx 后再上传。"),
    "odt": ("unknown", "是 OpenDocument 文档；请用 WPS、Word 或 LibreOffice 打开，另存为 .docx 后再上传。"),
    "ods": ("unknown", "是 OpenDocument 表格；请用 WPS、Excel 或 LibreOffice 打开，另存为 .xlsx 后再上传。"),
    "mht": ("unknown", "是单一网页文件（.mht），其中可能带有脚本；请在浏览器中打开，打印为 PDF 后再上传。"),
    "flat-docx": ("unknown", "是 XML 形式的 Word 文档；请用 WPS 或 Word 打开，另存为 .docx 后再上传。"),
    "wordml": ("unknown", "是 XML 形式的 Word 文档；请用 WPS 或 Word 打开，另存为 .docx 后再上传。"),
    "spreadsheetml": ("unknown", "是 XML 形式的工作簿；请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传。"),
    "json": ("unknown", "是 JSON 数据；请另存为 .csv 或 .xlsx 后再上传，便于公众查看。"),
    "encrypted": ("encrypted", "设有打开密码或经过加密，无法检查其中的内容；请取消密码，重新保存后再上传。"),
    "ole": ("unknown", "是不认识的旧格式文件；请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再上传。"),
}


class NotAccepted(Unreadable):
    """An upload that does not come in; the text says why and what to do. ``code`` is the same for the same reason."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload whose name and content agree: its name made safe to show and to store, its type, its bytes."""

    name: str
    type: FileType
    data: bytes


def typed(data: bytes, name: str) -> Upload:
    """The upload with its type, or NotAccepted: empty, too large, of no accepted type, of two at once, named otherwise.

    What a file of an accepted type may hide – macros, scripts, objects – is looked for by
    :func:`gongkai_web.files.hazards.refuse_hazards`.
    """
    name = clean_name(name)
    suffix = _suffix(name)
    if suffix in _EXECUTABLE_SUFFIXES and not suffix.endswith("m"):
        raise NotAccepted("executable", f"“{name}”是可以运行的程序或脚本，不能上传；{_ACCEPTED}。")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotAccepted("empty", f"“{name}”是空文件；请检查保存或下载是否完整，再上传一次。")
    kind = _content_type(data, name)
    _check_size(data, kind, name)
    _refuse_two_at_once(data, kind, name)
    kind = _TWINS.get((kind, suffix), kind)
    if suffix not in _SUFFIXES[kind]:
        written = f"扩展名是 .{suffix}" if suffix else "没有扩展名"
        raise NotAccepted(
            "disagrees",
            f"“{name}”{written}，内容却是{WORDS[kind]}（.{kind.value}）；请确认没有拿错文件，把扩展名改为 .{kind.value} 后再上传。",
        )
    return Upload(name, kind, data)


def content_type(data: bytes) -> FileType | None:
    """The type of some bytes alone; None when they are of no accepted type."""
    try:
        return _content_type(data, "")
    except Unreadable:
        return None


def clean_name(name: str) -> str:
    """The last part of a name, safe to show and to store; NotAccepted when it hides something or is too long."""
    if any(unicodedata.category(ch) in ("Cc", "Cs") for ch in name) or _INVISIBLE.search(name):
        raise NotAccepted("name", "文件名中有看不见的控制字符，可能冒充别的类型；请给文件改一个普通的名称后再上传。")
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1].strip(" .")
    last = _FORBIDDEN.sub("_", last)
    if not last or _RESERVED.match(last):
        raise NotAccepted("name", "文件名不能使用；请给文件起一个名称，例如“通知.pdf”，再上传一次。")
    if len(last) > MAX_NAME:
        raise NotAccepted("name", f"文件名有 {len(last)} 个字，超过上限 {MAX_NAME} 个字；请缩短文件名后再上传。")
    return last


def _suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def _content_type(data: bytes, name: str) -> FileType:
    """The type by content, twins told as the first of them."""
    if data.startswith(_EXECUTABLES):
        raise NotAccepted("executable", f"“{name}”是可以运行的程序或脚本，不能上传；{_ACCEPTED}。")
    if found := _binary_type(data):
        return found
    if data[4:8] == b"ftyp":
        raise NotAccepted("unknown", f"“{name}”是 HEIC 或 AVIF 图片，许多电脑打不开；请另存为 JPEG 后再上传。")
    kind = detect(data)
    if kind in _SAVE_AS:
        code, sentence = _SAVE_AS[kind]
        raise NotAccepted(code, f"“{name}”{sentence}")
    if kind == "pptx":
        return FileType.PPT if data.startswith(b"\xd0\xcf\x11\xe0") else FileType.PPTX
    if kind == "image" and data.lstrip()[:1] == b"<":
        raise NotAccepted("script", f"“{name}”是 SVG 图形，其中可以带有脚本；请另存为 PNG 图片后再上传。")
    if kind == "text":
        return FileType.TEXT
    try:
        return FileType(kind)
    except ValueError:
        raise NotAccepted("unknown", f"“{name}”的类型不在可以上传之列；{_ACCEPTED}，请另存为其中一种后再上传。") from None


def _binary_type(data: bytes) -> FileType | None:
    for signature, kind in _PICTURE_SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileType.WEBP
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00" and len(data) > 26:
        return FileType.BMP
    if data.startswith(b"Rar!\x1a\x07"):
        return FileType.RAR
    if data.startswith(b"7z\xbc\xaf\x27\x1c"):
        return FileType.SEVEN_ZIP
    if data[4:8] == b"ftyp" and data[8:12] not in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc"):
        return FileType.MP4
    if data.startswith(b"ID3") or _is_mp3_frame(data):
        return FileType.MP3
    return None


def _is_mp3_frame(data: bytes) -> bool:
    """A frame of layer III: eleven set bits, then a bit rate and a sampling rate that exist."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        return False
    return data[2] & 0xF0 not in (0x00, 0xF0) and data[2] & 0x0C != 0x0C


def _check_size(data: bytes, kind: FileType, name: str) -> None:
    limit = MAX_MEDIA if kind in MEDIA else MAX_TEXT if kind in PLAIN else MAX_FILE
    if len(data) > limit:
        raise NotAccepted(
            "too-large",
            f"“{name}”有 {len(data) / MIB:.1f} MB，超过{WORDS[kind]}的上限 {limit // MIB} MB；请压缩其中的图片，或拆成几个文件后再上传。",
        )


def _refuse_two_at_once(data: bytes, kind: FileType, name: str) -> None:
    """Refuse a file that another program opens as something else: what was looked at is then not what is opened."""
    if kind is FileType.PDF and not data.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"):
        raise NotAccepted("polyglot", f"“{name}”的 PDF 内容前面还有别的内容，可能冒充别的类型；请重新导出 PDF 后再上传。")
    if (kind is FileType.PDF or kind in PICTURES or kind in PLAIN) and zipfile.is_zipfile(io.BytesIO(data)):
        raise NotAccepted(
            "polyglot", f"“{name}”既是{WORDS[kind]}，又能当作压缩包打开，里面可能藏有别的文件；请重新导出后再上传。"
        )
