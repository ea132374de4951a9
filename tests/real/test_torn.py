"""Is a table whose labels and headings were torn read where everything agrees, and refused where one thing does not?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from gongkai.kernel import Place
from gongkai.reading import read
from gongkai.reading.blocks import Paragraph, Source
from gongkai.reading.reports import read_source
from gongkai.returns import Edition, Report, edition, editions
from tests.real.test_layouts import SETS, figures, wrong
from tests.real.torn import barred, torn

Figures = Mapping[str, str]


def whole(name: str) -> bool:
    form, _, printed = figures(name)
    return form.key in ("cn2019", "cn2021") and set(form.cells) == set(printed)


def comes_out(name: str) -> bool:
    form, _, printed = figures(name)
    (found,) = read("\n".join(torn(form, 2023, printed)).encode(), "a.txt", editions())
    return any(f.rule == "R922" for f in found.findings)


WHOLE = [name for name in SETS if whole(name)]


def found_in(lines: list[str]) -> Report:
    (found,) = read("\n".join(lines).encode(), "a.txt", editions())
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_torn_rows__of_real_figures_come_back_or_are_left_out(name: str) -> None:
    form, year, printed = figures(name)
    found = found_in(torn(form, year, printed))
    assert found.edition is form
    assert not wrong(found, form, printed)


def test_torn_rows__come_back_whole_where_the_sums_come_out() -> None:
    told = [name for name in WHOLE if comes_out(name)]
    assert len(told) >= 4
    for name in told:
        form, year, printed = figures(name)
        assert found_in(torn(form, year, printed)).by_code.keys() == set(printed)


def test_torn_rows__whose_groups_ran_into_their_labels_come_back_whole() -> None:
    for name in (name for name in WHOLE if comes_out(name)):
        form, year, printed = figures(name)
        found = found_in(torn(form, year, printed, glued=True))
        assert not wrong(found, form, printed)
        assert found.by_code.keys() == set(printed)


def test_row__whose_label_holds_one_of_the_form_is_no_row_of_the_bodys_own() -> None:
    form, lines, printed = parts()
    found = found_in([line.replace("2.重复申请", "脚注 2.重复申请") for line in lines if "补正后申请内容" not in line])
    assert not wrong(found, form, printed)


NAME = next(name for name in WHOLE if comes_out(name) and figures(name)[0].key == "cn2021")


def parts() -> tuple[Edition, list[str], Figures]:
    form, year, printed = figures(NAME)
    return form, torn(form, year, printed), printed


def bare(lines: list[str]) -> list[int]:
    """The lines of values without a label, but the last table's."""
    return [at for at, line in enumerate(lines) if line.startswith("| ") and line.split(" | ")[0].strip("| ").isdigit()][:-1]


def drop_a_row(lines: list[str]) -> list[str]:
    at = bare(lines)[3]
    return lines[:at] + lines[at + 1 :]


def print_a_row_twice(lines: list[str]) -> list[str]:
    at = bare(lines)[2]
    return [*lines[: at + 1], *lines[at:]]


def swap_labels_that_stayed(lines: list[str]) -> list[str]:
    text = "\n".join(lines).replace("2.重复申请", "#").replace("3.其他", "2.重复申请").replace("#", "3.其他")
    return text.split("\n")


def move_a_row_over_a_label(lines: list[str]) -> list[str]:
    at = next(at for at in bare(lines) if at + 1 < len(lines) and lines[at + 1].startswith("| ") and lines[at + 1] != lines[at])
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def lose_a_label(lines: list[str]) -> list[str]:
    return [line for line in lines if "补正后申请内容" not in line and "仍不明确" not in line]


def change_a_number(lines: list[str]) -> list[str]:
    at = bare(lines)[0]
    cells = lines[at].strip("| ").split(" | ")
    return [*lines[:at], barred([str(int(cells[0]) + 1), *cells[1:]]), *lines[at + 1 :]]


@pytest.mark.parametrize(
    "damage",
    [drop_a_row, print_a_row_twice, swap_labels_that_stayed, move_a_row_over_a_label, lose_a_label, change_a_number],
)
def test_torn_rows__leave_out_what_one_thing_contradicts(damage: Callable[[list[str]], list[str]]) -> None:
    form, lines, printed = parts()
    found = found_in(damage(lines))

    assert not wrong(found, form, printed)
    assert not [f for f in found.findings if f.rule == "R922"]


def test_torn_rows__say_so_with_their_places() -> None:
    _, lines, _ = parts()
    (told,) = [f for f in found_in(lines).findings if f.rule == "R922"]
    assert "2.没有现成信息需要另行制作" in told.subject
    assert all(place.line for place in told.places)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("自然人商业科研社会法律其他总计", "自然人科研商业社会法律其他总计"),
        ("自然人商业科研社会法律其他总计", "总计自然人商业科研社会法律其他"),
        ("自然人商业科研社会法律其他总计", "自然人商业科研社会法律个体其他总计"),
        ("企业机构公益服务", "机构企业公益服务"),
    ],
)
def test_torn_heading__in_another_order_or_with_another_column_is_not_believed(old: str, new: str) -> None:
    _, lines, _ = parts()
    assert old in lines
    found = found_in([new if line == old else line for line in lines])
    assert not [f for f in found.figures if f.code and f.code.startswith(("requests", "outcome"))]


def test_torn_heading__counts_for_rows_whose_sum_comes_out_only() -> None:
    form, lines, printed = parts()
    text = "\n".join(lines)
    row = next(line for line in lines if "本年新收" in line)
    cells = row.split(" | ")
    spoilt = " | ".join([*cells[:2], str(int(cells[2]) + 1), *cells[3:]])
    found = found_in(text.replace(row, spoilt).split("\n"))

    assert not wrong(found, form, printed)
    assert not [f for f in found.figures if f.code and f.code.startswith("requests.new")]
    assert [f for f in found.figures if f.code and f.code.startswith("requests.carried_in")]
    assert [f for f in found.findings if f.rule == "R923"]


def test_heading_lost__of_the_table_of_one_row_is_read_where_its_three_sums_come_out() -> None:
    form = edition("cn2021")
    values = "9 1 2 3 15 4 0 1 0 5 0 0 0 1 1".split()
    _, lines, _ = parts()
    start = next(at for at, line in enumerate(lines) if line.startswith("四、"))
    text = "\n".join([*lines[: start + 1], "{}", "", "五、存在的主要问题及改进情况", "无。"])
    found = found_in(text.format(barred(values)).split("\n"))
    codes = [cell.code for cell in form.table("reviews_and_litigation").cells]
    assert [found.by_code[code].text for code in codes] == values

    for at, other in ((4, "16"), (9, "6"), (0, "")):
        spoilt = [other if n == at else value for n, value in enumerate(values)]
        assert not set(codes) & found_in(text.format(barred(spoilt)).split("\n")).by_code.keys()


HEADER_APART = [
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计商 业 企",
    "业",
    "科研机",
    "构",
    "社会公益",
    "组织",
    "法 律 服 务",
    "机构",
    "其他",
]


def test_text_of_a_page__that_stops_anywhere_gives_no_part_of_a_number() -> None:
    form, _, printed = parts()
    table = form.table("requests")
    out = ["甲局2023年政府信息公开工作年度报告", table.section or "", *HEADER_APART]
    out += [" ".join([row.label, *cells]) for row, cells in ((table.rows[i], row_of(form, printed, i)) for i in (0, 1, 3))]
    text = "\n".join(out)
    for end in range(text.index(table.rows[3].label), len(text) + 1):
        found = found_in(text[:end].split("\n"))
        assert not wrong(found, form, printed), text[:end]
    assert [f.text for f in found.figures] == [*row_of(form, printed, 0), *row_of(form, printed, 1), *row_of(form, printed, 3)]


def row_of(form: Edition, printed: Figures, i: int) -> list[str]:
    table = form.table("requests")
    return [printed[cell.code] for cell in table.cells if cell.row_index == i]


def test_lines_of_a_page__with_values_off_their_labels_lines_give_them_to_no_label() -> None:
    texts = ["甲局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "第二十条第（六）项", "信息内容\t本年处理决定数量"]
    texts += ["3", "行政处罚", "4", "行政强制", "三、收到和处理政府信息公开申请情况"]
    blocks = tuple(Paragraph(text, Place(line=n, page=1)) for n, text in enumerate(texts, start=1))
    (found,) = read_source(Source("a.pdf", "pdf", blocks))
    assert not found.figures
