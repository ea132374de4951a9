"""How is a worded question put to the database's driver itself, past what Django wraps around it?

SQLite's driver keeps what it was asked. PostgreSQL is told to keep it, so that a question is read and planned once for a connection and not
each time. In a transaction, and where something watches what is asked, questions go the usual way. A pooler between us and PostgreSQL may
lead a connection to one server after the other: what was kept is then missing, and from the first time that shows nothing is kept any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors
from psycopg.pq import DiagnosticField, ExecStatus

NOT_KEPT = (errors.InvalidSqlStatementName, errors.DuplicatePreparedStatement, errors.FeatureNotSupported)
"""What PostgreSQL says when a question that was kept is not there, is there already, or no longer fits the tables."""

Row = tuple[Any, ...]


@dataclass(slots=True)
class _Keeping:
    """Whether PostgreSQL keeps our questions: until it shows that it cannot."""

    on: bool = True


keeping = _Keeping()


@dataclass(frozen=True)
class Question:
    """The words of a question, with ``%s`` where the values go."""

    words: str
    gaps: int

    @cached_property
    def for_sqlite(self) -> str:
        """The words as SQLite's driver takes them."""
        return self.words % tuple("?" * self.gaps)

    @cached_property
    def for_libpq(self) -> bytes:
        """The words as PostgreSQL takes them."""
        return (self.words % tuple(f"${n}" for n in range(1, self.gaps + 1))).encode()

    @cached_property
    def name(self) -> bytes:
        """What PostgreSQL keeps them by: no other question has it."""
        return b"gongkai_" + hashlib.sha256(self.for_libpq).hexdigest()[:40].encode()


def rows(database: BaseDatabaseWrapper, question: Question, values: Sequence[Any]) -> Sequence[Row]:
    """The answer, as the driver gives it; a database's error as Django's."""
    if database.queries_logged or database.execute_wrappers:
        return _usually(database, question, values)
    if database.vendor == "sqlite":
        database.ensure_connection()
        with database.wrap_database_errors:
            return list(database.connection.execute(question.for_sqlite, values).fetchall())
    if not keeping.on or database.in_atomic_block:
        return _usually(database, question, values)
    database.ensure_connection()
    connection = database.connection
    # Counts for cursors of the driver's own alone: Django's put the values into the words, and such a question is never kept.
    connection.prepare_threshold = 0
    try:
        with psycopg.Cursor(connection) as cursor, database.wrap_database_errors:
            return cursor.execute(question.words, values).fetchall()
    except Exception as error:
        if not isinstance(error.__cause__, NOT_KEPT):
            raise
    keeping.on = False
    connection.prepare_threshold = None
    return _usually(database, question, values)


def number_row(database: BaseDatabaseWrapper, question: Question, texts: Sequence[str]) -> tuple[int | None, ...]:
    """The one row of whole numbers that answers a question about texts, in the fewest steps. The driver's own errors are raised."""
    if database.connection is None:
        database.ensure_connection()
    connection = database.connection
    if database.vendor == "sqlite":
        return tuple(connection.execute(question.for_sqlite, texts).fetchone())
    if not keeping.on or database.in_atomic_block:
        return tuple(connection.execute(question.words, texts).fetchone())
    result = _asked(connection.pgconn, question, [text.encode() for text in texts])
    found = (result.get_value(0, n) for n in range(result.nfields))
    return tuple(None if value is None else int(value) for value in found)


def _asked(libpq: Any, question: Question, values: list[bytes]) -> Any:
    """The question by its name; one that the server does not know yet is told to it first."""
    result = libpq.exec_prepared(question.name, values) if keeping.on else libpq.exec_params(question.for_libpq, values)
    if keeping.on and _is(result, errors.InvalidSqlStatementName):
        told = libpq.prepare(question.name, question.for_libpq)
        result = libpq.exec_prepared(question.name, values) if told.status == ExecStatus.COMMAND_OK else told
        if _is(result, *NOT_KEPT):
            keeping.on = False
            result = libpq.exec_params(question.for_libpq, values)
    if result.status != ExecStatus.TUPLES_OK:
        raise psycopg.OperationalError(f"the question was not answered: {ExecStatus(result.status).name}")
    return result


def _is(result: Any, *wanted: type[psycopg.Error]) -> bool:
    state = result.error_field(DiagnosticField.SQLSTATE)
    return state is not None and state.decode() in {error.sqlstate for error in wanted}


def _usually(database: BaseDatabaseWrapper, question: Question, values: Sequence[Any]) -> Sequence[Row]:
    with database.cursor() as cursor:
        cursor.execute(question.words, values)
        return list(cursor.fetchall())
