"""Is growth recomputed where its own sentence states both years' numbers, and left alone where it does not?"""

from __future__ import annotations

import pytest

from gongkai.checking import check
from gongkai.kernel import Finding, Status
from tests.core.checking.reports import report


def said(text: str) -> list[Finding]:
    return [i for i in check(report("2021", year=2023, text=text)) if i.rule == "R407" and i.status is Status.UNCERTAIN]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("举办讲座40场，比去年的32场增长30%。", "25%"),
        ("举办讲座40场，比2022年的32场增长30%。", "25%"),
        ("举办讲座40场，去年同期32场，同比增长22.5%。", "25%"),
        ("举办讲座40场（上年32场），增长20%。", "25%"),
        ("2022年举办讲座32场，2023年举办讲座40场，增长27%。", "25%"),
        ("举办讲座40场，较上年增加8场，增幅为35%。", "25%"),
        ("讲座由上年的32次增至40次，增幅达20%。", "25%"),
        ("讲座较上年下降25%，由32次增至40次。", "25%"),
        ("讲座从40次减少到32次，下降25%。", "−20%"),
        ("举办讲座40场，比上年减少8场，下降25%。", "−17%"),
    ],
)
def test_rate__that_the_sentence_s_own_numbers_do_not_give_is_doubted(text: str, share: str) -> None:
    (found,) = said(text)
    assert f"增减{share}。" in found.message


def test_difference__that_the_two_numbers_do_not_give_is_doubted() -> None:
    (found,) = said("举办讲座40场，去年同期32场，比上年增加10场。")
    assert "相差8。" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "举办讲座40场，比去年的32场增长25%。",
        "举办讲座43场，比去年的36场增长19%，比去年多7场。",
        "举办讲座40场，较上年减少10场，下降20%。",
        "举办讲座40场，较上年增加约8场，增长30%。",
        "举办讲座40场，较上年增加8场，办结率提高5%。",
        "举办讲座40场，较上年增加8场，占比提高3个百分点。",
        "举办讲座40场，较上年增加8场，其中线上12场，增长50%。",
        "举办讲座40场，其中线上12场，占30%，同比增长50%。",
        "2022年举办讲座32场，发放材料900份，增长10%。",
        "2021年举办讲座20场，2023年举办讲座40场，同比增长25%。",
        "举办讲座40场，环比增长30%，比上季度的20场有所增加。",
        "讲座由32场增至40场，发放材料由200份增至300份，分别增长25%和50%。",
    ],
)
def test_growth__that_holds_or_is_of_something_else_draws_nothing(text: str) -> None:
    assert [i.message for i in said(text)] == []
