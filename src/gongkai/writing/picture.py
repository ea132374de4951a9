"""How does a chart become a picture for formats that cannot take its SVG as it is?"""

from __future__ import annotations

from functools import lru_cache

from gongkai.writing.charts import Chart
from gongkai.writing.typesetter import set_picture

_DOTS = 250  # per inch, at the width it is printed


@lru_cache(maxsize=64)
def png(chart: Chart) -> bytes:
    """The chart at 250 dpi of its printed width (150 mm)."""
    return set_picture("picture.typ", {"svg": chart.svg}, _DOTS)
