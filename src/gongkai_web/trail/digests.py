"""How is a value made into a digest that names its own algorithm?"""

from __future__ import annotations

import hashlib
import json
from typing import Any

ALGORITHMS = ("sha256", "sm3")


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(data: bytes, algorithm: str) -> str:
    """``algorithm:hex``. ValueError for an algorithm that is not offered."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"摘要算法“{algorithm}”不在可选范围内，请选用 {'、'.join(ALGORITHMS)}。")
    return f"{algorithm}:{hashlib.new(algorithm, data).hexdigest()}"


def algorithm_of(made: str) -> str:
    """Which algorithm a digest names."""
    return made.partition(":")[0]
