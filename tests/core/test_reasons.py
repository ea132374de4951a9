"""Is what the system and the parsers complain of told without a word of English?"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import os
import tomllib
from pathlib import Path

import pytest

from gongkai.reasons import syntax_reason, system_reason, written


def test_system_reason__has_no_english_for_any_error_of_this_system() -> None:
    for number in errno.errorcode:
        reason = system_reason(OSError(number, os.strerror(number)))
        assert reason
        assert not any("A" <= ch.upper() <= "Z" for ch in reason), reason


def test_system_reason__of_an_error_without_a_number() -> None:
    assert system_reason(OSError("what happened")) == "系统没有说明原因"


def test_system_reason__tells_what_a_path_really_is(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as folder:
        tmp_path.read_bytes()
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "无").read_bytes()
    assert (system_reason(folder.value), system_reason(missing.value)) == ("它是一个文件夹", "没有这个文件或文件夹")


@pytest.mark.parametrize(
    ("parse", "text", "reason"),
    [
        (tomllib.loads, "a = 1\nb = = 2", "第2行第5个字符处有误"),
        (tomllib.loads, "a = ", "到文件末尾还没有写完整"),
        (json.loads, '{"a": 1,\n "b" 2}', "第2行第6个字符处有误"),
        (lambda text: text.encode("gb18030").decode("utf-8"), "年报", "不是 UTF-8 编码"),
        (lambda text: list(csv.reader([text], strict=True)), '"a"b', "列或引号不合 CSV 的写法"),
        (lambda text: json.loads(text * 100_000), "[", "嵌套过深"),
        (int, "abc", "不合这种文件的写法"),
    ],
    ids=["toml", "toml-end", "json", "encoding", "csv", "depth", "other"],
)
def test_syntax_reason__tells_the_spot_not_the_parsers_words(parse: object, text: str, reason: str) -> None:
    with pytest.raises((ValueError, csv.Error, RecursionError)) as wrong:
        parse(text)  # type: ignore[operator]  # a parser from a list of several
    assert syntax_reason(wrong.value) == reason


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("三", "“三”"),
        (True, "true"),
        (None, "空"),
        (3, "3"),
        (dt.date(2025, 1, 20), "2025-01-20"),
        (["三", 1], '["三", 1]'),
        ({"on": dt.date(2025, 1, 20)}, '{"on": "2025-01-20"}'),
    ],
)
def test_written__shows_a_value_as_its_file_does(value: object, shown: str) -> None:
    assert written(value) == shown
