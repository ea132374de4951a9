"""Which files are taken as an arrangement of days off, and in which words are others refused?"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import law
from gongkai.calendar import Arrangement, DayKind, published
from gongkai.calendar.importing import Stated, as_toml, read_arrangement, read_folder, refuse_future
from gongkai.errors import BadCalendar, Unreadable

D = dt.date
LAW = law.national()
TOML_2027 = """
year = 2027
source = "一份2027年的放假通知"
published = 2026-11-10
off = ["2027-01-01/2027-01-03", "2027-02-05/2027-02-11", "2027-04-03/2027-04-05", "2027-05-01/2027-05-05", "2027-06-09",
       "2027-09-15", "2027-10-01/2027-10-07"]
work = [2027-01-31, 2027-02-14, 2027-05-08, 2027-09-26, 2027-10-09]
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_toml__whole_year__makes_the_year_known(tmp_path: Path) -> None:
    arrangement = read_arrangement(written(tmp_path, "2027.toml", TOML_2027), LAW)
    calendar = published().plus(arrangement)
    assert calendar.kind(D(2027, 1, 31)) is DayKind.MAKE_UP
    assert calendar.kind(D(2027, 2, 8)) is DayKind.HOLIDAY
    assert calendar.nth(D(2026, 12, 4), 20) == D(2027, 1, 4)
    assert arrangement.source == "一份2027年的放假通知"


def test_csv__two_columns__says_the_same_as_toml(tmp_path: Path) -> None:
    from_toml = read_arrangement(written(tmp_path, "2027.toml", TOML_2027), LAW)
    lines = (
        ["日期,安排"]
        + [f"{day:%Y/%m/%d},放假" for day in sorted(from_toml.off)]
        + [f"{day},上班" for day in sorted(from_toml.work)]
    )
    from_csv = read_arrangement(written(tmp_path, "2027.csv", "\r\n".join(lines)), LAW, Stated(source="一份2027年的放假通知"))
    assert (from_csv.off, from_csv.work, from_csv.year) == (from_toml.off, from_toml.work, 2027)


def test_csv__saved_by_an_office_program__gb18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "补充.csv"
    path.write_bytes("日期,安排\n2026年3月2日,放假\n".encode("gb18030"))
    arrangement = read_arrangement(path, LAW, Stated("本地通知", "某区", supplement=True))
    assert arrangement.off == {D(2026, 3, 2)}
    assert (arrangement.body, arrangement.complete) == ("某区", False)


def test_json__list_of_days__is_read(tmp_path: Path) -> None:
    from_toml = read_arrangement(written(tmp_path, "2027.toml", TOML_2027), LAW)
    days = [{"name": "节", "date": str(day), "isOffDay": day in from_toml.off} for day in sorted(from_toml.off | from_toml.work)]
    text = json.dumps({"year": 2027, "papers": ["一份通知"], "days": days})
    arrangement = read_arrangement(written(tmp_path, "2027.json", text), LAW)
    assert (arrangement.off, arrangement.work, arrangement.source) == (from_toml.off, from_toml.work, "一份通知")


def test_folder__kept_files__come_back_in_order(tmp_path: Path) -> None:
    first = Arrangement(2026, frozenset({D(2026, 3, 2)}), frozenset(), "甲", None, complete=False, recorded=D(2026, 2, 1))
    second = Arrangement(2026, frozenset(), frozenset({D(2026, 3, 2)}), "乙", None, complete=False, recorded=D(2026, 2, 2))
    written(tmp_path, "2.toml", as_toml(second))
    written(tmp_path, "1.toml", as_toml(first))
    assert read_folder(tmp_path, LAW) == (first, second)
    assert published().plus(*read_folder(tmp_path, LAW)).kind(D(2026, 3, 2)) is DayKind.WORKING
    assert read_folder(tmp_path / "nowhere", LAW) == ()


@given(
    st.sets(st.dates(D(2026, 1, 1), D(2026, 12, 31)), min_size=1, max_size=9),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip),
    st.none() | st.just("某区"),
    st.none() | st.dates(D(2025, 1, 1), D(2026, 12, 31)),
)
def test_as_toml__read_back__is_unchanged(
    tmp_path_factory: pytest.TempPathFactory, off: set[dt.date], source: str, body: str | None, day: dt.date | None
) -> None:
    arrangement = Arrangement(2026, frozenset(off), frozenset(), source, day, complete=False, body=body, recorded=day)
    path = written(tmp_path_factory.mktemp("kept"), "a.toml", as_toml(arrangement))
    assert read_arrangement(path, LAW) == arrangement


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("yaer = 2027", "“yaer”不认识"),
        ('year = 2027\nsource = "甲"', "没有一天放假或者上班"),
        ("year = 2027\noff = [2027-01-01]", "没有写明依据的文件"),
        ('year = 2027\nsource = "甲"\noff = [2027-01-01]\nwork = [2027-01-01]', "既写了放假又写了上班"),
        ('year = 2027\nsource = "甲"\noff = [2028-01-01]', "却写了2028-01-01"),
        ('year = 2027\nsource = "甲"\noff = [2027-01-01, "2027-01-01/2027-01-03"]', "2027-01-01写了两次"),
        ('year = 2027\nsource = "甲"\noff = ["2027-13-01"]', "不是日期"),
        ('year = 2027\nsource = "甲"\noff = ["元旦"]', "不是日期"),
        ('year = 2027\nsource = "甲"\noff = ["2027-01-03/2027-01-01"]', "不像一段假期"),
        ('year = 2027\nsource = "甲"\noff = ["2027-01-01/2027-12-31"]', "不像一段假期"),
        ('year = 2027\nsource = "甲"\noff = "2027-01-01"', "应当是日期的列表"),
        (TOML_2027.replace("2027-01-31", "2027-02-01"), "本来就是工作日"),
        (TOML_2027.replace('"2027-06-09",', ""), "2027-06-09是法定节假日，却没有放假"),
        ("year = [", "写法不对"),
    ],
)
def test_toml__faulty__is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises((BadCalendar, Unreadable), match=words) as refusal:
        read_arrangement(written(tmp_path, "坏.toml", text), LAW)
    assert str(refusal.value).endswith("。")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "day,kind\n2027-01-01,放假\n", "“日期”和“安排”两个列名"),
        ("a.csv", "日期,安排\n2027-01-01,休息\n", "第2行的安排是“休息”"),
        ("a.json", "[]", "现在是一个列表"),
        ("a.json", '{"days": [{"date": "2027-01-01"}]}', "date 和 isOffDay"),
        ("a.json", "{", "写法不对"),
        ("a.txt", "", "不是放假安排文件"),
    ],
)
def test_other_forms__faulty__are_refused_in_words(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises((BadCalendar, Unreadable), match=words):
        read_arrangement(written(tmp_path, name, text), LAW)


def test_file__that_is_not_there__says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="打不开"):
        read_arrangement(tmp_path / "无.toml", LAW)


def test_file__of_no_encoding__says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(Unreadable, match="UTF-8"):
        read_arrangement(path, LAW)


def test_file__far_too_large__is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="太大"):
        read_arrangement(written(tmp_path, "a.toml", "#" * 1_000_001), LAW)


@pytest.mark.parametrize("source", ["某通知", "某某街道通知"])
def test_toml__in_gb18030_that_is_utf8_as_well__keeps_its_name(tmp_path: Path, source: str) -> None:
    path = tmp_path / "2027.toml"
    path.write_bytes(TOML_2027.replace("一份2027年的放假通知", source).encode("gb18030"))

    assert read_arrangement(path, LAW).source == source


def test_toml__in_gb18030__whose_bytes_are_utf8__is_such_a_case() -> None:
    assert "某通知".encode("gb18030").decode("utf-8") != "某通知"


def test_published__after_the_day_of_the_import__is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "2027.toml", TOML_2027)
    arrangement = read_arrangement(path, LAW)

    refuse_future(path, arrangement, D(2026, 11, 10))
    with pytest.raises(BadCalendar, match="2026-11-10，晚于今天（2026-11-09）"):
        refuse_future(path, arrangement, D(2026, 11, 9))
