"""Does the index find what a scan of the text finds, and nothing else?"""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_web.search.engine import Document, Hits, Index, Question, Sort
from gongkai_web.search.excerpts import excerpt, marked
from gongkai_web.search.grams import RUN_LIMIT, folded, indexed, phrase, runs

DAY = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
DOCUMENTS = (
    Document(
        "a",
        "xc",
        "关于印发法律援助经费管理办法的通知",
        "岫司〔2025〕3号",
        text="为规范经费使用，现将《办法》印发。第3条规定。",
        year=2025,
        published=DAY,
    ),
    Document(
        "b",
        "xc",
        "2024年度部门预算公开",
        text="收入预算 1,204.5 万元。法律援助中心属公益一类。",
        year=2024,
        validity="有效",
        categories=("budget",),
    ),
    Document(
        "c",
        "tz",
        "人民调解委员会名单",
        text="条例办法另行公布",
        attachments="附表：调解员姓名",
        year=2025,
        published=DAY + dt.timedelta(1),
    ),
    Document("d", "xc", "公证机构名录", summary="列出本县公证机构的地址", text="办公时间 9:00—17:00", kind="institution"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index(tmp_path / "index")
    with made.writing() as writer:
        writer.fill(DOCUMENTS)
    made.complete()
    return made


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("法律援助", {"a", "b"}),
        ("援助经费", {"a"}),
        ("援", {"a", "b"}),
        ("第3条", {"a"}),
        ("3", {"a"}),
        ("录", {"d"}),
        ("条例办法", {"c"}),
        ("办法印发", set()),  # a bracket stands between them
        ("办法 印发", {"a"}),
        ("岫司〔2025〕3号", {"a"}),
        ("岫司(2025)3号", {"a"}),
        ("２０２４年度", {"b"}),
        ("204", {"b"}),
        ("调解员", {"c"}),
        ("公证机构的地址", {"d"}),
        ("没有这样的词", set()),
        ("，。！", set()),
        ("", {"a", "b", "c", "d"}),
    ],
)
def test_find__finds_words_inside_sentences(index: Index, words: str, keys: set[str]) -> None:
    found = index.find(Question(words))
    assert (set(found.keys), found.total) == (keys, len(keys))


def test_find__puts_a_word_in_the_title_first(index: Index) -> None:
    assert index.find(Question("法律援助")).keys == ("a", "b")


def test_find__newest_first_when_asked(index: Index) -> None:
    assert index.find(Question("办", sort=Sort.NEWEST)).keys[:2] == ("c", "a")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        (Question(year=2025), {"a", "c"}),
        (Question(bodies=("tz",)), {"c"}),
        (Question("法律", year=2024), {"b"}),
        (Question(validity="有效"), {"b"}),
        (Question(category="budget"), {"b"}),
        (Question(kind="institution"), {"d"}),
        (Question(bodies=("xc", "tz"), category="none"), set()),
    ],
)
def test_find__narrows_by_filters(index: Index, question: Question, keys: set[str]) -> None:
    assert set(index.find(question).keys) == keys


def test_put__replaces_what_has_the_same_key(index: Index) -> None:
    with index.writing() as writer:
        writer.put(Document("a", "xc", "改过的题目"))
    assert index.find(Question("法律援助")).keys == ("b",)
    assert index.count() == 4


def test_remove__takes_a_document_out(index: Index) -> None:
    with index.writing() as writer:
        writer.remove("a")
    assert index.find(Question("经费")).keys == ()


def test_writing__that_fails_leaves_the_index_as_it_was(index: Index) -> None:
    def failing() -> None:
        with index.writing() as writer:
            writer.fill(())
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        failing()
    assert index.count() == 4


def test_reader__sees_what_another_handle_wrote(index: Index) -> None:
    reader = Index(index.folder)
    assert reader.find(Question("经费")).keys == ("a",)
    with index.writing() as writer:
        writer.remove("a")
    assert reader.find(Question("经费")).keys == ()


def test_reader__takes_up_a_commit_once(index: Index) -> None:
    reader = Index(index.folder)
    reader.count()
    loaded = reader._loaded
    assert loaded is not None
    assert reader._state() == loaded
    reader.find(Question("经费"))
    with index.writing() as writer:
        writer.remove("a")
    assert reader._state() != loaded
    assert reader.count() == 3
    assert reader._loaded == reader._state()


def test_index__of_another_version_is_built_anew(index: Index) -> None:
    (index.folder / "VERSION").write_text("0", encoding="ascii")
    made = Index(index.folder)
    assert made.fresh
    assert made.count() == 0
    with made.writing() as writer:
        writer.put(DOCUMENTS[1])
    made.complete()
    assert made.count() == 1


def test_reader__of_an_index_that_is_not_there_yet_finds_it_when_it_is(tmp_path: Path) -> None:
    reader, writer = Index(tmp_path / "index"), Index(tmp_path / "index")
    assert reader.find(Question("援助")) == Hits((), 0)
    assert writer.fresh
    with writer.writing() as open_writer:
        open_writer.fill(DOCUMENTS)
    writer.complete()
    assert set(reader.find(Question("援助")).keys) == {"a", "b"}


def test_similar__offers_what_shares_most(index: Index) -> None:
    assert index.similar("我想了解法律援助的经费怎么管理").keys[0] == "a"
    assert index.similar("？").keys == ()


TEXT = st.text(alphabet="公开法律援助ab12 ，。", max_size=40)


@given(TEXT, st.text(alphabet="公开法律援助ab12", min_size=2, max_size=7))
def test_phrase__stands_exactly_where_the_run_stands(text: str, run: str) -> None:
    tokens = indexed(text).split()
    pairs = phrase(run)
    proved = any(all(p + i < len(tokens) and tokens[p + i] == pair for i, pair in pairs) for p in range(len(tokens)))
    assert proved == any(run in r for r in runs(text))


@given(TEXT)
def test_runs__hold_every_letter_and_digit_in_order(text: str) -> None:
    assert "".join(runs(text)) == "".join(c for c in text if c.isalnum())


@given(st.text(alphabet=st.sampled_from("公é\u0301a\u0903，_ 1½\U000e0101"), max_size=30))
def test_runs__keep_the_marks_of_letters_with_them(text: str) -> None:
    shown = folded(text)
    kept = [c if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} else " " for c in shown]
    assert list(runs(text)) == "".join(kept).split()


@pytest.mark.parametrize("length", [RUN_LIMIT - 1, RUN_LIMIT, RUN_LIMIT + 1, 2 * RUN_LIMIT - 1])
def test_runs__cut_what_is_no_language_overlapping_by_one(length: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(length))
    found = list(runs(text))
    assert found[0] + "".join(run[1:] for run in found[1:]) == text
    assert max(map(len, found)) <= RUN_LIMIT


def test_fill__leaves_only_what_it_was_given(index: Index) -> None:
    with index.writing() as writer:
        assert writer.fill(DOCUMENTS[:1]) == 1
    assert index.count() == 1
    assert index.find(Question("经费")).keys == ("a",)


def test_excerpt__shows_the_place_and_marks_the_words() -> None:
    parts = excerpt("前" * 200 + "法律援助中心" + "后" * 200, "法律援助", 60)
    assert parts[0] == ("…", False)
    assert ("法律援助", True) in parts
    assert sum(len(text) for text, _ in parts) == 62


def test_marked__keeps_every_character() -> None:
    assert "".join(text for text, _ in marked("《法律援助》<b>", "法律援助")) == "《法律援助》<b>"


@given(st.text(max_size=60), st.text(alphabet="公开A①㎡ﬁ", min_size=1, max_size=3))
def test_marked__shows_every_text_as_it_stands(text: str, words: str) -> None:
    assert "".join(piece for piece, _ in marked(text, words)) == text


def test_marked__finds_what_is_written_in_another_form() -> None:
    assert ("２０２４年", True) in marked("《２０２４年》，概况", "2024年")
    assert "".join(piece for piece, _ in excerpt("《２０２４年》，概况", "2024年")) == "《２０２４年》，概况"
