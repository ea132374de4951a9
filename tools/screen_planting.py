"""What is planted into a text to see whether the scan before publication finds it?

Everything is drawn at random and invented: numbers whose check digits hold, names from common characters, places that do not exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from gongkai.screening.numbers import identity_check, luhn_holds

WORD = "老县城改造片区"
NAME = "岑砚舟"
SHORT_NAME = "岑舟"

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split()
_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

Plant = Callable[[Random], tuple[str, str, str]]
"""Words before, the words that must be hit, words after."""


def person(rng: Random) -> str:
    """An invented name."""
    return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2))))


def identity(rng: Random) -> str:
    """Eighteen characters of a citizen's number whose check character holds."""
    born = dt.date(1930, 1, 1) + dt.timedelta(days=rng.randrange(31000))
    first = f"{rng.choice(_PROVINCES)}{rng.randint(1, 30):02d}{rng.randint(1, 85):02d}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return first + identity_check(first)


def card_number(rng: Random, beginning: str, length: int) -> str:
    """A card number of this beginning and length whose check digit holds."""
    body = beginning + "".join(str(rng.randrange(10)) for _ in range(length - len(beginning) - 1))
    return next(body + str(last) for last in range(10) if luhn_holds(body + str(last)))


def mobile(rng: Random) -> str:
    """Eleven digits of a mobile number."""
    return f"1{rng.choice('356789')}{rng.randrange(10**9):09d}"


def _plain_forms(rng: Random, number: str, groups: tuple[int, ...]) -> str:
    style = rng.randrange(5)
    if style == 0:
        return number.translate(_WIDE)
    if style in (1, 2):
        parts, at = [], 0
        for size in groups:
            parts.append(number[at : at + size])
            at += size
        return (" " if style == 1 else "-").join(parts)
    return number


def plant_identity(rng: Random) -> tuple[str, str, str]:
    """A citizen's number with and without its name, in a sentence or a row of a list."""
    if rng.random() < 0.15:
        number = identity(rng)
        return f"{person(rng)}（身份证号码：", number[:6] + f"{rng.randint(30, 75)}" + number[10:17], "）"
    number = _plain_forms(rng, identity(rng), (6, 8, 4))
    before = rng.choice(
        (
            f"{person(rng)}，身份证号：",
            f"{person(rng)}\t男\t",
            "公民身份号码",
            f"持证人{person(rng)}（",
            "3  ",
            f"{person(rng)}，男，汉族，",
        )
    )
    return before, number, rng.choice(("，", "。", "\t已审核", "）。", " "))


def plant_mobile(rng: Random) -> tuple[str, str, str]:
    """A mobile number, named or not."""
    number = _plain_forms(rng, mobile(rng), (3, 4, 4))
    prefix = rng.choice(("", "", "", "+86 ", "86-"))
    before = rng.choice(
        (f"联系人：{person(rng)}，电话", "手机：", f"{person(rng)} ", f"{person(rng)}\t", "请联系", "咨询电话0123-8800000/")
    )
    return before + prefix, number, rng.choice(("。", "（微信同号）", "\t", "，"))


def plant_landline(rng: Random) -> tuple[str, str, str]:
    """A fixed number with an area code, or after a word that names it."""
    local = f"{rng.randint(2, 8)}{rng.randrange(10**7):07d}"
    area = rng.choice((f"0{rng.randint(311, 999)}", "010", "021"))
    number = rng.choice((f"{area}-{local}", f"（{area}）{local}", f"{area}{local}", f"{area}-{local[:7]}"))
    if rng.random() < 0.25:
        return rng.choice((f"{person(rng)}家庭电话：", "联系电话：", "电话: ")), local, "。"
    return rng.choice(("联系电话：", f"{person(rng)} ", f"联系人{person(rng)}，电话：", "住宅电话")), number, "。"


def plant_card(rng: Random) -> tuple[str, str, str]:
    """A bank card number: bare for cards whose beginning tells, named for others."""
    if rng.random() < 0.3:
        number = card_number(rng, rng.choice(("4", "53", "601428", "603367", "955888")), 16 if rng.random() < 0.5 else 19)
        if number.startswith("53") or (number.startswith("4") and len(number) == 19):
            number = card_number(rng, "53", 16)
        return rng.choice(("开户行：甲市商业银行，账号：", "银行卡号：", "打入账户")), number, "。"
    beginning, length = rng.choice((("6217", 19), ("6222", 19), ("6228", 19), ("6225", 16), ("6214", 16), ("621098", 19)))
    number = card_number(rng, beginning, length)
    groups = (4, 4, 4, 4) if length == 16 else (4, 4, 4, 4, 3)
    if rng.random() < 0.4:
        parts, at = [], 0
        for size in groups:
            parts.append(number[at : at + size])
            at += size
        number = " ".join(parts)
    return rng.choice(("卡号：", f"{person(rng)}\t", "补贴发放至", "银行账号", "")), number, rng.choice(("。", "\t800元", "，"))


def plant_travel(rng: Random) -> tuple[str, str, str]:
    """A passport or a permit, near its name."""
    digits = f"{rng.randrange(10**8):08d}"
    name, number = rng.choice(
        (
            ("护照号码：", "E" + digits),
            ("护照号：", "G" + digits),
            (f"{person(rng)}，护照", "E" + rng.choice(_LETTERS) + digits[:7]),
            ("持往来港澳通行证", "C" + digits),
            ("港澳居民来往内地通行证号码", "H" + digits),
            ("台胞证号：", digits),
        )
    )
    return name, number, rng.choice(("，", "。", "）"))


def plant_plate(rng: Random) -> tuple[str, str, str]:
    """A vehicle's plate."""
    place = rng.choice(_PLATES) + rng.choice("ABCDEFGHJKLMN") + rng.choice(("", "", "·"))
    tail = rng.choice(
        (
            f"{rng.randrange(10**5):05d}",
            f"{rng.choice(_LETTERS)}{rng.randrange(10**4):04d}",
            f"{rng.randrange(100):02d}{rng.choice(_LETTERS)}{rng.randrange(100):02d}",
            f"D{rng.randrange(10**5):05d}",
            f"{rng.randrange(10**4):04d}挂",
        )
    )
    return rng.choice(("驾驶", "车牌号", "", "\t", "号牌为")), place + tail, rng.choice(("号小型轿车", "，", "\t", "的货车"))


def plant_address(rng: Random) -> tuple[str, str, str]:
    """A home, in the ways of towns and of villages."""
    town = rng.choice(("青岚县槐荫镇", "云州市南浦区", "望海街道", "甲县乙镇", ""))
    number = rng.randint
    flat = rng.choice(
        (
            f"翠竹花园{number(1, 30)}号楼{number(1, 4)}单元{number(1, 18)}0{number(1, 4)}室",
            f"阳光里小区{number(1, 30)}幢{number(1, 18)}0{number(1, 4)}室",
            f"和平路{number(10, 300)}弄{number(1, 40)}号{number(1, 6)}0{number(1, 4)}室",
            f"振兴新村{number(1, 40)}-{number(1, 4)}-{number(1, 6)}0{number(1, 3)}",
            f"滨河路{number(1, 200)}号{number(1, 9)}栋{number(1, 4)}单元{number(1, 6)}0{number(1, 3)}号",
        )
    )
    house = rng.choice(
        (
            f"杨树湾村{number(1, 12)}组{number(1, 90)}号",
            f"柳河村第{number(2, 9)}村民小组{number(1, 60)}号",
            f"大石桥村{number(1, 200)}号",
        )
    )
    if rng.random() < 0.35:
        return rng.choice((f"{person(rng)}，住", "家庭住址：", "户籍所在地：")), town + house, "。"
    return rng.choice((f"{person(rng)}，现住", "住址：", "位于", "", "家住")), town + flat, "。"


def plant_minor(rng: Random) -> tuple[str, str, str]:
    """A minor in a case, told by age, birthday or class."""
    name, age = person(rng), rng.randint(4, 17)
    return rng.choice(
        (
            (f"被害人{name}（女，", f"{age}岁", "）被殴打致轻微伤。"),
            (f"违法行为人{name}，男，汉族，", f"{age}岁", "，盗窃电动车一辆。"),
            (f"受害人{name}，{age}周岁，系", "槐荫小学四年级2班学生", "，被他人猥亵。")
            if rng.random() < 0
            else (f"受害人{name}，系", "槐荫小学四年级2班学生", "，被他人伤害。"),
            (f"申请人之女{name}（", f"20{rng.randint(12, 22)}年3月5日出生", "）由原告抚养。"),
        )
    )


def plant_mail(rng: Random) -> tuple[str, str, str]:
    """A mail address."""
    name = "".join(rng.choice("abcdefghijklmnop") for _ in range(6))
    return (
        rng.choice(("邮箱：", "发送至", f"{person(rng)} ")),
        f"{name}{rng.randint(1, 999)}@example.{rng.choice(('com', 'cn', 'com.cn'))}",
        "。",
    )


def plant_restricted(rng: Random) -> tuple[str, str, str]:
    """A mark that a text is not for the public."""
    return rng.choice(
        (
            ("", "内部资料　注意保存", ""),
            ("", "（内部文件，请勿外传）", ""),
            ("", "【工作秘密】", ""),
            ("公开方式：", "不予公开", ""),
            ("", "（此件不公开）", ""),
            ("本资料", "仅供内部参考", "，请妥善保管。"),
            ("", "内部刊物 注意保密", ""),
        )
    )


def plant_word(rng: Random) -> tuple[str, str, str]:
    """A word of the body's own list."""
    return rng.choice(("关于", "推进", "")), WORD, rng.choice(("的请示", "工作。"))


def plant_name(rng: Random) -> tuple[str, str, str]:
    """A name of the body's own list, written as names are."""
    return rng.choice(("举报人", "联系人：", "")), rng.choice((NAME, f"{SHORT_NAME[0]}　{SHORT_NAME[1]}", SHORT_NAME)), "。"


def plant_number(rng: Random) -> tuple[str, str, str]:
    """A number that is none."""
    return (
        "占总数的",
        rng.choice(
            (f"{rng.randint(10, 99)}.{rng.randint(1, 9)}.{rng.randint(0, 9)}", f"{rng.randint(10, 99)}..{rng.randint(1, 9)}")
        ),
        "%。",
    )


def plant_doubled(rng: Random) -> tuple[str, str, str]:
    """Marks that cannot stand together."""
    return "会议要求抓好落实", rng.choice(("，，", "。。", "，。", "；。", "、，", "：：")), "请遵照执行"


def plant_unpaired(rng: Random) -> tuple[str, str, str]:
    """Half of a pair of marks."""
    return rng.choice(
        (
            ("根据", "《", "信访工作条例有关规定办理。"),
            ("开展", "“", "放心消费创建工作。"),
            ("按照信访工作条例", "》", "规定办理。"),
            ("县政府（以下简称", "“", "县府“）决定。"),
        )
    )


def plant_date(rng: Random) -> tuple[str, str, str]:
    """A date that cannot be."""
    year = rng.randint(2010, 2025)
    return (
        "自",
        rng.choice((f"{year}年2月30日", f"{year}年13月1日", f"{year}年4月31日", f"{year}4年", "2O24年", "2204年3月1日")),
        "起施行。",
    )


def plant_miswritten(rng: Random) -> tuple[str, str, str]:
    """A word written with a wrong character."""
    return "统筹", rng.choice(("布署", "既使", "做为", "复盖", "按装", "松驰", "竟赛", "峻工", "签定")), "有关工作。"


PLANTS: dict[str, Plant] = {
    "identity_number": plant_identity,
    "mobile_number": plant_mobile,
    "landline_number": plant_landline,
    "bank_card": plant_card,
    "travel_document": plant_travel,
    "vehicle_plate": plant_plate,
    "home_address": plant_address,
    "minor": plant_minor,
    "mail_address": plant_mail,
    "restricted_mark": plant_restricted,
    "listed_word": plant_word,
    "listed_name": plant_name,
    "malformed_number": plant_number,
    "doubled_mark": plant_doubled,
    "unpaired_mark": plant_unpaired,
    "wrong_year": plant_date,
    "miswritten_word": plant_miswritten,
}
