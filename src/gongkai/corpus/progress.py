"""Which files were examined already, by content, so that a long run can be broken off and taken up again?

The file of progress is JSON Lines: a head line, then one line a file with its whole result. A line torn by a sudden end is
cut off on the next start. A file counts as done when its name, its content, the program's version and the settings are the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Self

from gongkai import __version__
from gongkai.corpus.examination import Examined, Extract, Settings
from gongkai.corpus.sources import Origin, content
from gongkai.errors import BadInput, Unreadable
from gongkai.kernel import Finding, Place, Status, place_json
from gongkai.reasons import system_reason

_HEAD = {"gongkai": "progress", "format": 1}
_SHAPE = "2"  # of a line; what was kept in another shape is examined again


class Progress:
    """The results kept in a file; used with ``with``. Only where each stands is held in memory.

    ``output`` is where the run writes its results; the file remembers it, see :func:`wrote`.
    """

    def __init__(self, path: Path, settings: Settings, output: Path | None = None) -> None:
        self._path = path
        self._output = {"output": str(output.absolute())} if output is not None else {}
        self._settings = _digest_of(settings)
        self._at: dict[str, int] = {}
        self._file = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def kept(self, origin: Origin) -> Examined | None:
        """The result of a file examined before, None when it is new or changed or could not be read."""
        try:
            digest = hashlib.sha256(content(origin)).hexdigest()
            before = origin.before
            previous = (before.name, hashlib.sha256(content(before)).hexdigest()) if before is not None else ()
        except Unreadable:
            return None
        at = self._at.get(self._key(origin.name, digest, *previous))
        if at is None:
            return None
        self._file.seek(at)
        return _from_json(json.loads(self._file.readline()))

    def keep(self, result: Examined) -> None:
        """Add a result. A file that could not be read is not kept: it is tried again, the reason may have gone."""
        if result.error is not None:
            return
        key = self._key(result.source, result.digest, *(result.previous or ()))
        self._at[key] = self._file.seek(0, 2)
        self._file.write(_line({"key": key, **_to_json(result)}))
        self._file.flush()

    def _key(self, *what: str) -> str:
        parts = "\x1f".join((*what, __version__, self._settings, _SHAPE))
        return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def _opened(self) -> BinaryIO:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+b")
        except OSError as error:
            raise BadInput(f"进度文件“{self._path}”打不开：{system_reason(error)}。请换一个位置，或者检查权限。") from None
        try:
            self._indexed(file)
        except BaseException:
            file.close()
            raise
        return file

    def _indexed(self, file: BinaryIO) -> None:
        """Note where each result stands; cut off a last line that is not whole."""
        file.seek(0)
        head = file.readline()
        if not head:
            file.write(_line({**_HEAD, **self._output}))
            file.flush()
            return
        if not _is_head(head):
            raise BadInput(f"“{self._path}”不是检查进度文件，没有改动它。请换一个文件名，程序会新建进度文件。")
        at = file.tell()
        for line in iter(file.readline, b""):
            if not line.endswith(b"\n"):
                file.truncate(at)
                break
            with contextlib.suppress(ValueError, KeyError, TypeError):  # a damaged line is as good as none
                self._at[str(json.loads(line)["key"])] = at
            at += len(line)
        if self._output and not wrote(self._path, Path(self._output["output"])):
            file.write(_line(self._output))
            file.flush()


def wrote(path: Path, output: Path) -> bool:
    """Whether a run whose progress is kept in ``path`` wrote its results to ``output``, so that it may do so again."""
    try:
        with path.open("rb") as file:
            if not _is_head(head := file.readline()):
                return False
            own = str(output.absolute())
            return any(own == _output_of(line) for line in (head, *(n for n in file if n.startswith(b'{"output":'))))
    except OSError:
        return False


def _output_of(line: bytes) -> str | None:
    try:
        found = json.loads(line).get("output")
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _is_head(line: bytes) -> bool:
    """Whether a file's first line says that it is a file of progress."""
    try:
        head = json.loads(line)
    except ValueError:
        return False
    return isinstance(head, dict) and {key: value for key, value in head.items() if key != "output"} == _HEAD


def _digest_of(settings: Settings) -> str:
    """What among the settings changes results: the contents of the local editions and of last year's report."""
    named = [*settings.local, *([settings.previous] if settings.previous else [])]
    digests = []
    for path in named:
        try:
            digests.append(hashlib.sha256(content(Origin(path))).hexdigest())
        except Unreadable:
            digests.append(path)
    return ":".join(digests) + f":{bool(settings.previous)}"


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape") + b"\n"


def _to_json(result: Examined) -> dict[str, Any]:
    return {
        "source": result.source,
        "digest": result.digest,
        "reports": [[e.agency, e.year, e.edition, [_finding_to_json(f) for f in e.findings], e.content] for e in result.reports],
        "previous": result.previous,
    }


def _from_json(raw: dict[str, Any]) -> Examined:
    reports = tuple(
        Extract(agency, year, edition, tuple(_finding_from_json(f) for f in findings), figures)
        for agency, year, edition, findings, figures in raw["reports"]
    )
    return Examined(raw["source"], raw["digest"], reports, previous=tuple(raw["previous"]) if raw["previous"] else None)


def _finding_to_json(finding: Finding) -> list[Any]:
    places = [place_json(p) for p in finding.places]
    sides = [_side(finding.left), _side(finding.right)]
    return [finding.rule, finding.status.value, finding.message, *sides, places, list(finding.subject)]


def _finding_from_json(raw: list[Any]) -> Finding:
    rule, status, message, left, right, places, subject = raw
    spots = tuple(Place(**place) for place in places)
    return Finding(rule, Status(status), message, _unside(left), _unside(right), spots, tuple(subject))


def _side(side: Decimal | str | None) -> list[str] | None:
    """A side with its type: a number is told from words that look like one."""
    return None if side is None else ["number" if isinstance(side, Decimal) else "words", str(side)]


def _unside(raw: list[str] | None) -> Decimal | str | None:
    if raw is None:
        return None
    return Decimal(raw[1]) if raw[0] == "number" else raw[1]
