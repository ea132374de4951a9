"""What does one row of a spreadsheet say, and what is wrong with it?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile

from django.conf import settings
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gongkai.errors import BadInput, GongkaiError
from gongkai.reading.blocks import Grid
from gongkai.reading.encodings import decoded
from gongkai.reading.formats import open_source
from gongkai.reading.secrecy import refuse_classified
from gongkai.reasons import system_reason
from gongkai_web.publishing import bases
from gongkai_web.publishing.importing.columns import Columns
from gongkai_web.publishing.markup import canonical
from gongkai_web.publishing.models import Category, Validity
from gongkai_web.publishing.versions import TITLES
from gongkai_web.trail import digests

LARGEST_ROWS = 200_000
LARGEST_TEXT = 20 * 1024 * 1024
SUMMARY = 100
_DAY = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})")
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_LIMITS = {"title": 200, "document_number": 60, "issuer": 200, "summary": 200, "keywords": 120, "source": 80, "genre": 20}
_VALIDITIES = {v.label: v.value for v in Validity if v is not Validity.NONE}


@dataclass(slots=True)
class Row:
    """A row as it would come in. ``problems`` keep it out, ``notices`` do not; ``number`` counts as the spreadsheet does."""

    number: int
    content: dict[str, Any] = field(default_factory=dict)
    category: Category | None = None
    published_on: dt.date | None = None
    validity: str = ""
    index_number: str = ""
    address: str = ""
    attachments: tuple[Path, ...] = ()
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    digest: str = ""

    @property
    def key(self) -> str:
        """By what it is known again: its old index number, else its old address, else its title and day."""
        return self.index_number or self.address or f"{self.content['title']}|{self.published_on or ''}"

    @property
    def path(self) -> str:
        """Its old address without scheme and host."""
        return path_of(self.address) if self.address else ""


def headings(path: Path) -> list[str]:
    """The headings of a spreadsheet's first sheet. BadInput when it is none."""
    return [str(cell or "").strip() for cell in next(_sheet(path), ())]


def rows(path: Path, folder: Path, columns: Columns, categories: Iterable[Category], today: dt.date) -> Iterator[Row]:
    """Every row that is not empty."""
    heads = headings(path)
    known = {name: c for c in categories for name in (c.key, c.name)}
    for number, cells in enumerate(_sheet(path), start=1):
        if number == 1 or not any(str(c or "").strip() for c in cells):
            continue
        values = dict(zip(heads, cells, strict=False))
        yield _row(number, {name: values.get(head) for name, head in columns.columns.items()}, folder, columns, known, today)


def path_of(address: str) -> str:
    """An address as old ones are looked up: path and question, without scheme and host."""
    parts = urlsplit(address.strip())
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"[:500]


def _sheet(path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise BadInput(f"表格“{path}”打不开：{system_reason(error)}。请检查位置和权限。") from None
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise BadInput(f"“{path}”不是 XLSX 表格。请用 Excel 或 WPS 另存为 XLSX 再导入。") from None
    try:
        sheet = book.worksheets[0]
        for n, cells in enumerate(sheet.iter_rows(values_only=True)):
            if n > LARGEST_ROWS:
                raise BadInput(f"表格超过 {LARGEST_ROWS} 行。请拆成几个表格分批导入。")
            yield cells
    finally:
        book.close()


def _row(
    number: int, given: Mapping[str, Any], folder: Path, columns: Columns, known: Mapping[str, Category], today: dt.date
) -> Row:
    row = Row(number)
    words = {name: _words(value) for name, value in given.items()}
    row.content = {name: words[name] for name in _LIMITS if words.get(name)}
    row.content.setdefault("title", "")
    if not row.content["title"]:
        row.problems.append("没有标题。")
    for name, limit in _LIMITS.items():
        if len(row.content.get(name, "")) > limit:
            row.problems.append(f"{TITLES[name]}超过 {limit} 个字。")
    for name in ("published_on", "made_on", "effective_on"):
        _take_day(row, name, given.get(name), today)
    named = words.get("category", "")
    row.category = known.get(columns.categories.get(named) or named)
    if row.category is None:
        row.problems.append(f"栏目“{named}”不在本机关的栏目里，请在对应关系文件的 [categories] 里写明。")
    theme = words.get("theme", "").replace("/", "\\")
    if theme and bases.is_theme(theme):
        row.content["theme"] = theme
    elif theme:
        row.notices.append(f"主题分类“{theme}”不在 22 类之内，没有填入。")
    row.validity = _VALIDITIES.get(words.get("validity", ""), "")
    row.index_number, row.address = words.get("index_number", "")[:60], words.get("address", "")[:300]
    if row.index_number and re.search(r"[^A-Za-z0-9/_.-]", row.index_number):
        row.problems.append(f"原索引号“{row.index_number}”里有字母、数字和 - / _ . 以外的符号。")
    if row.address and urlsplit(row.address).scheme not in {"http", "https"}:
        row.problems.append("原网址应当以 http:// 或者 https:// 开头。")
    _take_text(row, words, folder)
    row.attachments = tuple(_inside(row, folder, n) for n in re.split(r"[;；|\n]", words.get("attachments", "")) if n.strip())
    if not row.content.get("html") and not row.attachments:
        row.problems.append("没有正文，也没有附件。")
    row.digest = _digest(row)
    return row


def _take_day(row: Row, name: str, value: Any, today: dt.date) -> None:
    if value in (None, ""):
        return
    day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None
    found = _DAY.match(str(value).strip()) if day is None else None
    if found:
        try:
            day = dt.date(*map(int, found.groups()))
        except ValueError:
            day = None
    if day is None:
        row.problems.append(f"日期“{value}”看不懂，请写成 2021-03-05。")
    elif day > today and name != "effective_on":
        row.problems.append(f"日期{day.isoformat()}晚于今天。")
    elif name == "published_on":
        row.published_on = day
    else:
        row.content[name] = day


def _take_text(row: Row, words: Mapping[str, str], folder: Path) -> None:
    text = words.get("text", "")
    html = text if _TAG.search(text) else _paragraphs(text.splitlines())
    try:
        refuse_classified("\n".join((*map(str, row.content.values()), text)))
        if words.get("text_file"):
            html = _from_file(row, folder, words["text_file"])
    except GongkaiError as error:
        row.problems.append(str(error))
        html, row.content = "", {"title": row.content["title"] and "（未读取）"}
        row.index_number = row.address = ""
    row.content["html"] = canonical(html) if html else ""
    if "<img" in html:
        row.notices.append("正文里的图片没有导入，请核对后补上。")
    if not row.content.get("summary") and row.content["html"]:
        row.content["summary"] = " ".join(_TAG.sub(" ", row.content["html"]).split())[:SUMMARY]


def _from_file(row: Row, folder: Path, name: str) -> str:
    """The text of a file beside the spreadsheet, HTML as it is, everything else as paragraphs and tables."""
    place = _inside(row, folder, name)
    if not place.is_file():
        return ""
    if place.stat().st_size > LARGEST_TEXT:
        row.problems.append(f"正文文件“{name}”太大。请作为附件导入。")
        return ""
    data = place.read_bytes()
    source = open_source(data, place.name)
    refuse_classified(source)
    if source.format == "html":
        return decoded(data).text
    parts = []
    for block in source.blocks:
        if isinstance(block, Grid):
            parts.append(_table(block))
        else:
            parts.append(_paragraphs([block.text]))
    return "".join(parts)


def _inside(row: Row, folder: Path, name: str) -> Path:
    """A file that the row names, which must lie in the folder."""
    place = folder / name.strip().replace("\\", "/")
    if not place.resolve().is_relative_to(folder.resolve()):
        row.problems.append(f"文件“{name.strip()}”不在附件文件夹里面。")
        return folder / "missing"
    if not place.is_file():
        row.problems.append(f"文件夹里没有“{name.strip()}”这个文件。")
    return place


def _digest(row: Row) -> str:
    covered = {name: str(value) for name, value in row.content.items()}
    files = [digests.digest(p.read_bytes(), settings.DIGEST) for p in row.attachments if p.is_file()]
    whole = {"content": covered, "on": str(row.published_on), "key": row.key, "files": files, "validity": row.validity}
    whole["category"] = row.category.key if row.category else ""
    return digests.digest(digests.canonical(whole), settings.DIGEST)


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in lines if line.strip())


def _table(grid: Grid) -> str:
    lines: list[str] = []
    for n in range(grid.rows):
        cells = [f'<td rowspan="{c.row_span}" colspan="{c.column_span}">{escape(c.text)}</td>' for c in grid.cells if c.row == n]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _words(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
