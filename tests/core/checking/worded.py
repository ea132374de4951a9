"""Reports in which every relation holds, whose text states their figures, and the reports of the years before them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.reading import with_claims
from gongkai.reading.claims_lexicon import concepts
from gongkai.returns import Edition, Report, Section
from gongkai.returns.model import ACROSS_YEARS
from tests.core.checking.consistent import changed, consistent

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
    "延期办结": "对政府信息公开申请，延期办结{n}件。",
    "按时办结": "对政府信息公开申请，按时办结{n}件。",
    "网络申请": "政府信息公开申请中，网络申请{n}件。",
    "信函申请": "政府信息公开申请中，信函申请{n}件。",
    "当面申请": "政府信息公开申请中，当面申请{n}件。",
    "传真申请": "政府信息公开申请中，传真申请{n}件。",
    "自然人申请": "政府信息公开申请中，自然人提出申请{n}件。",
    "信息不存在或不掌握": "对政府信息公开申请，信息不存在的{n}件。",
    "举报投诉": "发生政府信息公开举报投诉{n}件。",
    "行政申诉": "发生政府信息公开行政申诉{n}件。",
    "废止规范性文件": "废止规范性文件{n}件。",
    "现行有效规范性文件": "现行有效规范性文件{n}件。",
    "行政许可处理决定": "作出行政许可决定{n}件。",
    "行政处罚处理决定": "作出行政处罚决定{n}件。",
    "行政强制处理决定": "作出行政强制决定{n}件。",
    "新闻发布会": "召开新闻发布会{n}次。",
    "在线访谈": "开展在线访谈{n}次。",
    "政策解读稿件": "发布政策解读稿件{n}篇。",
    "依申请公开收取的费用": "依申请公开收取费用{n}万元。",
    "政府信息公开专职人员": "有专职工作人员{n}人。",
    "政府信息公开兼职人员": "有兼职工作人员{n}人。",
    "政府信息公开工作会议": "召开政务公开工作会议{n}次。",
    "接受政府信息公开培训人员": "政务公开培训共接受培训人员{n}人次。",
    "制发规章": "制定规章{n}件。",
    "废止规章": "废止规章{n}件。",
    "现行有效规章": "现行有效规章{n}件。",
    "政府信息公开培训班": "举办政务公开工作培训班{n}次。",
}
BREAKDOWN = "全年发布工作信息{a}条，其中：机构类{b}条，占{x}%；业务类{c}条，占{y}%；其他类{d}条，占{z}%。"


def worded(form: Edition, seed: int) -> Report:
    """A consistent report whose text states its figures, and a list of parts with shares."""
    made = _as_usual(consistent(form, seed, form.last_year or 2022))
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


def _as_usual(report: Report) -> Report:
    """The report with what usually agrees agreeing too: as many requests closed as replied to, money only where there were projects."""
    now = {code: report.value(code) or Decimal(0) for code in (f.code for f in report.figures) if code is not None}
    if {"requests.closed", "requests.closed.on_time", "requests.closed.extended", "replies"} <= now.keys():
        late = min(now["requests.closed.extended"], now["replies"])
        closed = {
            "requests.closed": now["replies"],
            "requests.closed.extended": late,
            "requests.closed.on_time": now["replies"] - late,
        }
        report = changed(report, closed)
    if {"procurement.projects", "procurement.amount"} <= now.keys():
        report = changed(report, {"procurement.amount": now["procurement.projects"] * 3})
    return report


def year_before(report: Report) -> Report:
    """A report of the year before that this one follows: what was carried in was carried out, stocks and lists go on."""
    form = report.edition
    assert form is not None
    assert report.year is not None
    then = {figure.code: figure.value for figure in report.figures if figure.code is not None and figure.value is not None}
    now = dict(then)
    for identity in form.identities:
        terms = [(1, term) for term in identity.left] + [(-1, term) for term in identity.right]
        before = [(side * term.sign, term.code) for side, term in terms if term.previous]
        if identity.kind not in ACROSS_YEARS or not before:
            continue
        rest = sum((side * term.sign * now[term.code] for side, term in terms if not term.previous), Decimal(0))
        rest += sum((sign * then[code] for sign, code in before[1:]), Decimal(0))
        sign, code = before[0]
        then[code] = -rest * sign
    return replace(changed(report, then), year=report.year - 1, sections=(), claims=())
