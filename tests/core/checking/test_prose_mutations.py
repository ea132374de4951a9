"""How many wrong numbers in the text of correct reports are found, and is a correct text never accused?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checking import check
from gongkai.kernel import Status
from gongkai.reading import with_claims
from gongkai.reading.claims_lexicon import concepts
from gongkai.returns import Edition, Report, Section, editions
from tests.core.checking.consistent import consistent
from tools.mutate import merged, mutated_cells, mutated_prose

FORMS = editions()
# How each concept that a table holds is said; {n} is the sum of its cells.
SENTENCES = {
    "上年结转申请": "另有上年结转申请{n}件。",
    "结转下年度办理的申请": "结转下年度继续办理的申请{n}件。",
    "收到政府信息公开申请": "全年收到政府信息公开申请{n}件。",
    "办结政府信息公开申请": "上述信息公开申请已办结{n}件。",
    "部分公开": "对政府信息公开申请，部分公开{n}件。",
    "不予公开": "对政府信息公开申请，不予公开{n}件。",
    "予以公开": "对政府信息公开申请，予以公开{n}件。",
    "无法提供": "对政府信息公开申请，无法提供{n}件。",
    "不予处理": "对政府信息公开申请，不予处理{n}件。",
    "其他处理": "对政府信息公开申请，其他处理{n}件。",
    "行政复议": "发生政府信息公开行政复议{n}件。",
    "行政诉讼": "发生政府信息公开行政诉讼{n}件。",
    "主动公开政府信息": "全年主动公开政府信息{n}条。",
    "政务微博公开信息": "政务微博公开政府信息{n}条。",
    "政务微信公开信息": "政务微信公开政府信息{n}条。",
    "政府网站公开信息": "通过政府网站公开政府信息{n}条。",
    "政府公报公开信息": "政府公报公开政府信息{n}条。",
    "制发规范性文件": "制发规范性文件{n}件。",
    "现场咨询": "现场咨询{n}人次。",
    "电话咨询": "电话咨询{n}人次。",
}
BREAKDOWN = "全年发布工作信息{a}条，其中：机构类{b}条，占{x}%；业务类{c}条，占{y}%；其他类{d}条，占{z}%。"


def worded(form: Edition, seed: int) -> Report:
    """A consistent report whose text states its figures, and a list of parts with shares."""
    made = consistent(form, seed, form.last_year or 2022)
    lines = []
    for concept in concepts():
        cells = concept.sum(form)
        values = [made.value(code) for code in cells]
        if concept.label in SENTENCES and cells and None not in values:
            lines.append(SENTENCES[concept.label].format(n=sum((v for v in values if v is not None), Decimal(0))))
    parts = [20 + seed % 7, 130 + seed % 31, 50 + seed % 11]
    shares = [f"{Decimal(100 * p) / sum(parts):.1f}" for p in parts]
    words = dict(zip("abcdxyz", [sum(parts), *parts, *shares], strict=True))
    text = (*dict.fromkeys(lines), BREAKDOWN.format(**words))
    return with_claims(replace(made, sections=(Section("一、总体情况", text),)))


@given(st.sampled_from(FORMS), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_correct_text__is_never_accused(form: Edition, seed: int) -> None:
    told = [i for i in check(worded(form, seed)) if i.rule >= "R3" and i.status in (Status.FAIL, Status.UNCERTAIN)]
    assert [i.message for i in told] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda e: e.key)
def test_wrong_number_in_the_text__is_found(form: Edition) -> None:
    tallies = merged([mutated_prose(worded(form, 5))])
    assert {"one more", "ten times", "thousands", "Chinese numerals", "share"} <= tallies.keys()
    assert sum(t.found for t in tallies.values()) >= 0.95 * sum(t.all for t in tallies.values()), [
        t.missed for t in tallies.values()
    ]


def test_wrong_number_in_a_table_cell__is_found_by_the_text_where_no_relation_holds_it() -> None:
    form = next(f for f in FORMS if f.key == "cn2021")
    made = worded(form, 5)
    silent = replace(made, sections=(), claims=())
    with_text = mutated_cells(made)["cell, one more"]
    without = mutated_cells(silent)["cell, one more"]
    assert "documents.normative.made" in " ".join(without.missed)
    assert "documents.normative.made" not in " ".join(with_text.missed)
    assert with_text.share > without.share
