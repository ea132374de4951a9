"""Is a classification marking found where it is one, and nowhere else?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.errors import Unreadable
from gongkai.reading.docx import read_docx
from gongkai.reading.secrecy import classification_marking, marking_in_words, refuse_classified
from gongkai.reading.text import read_text
from tests.core.reading.formats.word import NAMESPACES, cell, document, par, row, table

PROSE = "本机关认真开展公开工作。\n" * 30


@pytest.mark.parametrize(
    ("text", "level", "term"),
    [
        ("秘密★5年\n" + PROSE, "秘密", "5年"),
        ("机密 1年\n", "机密", "1年"),
        ("机　密\n关于某事的报告", "机密", None),
        ("绝 密 ★ 长期", "绝密", "长期"),
        ("密级：秘密", "秘密", None),
        ("密级: 机密★10年", "机密", "10年"),
        ("000012\t\t机密★1年  特急", "机密", "1年"),
        ("【秘密】", "秘密", None),
        (PROSE + "绝密★启封前", "绝密", "启封前"),
        (PROSE + "附件：机密★10年", "机密", "10年"),
        (PROSE + "十六、本件定为机密★1年。", "机密", "1年"),
        (PROSE + "《机密★10年 方案》", "机密", "10年"),
        (PROSE + "长" * 300 + "秘密☆", "秘密", None),
        (PROSE + "保密等级：机密 * 5 年", "机密", "5 年"),
        ("青岚县司法局文件  秘密\n通知", "秘密", None),
        ("某局文件 | 秘密★3年 |", "秘密", "3年"),
        ("机密★", "机密", None),
        ("秘密★十年", "秘密", "十年"),
    ],
)
def test_marking__standing_by_itself_is_found(text: str, level: str, term: str | None) -> None:
    marking = classification_marking(text)
    assert marking is not None
    assert (marking.level, marking.term) == (level, term)


@pytest.mark.parametrize(
    "text",
    [
        "1.属于国家秘密\t0",
        "其中：涉及国家秘密",
        "涉及商业秘密 | 件 | 0",
        "保守秘密，人人有责",
        "机密级文件管理办法",
        PROSE + "秘密",
        PROSE + "机密 1年",
        "标有“秘密★5年”的文件不得上网",
        PROSE + "秘密* 数据来自统计部门",
        "商业秘密",
        "国家秘密",
        "秘密花园",
        "一、机密工作情况",
        "★☆★",
        "个人隐私",
        "",
    ],
)
def test_words__inside_labels_and_sentences_are_no_marking(text: str) -> None:
    assert classification_marking(text) is None


def test_marking__in_a_table_a_header_or_the_name_is_found() -> None:
    in_cell = document(table(row("密级", "秘密"), row("编号", "3")) + par("正文"))
    in_header = document(par("正文"), word__header2=f"<w:hdr {NAMESPACES}>{par('机密★1年')}</w:hdr>")
    plain = document(par("正文") + table(row("属于国家秘密", "0"), row("秘密", cell("1"))))
    assert classification_marking(read_docx(in_cell, "a.docx")) is not None
    assert classification_marking(read_docx(in_header, "a.docx")) is not None
    assert classification_marking(read_docx(plain, "【秘密】年报.docx")) is not None


def test_refusal__names_the_marking_and_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"秘密★5年.*内容没有保存.*处置"):
        refuse_classified(read_text("秘密★5年\n年度报告".encode(), "年报.txt"))
    refuse_classified(read_text("年度报告\n1.属于国家秘密\t0".encode(), "年报.txt"))


def test_reference_reports_and_laws__carry_no_marking(shared: Path) -> None:
    for path in (*(shared / "reports").glob("*.txt"), *(shared / "law" / "texts").iterdir()):
        assert classification_marking(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("line", ["机密★长期 某市司法局2017年度政府信息公开年报", "绝密★启用前"])
def test_marking__a_grade_with_a_star_begins_a_line_whatever_follows(line: str) -> None:
    text = "\n".join(["正文"] * 40 + [line])

    assert classification_marking(text) is not None


@pytest.mark.parametrize(
    "words", ["密级：机密 关于窗口调整的通知", "第一行\n机密★3年", "来源：某局，秘密☆", "机\u200b密\u2060★5年"]
)
def test_typed_words__with_a_marking_are_found(words: str) -> None:
    assert marking_in_words(words) is not None


@pytest.mark.parametrize("words", ["绝密", "机密 3年", "涉及国家秘密，不予公开。", "密级：未定", "密级：秘密级以上的由专人保管"])
def test_typed_words__that_only_name_a_grade_are_no_marking(words: str) -> None:
    assert marking_in_words(words) is None
