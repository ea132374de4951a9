"""May everything the program needs be used and passed on under our licence?"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution

import pytest

from tests.house.sources import ROOT, nothing

REFUSED = re.compile(
    r"AGPL|Affero|SSPL|Server Side Public|Commons Clause|BUSL|Business Source|non-?commercial|proprietary", re.IGNORECASE
)
# Copyleft that reaches into a program linking with it; a library under it needs a written reason here.
STRONG_COPYLEFT = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License", re.IGNORECASE)
KNOWN = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|HPND|LGPL|Lesser|OFL|Zlib|Unlicense|CC0|Public Domain|0BSD",
    re.IGNORECASE,
)


def names(lock: str) -> list[str]:
    return re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==", (ROOT / "requirements" / lock).read_text(), flags=re.MULTILINE)


def stated(found: Distribution) -> str:
    """The licence as the library's own metadata states it: expression, classifiers, or the first line of the field."""
    metadata = found.metadata
    classifiers = [value for value in metadata.get_all("Classifier") or [] if value.startswith("License ::")]
    field = (metadata.get("License") or "").strip().splitlines()
    return " | ".join(filter(None, [metadata.get("License-Expression") or "", *classifiers, *field[:1]]))


def installed(lock: str) -> dict[str, str]:
    licences = {}
    for name in sorted(set(names(lock))):
        try:
            licences[name] = stated(distribution(name))
        except ModuleNotFoundError:
            # Locked for another platform or Python; the same name is judged where it is installed.
            continue
    return licences


@pytest.mark.parametrize("lock", ["web.txt", "dev.txt"])
def test_licence__no_library_is_refused(lock: str) -> None:
    licences = installed(lock)

    assert len(licences) > 20
    nothing(({name: licence for name, licence in licences.items() if REFUSED.search(licence)}).items())


def test_licence__no_shipped_library_is_strong_copyleft() -> None:
    nothing(({name: licence for name, licence in installed("web.txt").items() if STRONG_COPYLEFT.search(licence)}).items())


@pytest.mark.parametrize("lock", ["web.txt", "dev.txt"])
def test_licence__every_library_states_a_known_one(lock: str) -> None:
    nothing(({name: licence for name, licence in installed(lock).items() if not KNOWN.search(licence)}).items())


@pytest.mark.parametrize("licence", ["AGPL-3.0-or-later", "GNU Affero General Public License v3", "SSPL-1.0", "BUSL-1.1"])
def test_licence__a_refused_one_is_recognised(licence: str) -> None:
    assert REFUSED.search(licence)


@pytest.mark.parametrize(
    ("licence", "strong"), [("GPL-3.0-only", True), ("LGPL-3.0-only", False), ("GNU Lesser General Public License v3", False)]
)
def test_licence__lesser_copyleft_is_told_from_strong(licence: str, strong: bool) -> None:
    assert bool(STRONG_COPYLEFT.search(licence)) is strong


def test_licence__ours_is_apache_in_full() -> None:
    own = (ROOT / "LICENSE").read_text()

    assert "Apache License" in own
    assert "Version 2.0, January 2004" in own
    assert "END OF TERMS AND CONDITIONS" in own
