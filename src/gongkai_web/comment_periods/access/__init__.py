"""Who sees what of comment periods?

Read models for the public are in ``access.public``, those for the staff in ``access.staff``. All are frozen and already fetched.
"""

from gongkai_web.comment_periods.access.public import (
    PAGE,
    GonePeriod,
    PeriodLine,
    PeriodNote,
    PeriodView,
    ShownComment,
    changes_at,
    gone,
    gone_periods,
    notes,
    notes_of,
    open_periods,
    period,
    periods,
    stand,
)
from gongkai_web.comment_periods.access.staff import (
    adoption_page,
    comment_page,
    comment_rows,
    every_comment,
    item_choices,
    period_page,
    period_rows,
)
from gongkai_web.comment_periods.access.staff_shapes import CommentRow, PeriodPage, PeriodRow

__all__ = [
    "PAGE",
    "CommentRow",
    "GonePeriod",
    "PeriodLine",
    "PeriodNote",
    "PeriodPage",
    "PeriodRow",
    "PeriodView",
    "ShownComment",
    "adoption_page",
    "changes_at",
    "comment_page",
    "comment_rows",
    "every_comment",
    "gone",
    "gone_periods",
    "item_choices",
    "notes",
    "notes_of",
    "open_periods",
    "period",
    "period_page",
    "period_rows",
    "periods",
    "stand",
]  # fmt: skip
