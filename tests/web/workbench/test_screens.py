"""Does every screen of the staff open for those whose affair it is?"""

from __future__ import annotations

import pytest

from gongkai_web.agencies.roles import Role
from tests.web.office import Office

SCREENS = (
    "/work/", "/work/people/", "/work/deputies/", "/work/body/", "/work/password/", "/work/second-factor/",
    "/work/second-factor/set-up/", "/work/body/departments/", "/work/body/leaders/", "/desk/",
)  # fmt: skip


@pytest.mark.parametrize("address", SCREENS)
def test_screen__opens_for_everybody(office: Office, address: str) -> None:
    assert office.client(Role.CLERK).get(address).status_code == 200
