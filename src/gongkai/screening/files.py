"""What in a file's bytes must a person look at, whatever its format?"""

from __future__ import annotations

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.formats import detect, open_source
from gongkai.screening.hits import Screened, Unchecked
from gongkai.screening.notes import notes
from gongkai.screening.passages import passages
from gongkai.screening.screen import screen
from gongkai.screening.settings import Settings
from gongkai.screening.unread import unread


def screen_file(data: bytes, name: str, settings: Settings | None = None) -> Screened:
    """The hits in a file of any format the program reads, with what of it could not be looked at.

    A file that cannot be read at all gives no hits and one :class:`Unchecked`: never a clean outcome. Unlike the readers of
    reports this also looks into the footnotes and comments of a Word file.
    """
    try:
        source = open_source(data, name)
        beside = notes(data) if detect(data, name) == "docx" else ()
    except Unreadable as error:
        return Screened(unchecked=(Unchecked(Place(), str(error)),))
    found = screen((*passages(source), *beside), settings)
    return Screened(found.hits, unread(source))
