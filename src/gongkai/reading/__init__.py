"""Reading: a file becomes one or more reports, each figure with its place; what is not certain is left out and told."""

from gongkai.reading.formats import open_source
from gongkai.reading.notes import NOTES
from gongkai.reading.reports import read_source, report_json
from gongkai.returns import Edition, Report

__all__ = ["NOTES", "read", "read_source", "report_json"]


def read(data: bytes, name: str, editions: tuple[Edition, ...] | None = None) -> tuple[Report, ...]:
    """The reports in a file's bytes; ``name`` is its name, ``editions`` local supersets besides or instead of the shipped ones.

    Raises Unreadable when the file cannot be read at all; what is wrong with a report is among its findings.
    """
    return read_source(open_source(data, name), editions)
