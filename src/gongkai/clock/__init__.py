"""By when must what be done, and how was that day worked out?"""

from gongkai.clock.deadline import Adds, Deadline, Note, State, Step, deadline_json
from gongkai.clock.deadlines import case_received, deadline_of, deadlines
from gongkai.clock.settings import Settings, settings_from

__all__ = [
    "Adds", "Deadline", "Note", "Settings", "State", "Step", "case_received", "deadline_json", "deadline_of", "deadlines",
    "settings_from",
]  # fmt: skip
