"""Is a result kept as it was, and used only for the same file, program and settings?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.corpus import Examined, Origin, Progress, Settings, examined
from gongkai.errors import BadInput

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    """A report with faults, of which every kind of finding is made."""
    copy = tmp_path / "report.docx"
    copy.write_bytes(next((SAMPLES / "cn2021").glob("2024-差错一.docx")).read_bytes())
    return Origin(str(copy))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / "progress.jsonl"


def kept(state: Path, origin: Origin, settings: Settings | None = None) -> Examined | None:
    with Progress(state, settings or Settings()) as progress:
        return progress.kept(origin)


def keep(state: Path, *results: Examined) -> None:
    with Progress(state, Settings()) as progress:
        for result in results:
            progress.keep(result)


def test_progress__gives_back_what_was_kept_with_every_fingerprint(state: Path, origin: Origin) -> None:
    result = examined(origin, Settings())
    assert result.reports[0].findings
    keep(state, result)
    again = kept(state, origin)
    assert again == result
    assert again is not None
    assert [f.fingerprint for f in again.reports[0].findings] == [f.fingerprint for f in result.reports[0].findings]


def test_progress__a_changed_file_is_new(state: Path, origin: Origin) -> None:
    keep(state, examined(origin, Settings()))
    Path(origin.path).write_bytes(Path(origin.path).read_bytes() + b" ")
    assert kept(state, origin) is None


def test_progress__another_report_of_the_year_before_makes_every_file_new(state: Path, origin: Origin) -> None:
    keep(state, examined(origin, Settings()))
    assert kept(state, origin, Settings(previous=origin.path)) is None


def test_progress__a_file_that_could_not_be_read_is_tried_again(state: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = examined(Origin(str(empty)), Settings())
    assert result.error is not None
    keep(state, result)
    assert kept(state, Origin(str(empty))) is None


def test_progress__a_line_torn_by_a_sudden_end_is_cut_off_and_the_rest_holds(state: Path, origin: Origin) -> None:
    result = examined(origin, Settings())
    keep(state, result)
    whole = state.read_bytes()
    with state.open("ab") as file:
        file.write(whole[-300:-100])
    assert kept(state, origin) == result
    assert state.read_bytes() == whole


def test_progress__a_damaged_line_is_as_good_as_none(state: Path, origin: Origin) -> None:
    keep(state, examined(origin, Settings()))
    head, line = state.read_bytes().split(b"\n")[:2]
    state.write_bytes(head + b"\n" + line[: len(line) // 2] + b"\n")
    assert kept(state, origin) is None


def test_progress__a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("各位同事：\n", encoding="utf-8")
    with pytest.raises(BadInput, match="不是检查进度文件"):
        Progress(other, Settings())
    assert other.read_text(encoding="utf-8") == "各位同事：\n"
