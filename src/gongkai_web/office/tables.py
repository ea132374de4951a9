"""How do all tables leave one database at one moment, and come into another, perhaps of the other kind?

Each table is a gzipped text: a first line that names its columns, then one JSON array a row. Values are written as Django's fields
write them, so that SQLite and PostgreSQL read the same text; the tables are read in one transaction that sees one moment.
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import gzip
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from django.apps import apps as installed
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from gongkai.errors import Unreadable
from gongkai_web.trail.models import Chain

SKIPPED = frozenset({"sessions.session", "flow.heartbeat", "accounts.throttle"})
"""What is not kept: who is signed in at the moment, who tried to, and which process runs."""
CHUNK = 2000
Model = type[models.Model]


def label(model: Model) -> str:
    """The name of a table in a backup: app.model."""
    return model._meta.label_lower


def tables(registry: Any = installed) -> tuple[Model, ...]:
    """The tables that are kept, in a settled order."""
    found = [m for m in registry.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return tuple(sorted((m for m in found if label(m) not in SKIPPED), key=label))


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it was at the first reading; nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # atomic() would take SQLite's write lock at once (IMMEDIATE); a plain BEGIN reads a snapshot beside the writers.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM django_migrations")
            yield
        finally:
            cursor.execute("ROLLBACK")


def _columns(model: Model) -> list[models.Field[Any, Any]]:
    return [f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)]


def dump(model: Model, into: IO[bytes]) -> int:
    """Write a table; returns the number of rows."""
    columns = _columns(model)
    rows = 0
    with gzip.GzipFile(fileobj=into, mode="wb", compresslevel=4, mtime=0) as packed:
        packed.write(_line({"table": label(model), "columns": [c.attname for c in columns]}))
        query = model._base_manager.order_by("pk").values_list(*[c.attname for c in columns])
        for row in query.iterator(chunk_size=CHUNK):
            packed.write(_line([_plain(value) for value in row]))
            rows += 1
    return rows


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return str(value)
    if isinstance(value, dt.timedelta):
        return f"{value.days} {value.seconds}.{value.microseconds:06d}"
    if isinstance(value, (bytes, memoryview, bytearray)):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def load(model: Model, source: IO[bytes]) -> int:
    """Fill an empty table; returns the number of rows. Unreadable when the text does not fit the table."""
    with gzip.GzipFile(fileobj=source, mode="rb") as packed:
        head = json.loads(packed.readline())
        by_name = {c.attname: c for c in _columns(model)}
        if head["table"] != label(model) or set(head["columns"]) != set(by_name):
            raise Unreadable(f"备份里的表 {head['table']} 与程序的记录不一致，不能恢复。请联系软件提供方。")
        columns = [by_name[name] for name in head["columns"]]
        quote = connection.ops.quote_name
        statement = (
            f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(c.column or c.attname) for c in columns)}) "  # noqa: S608 - names of our own tables
            f"VALUES ({', '.join('%s' for _ in columns)})"
        )
        rows = 0
        with connection.cursor() as cursor:
            chunk: list[Sequence[Any]] = []
            for line in packed:
                chunk.append([_stored(c, v) for c, v in zip(columns, json.loads(line), strict=True)])
                rows += 1
                if len(chunk) == CHUNK:
                    cursor.executemany(statement, chunk)
                    chunk = []
            if chunk:
                cursor.executemany(statement, chunk)
    return rows


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value if isinstance(field, models.JSONField) else field.to_python(value), connection)


def empty(registry: Any) -> None:
    """Delete every row of every table: what migrations put in is in the backup too."""
    names = [
        connection.ops.quote_name(m._meta.db_table) for m in registry.get_models(include_auto_created=True) if m._meta.managed
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        else:
            _each(cursor, [f"DELETE FROM {name}" for name in names])  # noqa: S608 - names of our own tables


def set_sequences(registry: Any) -> None:
    """Let new rows be numbered after those that came."""
    made = [m for m in registry.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    with connection.cursor() as cursor:
        _each(cursor, connection.ops.sequence_reset_sql(no_style(), made))


def _each(cursor: CursorWrapper, statements: Sequence[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def heads() -> dict[str, dict[str, Any]]:
    """Where every chain of the trail ends."""
    return {
        slug: {"seq": seq, "head": head} for slug, seq, head in Chain.objects.order_by("slug").values_list("slug", "seq", "head")
    }
