"""Is the list of outcomes closed, lawful and counted in the return?"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from gongkai import law
from gongkai.errors import BadInput
from gongkai.procedure import Remedy, outcome, outcomes
from gongkai.procedure.outcomes import Family

NEW, OLD = dt.date(2025, 1, 1), dt.date(2018, 1, 1)


def test_outcomes__signs__are_those_of_the_working_list(shared: Path) -> None:
    listed = json.loads((shared / "law" / "outcomes.json").read_text(encoding="utf-8"))
    assert [o.sign for o in outcomes()] == [entry["code"] for entry in listed]
    remedies = {"R-A": Remedy.REFUSAL, "R-B": Remedy.ORDINARY, "R-B2": Remedy.DOUBTFUL}
    for o, entry in zip(outcomes(), listed, strict=True):
        assert o.remedy is remedies.get(entry["remedies"], Remedy.PARTIAL)
        assert o.reasons is entry["reasons_required"]


def test_outcomes__articles__carry_their_words_in_the_official_text(shared: Path) -> None:
    text = (shared / "law" / "texts" / "政府信息公开条例_2019-04-03.md").read_text(encoding="utf-8")
    for o in outcomes():
        if o.article:
            name = o.article.split("条")[0] + "条"
            article = text[text.index(f"\n{name} ") :]
            article = article[: article.index("\n第", 3)]
            assert o.words
            assert o.words in article, o.code


def test_outcomes__return_rows__all_exist_in_the_newest_edition(root: Path) -> None:
    editions = "".join(p.read_text(encoding="utf-8") for p in (root / "src/gongkai/returns/editions").glob("cn*.toml"))
    for o in outcomes():
        assert f'code = "{o.row}"' in editions
        assert o.code.split(".")[0] == o.row.split(".")[1]


def test_outcome__by_code_or_sign__is_the_same() -> None:
    assert outcome("D4") is outcome("refused.third_party")


def test_outcome__unknown__lists_the_closed_list() -> None:
    with pytest.raises(BadInput, match=r"没有“Z9”这种处理结果.*O1（已主动公开"):
        outcome("Z9")


def test_citation__by_regime__names_the_article_of_the_regulation_that_governs() -> None:
    book = law.national()
    assert str(outcome("O2").citation(NEW, book)) == "《政府信息公开条例（2019年修订）》第三十六条第（二）项"
    assert str(outcome("O2").citation(OLD, book)) == "《政府信息公开条例（2007年）》第二十一条第（一）项"
    assert outcome("P5").citation(NEW, book) is None
    assert not outcome("P2").existed(OLD, book)
    assert outcome("X3").existed(OLD, book)


def test_outcomes__refusals__go_to_review_first_except_special_inquiries() -> None:
    refusals = [o for o in outcomes() if o.family is Family.REFUSED]
    assert {o.sign for o in refusals if o.remedy is not Remedy.REFUSAL} == {"D8"}
    assert all(re.match("第十[四五六]条", o.article) for o in refusals if o.remedy is Remedy.REFUSAL)
