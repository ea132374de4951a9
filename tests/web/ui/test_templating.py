"""Is a view's word never silently lost to the surroundings of every page?"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from gongkai_web.ui.templating import NameTaken


def request() -> HttpRequest:
    made = RequestFactory().get("/help/")
    made.resolver_match = None
    return made


@pytest.mark.parametrize("name", ["version", "done", "here", "standing", "person", "demonstration", "request", "csrf_token"])
def test_word_of_the_surroundings__cannot_be_given_another_meaning(name: str, db: None) -> None:
    with pytest.raises(NameTaken, match=name):
        engines["templating"].from_string("").render({name: "another"}, request())


def test_words__of_view_and_surroundings_stand_on_the_same_page(db: None) -> None:
    words: dict[str, Any] = {"own": "甲"}
    made = engines["templating"].from_string("{{ own }}{{ version }}{{ public_page }}").render(words, request())

    assert made.startswith("甲")
    assert made.endswith("False")
    assert words == {"own": "甲"}


def test_page_without_a_request__has_its_own_words_alone() -> None:
    assert engines["templating"].from_string("{{ version }}").render({"version": "乙"}) == "乙"
