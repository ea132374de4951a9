"""What changed from one version of an item to the next?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html as lxml_html

from gongkai_web.publishing.models.items import Content

_CONTEXT = 2
_BLOCKS = ("p", "h2", "h3", "h4", "li", "tr", "caption", "blockquote")
_BLANK = re.compile(r"\s+")


def difference(
    before: Content,
    after: Content,
    files_before: Sequence[dict[str, Any]],
    files_after: Sequence[dict[str, Any]],
    titles: dict[str, str],
) -> dict[str, Any]:
    """What changed, as JSON: ``fields`` (title, before, after), ``text`` (kind same/removed/added/skipped, text), ``files`` (kind, name)."""
    fields = []
    for name, title in titles.items():
        old, new = getattr(before, name), getattr(after, name)
        if name != "html" and old != new:
            fields.append({"title": title, "before": _plain(old), "after": _plain(new)})
    old_files, new_files = {f["digest"]: f["name"] for f in files_before}, {f["digest"]: f["name"] for f in files_after}
    files = [{"kind": "removed", "name": name} for digest, name in old_files.items() if digest not in new_files]
    files += [{"kind": "added", "name": name} for digest, name in new_files.items() if digest not in old_files]
    text = [] if before.html == after.html else list(_lines(paragraphs(before.html), paragraphs(after.html)))
    return {"fields": fields, "text": text, "files": files}


def paragraphs(html: str) -> list[str]:
    """The lines of a canonical text: its paragraphs, headings, list items and table rows (cells between bars)."""
    if not html.strip():
        return []
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    found = []
    for block in root.iter(*_BLOCKS):
        if block.tag == "tr":
            line = " | ".join(_words(cell) for cell in block.iter("td", "th"))
        elif any(up.tag in ("tr", "li") for up in block.iterancestors()):
            continue
        else:
            line = _words(block)
        if line:
            found.append(line)
    return found or [_words(root)]


def _words(element: Any) -> str:
    return _BLANK.sub(" ", str(element.text_content())).strip()


def _lines(before: list[str], after: list[str]) -> Iterator[dict[str, Any]]:
    """The differing lines with a little of what stands around them."""
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    ops = matcher.get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(ops):
        if kind != "equal":
            yield from ({"kind": "removed", "text": line} for line in before[a:b])
            yield from ({"kind": "added", "text": line} for line in after[c:d])
            continue
        head = 0 if place == 0 else _CONTEXT
        tail = 0 if place == len(ops) - 1 else _CONTEXT
        same = before[a:b]
        if len(same) <= head + tail:
            yield from ({"kind": "same", "text": line} for line in same)
            continue
        yield from ({"kind": "same", "text": line} for line in same[:head])
        yield {"kind": "skipped", "count": len(same) - head - tail}
        yield from ({"kind": "same", "text": line} for line in same[len(same) - tail :])


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
