"""Reading: a file becomes one or more reports, each figure with its place; what is not certain is left out and told."""

import json

from gongkai.reading.claims import claims, with_claims
from gongkai.reading.formats import detect, open_source
from gongkai.reading.native import report_from_json
from gongkai.reading.notes import NOTES
from gongkai.reading.reports import read_source, report_json
from gongkai.returns import Edition, Report

__all__ = ["NOTES", "claims", "read", "read_source", "report_json", "with_claims"]


def read(data: bytes, name: str, editions: tuple[Edition, ...] | None = None) -> tuple[Report, ...]:
    """The reports in a file's bytes; ``name`` is its name, ``editions`` local supersets besides or instead of the shipped ones.

    Raises Unreadable when the file cannot be read at all; what is wrong with a report is among its findings.
    """
    if detect(data, name) == "json" and _is_ours(data):
        return tuple(with_claims(report) for report in report_from_json(data, name, editions))
    return read_source(open_source(data, name), editions)


def _is_ours(data: bytes) -> bool:
    """Whether JSON has the shape this program writes: an object with figures, or a list of such."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return False
    first = raw[0] if isinstance(raw, list) and raw else raw
    return isinstance(first, dict) and "figures" in first
