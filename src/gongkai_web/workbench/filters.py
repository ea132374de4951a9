"""By what does an address narrow a list, and which year does it ask for?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from gongkai_web.agencies.standing import Standing
from gongkai_web.ui.refusals import NotHere
from gongkai_web.workbench.item_fields import number

LONGEST = 80
"""Characters of a filter; what is longer is cut."""
FIRST_YEAR = 2000


def filters_of(request: HttpRequest, names: Collection[str]) -> dict[str, str]:
    """The filters among ``names`` that the address sets, in the order of ``names``."""
    return {k: request.GET[k].strip()[:LONGEST] for k in names if request.GET.get(k, "").strip()}


def asked(filters: Mapping[str, str], numbers: Collection[str] = ("department",)) -> dict[str, Any]:
    """The filters as the lists take them: those of ``numbers`` as numbers. NotHere for one that is none."""
    found: dict[str, Any] = dict(filters)
    for name in numbers:
        if name in found and (read := number(found[name])) is not None:
            found[name] = read
        elif name in found:
            raise NotHere("没有这个筛选条件。请从列表的第一页重新选择。")
    return found


def year_of(request: HttpRequest, found: Standing, what: str) -> int:
    """The year that the address names, else this one. NotHere for a year that has no ``what``: one to come, or long before."""
    year = number(request.GET.get("year", "") or str(found.day.year))
    if year is None or not FIRST_YEAR <= year <= found.day.year:
        raise NotHere(f"没有这一年的{what}。请从列表里选择年份。")
    return year
