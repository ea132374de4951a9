"""Which provision governs a subject on a day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from gongkai.errors import BadInput, NotFound
from gongkai.law.loading import read_instruments, read_subjects
from gongkai.law.provision import Instrument, Provision, Subject

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Law:
    """A body of law: every provision of every instrument, national and – where adopted – local."""

    subjects: tuple[Subject, ...]
    instruments: tuple[Instrument, ...]
    provisions: tuple[Provision, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Provision, ...]]:
        return {
            s.key: tuple(sorted((p for p in self.provisions if p.key == s.key), key=lambda p: p.first_day)) for s in self.subjects
        }

    def history(self, key: str) -> tuple[Provision, ...]:
        """Every provision on the subject, oldest first. Raises NotFound for a key nobody knows."""
        if key not in self._by_key:
            raise NotFound(f"没有“{key}”这个法律事项，输入 gongkai law 查看全部事项。")
        return self._by_key[key]

    def find(self, day: dt.date, key: str) -> Provision | None:
        """The provision in force on the day, None where the law of that day is silent."""
        for provision in self.history(key):
            if provision.instrument.is_in_force(day):
                return provision
        return None

    def at(self, day: dt.date, key: str) -> Provision:
        """The provision in force on the day. Raises NotFound where the law of that day is silent."""
        provision = self.find(day, key)
        if provision is not None:
            return provision
        first = min((p.first_day for p in self.history(key)), default=None)
        if first is None:
            raise NotFound(f"“{key}”是地方或上级的要求，本级没有采用，没有可以适用的规定。请先采用载有该要求的文件。")
        hint = f"最早的规定自{first.isoformat()}起施行" if day < first else "原有规定已经停止适用"
        raise NotFound(f"{day.isoformat()}没有关于“{key}”的规定，{hint}。请换一个日期，或输入 gongkai law {key} 查看沿革。")

    def adopt(self, *names: str) -> Law:
        """This law with the rules of a place that a body has adopted; ``names`` are file names in law/local without ``.toml``."""
        known = {path.stem for path in (FOLDER / "local").glob("*.toml")}
        for name in names:
            if name not in known:
                raise BadInput(f"没有“{name}”这份地方规定，可以采用的有：{'、'.join(sorted(known))}。")
        instruments, provisions = read_instruments(
            [FOLDER / "local" / f"{name}.toml" for name in names], self.subjects, local=True
        )
        return replace(self, instruments=self.instruments + instruments, provisions=self.provisions + provisions)


def read(folder: Path) -> Law:
    """The law in a folder that holds ``subjects.toml`` and ``instruments/*.toml``. Raises BadLaw with the words of the refusal."""
    subjects = read_subjects(folder / "subjects.toml")
    instruments, provisions = read_instruments(sorted((folder / "instruments").glob("*.toml")), subjects, local=False)
    return Law(subjects, instruments, provisions)


@lru_cache(maxsize=1)
def national() -> Law:
    """The law of the whole country, no local rules adopted."""
    return read(FOLDER)


def local_names() -> tuple[str, ...]:
    """The names of the local rules that a body may adopt."""
    return tuple(sorted(path.stem for path in (FOLDER / "local").glob("*.toml")))


def at(day: dt.date, key: str) -> Provision:
    """The national provision on ``key`` in force on ``day``. Raises NotFound."""
    return national().at(day, key)
