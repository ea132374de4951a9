"""Are the festivals on the days the table says, and does the law of each year name its own holidays?"""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from chinese_calendar import constants

from gongkai import law
from gongkai.calendar.statutory import FILE, statutory_holidays, year_end
from gongkai.errors import NoCalendar

FESTIVALS = tomllib.loads(FILE.read_text(encoding="utf-8"))["festivals"]
ENGLISH = {"初一": "Spring Festival", "清明": "Tomb-sweeping Day", "端午": "Dragon Boat Festival", "中秋": "Mid-autumn Festival"}


def test_festivals__every_arranged_year__agree_with_the_published_arrangements() -> None:
    for year in range(2008, 2027):
        for name, english in ENGLISH.items():
            day = FESTIVALS[str(year)][name]
            named = constants.holidays.get(day)
            if named is None:
                assert day.weekday() >= 5  # the notice left it to the weekend
            elif named != english:
                assert (name, named) == ("中秋", "National Day")


def test_festivals__every_year__moves_as_the_moon_does() -> None:
    years = sorted(map(int, FESTIVALS))
    assert years == list(range(years[0], years[-1] + 1))
    for year in years:
        days = FESTIVALS[str(year)]
        assert dt.date(year, 1, 21) <= days["初一"] <= dt.date(year, 2, 20)
        assert days["清明"] in {dt.date(year, 4, 4), dt.date(year, 4, 5)}
        assert (days["中秋"] - days["端午"]).days in {97, 98, 99, 126, 127, 128}
        # Months between the first of the first month and the fifth of the fifth: four of them, five with a leap month.
        assert (days["端午"] - days["初一"]).days in {121, 122, 123, 151, 152}


@pytest.mark.parametrize(("year", "count"), [(2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13)])
def test_statutory_holidays__by_the_law_of_the_year__has_as_many_days(year: int, count: int) -> None:
    assert len(statutory_holidays(year, law.national())) == count


def test_statutory_holidays__new_years_eve__left_in_2014_and_came_back_in_2025() -> None:
    eve = {year: FESTIVALS[str(year)]["初一"] - dt.timedelta(days=1) for year in (2013, 2014, 2025)}
    holidays = {year: statutory_holidays(year, law.national()) for year in eve}
    assert eve[2013] in holidays[2013]
    assert eve[2014] not in holidays[2014]
    assert eve[2025] in holidays[2025]


def test_statutory_holidays__beyond_the_table__is_refused() -> None:
    with pytest.raises(NoCalendar, match="超出了节日表的范围"):
        statutory_holidays(2100, law.national())


def test_year_end__is_late_december() -> None:
    assert year_end(2026) == dt.date(2026, 12, 25)
