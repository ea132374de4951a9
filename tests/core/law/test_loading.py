"""Which law files are refused, and in which words?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gongkai.errors import BadLaw
from gongkai.law.book import read

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.toml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "good", tmp_path / "law"))


def test_loading__smallest_complete_law__is_read_and_the_end_is_derived(folder: Path) -> None:
    law = read(folder)
    old, new = law.history("reply.limit")
    assert (old.value, new.value) == (15, 20)
    assert old.last_day is not None
    assert (new.first_day - old.last_day).days == 1
    assert new.last_day is None


@pytest.mark.parametrize("path", BAD, ids=[p.stem for p in BAD])
def test_loading__bad_file__is_refused_in_the_words_it_names(folder: Path, path: Path) -> None:
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# 拒绝：")
    shutil.copy(path, folder / "instruments" / "new.toml")
    with pytest.raises(BadLaw) as refusal:
        read(folder)
    assert words in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_loading__instrument_succeeded_twice__is_refused(folder: Path) -> None:
    text = (folder / "instruments" / "new.toml").read_text(encoding="utf-8")
    (folder / "instruments" / "rival.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadLaw, match="只能被接替一次"):
        read(folder)


def test_loading__subject_without_any_provision__is_refused(folder: Path) -> None:
    with (folder / "subjects.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[subject]]\nkey = "reply.extension"\ntitle = "延长"\n')
    with pytest.raises(BadLaw, match="没有任何规定"):
        read(folder)


def test_loading__subject_registered_twice__is_refused(folder: Path) -> None:
    with (folder / "subjects.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[subject]]\nkey = "reply.limit"\ntitle = "答复期限"\n')
    with pytest.raises(BadLaw, match="登记了两次"):
        read(folder)


def test_loading__missing_subjects_file__is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLaw, match="不存在"):
        read(tmp_path)


def test_loading__subject_older_than_its_first_provision__is_refused(folder: Path) -> None:
    subjects = folder / "subjects.toml"
    subjects.write_text(
        subjects.read_text(encoding="utf-8").replace("since = 2008-05-01", "since = 2000-01-01"), encoding="utf-8"
    )
    with pytest.raises(BadLaw, match=r"“reply\.limit”自2000-01-01起没有规定"):
        read(folder)
