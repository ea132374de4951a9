"""How is a web page saved as one file (MHT) read: the page alone, without what it shows from elsewhere?"""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage

from gongkai.errors import Unreadable
from gongkai.reading.blocks import Source
from gongkai.reading.html import read_html
from gongkai.reading.limits import MAX_TEXT, check_size, damaged
from gongkai.reading.text import read_text


def read_mht(data: bytes, name: str) -> Source:
    """The HTML part (or else the text part) of a MIME file."""
    check_size(data, 2 * MAX_TEXT)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        part = next((p for kind in ("text/html", "text/plain") for p in message.walk() if p.get_content_type() == kind), None)
        if not isinstance(part, EmailMessage):
            raise Unreadable(f"“{name}”是单一网页文件，但其中没有网页正文；请在浏览器中打开后另存为 .html 再试。")
        payload = part.get_payload(decode=True)
        kind = part.get_content_type()
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise damaged() from error
    if not isinstance(payload, bytes):
        raise damaged()
    return replace((read_html if kind == "text/html" else read_text)(payload, name), name=name)
