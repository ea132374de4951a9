"""Where does the number of a passport, of a permit for Hong Kong, Macao or Taiwan, or of a soldier's card stand in the open?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="travel_document",
    code="T105",
    name="护照、通行证、军人证件号码",
    finds="写在“护照”“通行证”等字样后面或者这样的表头下面的证件号码：护照、往来港澳通行证、往来台湾通行证、港澳居民来往内地通行证、台湾居民来往大陆通行证；军官证、士兵证、文职证上“军字第”一类的号码。",
    leaves="没有这些字样的字母加数字（多是标准号、批号、型号）；用星号遮盖的。",
    todo="删去，或者只留首字母和后两位。",
    wrong="张某，护照号码 E00000000。",
    right="张某，护照号码 E******00。",
    is_personal=True,
)
_WORDS = re.compile(r"护照|通行证|回乡证|台胞证|旅行证|出入境证件|[Pp]assport")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z*./_-])(?:[A-Z][A-Z]?[ ]?[0-9]{4}[ ]?[0-9]{3,4}|[HM][ ]?[0-9]{10}|1[45][0-9]{7}|[A-Z][0-9]{6}\([0-9A-Z]\)|[0-9]{8}(?:\([A-Z0-9]\))?)(?![0-9A-Za-z*]|-[0-9])"
)
_DIGITS_ONLY = re.compile(r"台胞证|台湾居民来往大陆通行证|护照")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_OTHER = re.compile(r"(?:电话|文号|日期|邮编|编号|金额|索引号)[：:]?\s*$|〕\s*$")
_SOLDIER = re.compile(
    r"(?:[\u4e00-\u9fff]字第|(?:军官证|士兵证|士官证|文职(?:干部|人员)?证|警官证)(?:号码?)?[：:\s]{0,3}(?:[\u4e00-\u9fff]字第)?)\s?(?P<number>[0-9]{6,8})(?![0-9])\s?号?"
)
_SOLDIERS_WORDS = re.compile(r"军官证|士兵证|士官证|文职(?:干部|人员)?证|警官证|[军士兵武文警]字第")
_WIDTH = 40


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """A letter or two with seven or eight digits, or the plain digits of older ones, near the document's name; a soldier's number after its own."""
    del settings
    if _SOLDIERS_WORDS.search(passage.plain):
        for found in _SOLDIER.finditer(passage.plain):
            if _SOLDIERS_WORDS.search(found[0]):
                why = "这里有一个军人或者警察证件的号码。请删去，或者遮盖中间几位。"
                yield Stretch(found.start("number"), found.end("number"), why, Certainty.HIGH)
    if not _WORDS.search(passage.plain) and not _WORDS.search(passage.label):
        return
    for found in _NUMBER.finditer(passage.plain):
        before = passage.before(found.start(), _WIDTH)
        named = _WORDS.search(before) or re.match("号?(?:的|普通|因私|因公)?(?:护照|通行证)", passage.after(found.end()))
        if not named or _OTHER.search(before):
            continue
        if found[0].isdigit() and (not _DIGITS_ONLY.search(before) or _DATE.fullmatch(found[0])):
            continue
        yield Stretch(found.start(), found.end(), "这里有一个护照或者通行证的号码。请删去，或者遮盖中间几位。", Certainty.HIGH)


KIND = Kind(CARD, each_passage(find))
