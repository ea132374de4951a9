"""Screening: what in a text a person must look at before it becomes public – personal numbers, marks of secrecy, slips."""

from gongkai.screening.files import screen_file
from gongkai.screening.hits import CERTAINTY_WORDS, Certainty, Hit, Screened, Unchecked
from gongkai.screening.kind import Card, Kind
from gongkai.screening.kinds import KINDS, card, cards
from gongkai.screening.passages import Passage, passages
from gongkai.screening.screen import screen
from gongkai.screening.settings import Settings, Word

__all__ = [
    "CERTAINTY_WORDS",
    "KINDS",
    "Card",
    "Certainty",
    "Hit",
    "Kind",
    "Passage",
    "Screened",
    "Settings",
    "Unchecked",
    "Word",
    "card",
    "cards",
    "passages",
    "screen",
    "screen_file",
]
