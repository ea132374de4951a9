"""Which words does a reader see of a text that is kept as HTML?"""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</(?:p|h[1-6]|li|td|th|tr|caption|blockquote|div)>|<br ?/?>", re.IGNORECASE)


def plain(html: str) -> str:
    """The words of a canonical text; blocks end lines."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", html)))
