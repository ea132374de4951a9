"""Reports to write: one filled in full for each edition, and a Hypothesis strategy over every state and hostile text."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.kernel import Figure, State
from gongkai.returns import Edition, Report, Section, blank_report, editions, figure_of, with_totals
from gongkai.writing.document import is_heading

AGENCY = "云漪市司法局"

# One writing of each state is enough to tell them apart; the words are those clerks use.
STATES = (
    ("0", Decimal(0), State.NUMBER),
    ("7", Decimal(7), State.NUMBER),
    ("14069", Decimal(14069), State.NUMBER),
    ("", None, State.BLANK),
    ("/", None, State.NOT_APPLICABLE),
    ("-", None, State.DASH),
    ("——", None, State.DASH),
)


def year_of(edition: Edition) -> int:
    """A report year of this edition."""
    return edition.last_year or edition.first_year or 2017


def filled(edition: Edition, seed: int = 1, year: int | None = None) -> Report:
    """A report of the edition whose figures add up, with a paragraph in every section."""
    random_figures = random.Random(seed)
    report = blank_report(edition, AGENCY, year or year_of(edition))
    totals = {i.left[0].code for i in edition.totals()}
    figures = []
    for figure in report.figures:
        value = random_figures.choice((0, 0, 1, 2, 5, 31))
        number = replace(figure, value=Decimal(value), text=str(value), state=State.NUMBER)
        figures.append(figure if figure.code in totals else number)
    report, _ = with_totals(replace(report, figures=tuple(figures)))
    text = ("（一）工作开展", "本机关依法做好政府信息公开工作，及时回应群众关切。")
    sections = (Section("", ("本报告依照有关规定编制。",)), *(Section(title, text) for title in edition.sections))
    return replace(report, sections=sections, signoff=tuple((name, "赵某") for name in edition.foot))


# What a paragraph can hold: any visible character, single inner spaces, no control characters. Words that are themselves
# part of a report's skeleton (section numbers, field names) are another report, not text of this one; they are left out.
_LETTERS = st.one_of(
    st.sampled_from("政府信息公开机关依法办理群众申请答复及时准确全面加强培训指导监督"),
    st.sampled_from("<>&\"'=+-@#$%^*_`~|\\{}[]/;,.!?，。、；：“”（）《》〔〕…—·％＋"),
    st.sampled_from("abcXYZ"),
    st.sampled_from("𠮷㐀龘"),
)
_HOSTILE = st.sampled_from(
    (
        "<script>alert(1)</script>",
        '#eval("1") $x$ `raw` *粗* _斜_ @引用 //注释 /*注*/ \\',
        '=HYPERLINK("x")',
        "&lt;b&gt; &amp;amp; ]]>",
        "{{ 7*7 }} {% raw %}",
        "</w:t></w:r>",
        "-- — ~ 'quote' \"quote\" ...",
    )
)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A paragraph of prose, sometimes hostile, that nothing but its own text could be taken for."""
    words = draw(st.lists(st.one_of(st.text(_LETTERS, min_size=1, max_size=12), _HOSTILE), min_size=1, max_size=4))
    text = "本机关" + " ".join("".join(words).split()) + "有关工作。"
    return text if not is_heading(text) else "即" + text


@st.composite
def figures(draw: st.DrawFn, edition: Edition) -> tuple[Figure, ...]:
    """Every cell of the edition in some state, with one number at least in a table: a blank table is refused on reading."""
    made = []
    for table in edition.tables:
        cells = [c for c in table.cells if not c.optional]
        drawn = [draw(st.sampled_from(STATES)) for _ in cells]
        if all(state is not State.NUMBER for _, _, state in drawn):
            drawn[draw(st.integers(0, len(drawn) - 1))] = STATES[0]
        made += [figure_of(cell, *written) for cell, written in zip(cells, drawn, strict=True)]
    return tuple(made)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of any edition as it comes from a form and a text: every section of the edition, in its order."""
    edition = draw(st.sampled_from(editions()))
    sections = tuple(Section(title, tuple(draw(st.lists(paragraphs(), min_size=1, max_size=2)))) for title in edition.sections)
    if draw(st.booleans()):
        sections = (Section("", tuple(draw(st.lists(paragraphs(), min_size=1, max_size=1)))), *sections)
    signoff = tuple((name, draw(st.sampled_from(("赵某", "钱某", "0000-1234", "")))) for name in edition.foot)
    return Report(AGENCY, year_of(edition), edition, draw(figures(edition)), sections, signoff)
