"""Which HTML may stand in a text, and in which one spelling is it kept?

What is typed or pasted goes through three passes: unsafe things away, then what Word and WPS leave on the clipboard made plain
(``pasting``), then the closed list and no mark that turns the direction of writing: what is scanned and reviewed is read in the order in
which it shows. They are repeated until nothing changes any more, so the canonical form of a canonical text is itself.
"""

from __future__ import annotations

import html as entities
import re

import nh3

from gongkai_web.agencies.texts import straight
from gongkai_web.publishing.pasting import Removed, plainly

TAGS = frozenset(
    "p br hr h2 h3 h4 strong em u s sub sup blockquote ul ol li table caption thead tbody tfoot tr th td a img".split()
)
"""The closed list: headings below the title, tables, lists, pictures of the item's own, links."""
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
CLASSES = {tag: {"center", "right"} for tag in ("p", "h2", "h3", "h4", "td", "th")}
"""How a block may stand: the signature of a document to the right, a heading in the middle."""
DROPPED = frozenset(
    "script style iframe object embed form button textarea select svg math template noscript title xml head".split()
)
"""Tags whose content goes with them."""
LONGEST = 2_000_000
PASSES = 8
_EARLY_TAGS = TAGS | frozenset(
    "div span font b i strike del ins center section article h1 h5 h6 dl dt dd pre col colgroup address big small".split()
)
_EARLY_ATTRIBUTES: dict[str, set[str]] = {"*": set(), **{tag: {"style", "class", "align"} for tag in _EARLY_TAGS}}
for _tag, _names in ATTRIBUTES.items():
    _EARLY_ATTRIBUTES[_tag] = _EARLY_ATTRIBUTES.get(_tag, set()) | _names
_PICTURE = re.compile(r"attachment:([a-z0-9]+:[0-9a-f]{64})")
_SCHEMES = {"http", "https", "mailto", "attachment", "file", "data"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SHOWN = re.compile(r'<img[^>]*? src="attachment:([a-z0-9]+:[0-9a-f]+)"')


def canonical(html: str, removed: Removed | None = None) -> str:
    """The one spelling in which a text is kept. ``removed`` is told, in words, what a person should know was left out."""
    told = removed if removed is not None else Removed()
    text = _CONTROL.sub("", html)
    for _ in range(PASSES):
        made = _once(text, told)
        if made == text:
            return made
        text = made
    told.note("排版（结构过于复杂，只保留了文字）")
    return _words_only(text)


def pictures(html: str) -> tuple[str, ...]:
    """The digests of the pictures that a canonical text shows, in their order."""
    return tuple(_SHOWN.findall(html))


def _once(html: str, removed: Removed) -> str:
    early = nh3.clean(
        html,
        tags=set(_EARLY_TAGS),
        clean_content_tags=set(DROPPED),
        attributes={tag: set(names) for tag, names in _EARLY_ATTRIBUTES.items()},
        attribute_filter=lambda _tag, _name, value: straight(value),  # before an address is spelt with percent signs
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    late = nh3.clean(
        plainly(early, removed),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "attachment"},
        link_rel="noopener noreferrer",
    )
    # Here, where character references are characters; what a mark held apart the next pass looks at.
    return re.sub(r"\n{2,}", "\n", straight(late)).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    """A value as it may stand, None to drop it."""
    if name in {"colspan", "rowspan", "start"}:
        return str(int(value)) if value.isascii() and value.isdigit() and 0 < int(value) < 1000 else None
    if tag == "img" and name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if tag == "a" and name == "href" and value.startswith("attachment:"):
        return None
    if name == "scope":
        return value if value in {"row", "col"} else None
    return value


def _words_only(html: str) -> str:
    """The words of a text that has no stable form, each line a paragraph."""
    words = entities.unescape(
        nh3.clean(re.sub(r"</(?:p|h\d|li|tr|div|td)>|<br", "\n<", html), tags=set(), clean_content_tags=set(DROPPED))
    )
    lines = [" ".join(line.split()) for line in straight(words).replace("<", "").replace(">", "").splitlines()]
    return "\n".join(f"<p>{entities.escape(line, quote=False)}</p>" for line in lines if line)
