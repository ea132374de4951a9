"""How is a question that every public page asks put to the database without being worded anew each time?

Wording a query costs Django many times what the database needs to answer it. A question with gaps is worded once for each kind of
database and then asked with values; what comes back are the same objects that the query itself would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ValuesListIterable, get_related_populators
from django.db.models.signals import post_init, pre_init

from gongkai_web.publishing import driver

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


@dataclass(frozen=True, slots=True)
class _Worded:
    question: driver.Question
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Any, tuple[Converter, ...]], ...]
    made: Callable[[list[Any]], Any]


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
        rows = [list(row) for row in driver.rows(connection, worded.question, params)]
        for row in rows:
            for place, expression, converters in worded.converters:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
        return [worded.made(row) for row in rows]


def _word(question: QuerySet[Any, Any]) -> _Worded:
    """The query's words, and how its answers become what the query itself would give: see Django's ModelIterable."""
    compiler = question.query.get_compiler(using="default")
    sql, params = compiler.as_sql()
    found = compiler.get_converters([column[0] for column in compiler.select])
    converters = tuple((place, expression, tuple(each)) for place, (each, expression) in found.items())
    if issubclass(question._iterable_class, ValuesListIterable):
        return _Worded(driver.Question(sql, len(params)), tuple(params), converters, tuple)
    return _Worded(driver.Question(sql, len(params)), tuple(params), converters, _maker(compiler))


def _maker(compiler: Any) -> Callable[[list[Any]], Model]:
    told, select = compiler.klass_info, compiler.select
    start, end = told["select_fields"][0], told["select_fields"][-1] + 1
    names = tuple(column[0].target.attname for column in select[start:end])
    planted = _planter(told["model"], names)
    beside = tuple(_beside(p) for p in get_related_populators(told, select, "default"))  # type: ignore[call-arg]  # of a later Django
    noted = tuple((compiler.annotation_col_map or {}).items())

    def made(row: list[Any]) -> Model:
        one = planted(row[start:end])
        for put in beside:
            put(row, one)
        for name, place in noted:
            setattr(one, name, row[place])
        return one

    return made


def _planter(model: type[Model], names: Sequence[str]) -> Callable[[Sequence[Any]], Model]:
    """What makes a model of its values, as ``Model.from_db`` would, but past the signals that tell of every model made: nobody hears them."""
    watched = pre_init.has_listeners(model) or post_init.has_listeners(model)
    if watched or model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__:  # type: ignore[attr-defined]  # of a class method
        return lambda values: model.from_db("default", names, values)

    def planted(values: Sequence[Any]) -> Model:
        one = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, "default"
        one.__dict__.update(zip(names, values, strict=True), _state=state)
        return one

    return planted


def _beside(populator: Any) -> Callable[[list[Any], Model], None]:
    """What puts a model of another table that was asked for with it in its place: see Django's RelatedPopulator."""
    start, end, key, reorder = populator.cols_start, populator.cols_end, populator.pk_idx, populator.reorder_for_init
    planted, further = _planter(populator.model_cls, populator.init_list), [_beside(p) for p in populator.related_populators]

    def put(row: list[Any], one: Model) -> None:
        values = row[start:end] if reorder is None else reorder(row)
        other = None if values[key] is None else planted(values)
        if other is not None:
            for each in further:
                each(row, other)
        populator.local_setter(one, other)
        if other is not None:
            populator.remote_setter(other, one)

    return put
