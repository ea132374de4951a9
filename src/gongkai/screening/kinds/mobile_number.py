"""Where does somebody's mobile telephone number stand in the open?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.numbers import Number, numbers
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="mobile_number",
    code="T102",
    name="手机号码",
    finds="没有遮盖的手机号码，包括带 86 的、分段写的、全角数字的。",
    leaves="本机关登记为可以公开的号码；中间用星号遮盖的；金额、面积、文号、索引号等其他数字；网址里的数字。",
    todo="个人的号码删去，或者只留前三位和后四位；工作用的号码，改用办公电话，或者登记为可以公开的号码。",
    wrong="当事人张某，电话 19900000000。",
    right="当事人张某，电话 199****0000。",
    is_personal=True,
)
_SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 2, 3, 3), (5, 6), (6, 5)})
_SPACED = re.compile(
    r"(?<![0-9.])1[3-9][0-9][.·][0-9]{4}[.·][0-9]{4}(?![0-9.])"
    r"|[(（]1[3-9][0-9][)）][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])(?<![0-9] )1(?: [0-9]){10}(?! ?[0-9])"
)
_NO_DIGIT = re.compile(r"[^0-9]+")
_PREFIXED = re.compile(r"(?:0086|86)?(1[3-9][0-9]{9})")
_NAMED = re.compile(r"电话|手机|联系|致电|微信|号码|[Tt][Ee][Ll]|移动|热线|通知|咨询|加[vVQq]")
_GOES_ON = re.compile(r"[ -]{1,2}[0-9]")
_PRECEDED = re.compile(r"[0-9][ -]{1,2}$")
_COUNTRY = re.compile(r"(?<![0-9])(?:00)?86[ -]{1,2}$")
_MEASURED = re.compile(r"\s*(?:元|万元|亿|平方米|㎡|m2|亩|公顷|吨|千克|公斤|立方|人次|个|条|件|%|％|号(?![码楼])|美元|户|字节|@)")
_OTHER = re.compile(
    r"(?:〔[0-9]{4}〕|\[[0-9]{4}\]|第|文号[：:]?|索引号[：:]?|编号[：:]?|代码[：:]?|账号[：:]?|帐号[：:]?|许可证?号?[：:]?|注册号[：:]?|单号[：:]?|金额[：:]?|￥|¥|[/=_?&#$])\s*$"
)


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Eleven digits that begin as a mobile number does."""
    for number in _written(passage.plain):
        found = _PREFIXED.fullmatch(number.digits)
        if not found or not _is_shaped(number.groups, len(number.digits)):
            continue
        if len(number.groups) > 1 and _is_piece(passage.plain, number.start, number.end):
            continue
        if _MEASURED.match(passage.plain, number.end) or (
            passage.plain[number.end : number.end + 1].isascii() and passage.plain[number.end : number.end + 1].isalpha()
        ):
            continue
        before = passage.before(number.start)
        if _OTHER.search(before) and not re.search(r"[0-9\u4e00-\u9fff]/\s*$", before):
            continue
        if settings.allows_number(found[1]):
            continue
        yield Stretch(
            number.start,
            number.end,
            "这里有一个手机号码。是个人的，请删去或者遮盖；是工作用的，请改用办公电话，或者登记为可以公开的号码。",
            Certainty.HIGH if _NAMED.search(before) else Certainty.MEDIUM,
        )


def _written(plain: str) -> Iterator[Number]:
    """The numbers of the right length, and those written with points, brackets or a blank after each digit."""
    yield from numbers(plain, 11, 15)
    for found in _SPACED.finditer(plain):
        yield Number(found.start(), found.end(), _NO_DIGIT.sub("", found[0]), (11,))


def _is_piece(plain: str, start: int, end: int) -> bool:
    """Whether groups of digits go on before (other than a country's prefix) or after: then it is a piece of another number."""
    before = plain[max(0, start - 6) : start]
    return bool(_GOES_ON.match(plain, end)) or bool(_PRECEDED.search(before) and not _COUNTRY.search(before))


def _is_shaped(groups: tuple[int, ...], total: int) -> bool:
    if groups in _SHAPES:
        return True
    prefix = total - 11
    if prefix == 0:
        return False
    if groups[0] == prefix:
        return groups[1:] in _SHAPES
    return (groups[0] - prefix, *groups[1:]) in _SHAPES


KIND = Kind(CARD, each_passage(find, "1"))
