"""How does an application for information move, and what ended it?"""

from gongkai.procedure.events import Case, Event, Item, known_events
from gongkai.procedure.kinds import Kind, Party, Route
from gongkai.procedure.outcomes import Outcome, Remedy, outcome, outcomes
from gongkai.procedure.replay import Progress, replay

__all__ = [
    "Case",
    "Event",
    "Item",
    "Kind",
    "Outcome",
    "Party",
    "Progress",
    "Remedy",
    "Route",
    "known_events",
    "outcome",
    "outcomes",
    "replay",
]
