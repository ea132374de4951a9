"""Which surroundings does every test get: a UTC clock, the shared folder, a browser, an office?

What is missing on a user's machine is skipped with a plain reason; in CI (``CI=true``) it is a failure, so that
a test can never disappear unnoticed. The shared folder alone may be missing everywhere: it holds real reports that
are not part of the repository.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Set before any test module is imported: the program must find Beijing's legal day on a machine that runs on UTC.
os.environ["TZ"] = "UTC"
time.tzset()

# Playwright keeps an event loop in the process that drives the browser; tests of the web layer may follow in the same process,
# where Django would take that loop for asynchronous code of ours. There is none.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Hypothesis's wall-clock limits are off: a busy machine must not make a property fail.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent

LONGEST = (
    "tests/web/flow/test_faults.py",
    "tests/journeys/test_withdrawal.py",
    "tests/journeys/test_every_screen.py",
    "tests/web/test_canary.py",
    "tests/web/test_doors.py",
    "tests/core/checking/test_prose_mutations.py",
    "tests/real/test_layouts.py",
    "tests/core/reading/formats/test_formats.py",
    "tests/core/clock/test_random_cases.py",
    "tests/journeys/test_desk.py",
    "tests/journeys/test_publishing.py",
    "tests/web/office/test_restoring.py",
    "tests/web/office/test_worker.py",
    "tests/web/office/test_demo.py",
    "tests/web/office/test_demo_days.py",
    "tests/web/flow/test_every_act.py",
)
"""Files that take longest, begun first: a file is the work of one process, and none may be left alone with a long one at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others as they come."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))


def absent(what: str) -> None:
    """Skip on a user's machine, fail in CI: a needed part of the surroundings is not here."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; CI must have it", pytrace=False)
    pytest.skip(f"{what} is not on this machine")


@contextmanager
def unmeasured() -> Iterator[None]:
    """For what repeats, on more data, what was measured just before: its coverage is not measured, which makes it three times as fast."""
    measuring = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(measuring)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with official texts and real reports; skips where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder does not lie beside this repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for Playwright's ``executable_path``."""
    path = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not path:
        absent("Chromium")
    assert path is not None
    return path


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of LibreOffice, which renders documents to look at."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if not path:
        absent("LibreOffice")
    assert path is not None
    return path
