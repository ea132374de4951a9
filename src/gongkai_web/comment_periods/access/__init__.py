"""Who sees what of comment periods?

Read models for the public are in ``access.public``, those for the staff in ``access.staff``. All are frozen and already fetched.
"""

from gongkai_web.comment_periods.access.public import (
    GonePeriod,
    PeriodLine,
    PeriodNote,
    PeriodView,
    ShownComment,
    at_form,
    changes_at,
    gone,
    notes_of,
    open_periods,
    period,
    periods,
)
from gongkai_web.comment_periods.access.staff import (
    CommentRow,
    PeriodPage,
    PeriodRow,
    adoption_page,
    comment_page,
    comment_rows,
    every_comment,
    item_choices,
    period_page,
    period_rows,
)

__all__ = [
    "CommentRow", "GonePeriod", "PeriodLine", "PeriodNote", "PeriodPage", "PeriodRow", "PeriodView", "ShownComment", "adoption_page",
    "at_form", "changes_at", "comment_page", "comment_rows", "every_comment", "gone", "item_choices", "notes_of", "open_periods", "period",
    "period_page", "period_rows", "periods",
]  # fmt: skip
