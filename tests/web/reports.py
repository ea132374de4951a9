"""Which reports do the tests of the screens hand in?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.kernel import State
from gongkai.returns import Report, Section, blank_report, edition

AGENCY = "青岚县司法局"
# A small year that balances: 12 received and 1 carried in; 8 granted, 2 partial, 3 carried out.
FIGURES = {
    "requests.new.natural_person": 12,
    "requests.new": 12,
    "requests.carried_in.natural_person": 1,
    "requests.carried_in": 1,
    "outcome.granted.natural_person": 8,
    "outcome.granted": 8,
    "outcome.partial.natural_person": 2,
    "outcome.partial": 2,
    "outcome.total.natural_person": 10,
    "outcome.total": 10,
    "requests.carried_out.natural_person": 3,
    "requests.carried_out": 3,
}


def report_of(year: int = 2025, agency: str = AGENCY, **changed: int) -> Report:
    """A whole report of the form of 2021; ``changed`` names cells with __ for the dot."""
    form = edition("2021")
    values = FIGURES | {code.replace("__", "."): value for code, value in changed.items()}
    blank = blank_report(form, agency, year)
    figures = tuple(
        replace(f, value=Decimal(values.get(f.code or "", 0)), text=str(values.get(f.code or "", 0)), state=State.NUMBER)
        for f in blank.figures
    )
    sections = tuple(Section(title, (f"本年度{title[2:]}如下，各项工作平稳。",)) for title in form.sections)
    return replace(blank, figures=figures, sections=sections)
