"""Which number does a word processor print before a paragraph that only says "numbered"?"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gongkai.reading.ooxml import attribute, child, local_name, whole

_DIGITS = "〇一二三四五六七八九"
_MAX_LEVELS = 9


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零五 … below ten thousand; digits beyond."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    zero = False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        out += letters * (number // value)
        number %= value
    return out


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def numeral(number: int, form: str) -> str:
    """A number in one of the forms of OOXML's ST_NumberFormat; unknown forms print digits."""
    match form:
        case "none" | "bullet":
            return ""
        case (
            "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" | "taiwaneseCountingThousand"
        ):
            return chinese(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _circled(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "ideographTraditional":
            return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]
        case "ideographZodiac":
            return "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12]
        case "decimalEnclosedParen":
            return f"({number})"
        case "decimalEnclosedFullstop":
            return f"{number}."
        case _:
            return str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool
    style: str | None


@dataclass
class Numbering:
    """The numbering part of one document and how far its lists have counted."""

    root: etree._Element | None
    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _overrides: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstracts: dict[str, etree._Element] = {}
        by_style: dict[str, str] = {}
        for node in self.root:
            if local_name(node) == "abstractNum":
                key = attribute(node, "abstractNumId") or ""
                abstracts[key] = node
                style = attribute(child(node, "styleLink"), "val")
                if style:
                    by_style[style] = key
        for node in self.root:
            if local_name(node) == "num":
                self._read_num(node, abstracts, by_style)

    def _read_num(self, node: etree._Element, abstracts: dict[str, etree._Element], by_style: dict[str, str]) -> None:
        number = attribute(node, "numId") or ""
        key = attribute(child(node, "abstractNumId"), "val") or ""
        abstract = abstracts.get(key)
        linked = attribute(child(abstract, "numStyleLink"), "val")
        if linked in by_style:
            key = by_style[linked]
            abstract = abstracts.get(key)
        levels = (
            {}
            if abstract is None
            else {whole(attribute(lvl, "ilvl"), 0): _level(lvl) for lvl in abstract if local_name(lvl) == "lvl"}
        )
        for override in node:
            if local_name(override) != "lvlOverride":
                continue
            at = whole(attribute(override, "ilvl"), 0)
            own = child(override, "lvl")
            if own is not None:
                levels[at] = _level(own)
            start = attribute(child(override, "startOverride"), "val")
            if start is not None:
                self._overrides.setdefault(number, {})[at] = whole(start, 1)
        self._lists[number] = (key, levels)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        levels = self._lists.get(number, ("", {}))[1]
        return next((at for at, level in levels.items() if level.style == style), None)

    def prefix(self, number: str, at: int) -> str:
        """The label of the next paragraph of list ``number`` at level ``at``, and count on; empty for bullets and unknown lists."""
        if number not in self._lists or not 0 <= at < _MAX_LEVELS:
            return ""
        key, levels = self._lists[number]
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, {})
        start = self._overrides.get(number, {}).get(at)
        if start is not None and (number, at) not in self._begun:
            counts[at] = start
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = level.start
        self._begun.add((number, at))
        for deeper in [depth for depth in counts if depth > at]:
            del counts[deeper]
        if level.form == "bullet":
            return ""
        return _filled(level, levels, counts)


def _level(node: etree._Element) -> _Level:
    return _Level(
        start=whole(attribute(child(node, "start"), "val"), 1),
        form=attribute(child(node, "numFmt"), "val") or "decimal",
        text=attribute(child(node, "lvlText"), "val") or "",
        legal=child(node, "isLgl") is not None,
        style=attribute(child(node, "pStyle"), "val"),
    )


def _filled(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    """The level's pattern with %1…%9 replaced by the counts, counted or not yet begun."""
    out = level.text
    for depth, other in levels.items():
        mark = f"%{depth + 1}"
        if mark in out:
            form = "decimal" if level.legal and other is not level else other.form
            out = out.replace(mark, numeral(counts.get(depth, other.start), form))
    return out
