"""Is a guard that was changed behind the program's back told from one that stands as it was set, on either database?"""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai_web.trail import guards

NAME = "trail_entry_kept"
ON_SQLITE = {
    "without its condition": [
        f"DROP TRIGGER {NAME}",
        f"CREATE TRIGGER {NAME} BEFORE DELETE ON trail_entry WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ],
}
FUNCTION = f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS"
TRIGGER = f"CREATE TRIGGER {NAME}"
RUN = f"FOR EACH ROW EXECUTE FUNCTION {NAME}()"
ON_POSTGRESQL = {
    "without its words": [f"{FUNCTION} $$ BEGIN RETURN OLD; END $$"],
    "switched off": [f"ALTER TABLE trail_entry DISABLE TRIGGER {NAME}"],
    "for replicas alone": [f"ALTER TABLE trail_entry ENABLE REPLICA TRIGGER {NAME}"],
    "after the fact": [f"DROP TRIGGER {NAME} ON trail_entry", f"{TRIGGER} AFTER DELETE ON trail_entry {RUN}"],
    "at another moment": [f"DROP TRIGGER {NAME} ON trail_entry", f"{TRIGGER} BEFORE INSERT ON trail_entry {RUN}"],
    "under a condition": [
        f"DROP TRIGGER {NAME} ON trail_entry",
        f"{TRIGGER} BEFORE DELETE ON trail_entry FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION {NAME}()",
    ],
    "with another function": [
        f"DROP TRIGGER {NAME} ON trail_entry",
        f"{TRIGGER} BEFORE DELETE ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_chain_kept()",
    ],
}
CHANGES = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL


def carry_out(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_guards__all_stand_with_their_words_after_migration() -> None:
    assert guards.compared(connection) == guards.Compared((), (), ())


@pytest.mark.parametrize("how", CHANGES)
def test_changed_guard__is_named_and_set_again(how: str) -> None:
    carry_out(*CHANGES[how])

    assert guards.compared(connection).changed == (NAME,)

    guards.install(connection)
    assert guards.compared(connection).gaps == ()


def test_guard__put_on_another_table_is_missing_from_its_own() -> None:
    sqlite = connection.vendor == "sqlite"
    body = "BEGIN SELECT RAISE(ABORT, 'no'); END" if sqlite else RUN
    carry_out(f"DROP TRIGGER {NAME}{'' if sqlite else ' ON trail_entry'}", f"{TRIGGER} BEFORE DELETE ON trail_chain {body}")

    assert guards.compared(connection) == guards.Compared((NAME,), (), (NAME,))


def test_missing_guard__and_a_foreign_trigger_are_told_apart() -> None:
    on = "" if connection.vendor == "sqlite" else " ON trail_entry"
    carry_out(f"DROP TRIGGER {NAME}{on}")
    body = (
        "BEGIN SELECT RAISE(IGNORE); END" if connection.vendor == "sqlite" else "FOR EACH ROW EXECUTE FUNCTION trail_chain_kept()"
    )
    carry_out(f"CREATE TRIGGER hush BEFORE DELETE ON trail_entry {body}")

    assert guards.compared(connection) == guards.Compared((NAME,), (), ("hush",))
