"""Which pictures does a report's document carry, and how are they drawn?

Charts are drawn once, as SVG with real text: the page shows it as it is, the PDF sets it, the DOCX takes a picture of it.
What is drawn follows from the edition's own identities (a total and its parts), so no edition is named here. Colours are
told apart by the colour-blind and by a grey printer; every bar carries its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from gongkai.kernel import State
from gongkai.returns import Edition, Identity, Kind, Report

FONTS = "'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_INK, _GREY, _RULE, _BAR, _LAST = "#1f2933", "#5b6770", "#c9d0d6", "#8fb3d9", "#0b4a8f"
_WIDTH = 560
_YEARS = 5

# What a reader wants to see divided, and what over the years; codes are the same in every edition that has the concept.
_DIVIDED = (("outcome.total", "办理结果构成"), ("replies", "申请答复构成"), ("requests.new", "申请人构成"))
_TRENDS = (
    ("新收申请数（件）", ("requests.new",)),
    ("行政复议（件）", ("reviews",)),
    ("行政诉讼（件）", ("litigation", "litigation.direct", "litigation.after_review")),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, its words for those who do not see it, and its figures as a small table.

    ``after`` is the code of a cell in the table it belongs to; ``width`` and ``height`` are the picture's in pixels.
    """

    title: str
    alt: str
    svg: str
    width: int
    height: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: str


def charts(report: Report, history: Sequence[Report] = ()) -> tuple[Chart, ...]:
    """The charts this report's figures allow: shares where a total has parts, trends where an earlier year is known."""
    if report.edition is None:
        return ()
    drawn = [chart for code, title in _DIVIDED if (chart := _shares(report, report.edition, code, title)) is not None]
    trend = _trend(report, history)
    return (*drawn, *([trend] if trend is not None else ()))


def _shares(report: Report, edition: Edition, code: str, title: str) -> Chart | None:
    identity = _division(edition, code)
    if identity is None:
        return None
    if identity.kind is not Kind.ACROSS and code == "requests.new":
        title = "申请方式构成"
    parts = _parts(report, edition, identity)
    total = sum((value for _, value in parts), Decimal(0))
    if total <= 0 or len(parts) < 2 or any(value < 0 for _, value in parts):
        return None
    year = f"{report.year}年" if report.year is not None else ""
    rows = tuple((label, _plain(value), f"{_percent(value, total)}%") for label, value in parts)
    alt = f"{year}{title}条形图：" + "，".join(f"{label}{value}件，占{share}" for label, value, share in rows) + "。"
    svg, height = _bars(f"{year}{title}", rows, [value / total for _, value in parts])
    return Chart(f"{year}{title}", alt, svg, _WIDTH, height, ("项目", "件数", "占比"), rows, identity.left[0].code)


def _division(edition: Edition, code: str) -> Identity | None:
    """The identity that divides a cell into its parts; applicants (across) before channels (down)."""
    found = [i for i in edition.identities if i.kind in {Kind.ACROSS, Kind.SUM} and i.left[0].code == code and len(i.left) == 1]
    # Columns of a body's own (local.…) beside the form's figure are places or offices, not applicants.
    found = [i for i in found if i.kind is Kind.SUM or not any(".local." in term.code for term in i.right)]
    if code == "requests.new":
        found.sort(key=lambda i: i.kind is not Kind.ACROSS)
    else:
        found = [i for i in found if i.kind is Kind.SUM]
    return found[0] if found else None


def _parts(report: Report, edition: Edition, identity: Identity) -> list[tuple[str, Decimal]]:
    """The parts of a total by the label they are known under, numbers only; deeper parts are added up under theirs."""
    total = edition.cells[identity.left[0].code]
    parts: dict[str, Decimal] = {}
    for term in identity.right:
        figure, cell = report.figure(term.code), edition.cells[term.code]
        if figure is None or figure.state is not State.NUMBER or figure.value is None:
            continue
        if identity.kind is Kind.ACROSS:
            name = cell.column[-1]
        else:
            below = cell.row[: len(total.row)] == total.row and len(cell.row) > len(total.row)
            name = cell.row[min(len(total.row) - (not below), len(cell.row) - 1)]
        name = short_label(name)
        parts[name] = parts.get(name, Decimal(0)) + figure.value
    return list(parts.items())


def short_label(label: str) -> str:
    """A row's label without its number, its note in brackets and the closing 数: （一）予以公开 → 予以公开."""
    bare = re.sub(r"^(?:其中：)?(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])*", "", label)
    bare = re.sub(r"（[^）]*）$", "", bare)
    return bare.removesuffix("答复数").removesuffix("数") or label


def _trend(report: Report, history: Sequence[Report]) -> Chart | None:
    if report.year is None:
        return None
    by_year = {r.year: r for r in history if r.year is not None and r.year < report.year} | {report.year: report}
    years = [y for y in range(report.year - _YEARS + 1, report.year + 1) if y >= min(by_year)]
    panels = []
    for title, codes in _TRENDS:
        values = [_sum_of(by_year.get(y), codes) for y in years]
        if sum(v is not None for v in values) >= 2 and any(values):
            panels.append((title, values))
    if not panels:
        return None
    title = f"{years[0]}—{years[-1]}年变化"
    rows = tuple((str(y), *("—" if v[i] is None else _plain(v[i]) for _, v in panels)) for i, y in enumerate(years))
    head = ("年度", *(t for t, _ in panels))
    said = "；".join(
        f"{t}" + "、".join(f"{y}年{row[k + 1]}" for y, row in zip(years, rows, strict=True)) for k, (t, _) in enumerate(panels)
    )
    svg, height = _panels(title, years, panels)
    return Chart(title, f"{title}柱形图：{said}。", svg, _WIDTH, height, head, rows, "requests.new")


def _sum_of(report: Report | None, codes: Iterable[str]) -> Decimal | None:
    if report is None:
        return None
    values = [v for c in codes if (v := report.value(c)) is not None]
    return sum(values, Decimal(0)) if values and min(values) >= 0 else None


def _percent(value: Decimal, total: Decimal) -> str:
    return str((value * 100 / total).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _text(x: float, y: float, words: str, size: int = 13, anchor: str = "start", colour: str = _INK) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
        f'font-family="{FONTS}">{escape(words)}</text>'
    )


def _svg(height: int, title: str, parts: Iterable[str]) -> str:
    body = "".join((_text(_WIDTH / 2, 22, title, 15, "middle"), *parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">{body}</svg>'
    )


def _bars(title: str, rows: Sequence[tuple[str, str, str]], shares: Sequence[Decimal]) -> tuple[str, int]:
    """Horizontal bars, one a part, with number and share at the end."""
    left = 24 + 13 * min(14, max(len(label) for label, _, _ in rows))
    room = _WIDTH - left - 112
    longest = max(shares)
    parts = [f'<line x1="{left}" y1="38" x2="{left}" y2="{44 + 28 * len(rows)}" stroke="{_RULE}" stroke-width="1"/>']
    for i, ((label, value, share), part) in enumerate(zip(rows, shares, strict=True)):
        y = 42 + 28 * i
        length = float(part / longest) * room
        parts.append(_text(left - 8, y + 15, label if len(label) <= 14 else label[:13] + "…", 13, "end"))
        if part > 0:
            parts.append(f'<rect x="{left}" y="{y}" width="{max(length, 1):.1f}" height="20" fill="{_LAST}"/>')
        parts.append(_text(left + length + 8, y + 15, f"{value}件（{share}）", 12, colour=_GREY))
    height = 42 + 28 * len(rows) + 12
    return _svg(height, title, parts), height


def _panels(title: str, years: Sequence[int], panels: Sequence[tuple[str, Sequence[Decimal | None]]]) -> tuple[str, int]:
    """Small column charts side by side, each on its own scale, the reported year darker."""
    gap, top, base = 24, 78, 198
    wide = (_WIDTH - 2 * 16 - gap * (len(panels) - 1)) / len(panels)
    parts = []
    for k, (name, values) in enumerate(panels):
        x0 = 16 + k * (wide + gap)
        parts.append(_text(x0 + wide / 2, 50, name, 13, "middle"))
        parts.append(f'<line x1="{x0:.1f}" y1="{base}" x2="{x0 + wide:.1f}" y2="{base}" stroke="{_GREY}" stroke-width="1"/>')
        highest = max((v for v in values if v is not None), default=Decimal(0)) or Decimal(1)
        step = wide / len(years)
        bar = min(34.0, step * 0.6)
        for i, (year, value) in enumerate(zip(years, values, strict=True)):
            middle = x0 + step * (i + 0.5)
            parts.append(_text(middle, base + 18, str(year), 12, "middle", _GREY))
            if value is None:
                parts.append(_text(middle, base - 6, "—", 12, "middle", _GREY))
                continue
            height = float(value / highest) * (base - top)
            colour = _LAST if i == len(years) - 1 else _BAR
            if value > 0:
                parts.append(
                    f'<rect x="{middle - bar / 2:.1f}" y="{base - height:.1f}" width="{bar:.1f}" '
                    f'height="{height:.1f}" fill="{colour}"/>'
                )
            parts.append(_text(middle, base - height - 6, _plain(value), 12, "middle"))
    return _svg(base + 30, title, parts), base + 30
