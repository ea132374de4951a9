"""How is a report written as JSON, for other programs and for ourselves?

The shape is published as ``report.schema.json`` beside this file and in docs/reference/json.md; the reader of the same
shape is :mod:`gongkai.reading.native`.
"""

from __future__ import annotations

import json
from typing import Any

from gongkai.kernel import figure_json
from gongkai.reading.native import SCHEMA_VERSION
from gongkai.returns import Report


def report_json(report: Report) -> dict[str, Any]:
    """A report as JSON values."""
    return {
        "schema_version": SCHEMA_VERSION,
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition.key if report.edition is not None else None,
        "figures": [figure_json(f) for f in report.figures],
        "sections": [{"title": s.title, "paragraphs": list(s.paragraphs)} for s in report.sections],
        "signoff": [{"name": name, "value": value} for name, value in report.signoff],
        **({"signed": report.signed} if report.signed else {}),
    }


def json_bytes(report: Report) -> bytes:
    """A report as a JSON file in UTF-8; characters that UTF-8 cannot hold are escaped."""
    text = json.dumps(report_json(report), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "backslashreplace")
