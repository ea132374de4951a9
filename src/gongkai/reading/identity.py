"""Whose report is it, and of which year?

Evidence is taken from titles, table captions, 填报单位, the statistical period and the sign-off; each has its weight. The
day of signing says nothing about the year. What contradicts itself is told, and left open when nothing outweighs the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from gongkai.kernel import Finding, Place
from gongkai.reading.notes import note
from gongkai.reading.opening import Opening
from gongkai.reading.traditional import in_simplified, without_pinyin
from gongkai.reading.values import plain

_SUFFIX = (
    "局|委员会|委|办公室|办公厅|政府办|办|政府|厅|院|所|中心|处|署|总队|支队|大队|队|站|公司|集团|大学|学院|学校|医院|街道|镇|乡|"
    "管委会|指挥部|联社|联合会|总社|协会|学会|会|部|馆|社|台|司|法院|检察院|公安|税务|银行|行"
)
_BODY = re.compile(rf"[\u4e00-\u9fff（）()·、]{{2,40}}?(?:{_SUFFIX})")
_WHOLE_BODY = re.compile(rf"[\u4e00-\u9fff（）()·]{{1,40}}(?:{_SUFFIX})")
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_TITLE = re.compile(
    rf"(?P<body>[^0-9，。；：:]{{0,60}}?)(?:关于)?{_YEAR}年?度?(?P<middle>[^0-9，。；：:]{{0,60}}?)"
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?P<kind>报告|年报|总结|统计表|统计报表|情况统计表|情况表)(?:的)?(?:公告|通告|公示|通知)?"
)
_UNDATED = re.compile(r"(?P<body>[^0-9，。；：:]{0,40}?)(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_PERIOD = re.compile(rf"(?<![0-9]){_YEAR}年1月1日?(?:起|始)?(?:到|至|—|-|~|－)+(?:(?P<to>20[0-9]{{2}})年)?12月(?:31|30)日")
_RUN_TOGETHER = re.compile(
    rf"(?<![0-9]){_YEAR}年?1月?1日?(?:起|始)?(?:到|至|—|-|~|－)+(?:(?P<to>20[0-9]{{2}})年?)?12月?(?:31|30)日"
)
_TWICE = re.compile(r"(?<![0-9])(?P<year>(?:19|20)(?P<last>[0-9]{2}))(?:(?P=last)|(?P=year))(?=年)")
_CAPTION = re.compile(rf"\(?{_YEAR}(?:年?度|年(?:年度|度)?(?:报告|年报))\)?")
_FILLED_BY = re.compile(r"(?:填报单位|填报机关|编制单位|编制机关|发布机构|单位名称)(?:\(盖章\))?:(?P<body>[^:：，。]{2,40})")
_DATE = re.compile(r"\(?(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日\)?")
_PREFACE = re.compile(rf"(?P<body>[\u4e00-\u9fff（）()·]{{2,30}}?(?:{_SUFFIX})){_YEAR}年度?(?:政府|政务)?信息公开(?:工作)?年")
_PREFACE_LINES = 12
_LONGEST_REST = 16
_LONGEST_FIRST = 40
_YEAR_LINE = re.compile(rf"(?P<body>[^0-9，。；：:]{{0,40}}?)(?:关于)?{_YEAR}年?度?(?P<middle>[^0-9，。；：:]{{0,40}}?)")
_ANNEX = re.compile(r"附件?[0-9一二三]?[:：]|附件[0-9一二三]?")
_PART_OF_A_NAME = re.compile(r"(?:我|本|全)?(?:省|市(?![中南北]区)|县|区|州|旗|盟)")
_BROKEN_OFF = re.compile(r"信息公?开?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?$")
_ENDING = sorted("工作年度报告")
_NOTICE = re.compile(r"关于.{0,6}(?:做好|报送|编制|编写|填报|印发|布置|开展).{0,60}(?:通知|函)$")
_SHARE = 6  # a title with less than a sixth of the longest text below it is a link or a running head
_NOT_A_BODY = re.compile(r"本|我|各|你|全文|网站|首页|当前|位置|附件|根据|按照|现将|关于|信息公开|年度|报告|如下")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside the tables: the stream's row, its paragraph, whether the format marks it as a heading.

    ``cuts`` are those of the paragraph it came from.
    """

    row: int
    text: str
    place: Place
    heading: bool = False
    cuts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a report or of its statistical table; ``body`` and ``year`` as far as it names them.

    ``mended`` when the year was written with digits too many (202020年).
    """

    row: int
    body: str | None
    year: int | None
    table: bool
    place: Place
    text: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report of which year, and what is doubtful about it."""

    agency: str | None
    year: int | None
    findings: tuple[Finding, ...]


def _once(text: str) -> str:
    """The text with a year whose digits were typed twice set right: 202020年 and 20202020年 are 2020年, nothing else fits."""
    return _TWICE.sub(lambda found: found["year"], text)


def close(text: str) -> str:
    """The text half-width without any white space."""
    return plain(text).replace(" ", "")


def title_of(line: TextLine) -> Title | None:
    """The title that a line is, None when it is none."""
    written = without_pinyin(_without_annex(close(line.text)).strip('《》"“”'))
    text = _once(written)
    if not 6 <= len(text) <= 70 or text.endswith(("。", ";", ",", ":")):
        return None
    if 0 <= text.find("》") < text.find("《"):  # the middle of a sentence that cites titles
        return None
    found = _TITLE.fullmatch(text) or _UNDATED.fullmatch(text) or _otherwise_written(text)
    if found is None:
        return None
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    body = _body(groups.get("body") or "") or _body(groups.get("middle") or "")
    if body is not None and (at := found.string.find(body)) >= 0:
        body = text[at : at + len(body)]  # in the characters of the source
    return Title(line.row, body, year, "表" in (groups.get("kind") or ""), line.place, text, text != written)


def _otherwise_written(text: str) -> re.Match[str] | None:
    """A title in traditional characters, or one whose last word has its letters exchanged, each of them there once."""
    if "報" in text:
        simplified = in_simplified(text)
        return _TITLE.fullmatch(simplified) or _UNDATED.fullmatch(simplified)
    if text[-10:-6] == "信息公开" and sorted(text[-6:]) == _ENDING:
        return _TITLE.fullmatch(f"{text[:-6]}工作年度报告")
    return None


def titles_of(lines: Sequence[TextLine]) -> list[Title]:
    """The titles among the lines, in order; one that is broken over two lines stands at both."""
    found = [title_of(line) for line in lines]
    for at, (line, rest) in enumerate(pairwise(lines)):
        whole = _over_two_lines(line, rest, found[at + 1]) if found[at] is None else None
        if whole is not None:
            found[at], found[at + 1] = whole, replace(whole, row=rest.row, place=rest.place)
    return [title for title in found if title is not None]


def _over_two_lines(line: TextLine, rest: TextLine, below: Title | None) -> Title | None:
    """The title that two lines make up: one broken within 信息公开工作年度报告, or its year (and body) on a line above it."""
    first, second = close(line.text), close(rest.text)
    if len(first) > _LONGEST_FIRST:
        return None
    if below is None:
        broken = 2 <= len(second) <= _LONGEST_REST and "信息公开" not in second and _BROKEN_OFF.search(first)
        return title_of(replace(line, text=first + second)) if broken else None
    if below.year is not None or below.body is not None or (dated := _YEAR_LINE.fullmatch(first)) is None:
        return None
    names = [name for name in dated.group("body", "middle") if name]
    if any(_body(name) is None for name in names):
        return None
    return title_of(replace(line, text=first + second))


def above(title: Title, lines: Sequence[TextLine], titles: Sequence[Title]) -> TextLine | None:
    """The line right above a title (and the title lines above it) that is nothing but a body's name, None without one."""
    rows = {t.row for t in titles}
    at = next((i for i, line in enumerate(lines) if line.row == title.row), 0)
    while at > 0 and lines[at - 1].row in rows:
        at -= 1
    line = lines[at - 1] if at > 0 else None
    return line if line is not None and body_alone(line.text) is not None else None


def signed_below(lines: Sequence[TextLine]) -> bool:
    """Whether the lines end with a body's name, or with a name and a day, as reports that are signed at the end do."""
    last = [close(line.text) for line in lines[-2:]]
    return any(body_alone(text) is not None for text in last)


def _without_annex(text: str) -> str:
    """A line without "附件：" before what it says."""
    found = _ANNEX.match(text)
    return text[found.end() :] if found else text


def body_alone(text: str) -> str | None:
    """The body's name that a short line consists of, None when it is not just a name."""
    short = _without_annex(close(text))
    if not 3 <= len(short) <= 40 or not _WHOLE_BODY.fullmatch(short) or _NOT_A_BODY.search(short):
        return None
    return short


def _body(text: str) -> str | None:
    text = close(text).removesuffix("关于").strip("《》()（）—-")
    text = re.sub(r"^(?:首页|当前位置|您的位置)[>:：]*", "", text)
    if text.endswith("人民"):  # ××县人民政府信息公开…: the name runs into what is disclosed
        text += "政府"
    if len(text) < 2 or not re.search(rf"(?:{_SUFFIX})$", text) or _NOT_A_BODY.match(text):
        return _plain_body(text)
    return text


def _plain_body(text: str) -> str | None:
    """A region named without 政府 (××省、××市、××县) as the author of its report."""
    return (
        text
        if re.fullmatch(r"[\u4e00-\u9fff]{1,12}(?:省|市|县|区|旗|州|盟|镇|乡|街道|自治区|自治州|开发区|新区)", text)
        else None
    )


def identity(lines: Sequence[TextLine], titles: Sequence[Title], more: Iterable[str] = ()) -> Identity:
    """Weigh the evidence in a report's own lines; ``more`` are other titles the file names (its metadata)."""
    findings: list[Finding] = []
    titles = _main(lines, titles)
    year = _weighed_year(lines, titles, more, findings)
    agency = _weighed_agency(lines, titles, more, findings)
    return Identity(agency, year, tuple(findings))


def _main(lines: Sequence[TextLine], titles: Sequence[Title]) -> list[Title]:
    """The titles with a text of some length below them; links to other reports in a page's margin have none."""
    end = lines[-1].row if lines else 0
    rows = [title.row for title in titles]
    spans = [min((row for row in rows if row > title.row), default=end + 1) - title.row for title in titles]
    longest = max(spans, default=0)
    main = [title for title, span in zip(titles, spans, strict=True) if span * _SHARE >= longest]
    named = {(t.year, t.body) for t in main}
    return main + [t for t in titles if t not in main and (t.year, t.body) in named]


def _weighed_year(lines: Sequence[TextLine], titles: Sequence[Title], more: Iterable[str], findings: list[Finding]) -> int | None:
    evidence = (
        list(_year_evidence(lines, titles)) or list(_weak_year_evidence(lines, more)) or list(_opening_year(lines, findings))
    )
    if not titles and any(_NOTICE.search(close(line.text)) for line in lines[:_PREFACE_LINES]):
        evidence = []  # a notice that asks for reports names the year of reports to come
    if not evidence:
        findings.append(note("R901", "标题、表题和统计期限里都没有写明年度，年度留空；请核对原文后补上。"))
        return None
    for e in evidence:
        if e.mended and e.place is not None:
            words = f"{e.where}里的年度或日期多写了数字，或者年、月、日连写，按{e.year}年读取；请对照原文核对。"
            findings.append(note("R920", words, [e.place], [e.where, str(e.year)]))
    sums: dict[int, int] = {}
    for year, where, weight in dict.fromkeys((e.year, e.where, e.weight) for e in evidence):
        del where
        sums[year] = sums.get(year, 0) + weight
    ranked = sorted(sums.items(), key=lambda pair: -pair[1])
    if len(ranked) == 1:
        return ranked[0][0]
    told = "、".join(dict.fromkeys(f"{e.where}写{e.year}年" for e in evidence))
    chosen = ranked[0][0] if ranked[0][1] > ranked[1][1] else None
    then = f"按{chosen}年读取" if chosen is not None else "分不出以哪一处为准，年度留空"
    places = [e.place for e in evidence if e.place is not None]
    findings.append(note("R912", f"年度不一致：{told}，{then}；请核对原文。", places, sorted(str(y) for y in sums)))
    return chosen


class _Year(NamedTuple):
    """A year that a place in the report names, and how much that place proves."""

    year: int
    where: str
    weight: int
    place: Place | None
    mended: bool = False


def _year_evidence(lines: Sequence[TextLine], titles: Sequence[Title]) -> Iterator[_Year]:
    for title in titles:
        if title.year is not None:
            yield _Year(title.year, "表题" if title.table else "标题", 3 if title.table else 4, title.place, title.mended)
    for line in lines:
        text = close(line.text)
        if len(text) <= 12 and (found := _CAPTION.fullmatch(text)):
            yield _Year(int(found["year"]), "表题", 3, line.place)
    for line, rest in pairwise([*lines, TextLine(-1, "", Place())]):  # a period may be broken over two lines
        whole, first = close(line.text) + close(rest.text), len(close(line.text))
        for found in _RUN_TOGETHER.finditer(_once(whole)):
            if found["to"] in (None, found["year"]) and found.start() < first:
                mended = _PERIOD.search(whole) is None
                yield _Year(int(found["year"]), "统计期限", 4, line.place, mended)


def _weak_year_evidence(lines: Sequence[TextLine], more: Iterable[str]) -> Iterator[_Year]:
    for text in more:
        if found := _TITLE.search(close(text)):
            yield _Year(int(found["year"]), "网页标题", 2, None)
    for line in lines[:_PREFACE_LINES]:
        if found := _PREFACE.search(close(line.text)):
            yield _Year(int(found["year"]), "正文", 1, line.place)
    for said in _opening(lines).announced(_body):
        if said.year is not None:
            yield _Year(said.year, "正文", 1, said.place)


def _opening_year(lines: Sequence[TextLine], findings: list[Finding]) -> Iterator[_Year]:
    """The year that a report without a dated title opens with, told because it is not stated as the report's."""
    said = _opening(lines).opened()
    if said is not None and said.year is not None:
        words = f"标题、表题和统计期限里都没有写明年度，正文以“{said.year}年”开头，没有写到别的年度，按{said.year}年读取；请核对原文。"
        findings.append(note("R926", words, [said.place], [str(said.year)]))
        yield _Year(said.year, "正文", 1, said.place)


def _opening(lines: Sequence[TextLine]) -> Opening:
    return Opening([(line.text, line.place) for line in lines])


def _weighed_agency(
    lines: Sequence[TextLine], titles: Sequence[Title], more: Iterable[str], findings: list[Finding]
) -> str | None:
    evidence = [*_titled_bodies(lines, titles), *_signed_bodies(lines)] or list(_weak_bodies(lines, more))
    if not evidence:
        findings.append(note("R902", "标题、填报单位和落款里都没有找到机关名称，名称留空；请核对原文后补上。"))
        return None
    name = _one_name(evidence, findings)
    if _PART_OF_A_NAME.match(name):
        places = [place for _, _, place in evidence if place is not None]
        findings.append(
            note("R902", f"文件里只写“{name}”，没有写明是哪里的，机关名称不全，名称留空；请核对原文后补上全称。", places, [name])
        )
        return None
    return name


_Body = tuple[int, str, Place | None]
"""How much a place proves, the body it names, the place."""


def _titled_bodies(lines: Sequence[TextLine], titles: Sequence[Title]) -> Iterator[_Body]:
    """Bodies that titles name, or that stand alone right above or below a title, or on the first line."""
    rows = {line.row: at for at, line in enumerate(lines)}
    for title in titles:
        if title.body:
            yield 4, title.body, title.place
        at = rows.get(title.row)
        for near in () if at is None else (at - 1, at + 1):
            if 0 <= near < len(lines) and (body := body_alone(lines[near].text)):
                yield (4 if near < (at or 0) else 2), body, lines[near].place
    first = next((line for line in lines if close(line.text)), None)
    if first is not None and (body := body_alone(first.text)):
        yield 3, body, first.place


def _signed_bodies(lines: Sequence[TextLine]) -> Iterator[_Body]:
    """Bodies named by 填报单位, or signing above a date."""
    for at, line in enumerate(lines):
        if found := _FILLED_BY.search(close(line.text)):
            body = re.split(r"单位负责人|审核人|填报人|联系|填报日期|20[0-9]{2}|\(", found["body"])[0]
            if body_alone(body):
                yield 3, close(body), line.place
        following = next((close(n.text) for n in lines[at + 1 : at + 3] if close(n.text)), "")
        if _DATE.fullmatch(following) and (name := body_alone(line.text)):
            yield 3, name, line.place


def _weak_bodies(lines: Sequence[TextLine], more: Iterable[str]) -> Iterator[_Body]:
    for text in more:
        if (found := _TITLE.search(close(text))) and (body := _body(found["body"]) or _body(found["middle"])):
            yield 2, body, None
    for line in lines[:_PREFACE_LINES]:
        if (found := _PREFACE.search(close(line.text))) and not _NOT_A_BODY.search(found["body"]):
            yield 1, found["body"], line.place
    for said in _opening(lines).announced(_body):
        if said.body is not None and not _NOT_A_BODY.search(said.body):
            yield 1, said.body, said.place


def _one_name(evidence: list[_Body], findings: list[Finding]) -> str:
    """The body most of the evidence names; a short name (市司法局) counts for the full one that ends with it."""
    names = list(dict.fromkeys(name for _, name, _ in evidence))
    full = {name: max((n for n in names if n.endswith(name) or _same_place(n, name)), key=len) for name in names}
    for name in names:
        while full[full[name]] != full[name]:
            full[name] = full[full[name]]
    sums: dict[str, int] = {}
    for weight, name, _ in evidence:
        sums[full[name]] = sums.get(full[name], 0) + weight
    ranked = sorted(sums.items(), key=lambda pair: -pair[1])
    if len(ranked) > 1:
        told = "、".join(f"“{name}”" for name in sums)
        places = [place for _, _, place in evidence if place is not None]
        findings.append(note("R912", f"机关名称不一致：{told}，按“{ranked[0][0]}”读取；请核对原文。", places, sorted(sums)))
    return ranked[0][0]


def _same_place(longer: str, shorter: str) -> bool:
    """Whether a region's name stands for its government (××县 for ××县人民政府)."""
    return longer in (f"{shorter}人民政府", f"{shorter}人民政府办公室", f"{shorter}政府")
