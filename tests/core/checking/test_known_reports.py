"""Are the known contradictions in the tables of five real reports found, and nothing else?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.checking import cells, check
from gongkai.kernel import Finding, Status
from gongkai.reading import read
from gongkai.returns import Report
from tests.core.checking.reports import report

# The figures of the tables, from the reports published by the bodies; their names and sentences are left out.
YUYAO_FORM = report(
    "zj_yuyao2017",
    {
        "proactive.items": 288,
        "proactive.website": 288,
        "requests.new": 3,
        "requests.new.online": 3,
        "requests.closed.on_time": 3,
        "replies": 3,
        "replies.granted": 3,
        "reviews": 1,
        "reviews.upheld": 1,
        "enquiries": 3000,
        "organisation.units": 1,
        "staff": 3,
        "staff.part_time": 3,
        "meetings": 1,
        "training.classes": 1,
        "training.trainees": 100,
    },
    year=2017,
)
NINE_HEADINGS_WITHOUT_FEES = report(
    "cn2014_nofee",
    {
        "proactive.items": 992,
        "proactive.website": 992,
        "proactive.weibo": 16,
        "proactive.wechat": 132,
        "proactive.other": 25,
        "requests.new": 3,
        "requests.new.online": 3,
        "requests.new.letter": 1,
        "requests.closed": 3,
        "requests.closed.on_time": 3,
        "requests.closed.extended": 1,
        "replies": 1,
        "replies.granted": 3,
        "replies.refused.privacy": 1,
        "organisation.reading_points": 2,
        "staff": 5,
        "staff.full_time": "",
        "staff.part_time": 5,
        "organisation.budget": "",
        "meetings": 1,
        "training.classes": 2,
        "training.trainees": 95,
    },
)
NINE_HEADINGS = report(
    "cn2014",
    {
        "proactive.items": 242,
        "proactive.gazette": "",
        "proactive.website": 242,
        "proactive.weibo": 313,
        "proactive.wechat": 265,
        "proactive.other": 241,
        "organisation.units": "",
        "organisation.reading_points": "",
        "staff": 2,
        "staff.full_time": 1,
        "staff.part_time": 1,
        "meetings": 2,
        "training.trainees": 3,
    },
    year=2017,
)
TRIAL_FORMAT = report(
    "cn2019",
    {
        "documents.normative.made": 3,
        "documents.normative.newly_published": 3,
        "documents.normative.published_total": 3,
        "requests.new": 2,
        "requests.new.natural_person": 2,
        "outcome.unable.not_held": 1,
        "outcome.unable.not_held.natural_person": 1,
        "outcome.not_processed.petition": 1,
        "outcome.not_processed.petition.natural_person": 1,
        "outcome.total": 2,
        "outcome.total.natural_person": 2,
    },
    year=2020,
)
SHANGHAI_FAMILY = report(
    "sh2004_family",
    {
        "proactive.items": 600,
        "proactive.items.digital": 600,
        "requests.new": 1,
        "requests.new.online": 1,
        "replies": 1,
        "replies.granted": 1,
        "enquiries.service_items": 134,
        "enquiries.visitors": 320,
        "enquiries.telephone": 90,
        "enquiries.page_views": (20000, "2万"),
    },
    year=2013,
)

FAILS = [
    (YUYAO_FORM, {("R104", "requests.accepted", 0, 3)}),
    (
        NINE_HEADINGS_WITHOUT_FEES,
        {
            ("R104", "requests.new", 3, 4),
            ("R104", "requests.closed", 3, 4),
            ("R104", "replies", 1, 3),
            ("R104", "replies.refused", 0, 1),
        },
    ),
    (NINE_HEADINGS, {("R106", "proactive.items", 242, 313)}),
    (TRIAL_FORMAT, set()),
    (SHANGHAI_FAMILY, set()),
]


def of(items: tuple[Finding, ...], *statuses: Status) -> list[Finding]:
    return [i for i in items if i.status in statuses]


@pytest.mark.parametrize(("made", "expected"), FAILS, ids=lambda v: v.edition.key if isinstance(v, Report) else "")
def test_known_report__exactly_the_certain_contradictions_fail(made: Report, expected: set[tuple[str, str, int, int]]) -> None:
    failed = of(check(made), Status.FAIL)
    assert {(f.rule, cells(f)[0], f.left, f.right) for f in failed} == expected
    assert len(failed) == len(expected)


SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"


@pytest.mark.skipif(not SHARED.exists(), reason="the five reports are not beside the repository")
@pytest.mark.parametrize(
    ("number", "made"), list(enumerate(r for r, _ in FAILS)), ids=lambda v: str(v) if isinstance(v, int) else ""
)
def test_report_as_published__gives_the_findings_of_its_figures(number: int, made: Report) -> None:
    path = SHARED / f"{number:03}.txt"
    (found,) = read(path.read_bytes(), path.name)
    told = {Status.FAIL, Status.UNCERTAIN, Status.REMARK}
    ours = {(i.rule, i.status, cells(i), i.left, i.right) for i in check(made) if i.status in told}
    theirs = [(i.rule, i.status, cells(i), i.left, i.right) for i in check(found) if i.status in told and i.rule < "R3"]
    assert set(theirs) == ours
    assert len(theirs) == len(ours)
    assert all(p.quote and p.in_words() for i in check(found) if i.status in told for p in i.places)


def test_union_below_two_channels__is_one_finding_with_all_three_places() -> None:
    (finding,) = of(check(NINE_HEADINGS), Status.FAIL)
    assert cells(finding) == ("proactive.items", "proactive.weibo", "proactive.wechat")
    assert [p.quote.split("—")[-1] for p in finding.places] == [
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "3.政务微博公开政府信息数",
        "4.政务微信公开政府信息数",
    ]


def test_sum_message__writes_the_addition_out() -> None:
    message = of(check(NINE_HEADINGS_WITHOUT_FEES), Status.FAIL)[0].message
    assert "“（一）收到申请数”填3件，所列4个分项相加为0+0+3+1=4件，两数不等。" in message


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (YUYAO_FORM, set()),
        (NINE_HEADINGS_WITHOUT_FEES, {"R117"}),
        (NINE_HEADINGS, {"R116", "R117"}),
        (TRIAL_FORMAT, set()),
        (SHANGHAI_FAMILY, set()),
    ],
    ids=lambda v: v.edition.key if isinstance(v, Report) else "",
)
def test_known_report__what_can_be_explained_is_at_most_a_remark(made: Report, expected: set[str]) -> None:
    items = check(made)
    assert not of(items, Status.UNCERTAIN)
    assert {f.rule for f in of(items, Status.REMARK)} == expected


def test_closed_against_replies__gives_no_finding_of_its_own_where_both_already_fail() -> None:
    (item,) = [i for i in check(NINE_HEADINGS_WITHOUT_FEES) if i.rule == "R114"]
    assert item.status is Status.NOT_ASSESSABLE
    assert item.places == ()


def test_number_with_a_multiplier__is_a_number_like_any_other() -> None:
    assert SHANGHAI_FAMILY.value("enquiries.page_views") == Decimal(20000)
    assert not [i for i in check(SHANGHAI_FAMILY) if i.rule in ("R113", "R123") and i.status is not Status.PASS]
