"""Which HTML may stand in a text, and in which one spelling is it kept?"""

from __future__ import annotations

import nh3

TAGS = frozenset(
    "p br hr h2 h3 h4 strong em u s sub sup blockquote ul ol li table caption thead tbody tfoot tr th td colgroup col a img span".split()
)
"""The closed list: headings below the title, tables, lists, pictures, links."""
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "col": {"span"},
}
DROPPED = frozenset("script style iframe object embed form input button textarea select svg math template noscript title".split())
"""Tags whose content goes with them."""


def canonical(html: str) -> str:
    """The one spelling in which a text is kept; the canonical form of a canonical text is itself."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "attachment"},
        link_rel="noopener noreferrer",
    ).strip()
