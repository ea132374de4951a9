"""Which surroundings does a test of the web layer get: settings over an empty data folder, a client, reports to hand in?"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Settings are read once, when Django is first imported: the data folder must be known before.
os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ["GONGKAI_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"

import django
from django.conf import settings as django_settings

django.setup()

# The hash of a password is slow on purpose; tests sign in often.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.returns import Report
from gongkai_web.oversight import batches, readers, rooms
from tests.web import memory, writes
from tests.web.reports import report_of
from tests.web.staffed import Office, make_office


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test below this folder has the database, unless it says that it asks nothing of it; then it is kept from it."""
    if item.get_closest_marker("without_database") is None:
        item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _kept_from_the_database(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Who says that nothing is asked of the database is kept from it, whatever a test before it has left open."""
    if request.node.get_closest_marker("without_database") is None:
        yield
        return
    with django_db_blocker.block():
        yield


@pytest.fixture(autouse=True)
def _rooms(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Every test has a data folder of its own and knows nothing of those before it, and none leaves work behind for the next."""
    settings.DATA = tmp_path
    memory.forget()
    yield
    memory.forget()
    for _ in range(2400):
        if not batches._waiting.places():
            break
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request is watched for what it writes."""
    plain = Client.request

    def request(self: Client, **surroundings: Any) -> Any:
        with writes.watched(surroundings.get("REQUEST_METHOD", "GET"), surroundings.get("PATH_INFO", "/")):
            return plain(self, **surroundings)

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture(scope="session", autouse=True)
def _readers() -> Iterator[None]:
    yield
    readers.close()


@pytest.fixture
def browser() -> Callable[[], Client]:
    """A maker of browsers: each call gives one with a session of its own."""
    return lambda: Client(enforce_csrf_checks=False)


@pytest.fixture
def office() -> Office:
    """A body with departments and one person per role."""
    return make_office()


@pytest.fixture
def report() -> Callable[..., Report]:
    """A maker of reports."""
    return report_of


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def checked(client: Client, *files: tuple[bytes, str]) -> batches.Batch:
    """Hand files in on the page and wait until they are read."""
    response = client.post("/check/", {"files": [upload(data, name) for data, name in files]})
    assert response.status_code == 302, response.content.decode()
    key = response.url.split("/")[2]
    room = rooms.Room(Path(django_settings.DATA) / "rooms" / client.session["room"])
    for _ in range(2400):
        found = batches.batch(room, key)
        if found.finished:
            return found
        time.sleep(0.05)
    raise AssertionError("the files were not read in two minutes")
