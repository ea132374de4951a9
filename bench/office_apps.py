"""Which applications stand beside ours in one run: the same bytes bare, our page without keeping, its template from memory?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from gongkai_web.config.wsgi import django

PATH = os.environ["BENCH_PATH"]
_kept: dict[str, Any] = {}


def _environ() -> dict[str, Any]:
    from django.test.client import RequestFactory

    return dict(RequestFactory().get(PATH, HTTP_HOST="127.0.0.1").environ)


def _page() -> bytes:
    if "page" not in _kept:
        _kept["page"] = b"".join(django(_environ(), lambda *_: None))
    return bytes(_kept["page"])


def bare(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The finished bytes and nothing else."""
    page = _page()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
    return [page]


def fresh(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Our page made for each request: Django, the database, the template."""
    return django(environ, start_response)


def memory(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The same template with the models of the first request, no Django and no database."""
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
    page = _kept["made"].render(_kept["words"]).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
    return [page]
