"""Which numbers with a unit stand in a sentence, and which figures there are not quantities at all?

Dates, document numbers, telephones, addresses, articles of law and ordinals carry no unit of counting or are led by 第, so
they never come up; what has a unit and still counts nothing (三个方面, 一次性, 每一件) is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

PERCENT = "%"
POINTS = "百分点"
PARTS = "部分"

_UNITS = (
    "个百分点", "百分点", "个工作日", "工作日", "人次", "件次", "条次", "篇次", "场次", "批次", "户次", "亿元", "万元", "千元", "元",
    "部分", "条", "件", "篇", "份", "次", "期", "场", "个", "名", "人", "项", "部", "起", "例", "宗", "封", "户", "家", "批", "类", "种",
    "册", "页", "幅", "通", "处", "块", "本", "张", "则", "辑", "集", "位", "余条", "%",
)  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MORE = r"(?P<more>余|多|来|几)?"
_ARABIC = re.compile(
    r"(?<![0-9A-Za-z.])(?P<digits>[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*)"
    rf"(?P<gap>[ \t]*){_MORE}(?P<scale>\s?(?:[十百千]?万|亿|千|百))?\s?(?P<more2>余|多|来)?\s*(?P<unit>{_UNIT})"
)
_HAN_UNITS = "个工作日|工作日|人次|件次|条次|场次|万元|元|部分|条|件|篇|份|次|期|场|名|人|项|部|起|例|宗|封|个"
_HAN = re.compile(
    rf"(?P<digits>[一二两三四五六七八九十百千万亿零〇廿卅壹贰叁肆伍陆柒捌玖拾佰仟]{{1,16}}?){_MORE}(?P<scale>万)?(?P<more2>余|多)?(?P<unit>{_HAN_UNITS})"
)
_LARGE = re.compile(
    rf"(?<![0-9A-Za-z.])(?P<digits>[0-9]{{1,12}}(?:\.[0-9]{{1,6}})?)\s?{_MORE}\s?(?P<scale>[十百千]?万|亿)\s?(?P<more2>余|多)?(?![余多]|\s?(?:{_UNIT})|[十百千万亿])"
)
_TENTH = re.compile(
    r"(?:下降|减少|降低|回落|增长|上升|增加|提高|占(?:比)?)(?:了|近|约|超过?|达)?(?P<han>[一二两三四五六七八九])成(?P<half>半)?(?P<more>多|以上)?(?![立为果员分效都本绩长])"
)
_HUNDREDTH = re.compile(r"百分之(?P<han>[一二三四五六七八九十百零〇点]{1,12})")
_MISTYPED = re.compile(r"(?<![0-9A-Za-z.])(?P<digits>[0-9][0-9Ool]{0,6}[Ool][0-9Ool]{0,6})(?P<unit>件|条|人次|篇|份)")
_BROKEN = re.compile(r"[0-9][ \t]+$")
_LED = re.compile(r"(?:第|前|每|任何|同|另|某|这|那|该|哪|〔|\[|[一二三四五六七八九十百千万零〇两])\s*$")
_NOT_AFTER = re.compile(
    r"方面|月|季度|小时|星期|周[^期]|层面|环节|阶段|步骤|坚持|不[^予同]|意识|自信|维护|一批|到位|确保|转变|层次|渠道|维度|要素|版块|板块"
    r"|体系|性(?!文)|定(?!期)|步|切|体[^系]|样|般|律|揽子|系列|龙|站式|百|年|届|区|级|数|以上|把手|工作制"
)
_MOST_DIGITS = 12  # nothing a report counts has more
_COUNTING_RULE = re.compile(r"(?:相同|同一)[^，。；]{0,4}信息[^，。；]{0,6}计为?\s*$")
_APPROXIMATE = re.compile(r"(?:大?约|近|超过?|逾|突破|不足|至少|将近|接近|至多|最多)\s*$")
_DIGITS = (
    {ch: n for n, ch in enumerate("〇一二三四五六七八九")}
    | {"零": 0, "两": 2}
    | {ch: n for n, ch in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``start`` and ``end`` within the sentence, ``text`` as it stands there.

    ``value`` is None when the number is malformed (81.8.0%). ``unit`` is empty for 20万 without one. ``approximate`` are the
    words that say so (约, 余, 多 …). ``han`` when it is written in Chinese numerals.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    approximate: tuple[str, ...] = ()
    han: bool = False


def quantities(text: str, plain: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence in order; ``plain`` is ``text`` half-width, with equal offsets."""
    found = [
        *_arabic(text, plain),
        *_large(text, plain),
        *_han(text, plain),
        *_hundredths(text),
        *_tenths(text, plain),
        *_mistyped(text, plain),
    ]
    return tuple(sorted(found, key=lambda q: q.start))


def han_value(digits: str) -> Decimal | None:
    """A number in Chinese numerals (二十, 一百零三, 一万, 二〇); None when it is none."""
    for word, tens in _TENS.items():
        digits = digits.replace(word, tens)
    if not digits or any(ch not in _DIGITS and ch not in _SMALL and ch not in "万亿" for ch in digits):
        return None
    for word, scale in (("亿", 100_000_000), ("万", 10_000)):
        if word in digits:
            head, _, tail = digits.partition(word)
            high, low = han_value(head), han_value(tail) if tail else Decimal(0)
            return None if high is None or low is None else high * scale + low
    if not any(ch in _SMALL for ch in digits):
        return Decimal("".join(str(_DIGITS[ch]) for ch in digits))
    total, held = 0, None
    for ch in digits:
        if ch in _SMALL:
            total += (1 if held is None else held) * _SMALL[ch]
            held = None
        elif held:
            return None
        else:
            held = _DIGITS[ch]
    return Decimal(total + (held or 0))


def _arabic(text: str, plain: str) -> Iterator[Quantity]:
    for match in _ARABIC.finditer(plain):
        before = plain[: match.start()]
        if (
            _BROKEN.search(before)
            or _COUNTING_RULE.search(before)
            or re.search(r"(?:第|前|〔|\[|[-—~至])\s*$", before)
            or _article(before, match["unit"])
        ):
            continue
        if (match["unit"] in {"个", "项", "条", "部"} and _vague(plain, match.end())) or _dated(match, plain):
            continue
        digits = re.sub("[,，]", "", match["digits"])
        if len(digits) > _MOST_DIGITS:
            continue
        value = Decimal(digits) if digits.count(".") < 2 else None
        scale = (match["scale"] or "").strip()
        unit = _unit(match["unit"])
        if scale and value is not None:
            if unit == "元" and scale in {"万", "亿"}:
                unit = scale + unit
            else:
                value *= _SCALES[scale]
        words = _approximate(before, match["more"], match["more2"])
        yield Quantity(match.start(), match.end(), text[match.start() : match.end()], value, unit, words)


def _large(text: str, plain: str) -> Iterator[Quantity]:
    """Numbers in ten thousands without a unit of their own: 粉丝共20万多."""
    for match in _LARGE.finditer(plain):
        before = plain[: match.start()]
        if not _BROKEN.search(before):
            value = Decimal(match["digits"]) * _SCALES[match["scale"]]
            words = _approximate(before, match["more"], match["more2"])
            yield Quantity(match.start(), match.end(), text[match.start() : match.end()], value, "", words)


def _han(text: str, plain: str) -> Iterator[Quantity]:
    for match in _HAN.finditer(plain):
        before = plain[: match.start()]
        value = han_value(match["digits"])
        if value is None or _LED.search(before) or _article(before, match["unit"]):
            continue
        if re.search(r"[(（]\s*$", before) and plain[match.end() : match.end() + 1] in ")）":
            continue
        if _NOT_AFTER.match(plain, match.end()) or re.match(match["digits"], plain[match.end() :]):
            continue
        if match["scale"]:
            value *= 10_000
        words = _approximate(before, match["more"], match["more2"])
        yield Quantity(
            match.start(), match.end(), text[match.start() : match.end()], value, _unit(match["unit"]), words, han=True
        )


def _hundredths(text: str) -> Iterator[Quantity]:
    for match in _HUNDREDTH.finditer(text):
        whole, _, part = match["han"].partition("点")
        high, low = han_value(whole), "".join(str(_DIGITS[ch]) for ch in part if ch in _DIGITS)
        if high is not None and len(low) == len(part):
            value = Decimal(f"{high}.{low}") if low else high
            yield Quantity(match.start(), match.end(), match[0], value, PERCENT, han=True)


def _tenths(text: str, plain: str) -> Iterator[Quantity]:
    """Shares and growth in tenths (下降三成), which are never meant to the last per cent."""
    for match in _TENTH.finditer(plain):
        value = Decimal(_DIGITS[match["han"]] * 10 + (5 if match["half"] else 0))
        start = match.start("han")
        yield Quantity(start, match.end(), text[start : match.end()], value, PERCENT, ("约",), han=True)


def _mistyped(text: str, plain: str) -> Iterator[Quantity]:
    """Numbers with a letter typed for a digit (1O件), which say nothing certain."""
    for match in _MISTYPED.finditer(plain):
        yield Quantity(match.start(), match.end(), text[match.start() : match.end()], None, match["unit"])


def _unit(unit: str) -> str:
    return unit.removeprefix("个") if unit in {"个百分点", "个工作日"} else unit


def _approximate(before: str, *more: str | None) -> tuple[str, ...]:
    lead = _APPROXIMATE.search(before)
    words = [lead[0].strip()] if lead else []
    return (*words, *(word for word in more if word))


def _article(before: str, unit: str) -> bool:
    """Whether the number belongs to an article of law: 第九条、十条; （一）项; 条例10条."""
    if unit not in {"条", "项"}:
        return False
    return bool(re.search(r"第[0-9一二三四五六七八九十百]+[条项款](?:[、和与至]|第)?$|(?:》|条例|规定|办法)\s*$", before))


def _vague(plain: str, end: int) -> bool:
    return bool(_NOT_AFTER.match(plain, end))


def _dated(match: re.Match[str], plain: str) -> bool:
    """Whether the digits are a year or a street number: 2017个…, 5号3部."""
    return (
        bool(re.search(r"[年月号]\s*$", plain[: match.start()]))
        and match["unit"] in {"部", "本", "家", "户", "处"}
        and len(match["digits"]) < 2
    )
