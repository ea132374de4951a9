"""The statistical return as data: editions, their cells and identities, and one report's figures."""

from gongkai.returns.editions import edition, edition_for, editions
from gongkai.returns.model import Cell, Column, Edition, Identity, Kind, Layout, Row, Table, Term
from gongkai.returns.report import Report, Section, blank_report, figure_of, with_totals

__all__ = [
    "Cell",
    "Column",
    "Edition",
    "Identity",
    "Kind",
    "Layout",
    "Report",
    "Row",
    "Section",
    "Table",
    "Term",
    "blank_report",
    "edition",
    "edition_for",
    "editions",
    "figure_of",
    "with_totals",
]
