"""Which forms do the pages of the program offer, and how is one filled in and sent as a browser would?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

from gongkai_web.ui import clock

TYPED = frozenset({"text", "search", "textarea", "password", "tel", "email", "url", ""})
KEPT = frozenset({"csrfmiddlewaretoken", "form", "revision", "digest"})
"""Fields by which the program knows the page, never typed by anybody: they are sent as they came."""


@dataclass(frozen=True, slots=True)
class Field:
    """A named field: ``kind`` is the input's type, "textarea" or "select"; ``options`` are the values to choose from."""

    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form on a page: where it goes, how, and with which fields."""

    page: str
    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def address(self) -> str:
        """Where it goes, without the questions."""
        return urlsplit(self.action).path

    @property
    def shape(self) -> tuple[str, str, frozenset[str]]:
        """What tells it from forms of another kind: the route it goes to, how, and the names of its fields."""
        try:
            route = resolve(self.address).route
        except Resolver404:
            route = self.address
        return (route, self.method, frozenset(field.name for field in self.fields))

    @property
    def has_file(self) -> bool:
        """Whether a file can be picked."""
        return any(field.kind == "file" for field in self.fields)


def on_page(address: str, html: str) -> Iterator[Form]:
    """The forms of a page, each once per button that names another address."""
    if not html.strip():
        return
    tree = lxml.html.document_fromstring(html)
    for form in tree.iter("form"):
        named = [
            found for element in tree.iter("input", "textarea", "select", "button") for found in _fields(element, form, tree)
        ]
        targets = [form.get("action") or ""] + [b.get("formaction") for b in form.iter("button") if b.get("formaction")]
        for target in dict.fromkeys(targets):
            yield Form(address, urljoin(address, target), (form.get("method") or "get").lower(), tuple(named))


def _fields(element: Any, form: Any, tree: Any) -> Iterator[Field]:
    own = element.get("form")
    belongs = own == form.get("id") if own else form in element.iterancestors("form")
    name = element.get("name")
    if not belongs or not name or element.get("disabled") is not None:
        return
    kind = element.tag if element.tag != "input" else element.get("type") or ""
    options: tuple[str, ...] = ()
    value = element.get("value") or ""
    if kind == "select":
        options = tuple(o.get("value", o.text or "") for o in element.iter("option"))
        value = next(
            (o.get("value", "") for o in element.iter("option") if o.get("selected") is not None), next(filter(None, options), "")
        )
    if kind == "textarea":
        value = element.text or ""
    if kind in {"checkbox", "radio"}:
        value = value or "on"
    yield Field(name, "button" if kind in {"submit", "button"} else kind, value, options)


Fill = Callable[[Field], Any]


def own_questions(address: str, html: str) -> Iterator[tuple[str, str]]:
    """The links of a page to itself with questions: the address, and the path with the questions' names."""
    for link in lxml.html.document_fromstring(html).iter("a"):
        there = urlsplit(urljoin(address, link.get("href") or ""))
        if there.query and there.path == urlsplit(address).path:
            yield f"{there.path}?{there.query}", f"{there.path}?{'&'.join(sorted(parse_qs(there.query)))}"


def typed_into(word: str, file: Callable[[], SimpleUploadedFile], *, only: str = "") -> Fill:
    """As somebody fills a form in who types the word wherever words are typed, and chooses something wherever there is a choice.

    With ``only``, the word goes into that field; other empty ones get something else.
    """

    def fill(field: Field) -> Any:
        if field.name in KEPT or field.kind in {"hidden", "select", "checkbox", "radio", "button"}:
            return field.value
        if field.kind in TYPED and only not in {"", field.name}:
            return field.value or "试填"
        if field.kind in TYPED:
            return word
        if field.kind == "file":
            return file()
        days = {
            "date": clock.today(),
            "month": f"{clock.today():%Y-%m}",
            "datetime-local": f"{clock.today() + dt.timedelta(days=30)}T09:00",
        }
        return field.value or str(days.get(field.kind, 1))

    return fill


def put_into(word: str, file: Callable[[], SimpleUploadedFile]) -> Fill:
    """As somebody sends it who puts the word into every field, whatever it is for."""

    def fill(field: Field) -> Any:
        if field.name in KEPT:
            return field.value
        return file() if field.kind == "file" else word

    return fill


def send(client: Client, form: Form, fill: Fill) -> Any:
    """Send a form; the answer."""
    values: dict[str, Any] = {}
    for field in form.fields:
        if field.kind == "radio" and field.name in values:
            continue
        values[field.name] = fill(field)
    return getattr(client, "post" if form.method == "post" else "get")(form.action, values)
