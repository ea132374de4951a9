"""How does the program explain itself: manual, rules, editions, about, health?"""

from __future__ import annotations

from functools import cache

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from gongkai.checking import cards
from gongkai.errors import NotFound
from gongkai.manual import topic as page_of
from gongkai.manual import topics
from gongkai.returns import blank_report
from gongkai.returns import edition as edition_of
from gongkai.returns import editions as all_editions
from gongkai.writing.layout import printed_tables


@cache
def _html(name: str) -> str:
    """A page of the manual as HTML; the manual is ours, raw HTML in it is not passed on all the same."""
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(page_of(name).text))


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """The list of help pages."""
    return render(request, "oversight/help.html", {"topics": topics()})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One page of the manual."""
    page = page_of(topic)
    return render(request, "oversight/help_topic.html", {"topics": topics(), "page": page, "html": _html(topic)})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its level."""
    return render(request, "oversight/rules.html", {"cards": cards(), "topics": topics()})


@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule's page, made from its card."""
    for card in cards():
        if card.code == code.upper():
            return render(request, "oversight/rule.html", {"card": card, "topics": topics()})
    raise NotFound(f"没有编号为“{code}”的规则。全部规则见帮助里的规则目录。")


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition of the return."""
    return render(request, "oversight/editions.html", {"editions": all_editions(), "topics": topics()})


@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """One edition as printed, with the relations its figures must satisfy."""
    found = edition_of(key)
    return render(
        request,
        "oversight/edition.html",
        {"edition": found, "tables": printed_tables(blank_report(found)), "topics": topics()},
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the program is and what it promises."""
    return render(request, "oversight/about.html", {"rules": len(cards()), "editions": all_editions()})


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the server and its database answer; for monitors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
