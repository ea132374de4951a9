"""How is a sound file spoilt, so that the same seed always gives the same damaged bytes?

``mutated(kind, seed, bases)`` picks one base and spoils it one to four times: as bytes (bits flipped, chunks swapped, repeated or cut),
as markup (elements moved, nested, repeated, attributes and texts replaced, inside the members of a package too), as PDF objects
(numbers and streams), as text (lines, digits, separators) and as encodings.
"""

from __future__ import annotations

import io
import quopri
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

Kind = str
KINDS: tuple[Kind, ...] = ("docx", "flat-docx", "xlsx", "pdf", "html", "mht", "text", "json")
LARGEST = 400_000
"""Bytes of a mutated file."""
_USUAL = 40_000
"""Bytes of most mutated files made of a small one: faults show in small files, and many small ones say more than a few large ones."""

_WORDS = (
    "", " ", "0", "-1", "1e999", "NaN", "9" * 40, "9" * 5000, "１２３", "二十亿", "十" * 300, "1,010", "1.5", "—", "/", "〇", "²", "٣",
    "true", "2147483648", "-2147483649", "0.0000001", "&#0;", "\ufeff", "\u200b", "\u202e", "\ud7ff", "𠀀", "=1+1", "(" * 400, "（" * 400,
    "第" * 300, "2024年" * 60, "政府信息公开工作年度报告", "本年新收政府信息公开申请数量", "a" * 2000, "\n" * 50, "\t" * 50, "|" * 80,
    "一、" * 50, "，" * 200, "50%" * 50, "绝密★", "[Content_Types].xml", "../../etc/passwd", "rId999", "A1048577", "XFE1", "A1:XFD1048576",
)  # fmt: skip
_NAMES = (
    "gridSpan", "vMerge", "val", "colspan", "rowspan", "r", "ref", "s", "t", "style", "id", "w", "hidden", "spans", "count", "charset",
    "content", "href", "src", "type",
)  # fmt: skip
_ENCODINGS = (
    "gb18030",
    "gbk",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-8-sig",
    "utf-7",
    "shift_jis",
    "latin-1",
)
_NUMBER = re.compile(rb"(?<![A-Za-z0-9.])-?\d+(?:\.\d+)?(?![A-Za-z0-9.])")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PDF_NAMES = (b"/Length", b"/Type", b"/Kids", b"/Count", b"/Parent", b"/Contents", b"/Resources", b"/Font", b"/ToUnicode", b"/MediaBox", b"/Rotate",
              b"/W", b"/DW", b"/Encoding", b"/Filter", b"/Root", b"/Size", b"/Index", b"/Prev", b"/First", b"/N", b"/Pages")  # fmt: skip


class Bases(NamedTuple):
    """The sound files of a format: small ones written for this, long ones shortened, long ones whole."""

    small: tuple[bytes, ...]
    short: tuple[bytes, ...] = ()
    whole: tuple[bytes, ...] = ()

    def one(self, chance: random.Random) -> bytes:
        """One of them, seldom a long one: what breaks a reader shows in a small file, and a hundred small ones cost what one long one does."""
        draw = chance.random()
        if draw < _WHOLE and self.whole:
            return chance.choice(self.whole)
        return chance.choice(self.short if draw < _SHORT and self.short else self.small)


_WHOLE, _SHORT = 0.02, 0.1
"""The share of files made of a long sound file, and of a long or a shortened one."""
_LARGE = 0.02
"""The share of files that may grow to the largest size whatever they are made of."""


def mutated(kind: Kind, seed: int, bases: Bases) -> bytes:
    """The damaged file of a seed; the same bases give the same bytes."""
    chance = random.Random(f"{kind}:{seed}")  # a string seeds alike on every machine
    data = bases.one(chance)
    most = LARGEST if chance.random() < _LARGE else max(len(data), _USUAL)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        way = chance.choice(_WAYS[kind])
        data = way(data, chance)
        if len(data) > most:
            data = data[:most]
    return data


# ---- bytes ---------------------------------------------------------------------------------------------------------------


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 100))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _overwrite(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    at = chance.randrange(len(out) + 1)
    size = chance.choice((1, 2, 4, 16, 200))
    out[at : at + size] = chance.choice((b"\x00", b"\xff", b"\x7f", b"<", b"9", b"\r\n", chance.randbytes(3))) * size
    return bytes(out)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.8 else data[at:]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randrange(len(data) + 1)
    return first, min(len(data), first + int(2 ** chance.uniform(0, 13)))


def _swap(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(data, chance), _span(data, chance)))
    b = min(b, c)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    first, last = _span(data, chance)
    times = chance.choice((1, 2, 10, 100))
    return data[:last] + data[first:last] * min(times, 1 + LARGEST // max(1, last - first)) + data[last:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + data[last:]


# ---- text ----------------------------------------------------------------------------------------------------------------


def decoded(data: bytes) -> str:
    """The characters of a text, as far as they can be told."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _text_lines(data: bytes, chance: random.Random) -> bytes:
    lines = decoded(data).split("\n")
    for _ in range(chance.choice((1, 3, 10))):
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        act = chance.randrange(5)
        if act == 0:
            lines[a], lines[b] = lines[b], lines[a]
        elif act == 1:
            lines[min(a, b) : max(a, b)] = lines[min(a, b) : max(a, b)][::-1]
        elif act == 2:
            more = lines[b : b + chance.choice((1, 5, 60))]
            lines[a:a] = more * min(chance.choice((1, 2, 10)), LARGEST // (1 + sum(map(len, more))))
        elif act == 3:
            del lines[min(a, b) : min(a, b) + chance.choice((1, 5, 60))]
        else:
            lines[a] += chance.choice((lines[b], "\t" + lines[b], "|" + lines[b]))
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "replace")


def _text_words(data: bytes, chance: random.Random) -> bytes:
    text = decoded(data)
    spots = [m.span() for m in re.finditer(r"\d+|[\t|｜]|[，。；：（）]|年|件|\n", text)] or [(0, 0)]
    for _ in range(chance.choice((1, 3, 10, 50))):
        first, last = chance.choice(spots)
        text = text[:first] + chance.choice(_WORDS) + text[last:]
    return text.encode("utf-8", "replace")


def _text_everywhere(data: bytes, chance: random.Random) -> bytes:
    text = decoded(data)
    old = chance.choice(("\n", "\t", "|", " ", "0", "1", "，", "。", "、", "年", "（", "件", "一", "</td>", "<tr", "td"))
    return text.replace(old, chance.choice((*_WORDS[:30], "\n", "\r", "\x0c", "\x0b", "\u2028"))).encode("utf-8", "replace")


def _reencode(data: bytes, chance: random.Random) -> bytes:
    text = decoded(data)
    made = text.encode(chance.choice(_ENCODINGS), "replace")
    return made.decode("gb18030", "replace").encode() if chance.random() < 0.3 else made


# ---- markup --------------------------------------------------------------------------------------------------------------


def _elements(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter() if isinstance(e.tag, str)]


def _spoil(root: etree._Element, chance: random.Random) -> None:  # one branch a way of spoiling an element
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        every = _elements(root)
        one, other = chance.choice(every), chance.choice(every)
        parent = one.getparent()
        act = chance.randrange(10)
        if act == 0 and parent is not None:
            parent.remove(one)
        elif act == 1 and parent is not None:
            copy = etree.tostring(one)
            for _ in range(min(chance.choice((1, 3, 50, 400)), LARGEST // max(1, len(copy)))):
                one.addnext(etree.fromstring(copy, etree.XMLParser(recover=True)))
        elif act == 2 and parent is not None and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif act == 3:
            one.text = chance.choice(_WORDS).replace("\ud7ff", "").replace("\ufeff", "")
        elif act == 4 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_WORDS))
        elif act == 5:
            _set_any(one, chance)
        elif act == 6 and parent is not None:
            one.tag = chance.choice(every).tag
        elif act == 7 and parent is not None:
            _nest(one, parent, chance)
        elif act == 8:
            one[:] = list(one)[::-1]
        else:
            for child in list(one)[chance.randrange(len(one) + 1) :]:
                one.remove(child)


def _set_any(one: etree._Element, chance: random.Random) -> None:
    name = chance.choice(_NAMES)
    space = etree.QName(one).namespace
    one.set(f"{{{space}}}{name}" if space and chance.random() < 0.6 else name, chance.choice(_WORDS))


def _nest(one: etree._Element, parent: etree._Element, chance: random.Random) -> None:
    inner = one
    at = parent.index(one)
    for _ in range(chance.choice((1, 5, 60, 240, 600))):
        outer = etree.Element(chance.choice((one.tag, parent.tag)))
        outer.append(inner)
        inner = outer
    parent.insert(at, inner)


def _markup(data: bytes, chance: random.Random) -> bytes:
    """XML spoilt as a tree; what is no tree is spoilt as bytes."""
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=True))
        if root is None:
            return _flip(data, chance)
        _spoil(root, chance)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
    except (ValueError, TypeError, etree.LxmlError, RecursionError):
        return _flip(data, chance)


def _html_markup(data: bytes, chance: random.Random) -> bytes:
    try:
        root = lxml_html.document_fromstring(decoded(data).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
        _spoil(root, chance)
        return bytes(lxml_html.tostring(root, encoding="utf-8"))
    except (ValueError, TypeError, etree.LxmlError, RecursionError):
        return _flip(data, chance)


def _mail(data: bytes, chance: random.Random) -> bytes:
    """The page inside a saved page spoilt and packed again."""
    head, gap, rest = data.partition(b"quoted-printable\r\n\r\n")
    if not gap:
        return _flip(data, chance)
    page, bound, tail = rest.partition(b"\r\n--")
    return head + gap + quopri.encodestring(_html_markup(quopri.decodestring(page), chance)) + bound + tail


# ---- packages ------------------------------------------------------------------------------------------------------------


def members(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of a package; none of one that is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(info.filename, package.read(info)) for info in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return []


def _package(data: bytes, chance: random.Random) -> bytes:
    """One member spoilt, as a tree or as bytes; or members dropped, doubled, renamed, exchanged."""
    parts = members(data)
    if not parts:
        return _flip(data, chance)
    large = [n for n, (name, _) in enumerate(parts) if re.search(r"document|sheet\d|sharedStr|styles|numbering|workbook", name)]
    at = chance.choice(large) if large and chance.random() < 0.8 else chance.randrange(len(parts))
    name, content = parts[at]
    act = chance.random()
    if act < 0.7:
        parts[at] = (name, _markup(content, chance))
    elif act < 0.88:
        parts[at] = (name, chance.choice((_flip, _overwrite, _truncate, _swap, _repeat, _cut, _reencode))(content, chance))
    elif act < 0.93:
        del parts[at]
    elif act < 0.97:
        parts[at] = (name, chance.choice(parts)[1])
    else:
        parts[at] = (chance.choice((name.upper(), name + "x", "../" + name, chance.choice(parts)[0] + "2")), content)
    made = io.BytesIO()
    packing = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(made, "w") as package:
        for member, content in parts:
            package.writestr(zipfile.ZipInfo(member), content, packing, compresslevel=1)
    return made.getvalue()


# ---- PDF -----------------------------------------------------------------------------------------------------------------


def _pdf_numbers(data: bytes, chance: random.Random) -> bytes:
    spots = [m.span() for m in _NUMBER.finditer(data)]
    values = (b"0", b"-1", b"1", b"99999999", b"2147483648", b"-0.5", b"1e9", b"65536", str(chance.randrange(500)).encode())
    for first, last in sorted(chance.sample(spots, min(len(spots), chance.choice((1, 2, 8, 40)))), reverse=True):
        value = chance.choice(values)
        data = data[:first] + (value[: last - first].ljust(last - first) if chance.random() < 0.7 else value) + data[last:]
    return data


def _pdf_names(data: bytes, chance: random.Random) -> bytes:
    old, new = chance.choice(_PDF_NAMES), chance.choice(_PDF_NAMES)
    spots = [m.span() for m in re.finditer(re.escape(old) + rb"\b", data)]
    if not spots:
        return _flip(data, chance)
    first, last = chance.choice(spots)
    return data[:first] + new + data[last:]


def _pdf_streams(data: bytes, chance: random.Random) -> bytes:
    """One stream unpacked, spoilt and packed again: drawing operators, fonts' maps, object streams."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return _flip(data, chance)
    found = chance.choice(streams)
    content = found[1]
    try:
        plain = zlib.decompressobj().decompress(content)
        packed = True
    except zlib.error:
        plain, packed = content, False
    way = chance.choice((_pdf_numbers, _pdf_numbers, _pdf_operators, _flip, _overwrite, _swap, _repeat, _cut, _truncate))
    spoilt = way(plain, chance)[:LARGEST]
    made = zlib.compress(spoilt, 1) + b"\n" if packed else spoilt
    made = made.ljust(len(content)) if len(made) < len(content) else made
    return data[: found.start(1)] + made + data[found.end(1) :]


def _pdf_operators(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 5, 30))):
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        act = chance.randrange(3)
        if act == 0:
            lines[a], lines[b] = lines[b], lines[a]
        elif act == 1:
            more = lines[b : b + 20]
            lines[a:a] = more * min(chance.choice((1, 20)), LARGEST // (1 + sum(map(len, more))))
        else:
            lines[a] = chance.choice(
                (b"Q", b"q", b"BT", b"ET", b"1 0 0 1 1e9 0 cm", b"0 0 0 0 0 0 Tm", b"/Nope Do", b"-1 Tr", b"0 0 1 1e8 re S")
            )
    return b"\n".join(lines)


_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _overwrite, _truncate, _swap, _repeat, _cut)
_TEXT = (_text_lines, _text_lines, _text_words, _text_words, _text_everywhere, _reencode)
_WAYS: dict[Kind, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
    "docx": (*_BYTES, *[_package] * 54),
    "flat-docx": (*_BYTES, *_TEXT, *[_markup] * 20),
    "xlsx": (*_BYTES, *[_package] * 54),
    "pdf": (*_BYTES, _pdf_numbers, _pdf_numbers, _pdf_names, _pdf_names, *[_pdf_streams] * 6),
    "html": (*_BYTES, *_TEXT, *[_html_markup] * 8),
    "mht": (*_BYTES, *_TEXT, *[_mail] * 8),
    "text": (*_BYTES, *_TEXT, *_TEXT),
    "json": (*_BYTES, *_TEXT),
}
