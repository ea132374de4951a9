"""How does a web page become blocks: what a reader of the page sees, in order, with its data tables as grids?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml import html as lxml_html

from gongkai.errors import Unreadable
from gongkai.kernel import Finding, Place
from gongkai.reading import grids
from gongkai.reading.blocks import Block, Grid, Paragraph, Source
from gongkai.reading.encodings import decoded
from gongkai.reading.html_documents import documents, ended, metadata, title, tree
from gongkai.reading.html_tree import (
    cleaned,
    has_picture,
    holds_unread,
    is_hidden,
    is_layout,
    is_raised,
    is_struck,
    is_template,
    line_of,
    rows_of,
    shown_strings,
    span_of,
    strays_of,
    tag_of,
    without_invisible,
)
from gongkai.reading.limits import MAX_BLOCKS, MAX_TEXT, check_size
from gongkai.reading.raised import STRUCK, raised
from gongkai.reading.script_strings import has_table, html_in_script, unescaped
from gongkai.reading.source_notes import note

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre search section "
    "summary table tbody td tfoot th thead tr ul xmp".split()
)
_SKIPPED = frozenset(
    "head style noscript noframes template svg math rt rp audio video canvas map object applet select datalist".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_VERBATIM = frozenset("pre listing plaintext xmp textarea".split())
_FRAMES = frozenset("iframe frame embed object".split())
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,20})", re.IGNORECASE)
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|wps|et|pdf|ofd|zip|rar|7z|rtf|csv)(?:$|[?#&])", re.IGNORECASE)
_MAX_DEPTH = 150
_MAX_NESTING = 3
_MIN_REPORT_CELLS = 12


def read_html(data: bytes, name: str) -> Source:
    """A page's visible paragraphs and data tables. Layout tables are taken apart; only the innermost tables are grids."""
    check_size(data, MAX_TEXT)
    declared = _CHARSET.search(data[:4096])
    found = decoded(data, declared.group(1).decode("ascii", "replace") if declared else None)
    return read_html_text(found.text, name, found.findings)


def read_html_text(text: str, name: str, findings: tuple[Finding, ...] = ()) -> Source:
    """As :func:`read_html`, from characters."""
    slots = grids.Slots()
    blocks: list[Block] = []
    notes = [*findings]
    tables = most = 0
    parts: list[int] = []
    best: lxml_html.HtmlElement | None = None
    for document in documents(text):
        root = tree(document.text)
        page = _walked(root, slots, tables)
        tables = page.tables
        own, cut = ended(document.text, grids.joined(page.blocks))
        parts.append(len(blocks))
        blocks += [_moved(block, document.lines) for block in own]
        told = [*page.findings, *cut, *_attachments(root, blocks)]
        notes += [replace(f, places=tuple(_lower(place, document.lines) for place in f.places)) for f in told]
        if best is None or _filled(page.blocks) > most:  # a file of several documents is called after the one with most cells
            best, most = root, _filled(page.blocks)
    about = metadata(best) if best is not None else ()
    named = dict(about).get("ArticleTitle") or (title(best) if best is not None else None)
    return Source(name, "html", tuple(blocks), named, tuple(notes), about, tuple(parts[1:]))


def _walked(root: lxml_html.HtmlElement, slots: grids.Slots, tables: int) -> _Page:
    """A document walked over: what it shows, and, where it shows no table, the templates from which a script would show one."""
    page = _Page(slots, tables=tables)
    page.walk(root, 0)
    page.flush()
    if page.templates and _filled(page.blocks) < _MIN_REPORT_CELLS:
        page = _Page(slots, tables=tables, shows_templates=True)
        page.walk(root, 0)
        page.flush()
    return page


def _filled(blocks: Sequence[Block]) -> int:
    return sum(len(block.cells) for block in blocks if isinstance(block, Grid))


@dataclass
class _Page:
    """The walk over one page: text gathered so far, blocks made, tables counted."""

    slots: grids.Slots
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: int = 0
    nesting: int = 0
    _text: list[str] = field(default_factory=list)
    _start: int | None = None
    _heading: bool = False
    _seen: set[tuple[str, ...]] = field(default_factory=set)
    _hidden_noted: bool = False
    struck: bool = False
    templates: int = 0
    shows_templates: bool = False

    def walk(self, element: etree._Element, depth: int) -> None:
        """Add what ``element`` shows, without its tail."""
        tag = tag_of(element)
        if is_template(element):
            self._template(element, depth)
        elif tag == "script":
            self._script(element.text or "", line_of(element))
        elif tag in _SKIPPED:
            self._frame(element, tag)
        elif element.get("data-derived") is not None:
            pass  # a chart and its data: made of figures that stand elsewhere on the page, not to be counted twice
        elif is_hidden(element):
            self._hidden(element, depth)
        elif is_struck(element):
            self._note_struck(element)
        elif tag == "br":
            self.flush()
        elif tag == "input":
            self._input(element)
        elif tag in _FRAMES:
            self._frame(element, tag)
        elif tag == "table":
            self.flush()
            self._table(element, depth)
        elif tag in _VERBATIM:
            self._verbatim(element)
        elif depth > _MAX_DEPTH:
            self._add("".join(shown_strings(element)), line_of(element))
        else:
            self._children(element, tag, depth)

    def _children(self, element: etree._Element, tag: str, depth: int) -> None:
        block = tag in _BLOCKS
        if block:
            self.flush()
            self._heading = tag in _HEADINGS
        start = len(self._text)
        self._add(element.text, line_of(element))
        for child in element:
            self.walk(child, depth + 1)
            self._add(child.tail, line_of(child))
        if is_raised(element):
            self._text[start:] = [raised(text) for text in self._text[start:]]
        if block:
            self.flush()
            self._heading = False

    def _add(self, text: str | None, line: int | None) -> None:
        if not text:
            return
        if self._start is None and text.strip():
            self._start = line
        self._text.append(text)

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        raw = "".join(self._text)
        line, self._text, self._start = self._start, [], None
        text = cleaned(raw)
        if not text:
            return
        if "table" in raw.lower() and ("<" in raw or "&" in raw) and self._embedded(unescaped(raw), line):
            return
        self._append(Paragraph(text, Place(quote=text, line=line), self._heading))

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > MAX_BLOCKS:
            raise Unreadable(f"网页超过 {MAX_BLOCKS} 段，不像一份年度报告，没有读取；请只保留报告本身后再试。")

    def _verbatim(self, element: etree._Element) -> None:
        """Text whose line breaks count; or, where it writes tags, the HTML it holds."""
        self.flush()
        text = "".join(shown_strings(element))
        if self._embedded(unescaped(text), line_of(element)):
            return
        if element.find(".//table") is not None:
            self._children(element, "pre", 0)
            return
        for offset, line in enumerate(text.split("\n")):
            clean = without_invisible(line).rstrip("\r")
            if clean.strip():
                number = (line_of(element) or 1) + offset
                self._append(Paragraph(clean, Place(quote=clean.strip(), line=number)))

    def _input(self, element: etree._Element) -> None:
        kind = (element.get("type") or "text").lower()
        value = element.get("value") or ""
        if kind == "hidden":
            self._embedded(unescaped(value), line_of(element))
        elif kind in ("text", "number"):
            self._add(value, line_of(element))

    def _script(self, text: str, line: int | None) -> None:
        inside = html_in_script(text)
        if inside is not None:
            self.flush()
            self._embedded(inside, line)

    def _template(self, element: etree._Element, depth: int) -> None:
        """What a script of the page shows later: read only where the page shows no table of its own."""
        words = "".join(shown_strings(element)) or element.text or ""
        if element.find(".//table") is None and not has_table(unescaped(words)):
            return
        self.templates += 1
        if not self.shows_templates:
            self._note_hidden(element, always=True)
            return
        self.flush()
        if element.find(".//table") is not None:
            self._children(element, "div", depth)
            self._note_embedded(line_of(element), 1)
        else:
            self._embedded(unescaped(words), line_of(element))

    def _embedded(self, text: str, line: int | None) -> bool:
        """Read HTML held as a string; True when it gave tables. A table the page shows already is not read again."""
        if not has_table(text) or self.nesting >= _MAX_NESTING:
            return False
        inner = _Page(self.slots, nesting=self.nesting + 1, tables=self.tables)
        inner.walk(tree(text), 0)
        inner.flush()
        found = [block for block in inner.blocks if isinstance(block, Grid)]
        if not found:
            return False
        if all(_key(grid) in self._seen for grid in found):
            return True
        first = (line or 1) - 1
        for block in inner.blocks:
            self._append(_moved(block, first))
            if isinstance(block, Grid):
                self._seen.add(_key(block))
        self.tables = inner.tables
        self._note_embedded(line, len(found))
        return True

    def _note_embedded(self, line: int | None, tables: int) -> None:
        message = "网页中的表格写在脚本、模板或文本框里，由浏览器运行后才显示，已取出并读取；请对照网页核对。"
        self.findings.append(note("S111", message, Place(line=line), subject=(str(tables),)))

    def _frame(self, element: etree._Element, tag: str) -> None:
        address = element.get("src") or element.get("data") or ""
        if tag not in _FRAMES or not address or address.startswith(("javascript:", "about:")):
            return
        if (element.get("width") or "").strip("px") in ("0", "1") or (element.get("height") or "").strip("px") in ("0", "1"):
            return
        code = "S103" if _ATTACHMENT.search(address) else "S109"
        self.findings.append(
            note(
                code,
                f"网页通过框架显示另一个文件“{address[:80]}”，该文件没有随网页交来，没有读取；请打开该文件，另存后一并交来。",
                Place(quote=address[:80], line=line_of(element)),
                subject=(address[:200],),
            )
        )

    def _hidden(self, element: etree._Element, depth: int) -> None:
        for kept in element.iter("textarea", "template", "script"):
            if tag_of(kept) == "textarea" or is_template(kept):
                self._template(kept, depth)
        self._note_hidden(element)

    def _note_hidden(self, element: etree._Element, *, always: bool = False) -> None:
        if self._hidden_noted or (not always and next(element.iter("table"), None) is None):
            return
        self._hidden_noted = True
        self.findings.append(
            note(
                "S104",
                "网页中有隐藏的表格，打开网页时看不到，没有读取；如果它是报告的内容，请取消隐藏后再读取。",
                Place(line=line_of(element)),
            )
        )

    def _note_struck(self, element: etree._Element) -> None:
        words = cleaned("".join(shown_strings(element)))
        if not words or self.struck:
            return
        self.struck = True
        message = "网页中有划去的文字（加了删除线），按已删除处理，没有读取；请删去后再核对一次。"
        self.findings.append(note("S114", message, Place(quote=words[:80], line=line_of(element))))

    def _table(self, element: etree._Element, depth: int) -> None:
        caption = next((child for child in element if tag_of(child) == "caption"), None)
        if caption is not None:
            self.walk(caption, depth + 1)
        if is_layout(element):
            for row, _ in rows_of(element):
                for cell in row:
                    if tag_of(cell) in ("td", "th") and not is_hidden(cell):
                        self._children(cell, "td", depth + 1)
                    elif tag_of(cell) not in ("td", "th"):
                        self.walk(cell, depth + 1)
            for stray in strays_of(element):
                self.walk(stray, depth + 1)
            return
        rows: list[list[grids.RawCell]] = []
        ends: list[int] = []
        for row, end in rows_of(element):
            rows.append([self._cell(cell, depth) for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell)])
            ends.append(end)
        grid = grids.without_empty_lines(grids.spanned_grid(rows, self.tables + 1, line_of(element), self.slots, ends))
        if not grid.cells:
            return
        if grids.is_single(grid):
            for paragraph in grids.lines_of(grid):
                self._append(paragraph)
            return
        self.tables += 1
        self._append(grid)
        self._seen.add(_key(grid))

    def _cell(self, cell: etree._Element, depth: int) -> grids.RawCell:
        inner = _Page(self.slots, nesting=self.nesting, tables=self.tables + 1)
        inner._children(cell, "td", depth + 2)
        parts = []
        for block in inner.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            else:
                parts.extend(" ".join(text for text in row if text) for row in grids.row_texts(block))
        text = "\n".join(parts)
        if inner.struck:
            self.findings += [] if self.struck else [found for found in inner.findings if found.rule == "S114"]
            self.struck = True
        if not text and has_picture(cell):
            text = "〔图片〕"
        elif not text and inner.struck:
            text = STRUCK
        elif holds_unread(cell, empty=not text):
            text += "〔未读取的内容〕"
        return grids.RawCell(text, span_of(cell.get("rowspan"), 65534, 0), span_of(cell.get("colspan"), 1000, 1), line_of(cell))


def _key(grid: Grid) -> tuple[str, ...]:
    return tuple("".join(cell.text.split()) for cell in grid.cells)


def _moved(block: Block, lines: int) -> Block:
    """The block with its line numbers counted in the page instead of in the string it came from."""
    if not lines:
        return block
    place = _lower(block.place, lines)
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    return replace(block, cells=tuple(replace(cell, place=_lower(cell.place, lines)) for cell in block.cells), place=place)


def _lower(place: Place, lines: int) -> Place:
    """A place so many lines further down."""
    return replace(place, line=(place.line or 1) + lines) if lines else place


def _attachments(root: lxml_html.HtmlElement, blocks: list[Block]) -> list[Finding]:
    """One note for each linked file, when the page itself shows no table large enough for a return."""
    if sum(len(block.cells) for block in blocks if isinstance(block, Grid)) >= _MIN_REPORT_CELLS:
        return []
    out = []
    seen = set()
    for link in root.iter("a"):
        address = link.get("href") or ""
        words = cleaned(link.text_content())
        named = _ATTACHMENT.search(address) or _ATTACHMENT.search(words) or (words.startswith("附件") and address)
        key = words or address
        if not named or is_hidden(link) or key in seen:
            continue
        seen.add(key)
        out.append(
            note(
                "S103",
                f"表在附件里：网页只给出附件“{key[:80]}”的链接，附件没有随网页交来，没有读取；请下载附件后一并交来。",
                Place(quote=key[:80], line=line_of(link)),
                subject=(key[:200],),
            )
        )
    return out
