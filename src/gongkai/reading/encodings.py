"""Which characters do these bytes mean, and was the text damaged by an earlier wrong answer?

A codec that succeeds proves little: nearly every byte pair is some GBK character. What is decoded must also look
like Chinese, that is, be made mostly of the 3755 everyday characters of GB 2312's first level, or of the 5401 of Big5's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.errors import Unreadable
from gongkai.kernel import Finding, Place
from gongkai.reading.source_notes import note

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 65536
_PLAUSIBLE = 0.8
_CLEARLY = 0.3
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that gave it and what had to be said about damage."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def plausibility(text: str) -> float:
    """Share of everyday Chinese among all characters beyond ASCII, 0 to 1; 1 when there are none beyond ASCII."""
    wide = _BEYOND_ASCII.findall(text[:_SAMPLE])
    if not wide:
        return 1.0
    return sum(map(_EVERYDAY.__contains__, wide)) / len(wide)


def _readable(text: str) -> float:
    """As :func:`plausibility`, where all of the text may be traditional Chinese as well."""
    wide = _BEYOND_ASCII.findall(text[:_SAMPLE])
    return max(plausibility(text), sum(map(_TRADITIONAL.__contains__, wide)) / len(wide)) if wide else 1.0


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MARKS = "\u00a0\u3000·—‘’“”…、。〈〉《》「」『』【】〔〕〖〗℃±×÷ⅠⅡⅢⅣⅤ①②③④⑤⑥⑦⑧⑨⑩○●□■△▲☆★→←↑↓│┌┐└┘├┤┬┴┼─━┃║═〇\u2028"
_EVERYDAY = frozenset(
    (
        *_MARKS,
        *map(chr, range(0xFF01, 0xFF5F)),
        # The first level of GB 2312: the 3,755 characters in daily use.
        *b"".join(bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)).decode("gb2312", "ignore"),
    )
)
_TRADITIONAL = frozenset(
    (
        *_MARKS,
        *map(chr, range(0xFF01, 0xFF5F)),
        # The first level of Big5: the 5,401 characters in daily use where they are not simplified.
        *b"".join(
            bytes((row, cell))
            for row in range(0xA4, 0xC7)
            for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
            if row < 0xC6 or cell < 0x7F
        ).decode("big5", "ignore"),
    )
)


def decoded(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``. ``declared`` is what the file says of itself (a meta charset); it is only believed when plausible.

    Raises Unreadable when no encoding gives text.
    """
    text, encoding = _decode(data, declared)
    text = text.replace("\x00", "")
    text, repairs = _repaired(text)
    return Decoded(text, encoding, (*repairs, *_losses(text)))


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    wide = _wide_without_bom(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # cut off within its last character
            return data.decode("utf-8", "replace"), "utf-8"
    candidates = []
    for encoding in dict.fromkeys(("utf-8", "gb18030", _ALIASES.get((declared or "").lower(), "gb18030"), "big5")):
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        beyond = _beyond_ascii(text) or 1
        candidates.append((_readable(text) - 2 * lost / beyond, encoding, text))
    score, encoding, text = max(candidates, key=lambda candidate: candidate[0])
    if score < 0.5:
        raise Unreadable("文件的文字编码无法识别，读出来不是中文，没有读取；请用记事本或 WPS 打开，另存为 UTF-8 编码后再试。")
    return text, encoding


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its look: NUL bytes, and everyday Chinese one way round only.

    NUL bytes alone do not tell the order: U+4E00 (一) has one as well.
    """
    sample = data[: _SAMPLE // 4 * 4]
    if len(sample) < 4 or 0 not in sample:
        return None  # all pairs would have to be Chinese: no digit, no line break
    for encoding in ("utf-32-le", "utf-32-be"):
        try:
            if _readable(sample[: len(sample) // 4 * 4].decode(encoding)) >= _PLAUSIBLE:
                return encoding
        except UnicodeDecodeError:
            continue
    (score, encoding), (other, _) = sorted(((_score_of_pairs(sample, e), e) for e in ("utf-16-le", "utf-16-be")), reverse=True)
    return encoding if score >= _PLAUSIBLE and score - other > _CLEARLY else None


def _score_of_pairs(sample: bytes, encoding: str) -> float:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    controls = sum(ch < " " and ch not in "\t\r\n\f\v" for ch in text)
    return 0.0 if controls * 50 > len(text) else _readable(text) - 2 * text.count("\ufffd") / len(text)


_Reversal = tuple[str, Callable[[str], str]]


def _back(wrong: str, right: str) -> Callable[[str], str]:
    def reverse(text: str) -> str:
        return _bytes(text, wrong).decode(right)

    return reverse


def _bytes(text: str, encoding: str) -> bytes:
    if encoding != "cp1252":
        return text.encode(encoding)
    # cp1252 leaves five bytes undefined; programs pass them through as C1 controls.
    return b"".join(ch.encode("latin-1") if "\x80" <= ch <= "\x9f" else ch.encode("cp1252") for ch in text)


_REVERSALS: tuple[_Reversal, ...] = (
    ("UTF-8 文字曾按 GBK 读取", _back("gb18030", "utf-8")),
    ("UTF-8 文字曾按西文编码读取", _back("cp1252", "utf-8")),
    ("UTF-8 文字曾按西文编码读取", _back("latin-1", "utf-8")),
    ("GBK 文字曾按西文编码读取", _back("cp1252", "gb18030")),
    ("GBK 文字曾按西文编码读取", _back("latin-1", "gb18030")),
)


def _repaired(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text with reversible damage undone, line by line, only where the result is certain.

    Long lines decide which kinds of damage there are; short ones ("条", two wrong characters) then follow the same kinds.
    """
    if text.isascii():
        return text, ()
    lines = text.split("\n")
    repaired: dict[str, list[int]] = {}
    kinds: list[_Reversal] = []
    for least, reversals in ((6, _REVERSALS), (1, kinds)):
        for index, line in enumerate(lines if reversals else ()):
            if _beyond_ascii(line) < least or plausibility(line) > 0.75:
                continue
            for reversal in reversals:
                better = _reversed(line, reversal, 0.95 if least > 1 else 0.8)
                if better is None:
                    continue
                lines[index] = better
                repaired.setdefault(reversal[0], []).append(index + 1)
                if least > 1 and reversal not in kinds:
                    kinds.append(reversal)
                break
    findings = tuple(
        note(
            "S101",
            f"文件中有 {len(numbers)} 行乱码（{kind}），已逐字还原后读取；请对照原文核对还原后的文字。",
            Place(quote=lines[min(numbers) - 1].strip()[:60], line=min(numbers)),
            subject=(kind,),
        )
        for kind, numbers in repaired.items()
    )
    return "\n".join(lines), findings


def _reversed(line: str, reversal: _Reversal, enough: float) -> str | None:
    """The line with one kind of damage undone; None unless every byte fits and everyday Chinese comes out."""
    try:
        better = reversal[1](line)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    certain = plausibility(better) >= enough and len(better) < len(line) and any("\u2010" <= ch <= "\uffee" for ch in better)
    return better if certain else None


_QUESTIONS = re.compile(r"[?？]{3,}")


def _losses(text: str) -> tuple[Finding, ...]:
    """Findings on characters that are gone for good."""
    kinds = []
    if "\ufffd" in text:
        kinds.append(("替换符号", "\ufffd"))
    if "锟斤拷" in text or "锟斤" in text:
        kinds.append(("“锟斤拷”", "锟斤"))
    marks = sum(len(run) for run in _QUESTIONS.findall(text))
    first = _QUESTIONS.search(text)
    if first and marks * 10 > sum("\u4e00" <= ch <= "\u9fff" for ch in text):
        kinds.append(("问号", first.group()))
    out = []
    for kind, mark in kinds:
        position = text.index(mark)
        line = text.count("\n", 0, position) + 1
        begin = text.rfind("\n", 0, position) + 1
        quote = text[begin:].split("\n", 1)[0].strip()[:60]
        out.append(
            note(
                "S102",
                f"文件中有文字已变成{kind}，原字无法还原，含有它们的内容不作推测；请取得未损坏的原文件后再读取。",
                Place(quote=quote, line=line, start=position - begin),
                subject=(kind,),
            )
        )
    return tuple(out)


def is_text(text: str) -> bool:
    """Whether decoded bytes are text at all: hardly any control characters."""
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) * 100 <= len(sample)
