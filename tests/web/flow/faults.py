"""What is left behind when the machine stops, or the disk is full, in the middle of each act?

Run as a program over an empty folder (``python -m tests.web.flow.faults FOLDER``), and an empty database where DATABASE_URL names one:
every act's example is brought about in an office of its own; the act is then begun in a process that stops at each point it passes, and
again with a disk that is full. What stands afterwards is opened anew and judged. Prints one JSON object a line.
"""

from __future__ import annotations

import json
import os
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
from gongkai_web.publishing import clocks
from gongkai_web.trail import faults, guards, reading
from gongkai_web.trail.acts import Act
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from tests.web.acts_examples import EXAMPLES, all_acts
from tests.web.acts_examples.call import Call
from tests.web.flow.fault_places import Office, here
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office

DONE, REFUSED = 0, 3


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


def entries() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def damaged(office: Office) -> Iterator[str]:
    """What is wrong with the database itself or with its guards."""
    yield from office.damage()
    if guards.compared(connection).gaps:
        yield "guards are missing"


def chains() -> Iterator[str]:
    """What is wrong with the trail."""
    for chain in reading.chains():
        yield from reading.verify(chain).problems


def broken(office: Office) -> Iterator[str]:
    """What must hold whatever happened."""
    yield from damaged(office)
    yield from chains()


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
    """One act, begun again and again from the same state, which is kept as "kept".

    What was stopped must leave nothing, so the next attempt begins where it did; only what was carried out is put back, and what comes
    last is left as it is.
    """

    def __init__(self, act: Act, made: Call, office: Office) -> None:
        self.act, self.made, self.office = act, made, office
        self.office.copy("kept")
        self.before = office.everything()
        self.entries = entries()
        self.tell("before", list(broken(office)))
        connections.close_all()

    def run(self) -> None:
        self.stopped("before-commit")
        self.filled("full disk")
        if self.filled("disk that fills up") == DONE:
            self.office.put_back("kept")
        passed = self.carried_out()
        self.office.put_back("kept")
        for point in sorted(passed - {"before-commit", "after-commit"}):
            self.stopped(point)
        self.stopped("after-commit")

    def begin(self) -> None:
        self.made.carry_out(self.act)

    def stopped(self, point: str) -> None:
        def work() -> None:
            os.environ["GONGKAI_FAULT"] = f"{point}@{self.act.key}"
            self.begin()

        status = forked(work)
        problems = [] if status == faults.STOPPED else [f"the act did not stop (status {status})"]
        found = [*self.whole(), *undelivered()] if point == "after-commit" else self.nothing()
        self.tell(point, [*problems, *found])

    def filled(self, name: str) -> int:
        def work() -> None:
            self.office.fill_up(name)
            self.begin()

        status = forked(work)
        self.office.make_room()
        if status == REFUSED:
            self.tell(name, list(self.nothing()))
        elif name == "full disk":
            self.tell(name, [f"the act ended with status {status} and wrote nothing"])
        else:
            self.tell(name, list(self.whole()))
        return status

    def carried_out(self) -> set[str]:
        """The act can be done after all; which points it passes."""
        reading_end, writing_end = os.pipe()

        def work() -> None:
            faults.point = lambda name, _="": os.write(writing_end, f"{name} ".encode())  # type: ignore[assignment]  # watched
            self.begin()

        status = forked(work)
        os.close(writing_end)
        with os.fdopen(reading_end) as passed:
            points = set(passed.read().split())
        problems = [] if status == DONE else [f"the act is refused (status {status})"]
        self.tell("done after all", [*problems, *self.whole()])
        return points

    def nothing(self) -> Iterator[str]:
        """Where every row is as it was, the chains are too: they were verified before, and rows are all they are made of."""
        yield from damaged(self.office)
        if self.office.everything() != self.before:
            yield "something of the act is left"
            yield from chains()
        connections.close_all()

    def whole(self) -> Iterator[str]:
        yield from broken(self.office)
        if entries() != [*self.entries, self.act.key]:
            yield f"the trail has {entries()[len(self.entries) :]} of it"

    def tell(self, point: str, problems: list[str]) -> None:
        os.write(1, json.dumps({"act": self.act.key, "point": point, "problems": problems}).encode() + b"\n")


def try_act(act: Act, bureau: Bureau, office: Office) -> None:
    """Every stop of one act, in a process of its own."""
    office.put_back("base")
    installation.forget()
    Trial(act, EXAMPLES[act.key](bureau), office).run()


def main(folder: Path, keys: list[str]) -> None:
    """Try all acts, or those named."""
    call_command("migrate", interactive=False, verbosity=0)
    bureau, office = Bureau(make_office()), here(folder)
    # The law and the calendar are read here, not again in every process.
    clocks.deadline(clock.today(), clocks.LIMIT, clock.today())
    office.copy("base")
    for act in all_acts():
        if not keys or act.key in keys:
            status = forked(lambda act=act: try_act(act, bureau, office))  # type: ignore[misc]  # the default binds the act of this turn
            if status != DONE:
                os.write(1, json.dumps({"act": act.key, "point": "example", "problems": [f"status {status}"]}).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
