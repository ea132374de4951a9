"""What is written down about a failure, so that it helps and tells nothing of people?"""

from __future__ import annotations

import traceback
from pathlib import Path

from gongkai.errors import GongkaiError
from gongkai.reasons import system_reason

LONGEST = 300


def told(error: BaseException) -> str:
    """Our own words as they are; of other errors the kind and the place in the program, never the text, which may quote a record."""
    if isinstance(error, GongkaiError):
        return str(error)[:LONGEST]
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f"{system_reason(error)}。"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "gongkai" in f.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"程序出错：{type(error).__name__} {place}".strip()[:LONGEST]
