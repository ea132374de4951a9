"""How does a process end when the one that started it is gone, however that ended?"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

LOOK_SECONDS = 0.5
SERVER = "GONGKAI_SERVER"
"""In the surroundings of the web server's processes: the number of the one that started them."""


def tie(parent: int, then: Callable[[], None], stopped: Callable[[float], object]) -> None:
    """Call ``then`` once this process's parent is no longer ``parent``; ``stopped`` waits so many seconds and is true when nobody asks any more.

    The number is told by the parent itself: asking for it after the start may find the parent gone already. Looking every half second
    needs nothing of the system that one kind of processor or container has and another has not.
    """

    def watch() -> None:
        while not stopped(LOOK_SECONDS):
            if os.getppid() != parent:
                then()
                return

    threading.Thread(target=watch, name="tied", daemon=True).start()


def end_with_server() -> None:
    """Let this process of the web server end at once when the server does; nothing where no server of ours started it.

    Nobody is left to ask a process whose server was killed to stop, and it would hold the port and go on answering.
    """
    parent = os.environ.get(SERVER, "")
    if parent.isdecimal() and int(parent) != os.getpid():
        tie(int(parent), lambda: os._exit(1), threading.Event().wait)
