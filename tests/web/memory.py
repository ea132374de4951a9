"""What does a process of the web layer keep in memory, and why can no test learn from it what another one did?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai_web.files import texts
from gongkai_web.flow import installation
from gongkai_web.oversight import rooms
from gongkai_web.publishing import scans
from gongkai_web.publishing.access import counts
from gongkai_web.visits import access as visits


def _sweep_again() -> None:
    rooms._last_sweep = 0.0


FORGOTTEN: Mapping[str, Callable[[], None]] = {
    "flow.installation._known": installation.forget,
    "publishing.access.counts._known": counts.forget,
    "publishing.scans._kept": scans.forget,
    "visits.access._said": visits._said.clear,
    "files.texts._read": texts._read.cache_clear,
    "oversight.rooms._last_sweep": _sweep_again,
}
"""What is learnt from tables or files: forgotten before and after every test."""

QUESTION = "a question to the database, worded but not answered"
PROGRAM = "read from the program itself"
LOOKED_UP = "named by everything it is made of"
STANDING = {
    "accounts.addresses._proxies": LOOKED_UP,
    "accounts.passwords._common": PROGRAM,
    "flow.duties._listed": PROGRAM,
    "flow.reviewed.kinds": PROGRAM,
    "office.demo.papers.report": LOOKED_UP,
    "oversight.readers._every": "the reading processes that run, ended by their owner",
    "oversight.readers.front_pool": "threads that read what they are given",
    "oversight.readers.pool": "threads that read what they are given",
    "oversight.views.guide._html": PROGRAM,
    "portal.baking.plan._program": PROGRAM,
    "publishing.access.listings._places": QUESTION,
    "publishing.access.listings._question": QUESTION,
    "publishing.access.listings._rows": QUESTION,
    "publishing.bases.bases": PROGRAM,
    "publishing.bases.themes": PROGRAM,
    "publishing.clocks._calendar": PROGRAM,
    "publishing.clocks._with_local": PROGRAM,
    "publishing.finding._question": QUESTION,
    "publishing.indexing.opened": "a handle on a folder's index, which it reads anew; every test has a folder of its own",
    "search.grams._letters_and_marks": PROGRAM,
    "search.grams._marks": PROGRAM,
    "trail.acts._acts": PROGRAM,
    "ui.qr.qr_svg": LOOKED_UP,
}
"""What is the same whatever tests ran before, each with the reason."""


def forget() -> None:
    """As in a process that has just been started."""
    for each in FORGOTTEN.values():
        each()
