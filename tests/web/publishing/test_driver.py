"""Does a question put to the driver itself get the answer that Django's own cursor gets, on either database and whatever goes wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai_web.portal import kept
from gongkai_web.portal.sites import state
from gongkai_web.publishing import driver
from gongkai_web.publishing.driver import Question

TOLD = Question("SELECT slug, seq FROM told WHERE slug = %s OR seq > %s ORDER BY slug", gaps=2)
NUMBERS = Question("SELECT (SELECT seq FROM told WHERE slug = %s), 7", gaps=1)
ROWS = [("a", 3), ("b", 40)]


@pytest.fixture
def database() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, outside the transaction that a test runs in, with a table that nobody else sees."""
    made = connections.create_connection("default")
    with made.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (slug varchar(9), seq bigint)")
        cursor.executemany("INSERT INTO told VALUES (%s, %s)", ROWS)
    yield made
    driver.keeping.on = True
    made.connection.close()


def only_postgresql(database: BaseDatabaseWrapper) -> None:
    if database.vendor != "postgresql":
        pytest.skip("SQLite keeps questions by itself")


def answer(database: BaseDatabaseWrapper, slug: str = "a", above: int = 5) -> list[tuple[str, int]]:
    return [(slug, seq) for slug, seq in driver.rows(database, TOLD, [slug, above])]


def forget(database: BaseDatabaseWrapper) -> None:
    """As behind a pooler that leads the connection to another server."""
    database.connection.pgconn.exec_(b"DEALLOCATE ALL")


def test_rows__are_those_of_the_table_asked_once_or_often(database: BaseDatabaseWrapper) -> None:
    assert [answer(database) for _ in range(3)] == [ROWS] * 3
    assert answer(database, "none", 100) == []
    database.set_autocommit(False)
    database.in_atomic_block = True
    assert answer(database) == ROWS
    assert driver.number_row(database, NUMBERS, ["a"]) == (3, 7)
    database.in_atomic_block = False
    database.rollback()


def test_rows__are_told_to_whoever_watches(database: BaseDatabaseWrapper) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError

    answer(database)
    with database.execute_wrapper(refuse), pytest.raises(PermissionError):
        answer(database)


def test_number_row__sees_what_was_written_just_now(database: BaseDatabaseWrapper) -> None:
    assert driver.number_row(database, NUMBERS, ["a"]) == (3, 7)
    with database.cursor() as cursor:
        cursor.execute("UPDATE told SET seq = 4 WHERE slug = 'a'")
    assert driver.number_row(database, NUMBERS, ["a"]) == (4, 7)
    assert driver.number_row(database, NUMBERS, ["none"]) == (None, 7)


def test_rows__of_a_wrong_question_are_an_error_of_the_database(database: BaseDatabaseWrapper) -> None:
    wrong = Question("SELECT no_such_column FROM told WHERE slug = %s", gaps=1)
    with pytest.raises(DatabaseError):
        driver.rows(database, wrong, ["a"])
    with pytest.raises(database.Database.Error):
        driver.number_row(database, wrong, ["a"])
    assert driver.keeping.on
    assert answer(database) == ROWS


def test_number_row__is_told_again_to_a_server_that_lost_it(database: BaseDatabaseWrapper) -> None:
    only_postgresql(database)
    driver.number_row(database, NUMBERS, ["a"])
    forget(database)
    assert driver.number_row(database, NUMBERS, ["a"]) == (3, 7)
    assert driver.keeping.on


def test_questions__are_asked_the_usual_way_once_the_server_keeps_nothing(database: BaseDatabaseWrapper) -> None:
    only_postgresql(database)
    answer(database)
    forget(database)
    assert answer(database) == ROWS
    assert not driver.keeping.on
    assert answer(database) == ROWS
    assert driver.number_row(database, NUMBERS, ["a"]) == (3, 7)


def test_state__of_a_broken_connection_is_unknown_and_the_next_connection_knows_it(
    database: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_postgresql(database)
    monkeypatch.setattr(kept, "connections", {"default": database})
    assert kept.state_of("xc") == state(None, None)
    before = database.connection
    with connections["default"].cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before.info.backend_pid])
    assert kept.state_of("xc") == ""
    assert kept.state_of("xc") == state(None, None)
    assert database.connection is not before
