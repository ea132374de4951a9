"""Does every kind find what its card says, and leave what its card leaves?"""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from gongkai.screening import KINDS, Certainty, Settings, Word, cards, screen
from gongkai.screening.kinds import miswritten_word
from tests.core.screening.invented import CARD, IDENTITY, IDENTITY_X, card_number

DAY = dt.date(2026, 1, 1)
SETTINGS = Settings(
    day=DAY,
    words=(Word("旧称", "改为新称"),),
    names=("岑砚舟", "岑舟"),
    numbers=("010-60000000", "19900000001"),
    addresses=("甲县乙路1号3号楼2单元201室",),
    mails=("ju@example.com", "@office.example.cn"),
)
ID, C = IDENTITY, CARD

FOUND = {
    "identity_number": [
        (f"身份证号{ID}", ID),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
        (f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", f"{ID[:6]}-{ID[6:14]}-{ID[14:]}"),
        (ID.translate(str.maketrans("0123456789", "０１２３４５６７８９")), None),
        (IDENTITY_X, IDENTITY_X),
        (IDENTITY_X.lower(), IDENTITY_X.lower()),
        (f"张三{ID}李四{IDENTITY_X}", ID),
        (f"身份证号：{ID[:17]}{(int(ID[17]) + 1) % 10}", None),
        ("身份证：320102900101123", "320102900101123"),
    ],
    "mobile_number": [
        ("电话19912345678", "19912345678"),
        ("199-1234-5678", "199-1234-5678"),
        ("１９９ １２３４ ５６７８", None),
        ("+86 19912345678", None),
        ("199.1234.5678", None),
        ("(199)12345678", None),
        ("1 9 9 1 2 3 4 5 6 7 8", None),
        ("0123-8800000/19912345678", "19912345678"),
        ("张三\t19912345678\t在职", "19912345678"),
    ],
    "landline_number": [
        ("联系电话：0512-66667777", "0512-66667777"),
        ("(0512)66667777", None),
        ("家庭电话66667777", "66667777"),
        ("电话：66667777、66668888", "66667777"),
        ("+86-512-66667777", None),
    ],
    "bank_card": [
        (C, C),
        (f"{C[:4]} {C[4:8]} {C[8:12]} {C[12:16]} {C[16:]}", None),
        (f"账号：{card_number('4000', 16)}", None),
        (f"卡号{card_number('955880', 19)}", None),
        (f"张三\t{C}\t800元", C),
    ],
    "travel_document": [
        ("护照号码E12345678", "E12345678"),
        ("军官证号：军字第1234567号", "1234567"),
        ("持士兵证 12345678", "12345678"),
        ("护照：EA1234567", "EA1234567"),
        ("护照 E 1234 5678", None),
        ("港澳通行证C12345678", "C12345678"),
        ("持G12345678号护照", "G12345678"),
        ("台胞证号12345678", "12345678"),
    ],
    "vehicle_plate": [
        ("驾驶京A12345号轿车", "京A12345"),
        ("京A·D12345", "京A·D12345"),
        ("京A1234挂", "京A1234挂"),
        ("车牌京a12345", "京a12345"),
    ],
    "home_address": [
        ("张某，住甲县乙镇丙小区3号楼2单元501室。", "甲县乙镇丙小区3号楼2单元501室"),
        ("阳光小区3栋1单元1102", None),
        ("家住3-2-501", "3-2-501"),
        ("家庭住址：云州市南浦区长江路12号", "云州市南浦区长江路12号"),
        ("和平路244弄34号504室", "和平路244弄34号504室"),
        ("住柳河村3组12号", "柳河村3组12号"),
        ("阳光花园A区12栋B座1803", None),
    ],
    "minor": [
        ("被害人张小（女，13岁）被殴打。", "13岁"),
        ("受害人王某，女，十三岁，被拐卖。", "十三岁"),
        ("被害人李某（2012年生）被伤害。", None),
        ("违法行为人赵某，2011年3月4日出生，盗窃。", None),
        ("死者为甲中学初二（3）班学生张三。", None),
    ],
    "mail_address": [("邮箱zhang@example.com", "zhang@example.com"), ("zhang＠example.com", None)],
    "classification": [("机密★10年", "机密★10年"), ("机　密★5年", None), ("绝密", "绝密"), ("密级：秘密", "秘密")],
    "restricted_mark": [
        ("内部资料　注意保存", None),
        ("（内部文件，请勿外传）", None),
        ("【工作秘密】", None),
        ("〔内部资料〕", None),
        ("（此件不予公开）", None),
        ("公开方式：依申请公开", None),
        ("本通知属于工作秘密，阅后请收回。", "本通知属于工作秘密"),
        ("警务工作秘密", None),
        ("发至各乡镇，按内部资料 注意保存。", "内部资料 注意保存"),
        ("本资料仅供内部参考。", "仅供内部参考"),
        ("主动公开□ 不予公开☑", "不予公开☑"),
    ],
    "listed_word": [("以旧称为准", "旧称")],
    "listed_name": [("举报人岑砚舟", "岑砚舟"), ("岑　舟", "岑　舟")],
    "malformed_number": [("占81.8.0%", "81.8.0"), ("3..5万元", "3..5"), ("12.5%%", None), ("12。5%", "12。5")],
    "doubled_mark": [("完成，，", "，，"), ("方案，。", "，。"), ("好？。", "？。")],
    "unpaired_mark": [
        ("《条例有关规定", "《"),
        ("“放管服“改革", "“"),
        ("服”改革", "”"),
        ("（一次办好", "（"),
        ("〔2024]5号", "〔"),
    ],
    "wrong_year": [
        ("2024年2月30日", "2024年2月30日"),
        ("二〇二三年二月三十日", None),
        ("2023-02-30", "2023-02-30"),
        ("20223年", "20223"),
        ("2O24年", "2O24"),
        ("到2062年建成", "2062年"),
        ("二〇六二年底前", "二〇六二年"),
        ("2204年3月1日", None),
        ("2026年3月1日", "2026年3月1日"),
    ],
    "miswritten_word": [("统一布署", "布署"), ("既使如此", "既使")],
}

LEFT = {
    "identity_number": [
        f"身份证号{ID[:3]}***********{ID[14:]}",
        f"编号{ID[:17]}{(int(ID[17]) + 1) % 10}",
        "统一社会信用代码：91320102MA1XXXXX0X",
        "320102199013011231",
        "索引号 320102900101123",
        "320102900101123.5",
    ],
    "mobile_number": [
        "19900000001",
        "199****5678",
        "金额19912345678元",
        "〔2024〕19912345678号",
        "19912345678.50",
        "https://example.cn/19912345678.html",
        "6222 1991 2345 678 123",
        "第19912345678号",
        "12345678901",
    ],
    "landline_number": [
        "联系电话：010-60000000",
        "联系电话：60000000",
        "监督举报电话：0512-66667777",
        "传真：0512-66667777",
        "12345政务服务便民热线",
        "400-820-8820",
        "共收到66667777件",
        "邮编：223100",
        "2019-05121234",
    ],
    "bank_card": [
        C[:-1] + str((int(C[-1]) + 1) % 10),
        f"许可证编号：{C}",
        f"{C}号",
        f"{card_number('4000', 16)}",
        "账号：4200 1646 0080 5000 4200",
        "913201027260000000",
        C[:6] + "*" * 9 + C[15:],
    ],
    "travel_document": [
        "标准号G12345678",
        "护照 E******78",
        "环字第12345678号",
        "军官证遗失声明，电话12345678",
        "护照办理日期20240101",
        "凭护照入境，电话12345678",
    ],
    "vehicle_plate": ["京A****5", "吉H062XX", "粤B2-20090059", "京ICP备12345678号", "新A1"],
    "home_address": [
        "丙小区3号楼",
        "住甲县乙镇",
        "云州大厦3号楼1201室",
        "办公地址：和平路1号院2号楼301室",
        "甲县乙路1号3号楼2单元201室",
        "住某小区3号楼2单元501室",
        "开标地点：交易中心3号楼501室",
        "家住云州市南浦区**路**号",
    ],
    "minor": [
        "未满14周岁的未成年人违法的，不予处罚。",
        "已满16周岁不满18岁的被害人有权申请。",
        "小明今年9岁，参加了活动。",
        "原告现年76岁。",
        "当事人应当在16岁以上。",
        "严厉打击侵害未成年人的违法犯罪。",
    ],
    "mail_address": ["ju@example.com", "wang@office.example.cn", "someone@county.gov.cn", "a@b"],
    "classification": ["保守国家秘密是公民的义务。", "属于国家秘密", "机密性"],
    "restricted_mark": [
        "依申请公开",
        "涉及工作秘密的不予公开。",
        "属于工作秘密的，由本机关确定。",
        "内部管理信息",
        "三、不予公开",
    ],
    "listed_word": ["新称"],
    "listed_name": ["岑某"],
    "malformed_number": ["2024.1.3", "1.2.3 系统要求", "第2.3.1条", "192.168.0.1", "1,234.5万元", "12.5%"],
    "doubled_mark": ["真的吗？！", "省略……", "好——", "。。。"],
    "unpaired_mark": ["1）第一项", "（一）总体（含附件）", "《甲〈乙〉》", "“甲‘乙’”", "a）甲；b)乙"],
    "wrong_year": ["2024年2月29日", "到2035年", "2060年前", "2000余年", "二〇二四年二月二十九日", "2025年12月31日"],
    "miswritten_word": ["统一部署", "即使", "以作为准"],
}


def hits(kind: str, text: str) -> list[str]:
    return [hit.text for hit in screen([text], SETTINGS).of(kind)]


@pytest.mark.parametrize(("kind", "text", "words"), [(k, t, w) for k, cases in FOUND.items() for t, w in cases])
def test_kind__finds(kind: str, text: str, words: str | None) -> None:
    found = hits(kind, text)
    assert found
    assert words is None or words == found[0]


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, cases in LEFT.items() for t in cases])
def test_kind__leaves(kind: str, text: str) -> None:
    assert hits(kind, text) == []


def test_kind__every_one_is_tried_both_ways() -> None:
    keys = {card.key for card in cards()}
    assert keys - {"number_of_parts"} == FOUND.keys() == LEFT.keys()


@pytest.mark.parametrize(("said", "parts", "is_hit"), [("五", 6, True), ("五", 4, True), ("五", 5, False), ("5", 6, True)])
def test_number_of_parts__is_compared_with_the_numbering(said: str, parts: int, is_hit: bool) -> None:
    text = [f"本报告由{said}个部分组成。", *(f"{'一二三四五六'[n]}、工作情况" for n in range(parts))]
    assert bool(screen(text).of("number_of_parts")) is is_hit


def test_wrong_year__document_number_and_signature_must_agree() -> None:
    text = ["甲政发〔2025〕3号", "正文。", "2024年5月6日"]
    (hit,) = screen(text, SETTINGS).of("wrong_year")
    assert (hit.text, hit.certainty) == ("2024年5月6日", Certainty.MEDIUM)
    assert "2025年" in hit.why
    assert screen(["甲政发〔2024〕3号", *text[1:]], SETTINGS).of("wrong_year") == ()


def test_wrong_year__signature_is_held_against_the_given_year() -> None:
    assert screen(["正文。", "2024年5月6日"], Settings(year=2025)).of("wrong_year")
    assert not screen(["2024年5月6日至7日召开会议。"], Settings(year=2025)).of("wrong_year")


def test_unpaired_mark__a_quotation_over_several_paragraphs_is_a_pair() -> None:
    assert screen(["他说：“第一段。", "第二段。”"]).of("unpaired_mark") == ()


def test_certainty__a_number_beside_its_name_is_surer() -> None:
    named, bare = (screen([text]).hits[0].certainty for text in ("手机19912345678", "19912345678"))
    assert (named, bare) == (Certainty.HIGH, Certainty.MEDIUM)


@pytest.mark.parametrize("kind", [k for k in KINDS if k.card.key not in {"listed_word", "listed_name", "number_of_parts"}])
def test_card__its_wrong_example_is_hit_and_its_right_one_is_not(kind: object) -> None:
    card = kind.card  # type: ignore[attr-defined]  # parametrize erases the type
    assert screen([card.wrong]).of(card.key)
    assert screen([card.right]).of(card.key) == ()


def test_card__codes_and_keys_are_unique_and_sentences_are_whole() -> None:
    assert len({c.code for c in cards()}) == len({c.key for c in cards()}) == len(cards())
    assert [c.code for c in cards() if not all(s.endswith("。") for s in (c.finds, c.leaves, c.todo))] == []


def test_miswritten_words__none_stands_in_the_laws(shared: Path) -> None:
    laws = "".join(path.read_text(encoding="utf-8") for path in sorted((shared / "law" / "texts").glob("*.md")))
    assert [word for word in miswritten_word.WORDS if word in laws] == []


def test_miswritten_words__file_has_no_entry_that_is_right_elsewhere_in_it() -> None:
    words = tomllib.loads(Path(miswritten_word.__file__).with_name("miswritten_words.toml").read_text(encoding="utf-8"))["words"]
    assert [wrong for wrong in words if any(wrong in right for right in words.values())] == []
