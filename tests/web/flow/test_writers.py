"""Is a record written by acts alone, and by no request that only reads?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai_web.agencies.models import Department
from gongkai_web.agencies.roles import Role
from gongkai_web.flow import installation
from gongkai_web.trail.models import Entry
from tests.conftest import ROOT
from tests.house.sources import WEB, python, tree, where
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office, signed_in
from tests.web.writes import watched

SAVING = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete", "update"}

WITHIN_ACTS = {
    "accounts/passwords.py": "a password is written by the acts of its owner and of the security administrator",
    "agencies/entries.py": "the rows that founding and registering both make",
    "flow/absence.py": "steps of an absent person, moved by the act of handing over",
    "flow/installation.py": "the one row made by the act that makes the first body",
    "flow/numbers.py": "numbers are given inside an act; it asks whether one runs",
    "flow/reviews.py": "what all acts of a review have in common",
    "publishing/beginning.py": "an item is begun by the acts that make one",
    "publishing/defaults.py": "what a new body begins with, installed by the acts that found it",
    "publishing/generations.py": "raised in the transaction of every act that changes what is public",
    "publishing/going_public.py": "what all acts that publish and withdraw have in common",
    "publishing/proposals.py": "a change of validity is put before who signs it, by the acts that propose one",
    "publishing/reviewed_kinds.py": "what follows the end of a review, called by its acts",
    "publishing/versions.py": "a version is cut by the act of sending to review",
    "trail/record.py": "the entry of the act itself",
}
"""Modules whose functions acts share; that nothing is written outside an act is watched while tests run (``tests.web.writes``)."""

NO_RECORDS = {
    "accounts/throttles.py": "attempts that failed",
    "comment_periods/knocking.py": "how many comments came from one address in an hour",
    "flow/heartbeat.py": "whether the worker lives",
    "flow/outbox.py": "what is still to be told",
    "flow/sent_forms.py": "which forms were sent already",
    "flow/tasks.py": "queued work",
    "flow/ticks.py": "when regular work last ran",
    "publishing/drafts.py": "a draft is autosaved; it is no record until it is sent to review",
    "publishing/inspections.py": "what an inspection of the site found last, made anew every day",
    "visits/counting.py": "how often a page was read, written by a thread of its own",
    "visits/folding.py": "days of page views that become sums of months",
}


def saving(module: ast.Module) -> Iterator[str]:
    """The calls in a module that look like writing a row."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAVING:
            called = ast.unparse(node.func)
            of_table = ".objects." in called or ".filter(" in called
            if of_table or (node.func.attr in {"save", "delete"} and called.split(".")[0] in ROWS):
                yield called


# Names by which rows are called; what else is saved (workbooks, pictures) is no row.
ROWS = {
    "row",
    "item",
    "draft",
    "person",
    "body",
    "review",
    "step",
    "counter",
    "entry",
    "head",
    "change",
    "current",
    "decision",
    "version",
}


def test_module__writes_only_as_an_act_or_for_a_stated_reason() -> None:
    writing = {}
    for path in python(WEB):
        name = path.relative_to(WEB).as_posix()
        if "/actions/" in name or "/migrations/" in name or name in WITHIN_ACTS or name in NO_RECORDS:
            continue
        found = sorted(set(saving(tree(path))))
        if found:
            writing[where(path)] = found

    assert writing == {}


@pytest.mark.parametrize("name", [*WITHIN_ACTS, *NO_RECORDS])
def test_listed_module__still_writes(name: str) -> None:
    assert (ROOT / "src/gongkai_web" / name).is_file()
    assert list(saving(tree(WEB / name)))


def test_watch__tells_a_write_from_a_reading_request_and_one_outside_an_act() -> None:
    office = make_office()
    with pytest.raises(AssertionError, match="GET / writes agencies_department"), watched("GET", "/"), transaction.atomic():
        Department.objects.filter(body=office.body).update(position=9)
    with pytest.raises(AssertionError, match="outside an act"), watched("POST", "/"), transaction.atomic():
        Department.objects.create(body=office.body, name="新科室")
    with watched("GET", "/"), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def plain_addresses(resolver: URLResolver, front: str = "/") -> Iterator[str]:
    """The addresses that need nothing filled in."""
    for each in resolver.url_patterns:
        route = str(each.pattern)
        if "<" in route or "(" in route:
            continue
        if isinstance(each, URLResolver):
            yield from plain_addresses(each, front + route)
        elif isinstance(each, URLPattern):
            yield front + route


def test_reading__any_address_as_anybody_changes_nothing() -> None:
    installation.forget()
    bureau = Bureau(make_office())
    installation.found(installation.REAL)
    bureau.draft()
    bureau.published(title="公证进社区活动举行")
    bureau.submitted()
    before = Entry.objects.count()
    addresses = sorted(set(plain_addresses(get_resolver())))

    assert len(addresses) > 20
    for client in (Client(), *(signed_in(bureau.person(role)) for role in Role)):
        for address in addresses:
            assert client.get(address).status_code < 500, address
    assert Entry.objects.count() == before
    installation.forget()
