"""How is an old office file read where the host has LibreOffice, and what is said where it has not?"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from gongkai.errors import Unreadable
from gongkai.reading.limits import check_size

_TARGETS = {
    "doc": ("doc", "docx"),
    "rtf": ("rtf", "docx"),
    "odt": ("odt", "docx"),
    "wordml": ("xml", "docx"),
    "xls": ("xls", "xlsx"),
    "xlsb": ("xlsb", "xlsx"),
    "ods": ("ods", "xlsx"),
    "spreadsheetml": ("xml", "xlsx"),
}
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_SECONDS = 90
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Modern(NamedTuple):
    """A converted file: "docx" or "xlsx", and its bytes."""

    kind: str
    data: bytes


def office() -> str | None:
    """The path of LibreOffice on this host, None when it has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, kind: str, name: str) -> Modern:
    """An old office file as .docx or .xlsx. ``kind`` is one that :func:`gongkai.reading.formats.detect` gives.

    LibreOffice gets a folder and a profile of its own that are removed afterwards, runs no macros, follows no links,
    and is stopped after a minute and a half.
    """
    suffix, target = _TARGETS[kind]
    program = office()
    if program is None:
        raise Unreadable(
            f"“{name}”是旧格式（.{suffix}），本机没有可用来转换的 LibreOffice；请用 WPS 或 Office 打开，另存为 .{target} 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-convert-") as folder:
        root = Path(folder)
        source = root / f"source.{suffix}"
        source.write_bytes(data)
        (root / "profile" / "user").mkdir(parents=True)
        (root / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(program, root, source, target, name)
        result = root / "out" / f"source.{target}"
        if not result.is_file() or result.stat().st_size == 0:
            raise Unreadable(
                f"“{name}”无法由 LibreOffice 转换，文件可能已损坏或设有密码；请用 WPS 或 Office 打开，另存为 .{target} 后再试。"
            )
        out = result.read_bytes()
    check_size(out)
    return Modern(target, out)


def _run(program: str, root: Path, source: Path, target: str, name: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={(root / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        _FILTERS[target],
        "--outdir",
        str(root / "out"),
        str(source),
    ]
    surroundings = {**os.environ, "HOME": str(root), "TMPDIR": str(root)}
    with subprocess.Popen(  # noqa: S603 - no shell; the only varying argument is a path we made
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise Unreadable(
                f"“{name}”转换超过 {_SECONDS} 秒没有完成，已停止；请用 WPS 或 Office 打开，另存为 .{target} 后再试。"
            ) from None
        finally:
            # soffice is a script: the program it started must go too, or the folder cannot be removed.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
