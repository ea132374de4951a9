"""What does the database itself refuse, whoever asks?

A guard is a trigger that refuses one kind of change to a row, on SQLite and PostgreSQL alike. Its condition is SQL that both
understand, over NEW and OLD. Every application that has guards lists them in ``GUARDS`` of its module ``guarded``; they are set
after every migration, since SQLite drops a table's triggers when it rebuilds the table, and ``compared`` tells which are not there or
are not what they ought to be.
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
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard${self._body()}$guard$',
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
        ]

    def _body(self) -> str:
        row = "OLD" if self.event == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'"
        return f" BEGIN IF ({self.when}) THEN {refusal}; END IF; RETURN {row}; END "

    def written(self, vendor: str) -> tuple[str, ...]:
        """How the database itself tells of it once it is set; see the queries of ``compared``."""
        if vendor == "sqlite":
            return (self.create(vendor)[0],)
        return (self.name, self._body(), f"plpgsql {_BEFORE_EACH_ROW[self.event]} O  t f t")

    def drop(self, vendor: str) -> list[str]:
        """The statements that take it away if it is there."""
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"']


def frozen(table: str, columns: Iterable[str], *, code: str = "") -> Guard:
    """No row's ``columns`` ever change."""
    changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns)
    return Guard(f"{table}_frozen", table, "UPDATE", changed, code or f"{table}: these columns never change")


def kept(table: str, key: str = "id") -> Guard:
    """No row is ever deleted; ``key`` is the table's own."""
    return Guard(f"{table}_kept", table, "DELETE", f"OLD.{key} IS NOT NULL", f"{table}: rows are never deleted")


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
    """Take every guard away: for the moment in which a restore fills the tables, a migration rebuilds them or a test empties them."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in all_guards():
            if guard.table in tables:
                for statement in guard.drop(connection.vendor):
                    cursor.execute(statement)


@dataclass(frozen=True, slots=True)
class Compared:
    """The names of guards that ought to stand and do not, that stand with other words, and of triggers that nobody of ours set."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The guards that do not guard as they ought to."""
        return (*self.missing, *self.changed)


def compared(connection: BaseDatabaseWrapper) -> Compared:
    """The triggers in the database beside the guards of this program: their names, tables, moments and every word of them."""
    wanted = {(guard.name, guard.table): guard.written(connection.vendor) for guard in all_guards()}
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN_SQLITE if connection.vendor == "sqlite" else _WRITTEN_POSTGRESQL)
        there = {(name, table): tuple(written) for name, table, *written in cursor.fetchall()}
    return Compared(
        tuple(name for name, table in wanted if (name, table) not in there),
        tuple(key[0] for key, written in wanted.items() if key in there and there[key] != written),
        tuple(sorted(name for name, table in there if (name, table) not in wanted)),
    )


_WRITTEN_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
# A trigger may also be switched off, moved to another moment, narrowed to columns or a condition, or have its function put in another's place.
_WRITTEN_POSTGRESQL = """
SELECT t.tgname, c.relname, p.proname, p.prosrc,
       concat_ws(' ', l.lanname, t.tgtype, t.tgenabled, t.tgattr::text, t.tgqual IS NULL, t.tgdeferrable, p.proconfig IS NULL)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
"""
_BEFORE_EACH_ROW = {"INSERT": 1 | 2 | 4, "DELETE": 1 | 2 | 8, "UPDATE": 1 | 2 | 16}
"""PostgreSQL's word for the moment of a trigger: pg_trigger.tgtype."""


def lift_before_migration(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """The receiver of Django's signal. SQLite reads every trigger again when it rebuilds any table, and one that speaks of what is no
    longer there would stop the migration half-way.
    """
    lift(connections[using])


def install_after_migration(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """The receiver of Django's signal."""
    install(connections[using])
