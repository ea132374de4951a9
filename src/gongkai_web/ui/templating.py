"""How do a view's words and the surroundings of every page come together without one hiding the other?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.backends.jinja2 import Jinja2
from django.template.backends.jinja2 import Template as DjangoTemplate
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy


class NameTaken(ValueError):
    """A view calls something by a name that the surroundings of every page have: one of the two would silently be lost."""


class Template(DjangoTemplate):
    """A template that is only rendered with names that are free."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        """The page. NameTaken for a word that the surroundings have too."""
        words = dict(context or {})
        if request is not None:
            for around in self._surroundings(request):
                if taken := sorted(words.keys() & around.keys()):
                    raise NameTaken(f"{self.template.name}: the surroundings of every page have {', '.join(taken)} already")
                words |= around
        return str(self.template.render(words))

    def _surroundings(self, request: HttpRequest) -> list[dict[str, Any]]:
        own = {"request": request, "csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
        return [own, *(asked(request) for asked in self.backend.template_context_processors)]


class Templates(Jinja2):
    """Django's Jinja2 engine, with templates that refuse a view's word which a context processor would overwrite."""

    def from_string(self, template_code: str) -> Template:
        """A template of this engine from its text."""
        return Template(self.env.from_string(template_code), self)

    def get_template(self, template_name: str) -> Template:
        """A template of this engine by its name."""
        return Template(super().get_template(template_name).template, self)
