"""What does a static edition show of comment periods, so that it stays true on a day on which nobody makes it anew?

Days left are not counted, the last day stands there instead. What people said and the text of the account are not copied: the one is
moderated from day to day at the portal, the other is an item with a page of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from gongkai_web.agencies.models import Body
from gongkai_web.comment_periods import access


def lines_of(body: Body, held: Collection[str]) -> tuple[access.PeriodLine, ...]:
    """The periods whose draft is one of the items of the edition."""
    return tuple(_still(line) for line in access.periods(body) if line.draft.index_number in held)


def stilled(period: access.PeriodView) -> access.PeriodView:
    """A period's page without what changes from day to day. ``shown_count`` tells only whether comments are shown at the portal."""
    is_open = period.line.state == "open"
    return replace(
        period,
        line=_still(period.line),
        feedback_html="",
        count=0 if is_open else period.count,
        comments=(),
        shown_count=min(period.shown_count, 1),
    )


def _still(line: access.PeriodLine) -> access.PeriodLine:
    return replace(line, days_left=0)
