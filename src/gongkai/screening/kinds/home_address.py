"""Where does somebody's home stand, down to the building, the entrance or the flat?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="home_address",
    code="T107",
    name="家庭住址",
    finds="写到楼号、单元、室的住宅地址，写到组和门牌号的村里的地址，以及“家庭住址”“现住”“户籍地”后面的详细地址。",
    leaves="只写到路、村、小区的；办公楼、大厦、园区、学校、医院等处的地址；办公、开标、报名、邮寄等地点；本机关登记的地址；用某或星号代替的。",
    todo="只写到乡镇、街道或者小区，删去楼号、单元、室和门牌号。",
    wrong="张某，住甲县乙镇丙小区3号楼2单元501室。",
    right="张某，住甲县乙镇。",
    is_personal=True,
)
_HAN = "一二三四五六七八九十"
_BUILDING = rf"(?:[0-9]{{1,4}}|[A-Z][0-9]{{0,2}}|[{_HAN}]{{1,3}})(?:号楼|号院|幢|栋|座|#楼?)"
_UNIT = rf"(?:[0-9]{{1,2}}|[{_HAN}]{{1,2}}|[甲乙丙丁东西南北中A-D])(?:单元|门(?=[0-9]))"
_ROOM = r"(?:[0-9]{1,2}[层楼])?[A-D]?[0-9]{3,4}(?:室|户|房|号)?"
_FLAT = re.compile(
    rf"(?:{_BUILDING}[ ,，、-]?)(?P<unit>{_UNIT})[ ,，、-]?(?P<room>{_ROOM}|[东西南北中]户|[0-9]{{1,2}}[层楼][东西南北中左右]户?|[0-9]{{1,2}}[户号层楼])?"
    rf"|(?P<unit2>{_UNIT})[ ,，-]?(?P<room2>{_ROOM}|[东西中]户|[0-9]{{1,2}}[层楼][东西南北中左右]户?)"
    rf"|(?:{_BUILDING})[ ,，-]?(?P<room3>(?:[0-9]{{1,2}}[层楼])?[A-D]?[0-9]{{3,4}}(?:室|户|房))"
    rf"|(?:{_BUILDING}){{2}}(?P<room6>[0-9]{{3,4}})(?![0-9])"
    r"|(?<![0-9])[0-9]{1,3}[-幢栋#][0-9]{1,2}-(?P<room4>[0-9]{3,4})(?:室|户)?(?![0-9A-Za-z-])"
    r"|(?<![0-9])[0-9]{1,4}弄(?:[0-9]{1,4}支弄)?[0-9]{1,4}号(?:[0-9]{1,2}[层楼])?(?P<lane>[A-D]?[0-9]{3,4})(?:室|户)"
    r"|(?<![0-9])[0-9]{1,4}号 ?(?:[0-9]{1,2}[层楼])?(?P<bare>[A-D]?[0-9]{3,4})(?:室|户)"
)
_HOUSE = re.compile(
    rf"(?:村|社区|屯|寨|庄|嘎查|居委会)(?:[\u4e00-\u9fff]{{0,8}}?)(?:[0-9]{{1,3}}|[{_HAN}]{{1,3}})(?:村民小组|小组|组|队|社) ?(?:附)?[0-9]{{1,4}}(?:号|户)(?!楼|文|令)"
    r"|(?:村|屯|寨|庄|里|巷|弄|胡同)[0-9]{1,5}(?:号|弄[0-9]{1,5}号)(?:[0-9]{1,4}(?:室|户))?(?!楼|文|令)"
)
_STATED = re.compile(
    r"(?:户籍住址|现居住地址|居住地址|家庭住址|家庭地址|现住址|现住地|现居住地|常住地址|户籍地址|户籍所在地|户籍地|身份证住址|住宅地址|家住|现住|户籍|住址)[：: 为是]{0,3}(?=[^，。；、\s]{6,50})"
)
_DETAIL = re.compile(rf"(?:[0-9]{{1,5}}|[{_HAN}]{{1,3}})(?:号|室|组|幢|栋|单元|户|弄|队)")
_HOME_LABEL = re.compile(r"家庭住址|家庭地址|现住址|住址|户籍|居住地|家住")
_LIVES = re.compile(r"(?:住址|家住|现住|居住|户籍|家庭|(?:^|[，,。；;、：:\s）)])住(?!所|房|院|建|宿))[^，。；;]{0,50}$")
_ESTATE = re.compile(
    r"小区|花园|花苑|[嘉雅名新丽佳]苑|家园|公寓|新村|佳园|名邸|华庭|华府|新城|家属[楼院区]|宿舍|公馆|豪庭|庭院|社区|里弄|安置|保障房|公租房"
)
_OFFICE = re.compile(
    r"大厦|大楼|广场|写字楼|办公|行政|政务|政府|机关|中心|产业园|科技园|工业|园区|创业|孵化|商务|商城|商铺|门面|市场|酒店|宾馆|医院|学校|中学|小学|大学|学院"
    r"|银行|法院|检察院|法庭|会议|教学楼|实验|厂房|车间|仓库|大院|综合楼|写字间|服务|CBD|局|馆"
)
_NOT_HOME = re.compile(
    r"地点|开标|会议室|办公|报名|领取|单位地址|联系地址|通讯地址|通信地址|邮寄|收件|办事处|注册地|经营场所|营业场所|登记机关|经营地址|来访|受理|接待|公司|事务所"
)
_MASKED = re.compile(r"某|[*×]{1,}|XX|xx|○|□")
_REACH = 40
_LONGEST = 60
_STOPS = re.compile(r"[，,。；;：:\s（）()“”《》、|!?！？\[\]【】]")
_SAID = re.compile(r"(?:户籍|现|家|常|居)?住(?:址|地|在|所)*[为是在]?")
_WHY = "这里有详细到楼号、单元、室或者门牌号的住址。是家庭住址的，请只写到乡镇、街道或者小区。"


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """Addresses by their end (flat, house number) and by what announces them; each once, from its beginning."""
    after = 0
    for stretch in sorted((*_announced(passage), *_flats(passage), *_houses(passage))):
        if stretch.start >= after and not settings.allows_address(passage.plain[stretch.start : stretch.end]):
            yield stretch
            after = stretch.end


def _announced(passage: Passage) -> Iterator[Stretch]:
    plain = passage.plain
    if passage.is_cell and _HOME_LABEL.search(passage.label) and 6 <= len(plain) <= _LONGEST and _is_detailed(plain):
        yield Stretch(0, len(plain), _WHY, Certainty.HIGH)
    for found in _STATED.finditer(plain):
        end = min(len(plain), found.end() + _LONGEST)
        stop = _STOPS.search(plain, found.end(), end)
        end = stop.start() if stop else end
        if _is_detailed(plain[found.end() : end]):
            yield Stretch(found.end(), end, _WHY, Certainty.HIGH)


def _is_detailed(address: str) -> bool:
    return bool(_DETAIL.search(address)) and not _MASKED.search(address) and not _OFFICE.search(address)


def _flats(passage: Passage) -> Iterator[Stretch]:
    plain = passage.plain
    if not any(sign in plain for sign in ("单元", "室", "户", "房", "-", "门", "座", "栋", "幢")):
        return
    for found in _FLAT.finditer(plain):
        start = _beginning(plain, found.start())
        address = plain[start : found.end()]
        before = passage.before(start, 25)
        lives = bool(_LIVES.search(plain[max(0, start - 15) : found.start()])) or bool(_HOME_LABEL.search(passage.label))
        if _MASKED.search(address):
            continue
        estate = bool(_ESTATE.search(address))
        if (found["room4"] or found["room6"] or found["bare"]) and not (lives or estate):
            continue
        if not lives and (_OFFICE.search(address) or _NOT_HOME.search(before + address)):
            continue
        has_unit = bool(found["unit"] or found["unit2"] or found["lane"])
        if lives or (has_unit and estate):
            yield Stretch(start, found.end(), _WHY, Certainty.HIGH)
        elif has_unit or estate:
            yield Stretch(start, found.end(), _WHY, Certainty.MEDIUM)
        elif len(address) - (found.end() - found.start()) >= 3:
            yield Stretch(start, found.end(), _WHY, Certainty.LOW)


def _houses(passage: Passage) -> Iterator[Stretch]:
    plain = passage.plain
    if "号" not in plain and "户" not in plain:
        return
    for found in _HOUSE.finditer(plain):
        start = _beginning(plain, found.start())
        address = plain[start : found.end()]
        lives = bool(_LIVES.search(plain[max(0, start - 15) : found.start()])) or bool(_HOME_LABEL.search(passage.label))
        if _MASKED.search(address) or (not lives and (_OFFICE.search(address) or _NOT_HOME.search(passage.before(start, 25)))):
            continue
        grouped = re.search(r"[组队社] ?附?[0-9]", found[0])
        if lives or grouped:
            yield Stretch(start, found.end(), _WHY, Certainty.HIGH if lives else Certainty.MEDIUM)


def _beginning(plain: str, start: int) -> int:
    """Where the address that ends here begins: after the nearest mark, at most so many characters before."""
    first = max(0, start - _REACH)
    for stop in _STOPS.finditer(plain, first, start):
        first = stop.end()
    said = _SAID.match(plain, first, start)
    return said.end() if said else first


KIND = Kind(CARD, each_passage(find))
