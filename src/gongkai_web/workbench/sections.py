"""How does a page with several forms come back when one of them was sent?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai_web.ui.refusals import BadForm

Said = TypeVar("Said")


def sent(do: Callable[[], Said], again: Callable[[Mapping[str, str]], HttpResponse], then: Callable[[Said], str]) -> HttpResponse:
    """Carry out what a form asks for and lead to the address that ``then`` makes of the outcome; with what was wrong, the page ``again``."""
    try:
        said = do()
    except BadForm as form:
        return again(form.errors)
    return redirect(then(said))


def page(
    request: HttpRequest, template: str, words: Mapping[str, Any], section: str = "", errors: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page; with errors, its form ``section`` open with what was typed and what was wrong."""
    wrong = dict(errors or {})
    shown = {**words, "section": section, "errors": wrong, "values": request.POST if wrong else {}}
    return render(request, template, shown, status=422 if wrong else 200)
