"""Does a program ask, and not a person?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES = (
    "bot", "spider", "crawl", "slurp", "fetch", "scan", "monitor", "check", "preview", "archiv", "feed", "rss", "curl", "wget", "python",
    "java/", "okhttp", "go-http", "headless", "lighthouse", "httpclient", "libwww", "scrapy", "node",
)  # fmt: skip
"""Parts of the names by which programs call themselves. Who pretends to be a browser is counted as one."""


def is_robot(environ: Mapping[str, Any]) -> bool:
    """Whether the request names a program, names nothing, or fetches a page before anybody asked for it. Nothing of it is kept."""
    agent = environ.get("HTTP_USER_AGENT", "").lower()
    if "mozilla" not in agent and "opera" not in agent:
        return True
    if "prefetch" in environ.get("HTTP_SEC_PURPOSE", "") or "prefetch" in environ.get("HTTP_PURPOSE", ""):
        return True
    return any(name in agent for name in NAMES)
