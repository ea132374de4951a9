"""Where does a fixed telephone number stand that the body has not listed as its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="landline_number",
    code="T103",
    name="固定电话号码",
    finds="本机关没有登记为可以公开的固定电话：带区号的，以及写在“电话”后面的七位、八位号码；写明是住宅、家庭电话的。",
    leaves="本机关登记的号码；写明是监督、举报、投诉、咨询、值班、服务、办公电话、热线和传真的；12345 等短号，400、800 号码；遮盖了的。",
    todo="个人的删去；本机关的办公电话，登记为可以公开的号码，以后不再列出；别的单位的，核对无误即可。",
    wrong="申请人住宅电话：010-60000000",
    right="办公电话：010-60000000",
    is_personal=True,
)
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.*/=_-])"
    r"(?:[(（](?P<a>0(?:10|2[0-9]|[3-9][0-9]{2}))[)）] ?-? ?|(?P<b>0(?:10|2[0-9]|[3-9][0-9]{2}))(?: ?[-/] ?| ?)|\+86[ -]?(?P<c>10|2[0-9]|[3-9][0-9]{2})[ -])?"
    r"(?P<local>[2-8][0-9]{6,7}|[2-8][0-9]{3}[ -][0-9]{4}|[2-8][0-9]{2}[ -][0-9]{4})"
    r"(?:(?: ?[-转] ?[0-9]{1,5}))?(?![0-9A-Za-z*/]|[.][0-9]|-[0-9])"
)
_CALL = re.compile(r"(?:电话|座机|[Tt][Ee][Ll]|联系方式|宅电|号码)[^0-9。；]{0,12}(?:[0-9()（） -]{7,16}[、，,;；/和或 ]{1,2})*$")
_HOME = re.compile(r"住宅电话|家庭电话|宅电|家庭联系|家长|本人电话|个人电话")
_OFFICE = re.compile(
    r"(?:监督|举报|投诉|咨询|值班|热线|服务|办公|受理|报修|应急|报警|查询|总机|传真|预约|反馈|建议|报名|信访|纪检|公开)[^0-9。；\n]{0,16}"
    r"(?:[0-9()（） -]{7,16}[、，,;；/和或 ]{1,2})*$|FAX[：: ]*$|[Ff]ax[：: ]*$"
)
_OTHER = re.compile(r"(?:〕|\]|第|文号[：:]?|索引号[：:]?|编号[：:]?|代码[：:]?|邮编[：:]?|账号[：:]?|人民币|[￥¥$])\s*$")
_MEASURED = re.compile(r"\s*(?:元|万|亿|平方|㎡|亩|公顷|吨|千克|公斤|立方|人|个|条|件|%|号|户|年|美元|米|km|[.,，][0-9])")


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Seven or eight digits after an area code, or after a word that says a number to call follows."""
    for found in _NUMBER.finditer(passage.plain):
        start, end = found.span()
        before = passage.before(start, 60)
        area = found["a"] or found["b"] or (found["c"] and f"0{found['c']}")
        called = bool(_CALL.search(before))
        if (not area and not called) or _OTHER.search(before) or _MEASURED.match(passage.plain, end):
            continue
        if _OFFICE.search(before):
            continue
        local = "".join(c for c in found["local"] if c.isdigit())
        if settings.allows_number((area or "") + local) or (len(local) + len(area or "") < 10 and area):
            continue
        if _HOME.search(before):
            yield Stretch(start, end, "这里有一个住宅或者个人的固定电话。请删去或者遮盖。", Certainty.HIGH)
        else:
            yield Stretch(
                start,
                end,
                "这里有一个固定电话，不在本机关登记的号码里。请核对是不是办公电话；是个人的，请删去。",
                Certainty.LOW,
            )


KIND = Kind(CARD, each_passage(find))
