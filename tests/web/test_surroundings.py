"""Is what a test says of the database and of memory held to, so that it means the same on either engine and in any order?"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from gongkai_web.agencies.models import Body
from gongkai_web.flow import installation
from gongkai_web.ui import clock
from tests.web.office.conftest import Place


@pytest.mark.without_database
def test_without_database__is_kept_from_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Body.objects.count()
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


@pytest.mark.without_database
def test_office_in_a_folder__knows_nothing_of_the_database_of_the_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://gongkai@127.0.0.1/postgres")

    assert "DATABASE_URL" not in Place(tmp_path).environment
    assert Place(tmp_path, "postgresql://own").environment["DATABASE_URL"] == "postgresql://own"


@pytest.mark.parametrize("kind", [installation.REAL, installation.DEMO, ""])
def test_test__knows_nothing_of_the_office_that_another_one_made(kind: str) -> None:
    assert installation.kind() == ""
    if kind:
        installation.found(kind)
        assert installation.kind() == kind


def test_database__is_there_for_every_other_test() -> None:
    Body.objects.create(slug="xiuchuan", name="岫川县司法局", created_at=clock.now())

    assert Body.objects.count() == 1
