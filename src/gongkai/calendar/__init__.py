"""Which days are working days, and how far is a day from another in working days?"""

from gongkai.calendar.arrangement import Arrangement, DayKind
from gongkai.calendar.published import published
from gongkai.calendar.working_days import Calendar, Walk

__all__ = ["Arrangement", "Calendar", "DayKind", "Walk", "published"]
