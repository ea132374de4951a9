"""Where does a bank card number stand in the open?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.numbers import is_credit_code, luhn_holds, numbers
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="bank_card",
    code="T104",
    name="银行卡号",
    finds="15到19位、开头和位数与银行卡相符、校验位正确的号码，中间有空格的也算；写在“账号”“卡号”旁边的，各家银行的开头都认。",
    leaves="校验位不对的数字；索引号、文号、许可证号、案号、项目代码、统一社会信用代码；机关对公账户（不是银行卡）。",
    todo="删去，或者只留后四位，其余用星号代替。",
    wrong="补贴发放到张某的银行卡 6210 9800 0000 0000 003。",
    right="补贴发放到张某尾号 0003 的银行卡。",
    is_personal=True,
)
# First digits and lengths of cards issued in China (JR/T 0008 and the older ranges of the large banks).
_CERTAIN = re.compile(
    r"62[0-9]{14,17}|9558[0-9]{15}|955(?:9[0-9])[0-9]{14}|4367(?:42|45)[0-9]{13}|601382[0-9]{13}|60[23][0-9]{13,16}"
)
_WITH_WORD = re.compile(
    r"4[0-9]{15}|4[0-9]{18}|5[1-5][0-9]{14}|2(?:2[2-9]|[3-6][0-9]|7[01])[0-9]{13}|3[47][0-9]{13}|35[0-9]{14}|30[0-5][0-9]{13}|[689][0-9]{15,18}"
)
_NAMED = re.compile(
    r"银行|卡号|账号|帐号|账户|帐户|开户|储蓄|借记|信用卡|一卡通|一折通|银联|存折|汇入|打入|转入|农商行|信用社|邮储|工行|农行|建行|中行"
)
_OTHER = re.compile(
    r"(?:编号|编码|证号|许可证?|文号|案号|索引号?|流水号?|单号|登记号?|注册号?|备案号?|代码|税号|条码|证书号?|合同号?|订单号?|批号|产权证?|不动产权?|设备号|批次|第|识别号)"
    r"[^0-9\n。]{0,8}$"
)
_SHAPES = frozenset(
    {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13), (6, 10), (4, 6, 5), (4, 4, 4, 3), (4, 4, 4, 7)}
)
_GOES_ON = re.compile(r"[ -]{1,2}[0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# The first digits of Gansu's regions are also those of many cards; what then holds a year is a document's number.
_GANSU = re.compile(r"62(?:0[1-9]|1[0-2]|29|30)(?:[0-2][0-9]|3[0-5])")


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Fifteen to nineteen digits with a card's beginning, length and check digit."""
    for number in numbers(passage.plain, 15, 19):
        digits = number.digits
        if (len(number.groups) > 1 and number.groups not in _SHAPES) or not luhn_holds(digits) or len(set(digits)) < 3:
            continue
        certain = bool(_CERTAIN.fullmatch(digits))
        if not certain and not _WITH_WORD.fullmatch(digits):
            continue
        after = passage.plain[number.end : number.end + 1]
        if _GOES_ON.match(passage.plain, number.end):
            continue
        if (after.isascii() and after.isalpha()) or after == "号" or is_credit_code(digits):
            continue
        before = passage.before(number.start, 30)
        named = bool(_NAMED.search(before))
        near = passage.plain[max(0, number.start - 12) : number.start]
        if _OTHER.search(near) or (not named and _OTHER.search(passage.label)):
            continue
        if not named and (not certain or (len(number.groups) == 1 and _GANSU.match(digits) and _YEAR.search(digits, 6, 14))):
            continue
        if not settings.allows_number(digits):
            yield Stretch(
                number.start,
                number.end,
                "这里有一个银行卡号。请删去，或者只留后四位。"
                if named
                else "这里的数字与银行卡号相符。请看清是不是；是的就删去或者遮盖。",
                Certainty.HIGH if named else Certainty.MEDIUM,
            )


KIND = Kind(CARD, each_passage(find))
