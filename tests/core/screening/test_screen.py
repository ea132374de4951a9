"""What does a scan say of a text: places, fingerprints, overlaps, what it could not look at?"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Place
from gongkai.reading.blocks import FURNITURE, Grid, GridCell, Paragraph, Source
from gongkai.reading.source_notes import note
from gongkai.screening import Settings, Word, screen
from gongkai.screening.lookup import Lookup
from tests.core.screening.invented import CARD, IDENTITY

PIECES = st.sampled_from(
    [
        IDENTITY,
        CARD,
        "19912345678",
        "张某",
        "，",
        "。",
        "“",
        "”",
        "《",
        "》",
        " ",
        "住甲县乙镇",
        "3号楼2单元501室",
        "13岁",
        "被害人",
        "2024年2月30日",
        "电话：",
        "81.8.0%",
        "京A12345",
        "布署",
        "（",
        "）",
        "\t",
        "机密★",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=5))
def test_hits__lie_in_their_text_in_order_and_personal_ones_never_overlap(lines: list[str]) -> None:
    screened = screen(lines)
    spots = [(hit.place.line, hit.start) for hit in screened.hits]
    assert spots == sorted(spots)
    for hit in screened.hits:
        assert lines[(hit.place.line or 0) - 1][hit.start : hit.end] == hit.text != ""
    personal = [h for h in screened.hits if h.kind in {"identity_number", "mobile_number", "landline_number", "bank_card"}]
    for one, other in pairwise(personal):
        assert one.place.line != other.place.line or one.end <= other.start


@given(st.text(max_size=300))
def test_screen__takes_any_text(text: str) -> None:
    assert all(hit.why.endswith("。") for hit in screen([text], Settings(words=(Word("中"),))).hits)


def test_hit__of_a_paragraph_says_where_in_the_source_it_stands() -> None:
    paragraph = Paragraph("手机19912345678", Place(quote="手机19912345678", line=7, page=2, start=3, end=30), cuts=((2, 5),))
    (hit,) = screen([paragraph]).hits
    assert (hit.start, hit.end) == (2, 13)
    assert hit.place == Place(line=7, page=2, start=10, end=21)
    assert hit.in_words() == "第2页，第7行"


def grid(*rows: tuple[str, ...]) -> Grid:
    cells = [
        GridCell(text, r, c, Place(quote=text, table=1, row=r + 1, column=c + 1))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Grid(tuple(cells), len(rows), len(rows[0]), Place(table=1))


def test_cell__is_understood_by_the_head_of_its_column() -> None:
    table = grid(("姓名", "护照号码", "家庭住址"), ("张某", "E12345678", "云州市南浦区长江路12号"), ("李某", "E87654321", "在外"))
    found = [(h.kind, h.text, h.place.in_words()) for h in screen([table]).hits]
    assert found == [
        ("travel_document", "E12345678", "表1第2行第2列"),
        ("home_address", "云州市南浦区长江路12号", "表1第2行第3列"),
        ("travel_document", "E87654321", "表1第3行第2列"),
    ]


def test_cell__of_grade_in_a_form_is_a_marking() -> None:
    (hit,) = screen([grid(("密级", "机密"), ("编号", "1"))]).hits
    assert (hit.kind, hit.text) == ("classification", "机密")


def test_source__its_name_headers_and_footers_are_looked_at() -> None:
    body = (Paragraph("正文。", Place(line=1)),)
    source = Source("张某19912345678.docx", "docx", body, metadata=((FURNITURE, "内部资料 注意保存"),))
    assert [(h.kind, h.part) for h in screen(source).hits] == [("mobile_number", "文件名"), ("restricted_mark", "页眉或页脚")]
    marked = replace(source, name="通知.docx", metadata=((FURNITURE, "秘密★10年"),))
    assert [(h.kind, h.text) for h in screen(marked).hits] == [("classification", "秘密★10年")]
    assert [h.part for h in screen(replace(source, name="【机密】通知.docx", metadata=())).hits] == ["文件名"]


def test_source__what_was_not_read_keeps_it_from_being_clean() -> None:
    pages = note("S112", "第2页是图像，没有文字层，内容没有读取。", Place(quote="19912345678", page=2))
    source = Source("a.pdf", "pdf", (Paragraph("正文。", Place(line=1)),), findings=(pages,))
    screened = screen(source)
    assert screened.hits == ()
    assert [(u.place, u.why) for u in screened.unchecked] == [(Place(page=2), "第2页是图像，没有文字层，内容没有读取。")]
    assert not screened.is_clean
    assert screen(replace(source, findings=())).is_clean


@pytest.mark.parametrize("blocks", [(), (Paragraph("〔图片〕", Place(line=1)),), (grid(("〔图片〕",)),)])
def test_source__of_pictures_alone_is_never_clean(blocks: tuple[Paragraph | Grid, ...]) -> None:
    assert screen(Source("a.docx", "docx", blocks)).unchecked


def test_fingerprint__holds_while_the_hit_and_its_neighbours_do() -> None:
    def of(*lines: str, key: str = "") -> str:
        return screen(lines, Settings(key=key)).of("mobile_number")[0].fingerprint

    assert (
        of("联系人张某，手机19912345678。") == of("", "会后联系人张某，手机19912345678。") != of("联系人张某，手机19912345679。")
    )
    assert of("手机19912345678，可询") != of("手机19912345678，办公")
    assert of("手机19912345678", key="甲") != of("手机19912345678", key="乙")


def test_overlap__digits_belong_to_the_first_kind_that_claims_them() -> None:
    assert [h.kind for h in screen([f"账号：{IDENTITY}"]).hits] == ["identity_number"]
    assert [h.kind for h in screen([f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}"]).hits] == ["bank_card"]


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 20_000,
        "1380 " * 8_000,
        "13-" * 14_000,
        "a." * 20_000 + "@",
        "a@" + "a." * 20_000,
        "家住一二三四五六" * 5_000,
        "（内部资料" * 8_000,
        "村三组" * 14_000,
        "住" * 40_000,
        "电话：" + "12345678、" * 4_000,
        "http://" + "a" * 40_000,
        "小学三年级" * 8_000,
        "3单元" * 14_000,
        "“《" * 20_000,
        "护照" + "E" * 40_000,
    ],
    ids=lambda text: text[:8],
)
def test_screen__a_hostile_line_of_forty_thousand_characters_comes_to_an_end(text: str) -> None:
    assert all(hit.end - hit.start <= 120 for hit in screen([text]).hits)


@given(st.sets(st.text("甲乙丙丁", min_size=1, max_size=3), min_size=1), st.text("甲乙丙丁戊", max_size=40))
def test_lookup__finds_what_a_plain_search_finds(words: set[str], text: str) -> None:
    found = list(Lookup(words).among(text))
    assert all(text[start:end] == word and word in words for start, end, word in found)
    covered = {i for start, end, _ in found for i in range(start, end)}
    free = "".join(c if i not in covered else "\n" for i, c in enumerate(text))
    assert not any(word in free for word in words)


def test_source__a_page_that_stops_in_a_table_is_not_clean() -> None:
    stopped = note("S115", "网页到表格中间就断了。", Place())
    assert not screen(Source("a.html", "html", (Paragraph("正文。", Place(line=1)),), findings=(stopped,))).is_clean


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u202a", "\u202e", "\u202f", "\u2066", "\u2069"], ids=lambda mark: f"U+{ord(mark):04X}"
)
def test_number_with_an_unseen_mark_in_it__is_found(mark: str) -> None:
    hits = screen([f"身份证号{IDENTITY[:6]}{mark}{IDENTITY[6:]}，"]).hits
    assert [hit.text.replace(mark, "") for hit in hits] == [IDENTITY]


@pytest.mark.parametrize("close", ["\u202c", ""])
def test_number_typed_backwards_behind_an_override__is_found_where_it_is_written(close: str) -> None:
    text = f"身份证号\u202e{IDENTITY[::-1]}{close}"
    (hit,) = screen([text]).hits
    assert hit.kind == "identity_number"
    assert hit.text == text[hit.start : hit.end] == IDENTITY[::-1]
    assert hit.why.endswith("这里用改变书写方向的符号倒着写，读者看到的正是它。")


def test_text_behind_an_override__is_looked_at_as_it_is_written_too() -> None:
    assert [hit.text for hit in screen([f"身份证号\u202e{IDENTITY}"]).hits] == [IDENTITY]
    palindrome = "电话\u202e13812831\u202c" * 3
    assert len(screen([palindrome]).hits) == len({(h.start, h.end) for h in screen([palindrome]).hits})
