"""How is an uploaded web page judged and cleaned: nothing in it runs, fetches, or tells of its maker?"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.reading.encodings import decoded
from gongkai.reading.limits import MAX_TEXT, check_size
from gongkai_web.files.cleaning.result import Cleaned, Removals
from gongkai_web.files.types import NotAccepted

_RUNNING = frozenset("script iframe frame frameset object embed applet base form svg math template portal link".split())
# Browsers and our parser do not agree on every broken page: what looks like such a tag anywhere counts.
_RUNNING_TAG = re.compile(
    r"<\s*(script|iframe|frameset|frame|object|embed|applet|base|form|svg|math|template|portal|link)\b", re.IGNORECASE
)
_HANDLER = re.compile(r"<[^>]*[\s\"'/]on[a-z]{3,20}\s*=", re.IGNORECASE)
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "background", "poster", "srcset", "xlink:href", "ping"))
_DANGEROUS = re.compile(
    r"^[\s\x00-\x20]*(?:javascript|vbscript|data(?!:image/(?:png|jpeg|gif|webp);)|file|blob)\s*:", re.IGNORECASE
)
_STYLE_FETCHES = re.compile(r"@import|expression\s*\(|behavior\s*:|-moz-binding|url\s*\(", re.IGNORECASE)
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<!\[(?:if|endif)[^>]*>", re.DOTALL | re.IGNORECASE)
_MADE_BY = re.compile(
    r"<meta\b[^>]*\bname\s*=\s*[\"']?(?:author|generator|progid|originator|copyright|owner|creator)\b[^>]*>", re.IGNORECASE
)
_FILE_LIST = re.compile(r"<xml\b.*?</xml\s*>", re.DOTALL | re.IGNORECASE)
_BOM = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def running_parts(text: str) -> tuple[str, ...]:
    """Words for everything in a page that runs or fetches something; empty for a page that only shows."""
    found = [f"<{tag.lower()}>" for tag in _RUNNING_TAG.findall(text)]
    found += ["点击等操作触发的脚本"] if _HANDLER.search(text) else []
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        if element.tag.lower() in _RUNNING:
            found.append(f"<{element.tag.lower()}>")
        for key, value in element.attrib.items():
            name = str(key).lower()
            if name.startswith("on"):
                found.append("点击等操作触发的脚本")
            elif name in _ADDRESSES and _DANGEROUS.match(str(value)):
                found.append("以 javascript: 等开头的链接")
            elif name == "style" and _STYLE_FETCHES.search(str(value)):
                found.append("样式里的外部内容")
        if element.tag.lower() == "style" and _STYLE_FETCHES.search(element.text or ""):
            found.append("样式里的外部内容")
    if _REFRESH.search(text):
        found.append("自动跳转")
    return tuple(dict.fromkeys(found))


def refuse_running(data: bytes, name: str) -> None:
    """Refuse a page with anything that runs or fetches."""
    check_size(data, MAX_TEXT)
    found = running_parts(decoded(data).text)
    if found:
        raise NotAccepted(
            "script",
            f"“{name}”中有会运行或从别处取内容的部分（{'、'.join(found[:6])}），不能公开；请在浏览器中打开，打印为 PDF 后再上传。",
        )


def clean_page(data: bytes, name: str = "") -> Cleaned:
    """A page without comments, data blocks of office programs and names of its maker; its other characters as they stood."""
    refuse_running(data, name)
    found = decoded(data)
    removals, text = Removals(), found.text
    for pattern, word in ((_COMMENT, "网页源码里的注释"), (_FILE_LIST, "办公软件留下的数据"), (_MADE_BY, "作者和制作软件")):
        text, count = pattern.subn("", text)
        removals.add(word, count)
    if not removals.counts:
        return removals.cleaned(data)
    if running_parts(text):
        raise NotAccepted("script", f"“{name}”的注释里藏有会运行的内容，不能公开；请在浏览器中打开，打印为 PDF 后再上传。")
    encoding = _encoding(data, found.text)
    mark = next((bom for bom in _BOM if data.startswith(bom)), b"") if encoding.startswith("utf") else b""
    return removals.cleaned(mark + text.lstrip("\ufeff").encode(encoding, "xmlcharrefreplace"))


def _encoding(data: bytes, text: str) -> str:
    """The encoding that gives the page's bytes back: what its head declares must go on to hold."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"):
        bare = next((data[len(bom) :] for bom in _BOM if data.startswith(bom)), data)
        try:
            if text.lstrip("\ufeff").encode(encoding) == bare:
                return encoding
        except UnicodeEncodeError:
            continue
    raise NotAccepted("damaged", "网页的文字编码有损坏，不能清理后公开；请在浏览器中打开，打印为 PDF 后再上传。")
