"""Many reports at once: which files there are, each examined by some process, none of them stopping the rest."""

from gongkai.corpus.examination import Examined, Extract, Settings, examined, previous_of
from gongkai.corpus.pool import examinations, processes
from gongkai.corpus.progress import Progress
from gongkai.corpus.sources import Origin, origins

__all__ = [
    "Examined",
    "Extract",
    "Origin",
    "Progress",
    "Settings",
    "examinations",
    "examined",
    "origins",
    "previous_of",
    "processes",
]
