"""How is a question that every public page asks put to the database without being worded anew each time?

Wording a query costs Django many times what the database needs to answer it. A question with gaps is worded once for each kind of
database and then asked with values; what comes back are the same objects that the query itself would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ValuesListIterable, get_related_populators

Row = TypeVar("Row")
Converter = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class _Named:
    """Which value belongs in a place of the worded question, and the field that writes it for the database."""

    name: str
    field: Field[Any, Any]


class Gap(Expression):
    """Stands in a query for a value that is given when the question is asked."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, *_: Any) -> tuple[str, tuple[_Named, ...]]:  # type: ignore[override]  # what stands here is known only when it is asked
        """A place for the value."""
        return "%s", (_Named(self.name, self.output_field),)


def gap(name: str, output_field: Field[Any, Any]) -> Any:
    """A gap for a value of that name, where a query takes the value itself."""
    return Gap(name, output_field)


@dataclass(frozen=True)
class _Worded:
    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Any, tuple[Converter, ...]], ...]
    made: Callable[[list[Any]], Any]

    @cached_property
    def for_sqlite(self) -> str:
        """The words as SQLite's driver takes them."""
        return self.sql % tuple("?" for _ in self.params)


class Prepared(Generic[Row]):
    """A question worded once. ``question`` makes its query, with :func:`gap` where the values differ; a ``values_list`` gives tuples."""

    def __init__(self, question: Callable[[], QuerySet[Any, Row]]) -> None:
        self._question = question
        self._worded: dict[str, _Worded] = {}

    def __call__(self, **given: Any) -> list[Row]:
        """The rows for these values, one for each gap's name."""
        connection = connections["default"]
        worded = self._worded.get(connection.vendor)
        if worded is None:
            worded = self._worded[connection.vendor] = _word(self._question())
        params = [p.field.get_db_prep_value(given[p.name], connection) if isinstance(p, _Named) else p for p in worded.params]
        rows = [list(row) for row in _answers(connection, worded, params)]
        for row in rows:
            for place, expression, converters in worded.converters:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
        return [worded.made(row) for row in rows]


def _answers(connection: BaseDatabaseWrapper, worded: _Worded, params: list[Any]) -> Sequence[tuple[Any, ...]]:
    """What the database says. Django looks for places through the whole of what SQLite is asked, each time; the driver needs not.

    Whoever watches (a log of queries, a wrapper that refuses them) is asked as always.
    """
    if connection.vendor != "sqlite" or connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, params)
            return list(cursor.fetchall())
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return list(connection.connection.execute(worded.for_sqlite, params).fetchall())


def _word(question: QuerySet[Any, Any]) -> _Worded:
    """The query's words, and how its answers become what the query itself would give: see Django's ModelIterable."""
    compiler = question.query.get_compiler(using="default")
    sql, params = compiler.as_sql()
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = tuple((place, expression, tuple(each)) for place, (each, expression) in found.items())
    if issubclass(question._iterable_class, ValuesListIterable):
        return _Worded(sql, tuple(params), converters, tuple)
    return _Worded(sql, tuple(params), converters, _maker(compiler))


def _maker(compiler: Any) -> Callable[[list[Any]], Model]:
    told, select = compiler.klass_info, compiler.select
    start, end = told["select_fields"][0], told["select_fields"][-1] + 1
    model, names = told["model"], [column[0].target.attname for column in select[start:end]]
    populators = get_related_populators(told, select, "default")  # type: ignore[call-arg]  # the stubs describe a later Django
    noted = tuple((compiler.annotation_col_map or {}).items())

    def made(row: list[Any]) -> Model:
        one: Model = model.from_db("default", names, row[start:end])
        for populator in populators:
            populator.populate(row, one)
        for name, place in noted:
            setattr(one, name, row[place])
        return one

    return made
