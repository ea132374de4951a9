"""Does ``gongkai serve`` say in Chinese what keeps it from starting?"""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai_web.config.database import databases
from gongkai_web.config.secret import secret_key


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "99999"], "不在 1 到 65535 之间"),
        (["--address", "abc"], "写得不对"),
        (["--host", "0.0.0.0"], "请用 --name"),
        (["--host", "no.such.host.invalid"], "不存在"),
    ],
)
def test_wrong_option__is_refused_with_the_next_step(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_HOSTS", "")

    assert main(["serve", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_port_in_use__is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_HOSTS", "")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert main(["serve", "--port", str(other.getsockname()[1])]) == 2

    assert "已被别的程序占用" in capsys.readouterr().err


def test_key__is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "data")

    assert secret_key(tmp_path / "data") == key
    assert len(key) > 60
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0


def test_database__is_sqlite_in_the_folder_or_the_postgresql_named(tmp_path: Path) -> None:
    own = databases("", tmp_path)["default"]
    other = databases("postgres://u:p%40@db:5433/gongkai", tmp_path)["default"]

    assert own["NAME"].startswith(str(tmp_path))
    assert own["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (other["NAME"], other["USER"], other["PASSWORD"], other["HOST"], other["PORT"]) == ("gongkai", "u", "p@", "db", "5433")
    with pytest.raises(ValueError, match="只支持 postgres"):
        databases("mysql://x", tmp_path)
