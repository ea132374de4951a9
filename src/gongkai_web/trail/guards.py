"""What does the database itself refuse, whoever asks?

A guard is a trigger that refuses one kind of change to a row, on SQLite and PostgreSQL alike. Its condition is SQL that both
understand, over NEW and OLD. Every application that has guards lists them in ``GUARDS`` of its module ``guarded``; they are set
after every migration, since SQLite drops a table's triggers when it rebuilds the table, and ``missing`` tells which are not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """Before ``event`` (INSERT, UPDATE, DELETE) on ``table``, refuse with ``message`` where ``when`` holds.

    ``when`` may name NEW and OLD and use subqueries, IS TRUE, IS NOT NULL, IS DISTINCT FROM. ``message`` is an English code:
    no user meets it, because the acts refuse earlier and in words.
    """

    name: str
    table: str
    event: str
    when: str
    message: str

    def create(self, vendor: str) -> list[str]:
        """The statements that set it."""
        if vendor == "sqlite":
            condition = self.when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
            return [
                (
                    f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW WHEN {condition} '
                    f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
                )
            ]
        row = "OLD" if self.event == "DELETE" else "NEW"
        return [
            (
                f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ({self.when}) THEN '
                f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; END IF; RETURN {row}; END $guard$"
            ),
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
        ]

    def drop(self, vendor: str) -> list[str]:
        """The statements that take it away if it is there."""
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"']


def frozen(table: str, columns: Iterable[str], *, code: str = "") -> Guard:
    """No row's ``columns`` ever change."""
    changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns)
    return Guard(f"{table}_frozen", table, "UPDATE", changed, code or f"{table}: these columns never change")


def kept(table: str) -> Guard:
    """No row is ever deleted."""
    return Guard(f"{table}_kept", table, "DELETE", "OLD.id IS NOT NULL", f"{table}: rows are never deleted")


def all_guards() -> tuple[Guard, ...]:
    """The guards of all installed applications."""
    found: list[Guard] = []
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai_web.") and find_spec(f"{config.name}.guarded") is not None:
            found.extend(import_module(f"{config.name}.guarded").GUARDS)
    return tuple(found)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set every guard whose table is there."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in all_guards():
            if guard.table in tables:
                for statement in (*guard.drop(connection.vendor), *guard.create(connection.vendor)):
                    cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: for the moment in which a restore fills the tables or a test empties them."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in all_guards():
            if guard.table in tables:
                for statement in guard.drop(connection.vendor):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The names of guards that ought to stand in the database and do not."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {row[0] for row in cursor.fetchall()}
    return tuple(g.name for g in all_guards() if g.name not in there)


def install_after_migration(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """The receiver of Django's signal."""
    install(connections[using])
