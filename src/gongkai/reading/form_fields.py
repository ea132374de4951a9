"""What do the head fields of a filled form say, when a sheet has them as a column of names and a column of values?"""

from __future__ import annotations

import re
from collections.abc import Sequence

INSTRUCTIONS = frozenset({"填报说明", "填表说明"})
"""Names of sheets that tell how to fill in a form: nobody's report."""

_YEAR = re.compile(r"\s*((?:19|20)\d{2})(?:\.0)?\s*年?度?\s*")


def is_fields(names: Sequence[str]) -> bool:
    """Whether a column of names is a form's head: it begins with 填报单位 and has 年度."""
    bare = ["".join(name.split()).rstrip("：:") for name in names]
    return bare[:1] == ["填报单位"] and "年度" in bare


def field_line(name: str, value: str) -> str | None:
    """A field as the line it would be on paper, as 填报单位：…; None when there is nothing to say (no body, no year)."""
    bare = "".join(name.split()).rstrip("：:")
    found = _YEAR.fullmatch(value)
    if bare == "年度":
        return f"（{found[1]}年度）" if found else None
    if bare == "填报单位" and not value.strip():
        return None
    return f"{bare}：{value.strip()}"
