"""What is left behind when the machine stops, or the disk is full, in the middle of each act?

Run as a program over an empty folder (``python -m tests.web.flow.faults FOLDER``): every act's example is brought about in a data
folder of its own; the act is then begun in a process that stops at each point it passes, and again with files that cannot grow.
What stands in the folder afterwards is opened anew and judged. Prints one JSON object a line.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings"
if __name__ == "__main__":
    os.environ["GONGKAI_DATA"] = str(Path(sys.argv[1]) / "data")

import django
from django.conf import settings

if __name__ == "__main__":
    django.setup()
    # The slow digest of passwords is not what is tried here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from django.core.management import call_command
from django.db import connection, connections

from gongkai_web.flow import installation, outbox
from gongkai_web.flow.duties import Handler, Letter
from gongkai_web.flow.models import Outbox
from gongkai_web.trail import faults, guards, reading
from gongkai_web.trail.acts import Act
from gongkai_web.trail.models import Entry
from tests.web.acts_examples import EXAMPLES, all_acts
from tests.web.acts_examples.call import Call
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office

DONE, REFUSED = 0, 3
FULL = {"full disk": 1, "disk that fills up": 60_000}
"""The largest size, in bytes, to which a file may grow."""


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the status tells it, and the parent judges what is left
            os._exit(REFUSED)
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def put_back(source: Path, target: Path) -> None:
    """Make one folder like another."""
    connections.close_all()
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def everything(folder: Path) -> str:
    """A digest of all rows of all tables."""
    digest = hashlib.sha256()
    database = sqlite3.connect(folder / "gongkai.sqlite3")
    for line in database.iterdump():
        digest.update(line.encode())
    database.close()
    return digest.hexdigest()


def entries() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def broken(folder: Path) -> Iterator[str]:
    """What must hold whatever happened."""
    database = sqlite3.connect(folder / "gongkai.sqlite3")
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        yield "the database is damaged"
    if database.execute("PRAGMA foreign_key_check").fetchall():
        yield "a row names another that is not there"
    database.close()
    for chain in reading.chains():
        yield from reading.verify(chain).problems
    if guards.compared(connection).gaps:
        yield "guards are missing"


def undelivered() -> Iterator[str]:
    """The outbox hands over, in order, whatever an act put there."""
    waiting = list(Outbox.objects.filter(done_at=None).order_by("id").values_list("id", flat=True))
    told: list[int] = []

    def take(letters: tuple[Letter, ...]) -> None:
        told.extend(letter.id for letter in letters)

    kinds = tuple(Outbox.objects.values_list("kind", flat=True).distinct())
    outbox.deliver(handlers=[Handler("test", kinds, take)])
    if told != waiting:
        yield f"the outbox delivered {told} of {waiting}"


class Trial:
    """One act, begun again and again from the same state."""

    def __init__(self, act: Act, made: Call, data: Path, kept: Path) -> None:
        self.act, self.made, self.data, self.kept = act, made, data, kept
        connections.close_all()
        shutil.copytree(data, kept)
        self.before = everything(kept)
        self.entries = entries()

    def begin(self) -> None:
        self.made.carry_out(self.act)

    def stopped(self, point: str) -> None:
        put_back(self.kept, self.data)

        def work() -> None:
            os.environ["GONGKAI_FAULT"] = f"{point}@{self.act.key}"
            self.begin()

        status = forked(work)
        if status == DONE:
            return
        problems = [] if status == faults.STOPPED else [f"the act was refused (status {status})"]
        if point == "after-commit":
            problems += [*self.whole(), *undelivered()]
        else:
            problems += [*self.nothing(), *self.again()]
        self.tell(point, problems)

    def filled(self, name: str) -> None:
        put_back(self.kept, self.data)

        def work() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (FULL[name], resource.RLIM_INFINITY))
            self.begin()

        status = forked(work)
        if status == REFUSED:
            self.tell(name, [*self.nothing(), *self.again()])
        elif name == "full disk":
            self.tell(name, [f"the act ended with status {status} and wrote nothing"])
        else:
            self.tell(name, list(self.whole()))

    def nothing(self) -> Iterator[str]:
        yield from broken(self.data)
        connections.close_all()
        if everything(self.data) != self.before:
            yield "something of the act is left"

    def whole(self) -> Iterator[str]:
        yield from broken(self.data)
        if entries() != [*self.entries, self.act.key]:
            yield f"the trail has {entries()[len(self.entries) :]} of it"

    def again(self) -> Iterator[str]:
        """The act can be done after all."""
        status = forked(self.begin)
        if status != DONE:
            yield f"the act is refused afterwards (status {status})"
        yield from self.whole()

    def tell(self, point: str, problems: list[str]) -> None:
        os.write(1, json.dumps({"act": self.act.key, "point": point, "problems": problems}).encode() + b"\n")


def try_act(act: Act, bureau: Bureau, base: Path, data: Path, kept: Path) -> None:
    """Every stop of one act, in a process of its own."""
    put_back(base, data)
    shutil.rmtree(kept, ignore_errors=True)
    installation.forget()
    trial = Trial(act, EXAMPLES[act.key](bureau), data, kept)
    for point in faults.POINTS:
        trial.stopped(point)
    for name in FULL:
        trial.filled(name)


def main(folder: Path, keys: list[str]) -> None:
    """Try all acts, or those named."""
    base, data, kept = (folder / name for name in ("base", "data", "kept"))
    call_command("migrate", interactive=False, verbosity=0)
    bureau = Bureau(make_office())
    connections.close_all()
    shutil.copytree(data, base)
    for act in all_acts():
        if not keys or act.key in keys:
            status = forked(lambda act=act: try_act(act, bureau, base, data, kept))  # type: ignore[misc]  # the default binds the act of this turn
            if status != DONE:
                os.write(1, json.dumps({"act": act.key, "point": "example", "problems": [f"status {status}"]}).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
