"""Reading: a file becomes one or more reports, each figure with its place; what is not certain is left out and told."""

import json

from gongkai.reading.claims import claims, with_claims
from gongkai.reading.formats import detect, open_source
from gongkai.reading.native import is_begun, report_from_json
from gongkai.reading.notes import NOTES
from gongkai.reading.reports import read_source, report_json
from gongkai.reading.secrecy import refuse_classified
from gongkai.returns import Edition, Report

__all__ = ["NOTES", "claims", "read", "read_source", "report_json", "with_claims"]


def read(data: bytes, name: str, editions: tuple[Edition, ...] | None = None) -> tuple[Report, ...]:
    """The reports in a file's bytes; ``name`` is its name, ``editions`` local supersets besides or instead of the shipped ones.

    Raises Unreadable when the file cannot be read at all or carries a classification marking; what is wrong with a report is among its findings.
    """
    kind = detect(data, name)
    if kind == "json" and _is_ours(data):
        reports = tuple(with_claims(report) for report in report_from_json(data, name, editions))
        for report in reports:
            refuse_classified("\n".join(line for s in report.sections for line in (s.title, *s.paragraphs)))
        return reports
    source = open_source(data, name, kind)
    refuse_classified(source)
    return read_source(source, editions)


def _is_ours(data: bytes) -> bool:
    """Whether JSON has the shape this program writes: an object with figures, or a list of such; or begins so and breaks off."""
    text = data.decode(json.detect_encoding(data), "replace")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return is_begun(text)
    first = raw[0] if isinstance(raw, list) and raw else raw
    return isinstance(first, dict) and "figures" in first
