"""Which surroundings does every test get: a UTC clock, the shared folder, a browser, an office?

What is missing on a user's machine is skipped with a plain reason; in CI (``CI=true``) it is a failure, so that
a test can never disappear unnoticed. The shared folder alone may be missing everywhere: it holds real reports that
are not part of the repository.
"""

from __future__ import annotations

import os
import shutil
import time
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


def absent(what: str) -> None:
    """Skip on a user's machine, fail in CI: a needed part of the surroundings is not here."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; CI must have it", pytrace=False)
    pytest.skip(f"{what} is not on this machine")


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
