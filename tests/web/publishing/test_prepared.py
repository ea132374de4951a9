"""Does a question that is worded once give what the query itself would give, whatever it is asked?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F
from django.test.utils import CaptureQueriesContext

from gongkai_web.publishing import visible
from gongkai_web.publishing.models import Category, Item, Publication
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.ui import clock


def test_prepared__gives_the_same_objects_as_the_query(bureau: Any) -> None:
    first, second = bureau.published(title="第一号通知"), bureau.published(title="第二号通知", key="news")
    ask = Prepared(
        lambda: (
            visible.public(gap("now", DateTimeField()))
            .filter(item_id=gap("item", BigIntegerField()))
            .select_related("version", "item", "category__parent")
            .annotate(number_of_version=F("version__number"))
        )
    )
    now = clock.now()
    for item in (first, second):
        plain = visible.public(now).select_related("version", "item", "category__parent").get(item=item)
        found = ask(now=now, item=item.pk)
        assert found == [plain]
        with CaptureQueriesContext(connection) as asked:
            for row in (found[0], found[0].version, found[0].item, found[0].category, found[0].category.parent):
                if row is not None:
                    assert row._state.db == "default"
            assert {f.attname: getattr(found[0], f.attname) for f in Publication._meta.concrete_fields} == {
                f.attname: getattr(plain, f.attname) for f in Publication._meta.concrete_fields
            }
            assert found[0].version.title == plain.version.title
            assert found[0].item.joint_bodies == plain.item.joint_bodies
            assert found[0].category.parent == plain.category.parent
        assert found[0].number_of_version == 1
        assert not asked.captured_queries
    assert ask(now=now - dt.timedelta(days=1), item=first.pk) == []


def test_prepared__gives_tuples_where_the_query_does(bureau: Any) -> None:
    item = bureau.published()
    ask = Prepared(
        lambda: Item.objects.filter(index_number=gap("number", CharField())).values_list("pk", "created_at", "five_kinds")
    )
    assert ask(number=item.index_number) == [(item.pk, item.created_at, item.five_kinds)]
    assert ask(number="无此号") == []


def test_prepared__is_worded_once(bureau: Any) -> None:
    worded: list[int] = []

    def question() -> Any:
        worded.append(1)
        return Category.objects.filter(body_id=gap("body", BigIntegerField()))

    ask = Prepared(question)
    assert len(ask(body=bureau.body.pk)) == Category.objects.filter(body=bureau.body).count() > 0
    assert ask(body=0) == []
    assert worded == [1]


def test_prepared__takes_a_limit_and_values_in_a_list(bureau: Any) -> None:
    rows = list(Category.objects.filter(body=bureau.body).order_by("id"))
    gaps = [gap(name, BigIntegerField()) for name in ("one", "two")]
    ask = Prepared(lambda: Category.objects.filter(pk__in=gaps).order_by("-id")[:1])
    assert ask(one=rows[0].pk, two=rows[1].pk) == [rows[1]]
    assert ask(one=rows[0].pk, two=0) == [rows[0]]


def test_prepared__is_refused_and_logged_like_any_other_question(bureau: Any) -> None:
    ask = Prepared(lambda: Category.objects.filter(body_id=gap("body", BigIntegerField()), name__contains="%"))

    def refuse(*_: Any) -> None:
        raise PermissionError

    assert ask(body=bureau.body.pk) == []
    with connection.execute_wrapper(refuse), pytest.raises(PermissionError):
        ask(body=bureau.body.pk)
    with CaptureQueriesContext(connection) as asked:
        ask(body=bureau.body.pk)
    assert len(asked) == 1
    broken = Prepared(lambda: Category.objects.filter(pk=gap("key", CharField())).extra(where=["no_such_column = 1"]))
    with pytest.raises(DatabaseError), transaction.atomic():
        broken(key="1")
