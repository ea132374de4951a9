"""Does every act leave one entry that nobody can change?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from gongkai_web.agencies.models import Body
from gongkai_web.trail import acts, guards, reading
from gongkai_web.trail.actors import INSTALLATION, Actor, ActorKind, Subject
from gongkai_web.trail.done import Done
from gongkai_web.trail.models import Chain, Entry
from gongkai_web.ui import clock

SOMEBODY = Actor(ActorKind.STAFF, "1", "沈砚秋")


@pytest.fixture
def written() -> Any:
    """Three entries in the chain of one body, the second with a personal part."""

    def once(name: str, **more: Any) -> None:
        acts._acts.pop("test.note", None)

        @acts.act("test.note", "{actor}登记了《{subject}》", title="登记")
        def note(actor: Actor) -> Done[None]:
            return Done(None, "xiuchuan", Subject("note", "7", name), **more)

        try:
            note(SOMEBODY)
        finally:
            acts._acts.pop("test.note")

    once("第一件")
    once("来信", personal={"writer": "某申请人"})
    once("第三件", fixed={"pages": 3})
    return once


def test_act__leaves_one_entry_with_its_sentence(written: Any) -> None:
    assert [e.words for e in reading.history("note", "7")] == [
        "沈砚秋登记了《第三件》",
        "沈砚秋登记了《来信》",
        "沈砚秋登记了《第一件》",
    ]
    assert reading.verify("xiuchuan").ok
    assert reading.verify("xiuchuan").checked == 3


def test_act__that_fails_leaves_nothing() -> None:
    @acts.act("test.failing", "{actor}失败", title="失败")
    def failing(actor: Actor) -> Done[None]:
        Body.objects.create(slug="gone", name="不会留下", created_at=clock.now())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        failing(SOMEBODY)
    acts._acts.pop("test.failing")
    assert not Body.objects.filter(slug="gone").exists()
    assert not Entry.objects.exists()


def test_act__inside_an_act_is_refused() -> None:
    @acts.act("test.inner", "x", title="内")
    def inner(actor: Actor) -> Done[None]:
        return Done(None, "xiuchuan", Subject("note", "1", "内"))

    @acts.act("test.outer", "x", title="外")
    def outer(actor: Actor) -> Done[None]:
        inner(actor)
        return Done(None, "xiuchuan", Subject("note", "1", "外"))

    with pytest.raises(RuntimeError, match=r"inside the act test\.outer"):
        outer(SOMEBODY)
    acts._acts.pop("test.inner")
    acts._acts.pop("test.outer")


def test_act__inside_a_transaction_of_somebody_else_is_refused(written: Any) -> None:
    before = Entry.objects.count()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        written("无法收回")

    assert Entry.objects.count() == before


def test_acts_together__stand_or_fall_as_one(written: Any) -> None:
    before = Entry.objects.count()

    def broken_off() -> None:
        with acts.together():
            written("第四件")
            raise LookupError

    with pytest.raises(LookupError):
        broken_off()
    assert Entry.objects.count() == before

    with acts.together():
        written("第四件")
        written("第五件")
    assert Entry.objects.count() == before + 2


def test_act__without_an_actor_is_refused(written: Any) -> None:
    @acts.act("test.actorless", "x", title="无")
    def actorless(actor: Actor) -> Done[None]:
        return Done(None, "xiuchuan", Subject("note", "1", "无"))

    with pytest.raises(TypeError, match="is given an Actor"):
        actorless(None)  # type: ignore[arg-type]  # what is to be refused
    acts._acts.pop("test.actorless")


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entry SET actor_name = '别人' WHERE seq = 1",
        "UPDATE trail_entry SET happened_on = '2020-01-01' WHERE seq = 1",
        "UPDATE trail_entry SET fixed = '{}' WHERE seq = 3",
        'UPDATE trail_entry SET personal = \'{"writer": "别人"}\' WHERE seq = 2',
        "UPDATE trail_entry SET salt = 'x' WHERE seq = 2",
        "DELETE FROM trail_entry WHERE seq = 3",
        "DELETE FROM trail_chain",
        "UPDATE trail_chain SET seq = 1",
    ],
)
def test_trail__cannot_be_changed_even_by_sql(written: Any, statement: str) -> None:
    refused(statement)


def test_personal_part__can_be_erased_and_the_chain_still_holds(written: Any) -> None:
    Entry.objects.filter(seq=2).update(personal=None, salt=None)
    found = reading.verify("xiuchuan")
    assert (found.ok, found.erased) == (True, 1)
    assert [e.words for e in reading.history("note", "7")][1] == "沈砚秋登记了《（已依法删除）》"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"actor_name": "别人"}, "第 2 条的内容与其校验值不符。"),
        ({"personal": {"writer": "别人", "subject": "来信"}}, "第 2 条的个人信息部分与其校验值不符。"),
        ({"previous_hash": "sha256:0"}, "第 2 条与前一条接不上。"),
    ],
)
def test_verify__names_what_was_changed_behind_the_guards(written: Any, change: dict[str, Any], says: str) -> None:
    guards.lift(connection)
    Entry.objects.filter(seq=2).update(**change)
    assert says in reading.verify("xiuchuan").problems
    guards.install(connection)


def test_verify__names_a_missing_entry_and_a_cut_end(written: Any) -> None:
    guards.lift(connection)
    Entry.objects.filter(seq=2).delete()
    assert "第 2 条缺失，后面紧接的是第 3 条。" in reading.verify("xiuchuan").problems
    Entry.objects.filter(seq=3).delete()
    assert "链头记到第 3 条，实际只有到第 1 条的记录。" in reading.verify("xiuchuan").problems
    guards.install(connection)


def test_guards__are_all_in_place_after_migration() -> None:
    assert guards.compared(connection).gaps == ()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite reads all triggers again")
def test_guards__are_lifted_while_a_migration_rebuilds_tables_and_stand_again_after_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER trail_chain_kept")
        # As an older release may have left it: SQLite takes the words, and stumbles over them when any table is rebuilt.
        broken = "CREATE TRIGGER trail_chain_kept BEFORE DELETE ON trail_chain WHEN OLD.gone IS NULL BEGIN SELECT 1; END"
        cursor.execute(broken)
        with pytest.raises(OperationalError, match=r"OLD\.gone"), transaction.atomic():
            cursor.execute("ALTER TABLE flow_tickrun RENAME TO flow_tickrun_old")
    guards.lift_before_migration()
    assert guards.compared(connection).missing
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE flow_tickrun RENAME TO flow_tickrun_old")
        cursor.execute("ALTER TABLE flow_tickrun_old RENAME TO flow_tickrun")
    guards.install_after_migration()
    assert guards.compared(connection).gaps == ()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite reads all triggers again")
def test_no_guard__speaks_of_a_column_that_is_not_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE flow_tickrun RENAME TO flow_tickrun_old")
        cursor.execute("ALTER TABLE flow_tickrun_old RENAME TO flow_tickrun")


def test_chains__of_two_bodies_do_not_touch(written: Any) -> None:
    @acts.act("test.other", "x", title="别")
    def other(actor: Actor) -> Done[None]:
        return Done(None, "installation", Subject("note", "1", "别"))

    other(INSTALLATION)
    acts._acts.pop("test.other")
    assert dict(Chain.objects.values_list("slug", "seq")) == {"installation": 1, "xiuchuan": 3}
