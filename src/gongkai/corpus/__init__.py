"""Many reports at once: which files there are, each examined by some process, none of them stopping the rest."""

from gongkai.corpus.examination import Examined, Extract, Settings, examined, previous_of, why_nothing, why_unchecked
from gongkai.corpus.pairing import Pairs, Standing, content_of, pairs, standing
from gongkai.corpus.pool import examinations, processes
from gongkai.corpus.progress import Progress, wrote
from gongkai.corpus.sources import Origin, origins

__all__ = [
    "Examined",
    "Extract",
    "Origin",
    "Pairs",
    "Progress",
    "Settings",
    "Standing",
    "content_of",
    "examinations",
    "examined",
    "origins",
    "pairs",
    "previous_of",
    "processes",
    "standing",
    "why_nothing",
    "why_unchecked",
    "wrote",
]
