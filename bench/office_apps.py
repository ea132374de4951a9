"""Which applications stand beside ours in one run: the same bytes bare, our page without keeping, its template from memory?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from gongkai_web.config.wsgi import django, made
from gongkai_web.portal.kept import KeptPages, Shelf
from gongkai_web.visits.counting import Counter

PATH = os.environ["BENCH_PATH"]
_kept: dict[str, Any] = {}


def _environ() -> dict[str, Any]:
    from django.test.client import RequestFactory

    return dict(RequestFactory().get(PATH, HTTP_HOST="127.0.0.1").environ)


def page() -> bytes:
    """The page's bytes, made once."""
    if "page" not in _kept:
        _kept["page"] = b"".join(django(_environ(), lambda *_: None))
    return bytes(_kept["page"])


def bare(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The finished bytes and nothing else."""
    content = page()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content)))])
    return [content]


fresh = KeptPages(made, Shelf(0), counter=Counter())
"""Our page made for each request, by all that serves it but a shelf to keep it on."""


def memory(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The template of the page rendered for each request with the models of the first one: no Django around it and no database."""
    if "words" not in _kept:
        from gongkai_web.portal import pages

        real = pages.render_to_string

        def noting(template: str, words: dict[str, Any]) -> str:
            _kept["template"], _kept["words"] = template, words
            return str(real(template, words))

        pages.render_to_string = noting
        b"".join(django(_environ(), lambda *_: None))
        pages.render_to_string = real
        from django.template import engines

        _kept["made"] = engines.all()[0].get_template(_kept["template"])
    content = _kept["made"].render(_kept["words"]).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content)))])
    return [content]
