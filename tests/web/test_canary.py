"""Does a name, a telephone number or an ID number that somebody types, sends or uploads stay where it belongs, whatever the form?

The forms are found by looking at the pages; every one is sent twice: filled in as a person would, and with the word in every field.
Where the word then rightly is stands here, column by column; anywhere else – a log, an address, a queue, the index, the part of the trail
that nobody can erase – it has no business.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import outbox, tasks
from gongkai_web.portal.kept import KeptPages, Shelf
from gongkai_web.publishing import indexing
from gongkai_web.search.engine import Question
from gongkai_web.trail.actors import INSTALLATION
from tests.conftest import unmeasured
from tests.web.doors import canary, forms, openings
from tests.web.doors.house import house, world
from tests.web.doors.world import Visitor, World
from tests.web.taken_back import held, shut, taken_back

__all__ = ["house", "world"]
PARTS = 3
PERSONS = "who works here, as the staff is named everywhere"
OWN_WORDS = "what the body says of itself on its portal and its screens"
DRAFT = "a draft, read by those who deal with it until it is approved"
REASONS = "the reason or note of an act, with the record it belongs to"
RIGHTLY = {
    "accounts_person.name": PERSONS,
    "accounts_person.login": PERSONS,
    "agencies_placement.post": PERSONS,
    "agencies_dutyholder.duty": PERSONS,
    "agencies_dutyholder.name": PERSONS,
    "agencies_dutyholder.post": PERSONS,
    "agencies_deputy.note": REASONS,
    "agencies_body.tiny_reason": REASONS,
    "agencies_department.name": OWN_WORDS,
    "agencies_internalrule.html": OWN_WORDS,
    "agencies_internalrule.number": OWN_WORDS,
    "agencies_internalrule.title": OWN_WORDS,
    "outlets_account.name": OWN_WORDS,
    "outlets_place.location": OWN_WORDS,
    "outlets_place.name": OWN_WORDS,
    "files_storedfile.name": "the name of an upload",
    "publishing_attachment.name": "the name of an upload",
    "publishing_item.correction_note": REASONS,
    "publishing_reassessment.reason": REASONS,
    "publishing_publication.tombstone": REASONS,
    "publishing_publication.withdrawal_reason": REASONS,
    **{
        f"publishing_draft.{name}": DRAFT
        for name in "basis cuts document_number html issuer keywords reason source summary title".split()
    },
    "publishing_item.joint_bodies": DRAFT,
    "publishing_item.obtained_from": DRAFT,
    "publishing_item.responsible_body": DRAFT,
    "trail_entry.personal": "the part of the trail that can be erased",
}
"""The columns in which the words may stand, each with what they are there."""
ROOMS = {"rooms": "what a visitor of the report desk writes and hands in, theirs alone, gone after eight hours"}
RIGHT_FOLDERS = {"files": "what was uploaded, under its digest, with the words read from it", **ROOMS}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whatever the program lays down for a moment it lays down here."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


DEALING = (Role.CLERK, Role.UNIT_HEAD)
LOOKING = (*DEALING, Role.SECRECY_OFFICER, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)
DOWNLOAD = re.compile(r"\.\w+$|<str:form>|/files/<|^b/|^screens/|/sheet/")
"""Routes that hand out a file, and those of one body that stand beside the same without its name."""


def pages(world: World) -> Iterator[tuple[Visitor, str]]:
    """Every page, with those who look at it: all kinds of staff where it is no single item's, else those who deal with it."""
    anybody = world.visitors[0]
    head = next(v for v in world.visitors if v.bureau is world.here and v.role is Role.UNIT_HEAD)
    for route in openings.routes():
        if DOWNLOAD.search(route):
            continue
        roles = DEALING if "item_id" in route else LOOKING
        staff = [v for v in world.visitors if v.bureau is world.here and v.role in roles and route.startswith("work/")]
        visitors = staff if "item_id" in route else [anybody, *(staff or [head])]
        for address in openings.addresses(route, world):
            yield from ((visitor, address) for visitor in visitors)


@pytest.fixture(scope="module")
def found(house: World, django_db_blocker: Any) -> list[tuple[Visitor, forms.Form]]:
    """One form of every shape, with somebody who is shown it; links of a page to itself with other questions are followed."""
    shapes: dict[tuple[object, ...], tuple[Visitor, forms.Form]] = {}
    # The tests of the doors ask at the same addresses, measured.
    with django_db_blocker.unblock(), unmeasured():
        waiting = list(pages(house))
        followed: set[tuple[str, str]] = set()
        while waiting:
            visitor, address = waiting.pop()
            with taken_back():
                response = visitor.client.get(address)
                shut(response)
                if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
                    continue
                html = response.content.decode()
            for form in forms.on_page(address, html):
                shapes.setdefault(form.shape, (visitor, form))
            for asked, questions in forms.own_questions(address, html):
                if (questions, visitor.name) not in followed:
                    followed.add((questions, visitor.name))
                    waiting.append((visitor, asked))
    return list(shapes.values())


def work_in_the_background() -> None:
    """What the worker would do now."""
    while outbox.deliver():
        pass


@pytest.mark.parametrize("word", canary.WORDS)
def test_word__is_noticed_wherever_it_stands(word: str, world: World, tmp_path: Path) -> None:
    """The tests below would pass if nothing were noticed."""
    tasks.enqueue("publishing.index", INSTALLATION, {"why": f"因{word}"}, key=word)
    session = SessionStore()
    session["room"] = word
    session.save()
    assert canary.columns_with_it() == {"flow_task.arguments", "flow_task.key", "django_session.session_data"}

    for name, data in (("a", word.encode("gb18030")), ("b", f"{word}".encode("utf-16-le")), (word, b"")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"x{word if not data else ''}").write_bytes(data)
    assert len(canary.files_with_it([tmp_path])) == 3

    response = HttpResponse(headers={"Location": f"/?q={quote(word)}"})
    response.set_cookie("told", quote(word))
    assert canary.headers_with_it(response) == {"Location", "Set-Cookie"}

    with canary.logged() as log:
        logging.getLogger("gongkai.flow").warning("task of %s failed", word)
        logging.getLogger("django.request").error("%s", word)
    assert [canary.is_in(line.encode()) for line in log] == [True, True]


def test_forms__are_found_on_every_kind_of_page(found: list[tuple[Visitor, forms.Form]]) -> None:
    routes = {form.shape[0] for _, form in found}
    assert {"work/items/<int:item_id>/edit/", "work/items/new/", "work/people/new/", "work/body/unit/", "work/sign-in/"} <= routes
    assert {"search/", "check/", "write/open/"} <= routes
    assert sum(form.has_file for _, form in found) >= 3
    assert len(routes) > 60


def sendings(visitor: Visitor, form: forms.Form) -> Iterator[tuple[str, Any]]:
    """A form sent in every way, and what came of it: where it is not taken whole, with the word in one field after the other."""
    for number, file in enumerate(canary.FILES if form.has_file else canary.FILES[:1]):
        response = forms.send(visitor.client, form, forms.typed_into(canary.CANARY, file))
        yield "typed", response
        if not number and response.status_code not in {200, 302}:
            for field in form.fields:
                if field.kind in forms.TYPED and field.name not in forms.KEPT:
                    yield (
                        f"in {field.name}",
                        forms.send(visitor.client, form, forms.typed_into(canary.CANARY, file, only=field.name)),
                    )
    yield "everywhere", forms.send(visitor.client, form, forms.put_into(canary.CANARY, canary.text))


@pytest.mark.parametrize("part", range(PARTS))
def test_word__stays_where_it_belongs(part: int, found: list[tuple[Visitor, forms.Form]], world: World, scratch: Path) -> None:
    astray: dict[str, set[str]] = defaultdict(set)
    with canary.logged() as log:
        for visitor, form in found[part::PARTS]:
            visitor.client.raise_request_exception = False
            cookies = visitor.client.cookies.copy()
            ways = sendings(visitor, form)
            while True:
                with taken_back(), canary.writing() as written:
                    how, response = next(ways, ("", None))
                    if response is None:
                        break
                    work_in_the_background()
                    said = f"{form.shape[0]} {how} {response.status_code}"
                    if response.status_code >= 500:
                        astray["the program failed"].add(said)
                    for header in canary.headers_with_it(response) if form.method == "post" else ():
                        astray[f"header {header}"].add(said)
                    for column in canary.columns_with_it() - set(RIGHTLY) if written else ():
                        astray[f"column {column}"].add(said)
                visitor.client.cookies = cookies.copy()
            visitor.client.raise_request_exception = True
            for folder in canary.files_with_it([world.data, scratch]):
                if folder.partition("/")[2] not in RIGHT_FOLDERS:
                    astray[f"file {folder}"].add(str(form.shape[0]))
    for line in log:
        if canary.is_in(line.encode()):
            astray["log"].add(line[:300])
    for word in canary.WORDS:
        if indexing.opened(indexing.folder()).find(Question(word)).total:
            astray["index"].add(word)

    assert not astray, "\n".join(f"{where}: {sorted(which)[:6]}" for where, which in sorted(astray.items()))


class Noted:
    """In place of the counter of page views: what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def add(self, read: object, _: object) -> None:
        self.told.append(read)


def test_word_in_an_address__stays_out_of_logs_tables_and_kept_pages(world: World, scratch: Path) -> None:
    """In the path, in the questions, and in what a browser says of itself, whoever asks."""
    word = quote(canary.CANARY)
    questions = "&".join(f"{name}={word}" for name in ("q", "text", "person", "category", "next", "from", "year"))
    headers = {"user-agent": canary.PHONE, "referer": f"http://testserver/?q={word}", "accept-language": canary.ID_NUMBER}
    shelf, counter = Shelf(), Noted()
    kept = KeptPages(get_wsgi_application(), shelf, counter)  # type: ignore[arg-type]  # it only adds
    clerk = next(v for v in world.visitors if v.bureau is world.here and v.role is Role.CLERK)
    astray: dict[str, set[str]] = defaultdict(set)
    left_by_others = canary.files_with_it([world.data, scratch])
    with canary.logged() as log:
        for route in openings.routes():
            addresses = [next(openings.addresses(route, world))]
            addresses += (
                ["/" + re.sub(r"<(?:str|slug|path):\w+>", word, re.sub(r"<int:\w+>", "1", route))] if "<" in route else []
            )
            for address in addresses:
                asked = f"{address}?{questions}"
                with taken_back(), canary.writing() as written:
                    response = clerk.client.get(asked, headers=headers)
                    shut(response)
                    if response.status_code >= 500:
                        astray["the program failed"].add(route)
                    if not route.startswith("work/"):
                        environ = RequestFactory().get(asked, headers=headers).environ
                        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
                        with held():
                            answer = kept(environ, lambda *_: None)
                            b"".join(answer)
                            getattr(answer, "close", lambda: None)()
                    for column in canary.columns_with_it() if written else ():
                        astray[f"column {column}"].add(route)
    for line in log:
        if canary.is_in(line.encode()):
            astray["log"].add(line[:300])
    for key, page in shelf._pages.items():
        if canary.is_in(str(key).encode()) or canary.is_in(page.content):
            astray["kept page"].add(key[1][:60])
    if canary.is_in(str(counter.told).encode()):
        astray["page views"].add(str([t for t in counter.told if canary.is_in(str(t).encode())][:3]))
    for folder in canary.files_with_it([world.data, scratch]) - left_by_others:
        astray[f"file {folder}"].add("")

    assert not astray, "\n".join(f"{where}: {sorted(which)[:6]}" for where, which in sorted(astray.items()))
