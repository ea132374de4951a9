"""Which mistakes of a caller are exceptions?

    GongkaiError                 every exception of ours; its text is a whole Chinese sentence with the next step
    ├── BadData                  one of our own data files (law, edition, calendar) is wrong; raised on load
    │   └── BadEdition, BadLaw, BadCalendar
    ├── NotFound                 no such edition, rule, provision, command subject
    ├── NoCalendar               no working-day calendar is published for a year that is needed
    ├── Unreadable               a file that cannot be read at all (wrong type, encrypted, scanned, too large, marked secret)
    └── BadInput                 a value given by the caller is out of its domain
        └── lifecycle.NotPossible    the act is not possible in this state, now

What is wrong with somebody's report is not here: that is a :class:`gongkai.kernel.Finding`.
"""


class GongkaiError(Exception):
    """Any exception of ours. ``str(error)`` is shown to users."""


class BadData(GongkaiError):
    """One of our own data files is wrong."""


class BadEdition(BadData):
    """An edition file is wrong."""


class BadLaw(BadData):
    """A law file is wrong."""


class BadCalendar(BadData):
    """A calendar file is wrong."""


class NotFound(GongkaiError):
    """Something named does not exist."""


class NoCalendar(GongkaiError):
    """A year's working-day arrangement has not been published."""


class Unreadable(GongkaiError):
    """A file cannot be read at all; the text says why and what to do."""


class BadInput(GongkaiError):
    """A value is out of its domain."""
