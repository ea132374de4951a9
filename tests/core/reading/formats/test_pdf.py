"""Is a PDF read as it is printed: its ruled tables exactly, its prose in order, and no scan guessed at?"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pylopdf_fonts_zh_cn import __file__ as fonts_module

from gongkai.errors import Unreadable
from gongkai.reading.blocks import FURNITURE, Grid, Paragraph, Source
from gongkai.reading.formats import open_source
from gongkai.reading.pdf import read_pdf
from gongkai.returns import Edition, editions
from gongkai.writing import write
from tests.core.reading.formats.paper import PROSE, line, pdf, ruled, text, upright
from tests.core.writing.given_reports import filled

FONTS = [str(Path(fonts_module).parent)]


def typeset(source: str) -> Source:
    return read_pdf(typst.compile(source.encode(), font_paths=FONTS), "年报.pdf")


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def words(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [("".join(t.split()), *rest) for t, *rest in shape(grid)]


SIX = ruled([50, 150, 250], [500, 480, 460, 440]) + "".join(
    text(x, y, w)
    for x, y, w in [(60, 486, "Item"), (160, 486, "2023"), (60, 466, "Rules"), (160, 466, "11"), (60, 446, "Orders")]
)


def test_ruled_table__gives_cells_and_blanks() -> None:
    (grid,) = grids(read_pdf(pdf(PROSE + SIX), "x"))
    assert shape(grid) == [
        ("Item", 0, 0, 1, 1),
        ("2023", 0, 1, 1, 1),
        ("Rules", 1, 0, 1, 1),
        ("11", 1, 1, 1, 1),
        ("Orders", 2, 0, 1, 1),
        ("", 2, 1, 1, 1),
    ]
    assert (grid.cells[3].place.page, grid.cells[3].place.row, grid.cells[3].place.column) == (1, 2, 2)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_page__turned_by_the_file_is_read_as_shown(angle: int) -> None:
    # The page shows turned; what is drawn upright on paper then reads sideways, so its table is drawn turned back.
    turn = {90: "0 1 -1 0 400 0 cm\n", 180: "-1 0 0 -1 400 600 cm\n", 270: "0 -1 1 0 0 600 cm\n"}[angle]
    (grid,) = grids(
        read_pdf(
            pdf(
                turn
                + PROSE.replace("560", "380")
                + ruled([50, 150, 250], [200, 180, 160])
                + text(60, 186, "Item")
                + text(160, 186, "7")
                + text(60, 166, "Rules")
                + text(160, 166, "8"),
                rotate=angle,
            ),
            "x",
        )
    )
    assert [cell.text for cell in grid.cells] == ["Item", "7", "Rules", "8"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_page__whose_lines_run_up_the_sheet_is_set_upright_and_its_boxes_lie_on_the_sheet(angle: int) -> None:
    upright_page, lying_page = read_pdf(pdf(PROSE + SIX), "x"), read_pdf(pdf(PROSE + SIX, rotate=angle), "x")
    (grid,), (lying,) = grids(upright_page), grids(lying_page)
    assert shape(lying) == shape(grid)
    assert texts(lying_page) == texts(upright_page)
    # The cell of 2023 spans x 150–250 and y 100–120 from the top on a page of 400 by 600.
    box = {90: (480, 150, 500, 250), 180: (150, 480, 250, 500), 270: (100, 150, 120, 250)}[angle]
    assert grid.cells[1].place.box == (150, 100, 250, 120)
    assert lying.cells[1].place.box == box


def test_merged_cells__are_spans() -> None:
    source = typeset(
        '#set page(width: 300pt, height: 400pt)\n#set text(font: "Noto Sans SC", size: 10pt)\n一、总体情况：本机关依法公开。\n'
        "#table(columns: 4, table.cell(rowspan: 2, colspan: 2)[标签], table.cell(colspan: 2)[申请人], [自然人], [总计],"
        "table.cell(rowspan: 2)[三], [甲], [1], [2], [乙], [3], [])"
    )
    (grid,) = grids(source)
    assert shape(grid) == [
        ("标签", 0, 0, 2, 2),
        ("申请人", 0, 2, 1, 2),
        ("自然人", 1, 2, 1, 1),
        ("总计", 1, 3, 1, 1),
        ("三", 2, 0, 2, 1),
        ("甲", 2, 1, 1, 1),
        ("1", 2, 2, 1, 1),
        ("2", 2, 3, 1, 1),
        ("乙", 3, 1, 1, 1),
        ("3", 3, 2, 1, 1),
        ("", 3, 3, 1, 1),
    ]


def test_table__over_pages_is_one_its_header_once_and_its_cut_label_whole() -> None:
    rows = ", ".join(f"[第{n}项], [{n}]" for n in range(1, 13))
    source = typeset(
        '#set page(width: 300pt, height: 160pt, margin: 20pt)\n#set text(font: "Noto Sans SC", size: 10pt)\n'
        f"#table(columns: 3, table.header([类], [项], [数]), table.cell(rowspan: 12)[办理结果], {rows})"
    )
    (grid,) = grids(source)
    assert grid.rows == 13
    labels = [cell for cell in grid.cells if cell.column == 0]
    assert [(cell.text, cell.row_span) for cell in labels] == [("类", 1), ("办理结果", 12)]
    assert [cell.text for cell in grid.cells if cell.column == 2] == ["数", *map(str, range(1, 13))]
    assert grid.cells[-1].place.page is not None
    assert grid.cells[-1].place.page > 1


@pytest.mark.parametrize("edition", editions(), ids=lambda e: e.key)
def test_our_own_pdf__has_the_cells_of_our_own_word_file(edition: Edition) -> None:
    report = filled(edition)
    ours = [words(grid) for grid in grids(open_source(write(report, "pdf"), "a"))]
    word = [words(grid) for grid in grids(open_source(write(report, "docx"), "a"))]
    figures = [t for grid in word for t, *_ in grid if t.isdigit()]
    assert [t for grid in ours for t, *_ in grid if t.isdigit()] == figures


def test_wrapped_prose__is_joined_and_new_paragraphs_are_not() -> None:
    source = typeset(
        '#set page(width: 300pt, height: 400pt, margin: 30pt)\n#set text(font: "Noto Serif SC", size: 10pt)\n#set par(first-line-indent: (amount: 2em, all: true))\n'
        "本机关认真贯彻条例，主动公开政府信息二百八十八条，收到申请三件，均已按期答复，没有发生行政复议和行政诉讼。\n\n第二段在这里。"
    )
    assert texts(source) == [
        "本机关认真贯彻条例，主动公开政府信息二百八十八条，收到申请三件，均已按期答复，没有发生行政复议和行政诉讼。",
        "第二段在这里。",
    ]


def test_columns_of_prose__are_read_one_after_the_other() -> None:
    sentence = "本机关认真贯彻条例并主动公开政府信息，收到申请均已按期答复。"
    source = typeset(
        f'#set page(width: 400pt, height: 300pt, columns: 2)\n#set text(font: "Noto Serif SC", size: 10pt)\n{sentence * 14}'
    )
    assert "".join(texts(source)).replace("\t", "").startswith(sentence * 5)


def test_furniture__page_numbers_and_running_heads_are_kept_apart() -> None:
    pages = [
        text(150, 580, "Annual report 2023")
        + PROSE.replace("560", "500").replace("line", f"page {n} line")
        + text(190, 20, f"- {n} -")
        for n in (1, 2, 3)
    ]
    source = read_pdf(pdf(*pages), "x")
    assert all("Annual report" not in t and "- 1 -" not in t for t in texts(source))
    assert (FURNITURE, "Annual report 2023") in source.metadata
    assert any("page 2 line" in t for t in texts(source))


def test_number__alone_in_the_body_is_no_page_number() -> None:
    assert "17" in texts(read_pdf(pdf(PROSE + text(100, 300, "17")), "x"))


def test_bold__printed_twice_on_the_spot_is_read_once_and_double_digits_twice() -> None:
    source = read_pdf(pdf(PROSE + SIX.replace("(11)", "(22)") + text(160.3, 466, "22")), "x")
    assert grids(source)[0].cells[3].text == "22"


def test_white_lines_slanted_watermarks_and_page_frames__are_not_seen() -> None:
    frame = line(10, 10, 390, 10) + line(10, 590, 390, 590) + line(10, 10, 10, 590) + line(390, 10, 390, 590)
    white = line(100, 440, 100, 500).replace("0 G", "1 G")
    mark = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 440 Tm (DRAFT) Tj ET\n"
    (grid,) = grids(read_pdf(pdf(PROSE + SIX + frame + white + mark), "x"))
    assert [cell.text for cell in grid.cells] == ["Item", "2023", "Rules", "11", "Orders", ""]


def test_lines__drawn_as_thin_shapes_are_lines() -> None:
    bars = "".join(f"0 g 50 {y} 200 0.6 re f\n" for y in (440, 460, 480, 500)) + "".join(
        f"0 g {x} 440 0.6 60 re f\n" for x in (50, 150, 250)
    )
    (grid,) = grids(read_pdf(pdf(PROSE + bars + SIX[SIX.index("BT") :]), "x"))
    assert grid.cells[3].text == "11"


def test_sides__left_open_still_enclose_the_outer_cells() -> None:
    open_sides = "".join(line(50, y, 250, y) for y in (440, 460, 480, 500)) + line(150, 440, 150, 500)
    (grid,) = grids(read_pdf(pdf(PROSE + open_sides + SIX[SIX.index("BT") :]), "x"))
    assert [cell.text for cell in grid.cells] == ["Item", "2023", "Rules", "11", "Orders", ""]


def test_area__that_is_no_rectangle_is_refused_with_a_note() -> None:
    broken = ruled([50, 150, 250], [500, 480, 460, 440])
    broken = broken.replace(line(50, 480, 250, 480), line(150, 480, 250, 480)).replace(
        line(150, 500, 150, 440), line(150, 480, 150, 440)
    )
    source = read_pdf(pdf(PROSE + broken + SIX[SIX.index("BT") :]), "x")
    assert grids(source) == [] or "S113" in [f.rule for f in source.findings]


def test_columns_without_rules__keep_a_tab_between_them() -> None:
    source = read_pdf(pdf(PROSE + text(60, 400, "Rules") + text(200, 400, "11") + text(230, 400, "0")), "x")
    assert "Rules\t11\t0" in texts(source)


@pytest.mark.parametrize("scale", [0.05, 1, 10])
def test_label__set_upright_stays_in_its_column_whatever_scales_its_font(scale: float) -> None:
    label, xs, ys = "三本年度办理结果", [50, 70, 350], [440, 480, 520, 560]
    page = line(50, 440, 350, 440) + line(50, 560, 350, 560) + "".join(line(x, 440, x, 560) for x in xs)
    page += "".join(line(70, y, 350, y) for y in ys) + upright(60, 555, label, scale=scale)
    page += "".join(text(80, 455 + 40 * n, f"row {n}") for n in range(3))
    (grid,) = grids(read_pdf(pdf(page), "a.pdf"))
    assert words(grid) == [(label, 0, 0, 3, 1), ("row2", 0, 1, 1, 1), ("row1", 1, 1, 1, 1), ("row0", 2, 1, 1, 1)]


def test_scan__is_refused_with_advice() -> None:
    out = io.BytesIO()
    Image.new("L", (600, 800), 200).save(out, "PDF")
    with pytest.raises(Unreadable, match=r"扫描件.*Word"):
        open_source(out.getvalue(), "年报.pdf")


def test_scan__with_an_invisible_layer_of_guessed_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="扫描件"):
        read_pdf(pdf("".join(text(50, 560 - 14 * n, "guessed words 3 0 8", mode=3) for n in range(9))), "x")


def test_encrypted_file__is_refused_with_advice() -> None:
    encrypt = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + "11" * 32 + ">/U<" + "22" * 32 + ">>>/ID[<00><00>]"
    with pytest.raises(Unreadable, match="密码"):
        read_pdf(pdf(PROSE, trailer=encrypt), "年报.pdf")


def test_bomb__in_a_packed_stream_is_refused() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read_pdf(pdf(PROSE + " " * 120_000_000, packed=True), "x")


def test_radicals__that_fonts_print_for_ideographs_are_ideographs() -> None:
    source = typeset(
        '#set page(width: 300pt, height: 300pt)\n#set text(font: "Noto Sans SC", size: 10pt)\n⼀、政府信息公开⼯作，依法主动公开，及时答复。'
    )
    assert texts(source)[0].startswith("一、政府信息公开工作")


SEED = pdf(PROSE + SIX)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=5)), max_size=6), st.integers(0, 1 << 16))
def test_mutated_file__is_read_or_refused_and_nothing_else(changes: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(SEED)
    for at, replacement in changes:
        at %= len(data)
        data[at : at + len(replacement)] = replacement
    if cut % 4 == 0:
        del data[cut % len(data) :]
    try:
        source = read_pdf(bytes(data), "x")
    except Unreadable:
        return
    assert source.format == "pdf"


@pytest.mark.office
def test_pdf__made_by_libreoffice_has_the_figures_of_the_word_file(libreoffice: str, tmp_path: Path) -> None:
    report = filled(editions()[-1])
    word = tmp_path / "report.docx"
    word.write_bytes(write(report, "docx"))
    subprocess.run(
        [
            libreoffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(word),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    ours = grids(open_source((tmp_path / "report.pdf").read_bytes(), "a"))
    expected = grids(open_source(word.read_bytes(), "a"))
    assert [t for grid in ours for t, *_ in words(grid) if t.isdigit()] == [
        t for grid in expected for t, *_ in words(grid) if t.isdigit()
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    "style", ["", "table{border-collapse:separate!important;border-spacing:2px!important}", "@page{size:A5!important}"]
)
def test_pdf__made_by_a_browser_has_the_figures_of_the_page(chromium: str, tmp_path: Path, style: str) -> None:
    page = write(filled(editions()[0]), "html")
    path = tmp_path / "report.html"
    path.write_bytes(page.replace(b"</head>", f"<style>{style}</style></head>".encode()))
    out = tmp_path / "report.pdf"
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--print-to-pdf={out}",
            path.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ours, expected = grids(open_source(out.read_bytes(), "a")), grids(open_source(page, "a"))
    assert [t for grid in ours for t, *_ in words(grid) if t.isdigit()] == [
        t for grid in expected for t, *_ in words(grid) if t.isdigit()
    ]


def test_lines__of_dots_and_areas_of_colour_divide_cells() -> None:
    words_only = SIX[SIX.index("BT") :]
    dots = "".join(f"0 g {x} {y} 1 1 re f\n" for y in (440, 460, 480, 500) for x in range(50, 252, 4))
    dots += "".join(f"0 g {x} {y} 1 1 re f\n" for x in (50, 150, 250) for y in range(440, 502, 4))
    areas = "".join(f"0.8 g {x} {y} 99 19 re f\n" for x in (50, 150) for y in (440, 460, 480)) + "0 g\n"
    for drawing in (dots, areas):
        (grid,) = grids(read_pdf(pdf(PROSE + drawing + words_only), "x"))
        assert [cell.text for cell in grid.cells] == ["Item", "2023", "Rules", "11", "Orders", ""]


def test_table__over_pages_is_one_even_where_a_page_draws_fewer_columns() -> None:
    first = ruled([50, 250], [100, 80]).replace(line(50, 100, 250, 100), line(50, 100, 250, 100) + line(200, 100, 200, 80))
    second = ruled([50, 120, 200, 250], [560, 540, 520])
    source = read_pdf(
        pdf(
            PROSE + first + text(60, 86, "Total") + text(210, 86, "1"),
            second
            + text(60, 546, "Of")
            + text(130, 546, "Rules")
            + text(210, 546, "2")
            + text(60, 526, "Of")
            + text(130, 526, "Orders")
            + text(210, 526, "3"),
        ),
        "x",
    )
    (grid,) = grids(source)
    assert (grid.rows, grid.columns) == (3, 3)
    assert shape(grid)[:2] == [("Total", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


@pytest.mark.parametrize(("spacing", "shown"), [("0 Tc", "36 120"), ("1.5 Tc", "36120")])
def test_narrow_gap__between_two_digits_is_a_space_unless_all_are_set_wide(spacing: str, shown: str) -> None:
    apart = f"BT /F 10 Tf {spacing} 160 466 Td [(36) -150 (120)] TJ 0 Tc ET\n" if shown == "36 120" else ""
    wide = "" if apart else f"BT /F 10 Tf {spacing} 160 466 Td (36120) Tj 0 Tc ET\n"
    (grid,) = grids(read_pdf(pdf(PROSE + SIX.replace("(11)", "()") + apart + wide), "x"))

    assert grid.cells[3].text == shown
