"""As which page is an answer counted?"""

from __future__ import annotations

from django.http import HttpRequest

from gongkai_web.visits.models import Page

PAGES = {
    "home": Page.HOME,
    "portal_home": Page.HOME,
    "portal_item": Page.ITEM,
    "portal_open": Page.LIST,
    "portal_category": Page.LIST,
    "portal_search": Page.SEARCH,
    "portal_guide": Page.GUIDE,
    "portal_rules": Page.RULES,
    "portal_rule": Page.RULES,
    "portal_reports": Page.REPORTS,
    "portal_apply": Page.APPLY,
    "portal_catalogue": Page.CATALOGUE,
}
UNCOUNTED = frozenset({"portal_screen"})
"""Pages that call for themselves again and again, with nobody asking."""


def counted(request: HttpRequest) -> tuple[str, str] | None:
    """The page and what tells it apart from others of its kind; None for one that is not counted."""
    match = request.resolver_match
    if match is None or match.url_name in UNCOUNTED:
        return None
    key = match.kwargs.get("index_number") or (match.kwargs.get("key") if match.url_name == "portal_category" else "")
    return PAGES.get(match.url_name or "", Page.OTHER).value, str(key or "")
