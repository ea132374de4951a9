"""What do Word and WPS leave on the clipboard, and what does it mean in plain HTML?

Both hand over their whole layout: styles in ``mso-`` properties, lists that are paragraphs with a typed mark, revisions, comments, hidden
words, headings by class. Here the meaning is kept and the layout dropped. The input is what a sanitiser has passed, with style and class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from gongkai_web.publishing import pasted_lists

DEEPEST = 60
BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table caption thead tbody tfoot tr td th blockquote hr div section article center address dl dt dd pre".split()
)
_RENAMED = {
    "b": "strong", "big": None, "i": "em", "strike": "s", "h1": "h2", "h5": "h4", "h6": "h4", "dt": "p", "dd": "p", "pre": "p",
    "address": "p", "center": "p", "small": None, "font": None, "ins": None, "dl": None, "col": None, "colgroup": None,
}  # fmt: skip
_STYLED = (
    ("strong", re.compile(r"(?:^|;)\s*(?:mso-bidi-)?font-weight\s*:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"(?:^|;)\s*font-style\s*:\s*italic")),
    ("u", re.compile(r"(?:^|;)\s*text-decoration\s*:[^;]*underline")),
    ("s", re.compile(r"(?:^|;)\s*text-decoration\s*:[^;]*line-through")),
    ("sup", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super")),
    ("sub", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*sub(?!-|t)")),
)
_HIDDEN = re.compile(r"mso-hide\s*:\s*(?:all|screen)|display\s*:\s*none|visibility\s*:\s*hidden")
_COMMENT = re.compile(r"mso-element\s*:\s*comment|mso-comment-|mso-special-character\s*:\s*comment")
_COMMENT_CLASS = re.compile(r"\bMsoComment|\bmsocom", re.IGNORECASE)
_CENTRE = re.compile(r"(?:^|;)\s*text-align\s*:\s*center")
_RIGHT = re.compile(r"(?:^|;)\s*text-align\s*:\s*(?:right|end)")
_HEADING = re.compile(r"\bMso(?:Heading|Title|Subtitle)(\d?)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset({"br", "img", "hr", "col"})
_SPACE = re.compile("[ \t\n\r\f\xa0\u2000-\u200b\ufeff]+")
_INDENT = "\u3000 \xa0"


@dataclass
class Removed:
    """What was left out, in words, each once."""

    words: list[str] = field(default_factory=list)

    def note(self, word: str) -> None:
        """Remember."""
        if word not in self.words:
            self.words.append(word)


def plainly(html: str, removed: Removed) -> str:
    """The same text without layout, as a sequence of blocks."""
    if not html.strip():
        return ""
    if _depth(html) > DEEPEST:
        removed.note("排版（结构过于复杂，只保留了文字）")
        return "".join(f"<p>{line}</p>" for line in _TAG.sub("\n", html).splitlines() if line.strip())
    root = lxml_html.fragment_fromstring(html, create_parent="div", parser=lxml_html.HTMLParser(huge_tree=True, encoding="utf-8"))
    _drop_unseen(root, removed)
    pasted_lists.make_lists(root)
    _rename(root)
    _unwrap(root)
    _join_text(root)
    _blocks(root)
    _tidy(root)
    return _inner(root)


def _depth(html: str) -> int:
    """How deep well-formed HTML is nested."""
    now = most = 0
    for closing, tag in _NAMED.findall(html):
        if tag not in _VOID:
            now += -1 if closing else 1
            most = max(most, now)
    return most


def _drop_unseen(root: HtmlElement, removed: Removed) -> None:
    """Deleted words, comments and hidden words go with what they say; pictures that stay on the other's disk go as well."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()
            continue
        style, named = _style(element), element.get("class", "")
        if element.tag == "del" or "msoDel" in named:
            removed.note("修订中已删除的文字")
        elif _COMMENT.search(style) or _COMMENT_CLASS.search(named):
            removed.note("批注")
        elif _HIDDEN.search(style):
            removed.note("隐藏的文字")
        elif element.tag == "img" and not element.get("src", "").startswith("attachment:"):
            removed.note("图片（请作为附件上传后再插入）")
        else:
            continue
        if element.getparent() is not None:
            element.drop_tree()


def _rename(root: HtmlElement) -> None:
    """Tags by their meaning; what a style says in words of its own becomes a tag."""
    for element in list(root.iter()):
        if element is root:
            continue
        style = _style(element)
        heading = _HEADING.search(element.get("class", ""))
        if element.tag == "p" and heading:
            element.tag = f"h{min(4, int(heading[1] or 1) + 1)}"
        _stand(element, style)
        if element.tag in ("span", "font"):
            for tag, pattern in _STYLED:
                if pattern.search(style):
                    _wrap(element, tag)
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag] or "span"
        for name in ("style", "align"):
            element.attrib.pop(name, None)


def _stand(element: HtmlElement, style: str) -> None:
    """Centred or to the right, as a class."""
    own = set(element.get("class", "").split()) & {"center", "right"}
    align = element.get("align", "").lower()
    if element.tag == "center" or align == "center" or _CENTRE.search(style):
        own = {"center"}
    elif align == "right" or _RIGHT.search(style):
        own = {"right"}
    element.attrib.pop("class", None)
    if own and element.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "center", "div"):
        element.set("class", min(own))


def _wrap(element: HtmlElement, tag: str) -> None:
    """Put what is in an element into a tag of its own inside it."""
    inner = etree.SubElement(element, tag)
    inner.text, element.text = element.text, None
    for child in list(element)[:-1]:
        inner.append(child)


def _unwrap(root: HtmlElement) -> None:
    for element in list(root.iter("span")):
        if element is not root:
            element.drop_tag()


def _join_text(root: HtmlElement) -> None:
    """Runs of the same emphasis beside each other are one: Word splits a word wherever it likes."""
    for element in list(root.iter("strong", "em", "u", "s", "sup", "sub")):
        following = element.getnext()
        while following is not None and following.tag == element.tag and not (element.tail or ""):
            _append_text(element, following.text or "")
            for child in list(following):
                element.append(child)
            element.tail = following.tail
            parent = following.getparent()
            if parent is None:
                break
            parent.remove(following)
            following = element.getnext()


def _append_text(element: HtmlElement, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _blocks(root: HtmlElement) -> None:
    """Divisions give way to what is in them; words that stand in no block become paragraphs."""
    for element in reversed(list(root.iter("div", "section", "article"))):
        if element is root:
            continue
        if any(True for _ in element.iterdescendants(*BLOCKS)):
            _paragraphs(element)
            element.drop_tag()
        else:
            element.tag = "p"
    for element in reversed(list(root.iter("p", "h2", "h3", "h4"))):
        if any(True for _ in element.iterdescendants(*BLOCKS)):
            _paragraphs(element)
            element.drop_tag()
    _paragraphs(root)
    for quote in list(root.iter("blockquote")):
        _paragraphs(quote)


def _paragraphs(parent: HtmlElement) -> None:
    """Make paragraphs of the words and inline elements that stand directly in ``parent``."""
    run: HtmlElement | None = None
    first = lxml_html.Element("p")
    if (parent.text or "").strip(_INDENT + "\n\t\r"):
        first.text, parent.text = parent.text, None
        parent.insert(0, first)
        run = first
    else:
        parent.text = None
    for child in list(parent):
        if child is first:
            continue
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            run = None
        else:
            if run is None:
                run = lxml_html.Element("p")
                parent.insert(parent.index(child), run)
            run.append(child)
        if (tail or "").strip(_INDENT + "\n\t\r") or (tail and run is not None):
            if run is None:
                run = lxml_html.Element("p")
                child.addnext(run)
                run.text = tail
            else:
                child.tail = tail


def _tidy(root: HtmlElement) -> None:
    """Plain spaces; no indents by spaces, no empty blocks, no paragraph alone in a cell."""
    for element in root.iter():
        if element.text:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail:
            element.tail = _SPACE.sub(" ", element.tail)
    for cell in [*root.iter("td", "th", "li")]:
        if len(cell) == 1 and cell[0].tag == "p" and not (cell.text or "").strip() and not (cell[0].tail or "").strip():
            if cell[0].get("class") and not cell.get("class") and cell.tag != "li":
                cell.set("class", cell[0].get("class"))
            cell.text = None
            cell[0].tail = None
            cell[0].drop_tag()
    for element in reversed(list(root.iter("strong", "em", "u", "s", "sup", "sub", "a"))):
        if not _holds(element) or (element.tag == "a" and not element.get("href")):
            element.drop_tag()
    for element in reversed(list(root.iter("p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "caption"))):
        _trim(element)
        if element.tag != "li" and not _holds(element):
            element.tail = None
            element.drop_tree()
    for cell in [*root.iter("td", "th")]:
        _trim(cell)
    for element in root.iter("ul", "ol", "table", "thead", "tbody", "tfoot", "tr"):
        _no_words_between(element)
    _no_words_between(root)


def _holds(element: HtmlElement) -> bool:
    return bool(element.text_content().strip(_INDENT)) or any(True for _ in element.iter("img", "hr", "table"))


def _trim(element: HtmlElement) -> None:
    """No white space or indent at the beginning of a block, none at its end, no break as its last."""
    if element.text:
        element.text = element.text.lstrip(_INDENT)
    while len(element) and element[-1].tag == "br" and not (element[-1].tail or "").strip(_INDENT):
        element.remove(element[-1])
    if len(element):
        if element[-1].tail:
            element[-1].tail = element[-1].tail.rstrip(" ")
    elif element.text:
        element.text = element.text.rstrip(" ")


def _no_words_between(element: HtmlElement) -> None:
    if not (element.text or "").strip():
        element.text = None
    for child in element:
        if not (child.tail or "").strip():
            child.tail = None


def _inner(root: HtmlElement) -> str:
    return _escaped(root.text or "") + "\n".join(_outer(child) for child in root)


def _outer(element: HtmlElement) -> str:
    return str(lxml_html.tostring(element, encoding="unicode"))


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _style(element: HtmlElement) -> str:
    return " ".join(element.get("style", "").lower().split())
