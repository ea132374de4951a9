"""Where did a word go that was typed, sent or uploaded: into which columns, files, logs, addresses and headers?

The word is three: a name, a telephone number and an ID number whose check digit is right. All are invented.
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from docx import Document
from openpyxl import Workbook

from tests.web.writes import WRITE

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _id_number(front: str) -> str:
    return front + "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, front, strict=True)) % 11]


NAME = "禚鹔鹴"
PHONE = "13907316428"
ID_NUMBER = _id_number("43010219870614238")
WORDS = (NAME, PHONE, ID_NUMBER)
CANARY = f"{NAME}{PHONE}身份证{ID_NUMBER}"


def _spellings() -> tuple[bytes, ...]:
    out = [spelled for word in WORDS for spelled in (word.encode(), word.encode("utf-16-le"))]
    out += [NAME.encode("gb18030"), json.dumps(NAME).strip('"').encode(), quote(NAME).encode(), quote(NAME).lower().encode()]
    out += ["".join(f"&#{ord(c)};" for c in NAME).encode()]
    return tuple(dict.fromkeys(out))


SPELLINGS = _spellings()


def is_in(data: bytes) -> bool:
    """Whether any of the words stands in some bytes, packed members included."""
    if any(spelled in data for spelled in SPELLINGS):
        return True
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return any(is_in(archive.read(name)) for name in archive.namelist())
        except zipfile.BadZipFile:
            return False
    return False


# ---- files that carry it ------------------------------------------------------------------------------------------------------


def docx() -> SimpleUploadedFile:
    document = Document()
    document.add_paragraph(f"关于{CANARY}的通知")
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile(f"{CANARY}.docx", out.getvalue())


def xlsx() -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(["标题", CANARY])  # type: ignore[union-attr]  # a new workbook has a sheet
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(f"{CANARY}.xlsx", out.getvalue())


def text() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{CANARY}.txt", f"关于{CANARY}的通知。".encode())


def damaged() -> SimpleUploadedFile:
    """What ends in a refusal: whose words may say a name, but nothing may keep it."""
    return SimpleUploadedFile(f"{CANARY}.docx", b"PK\x03\x04" + CANARY.encode())


FILES = (docx, xlsx, text, damaged)


# ---- where it went ------------------------------------------------------------------------------------------------------------


@contextmanager
def writing() -> Iterator[list[str]]:
    """The tables that are written meanwhile."""
    tables: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITE.match(sql):
            tables.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


@cache
def _questions(database: str) -> tuple[str, ...]:
    """The questions in which columns of a database the words stand; its tables are looked at once, which takes long."""
    questions = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            for column in connection.introspection.get_table_description(cursor, table):
                as_text = f'CAST("{column.name}" AS text)'
                found = " OR ".join(
                    f"{as_text} LIKE '%{spelled}%'" for spelled in (*WORDS, json.dumps(NAME).strip('"').replace("\\", "_"))
                )
                questions.append(f"SELECT '{table}.{column.name}' WHERE EXISTS (SELECT 1 FROM \"{table}\" WHERE {found})")
    return tuple(" UNION ALL ".join(questions[start : start + 200]) for start in range(0, len(questions), 200))


def columns_with_it() -> set[str]:
    """The columns, as "table.column", in which the words stand now; sessions opened."""
    out: set[str] = set()
    with connection.cursor() as cursor:
        for question in _questions(str(connection.settings_dict["NAME"])):
            cursor.execute(question)
            out |= {row[0] for row in cursor.fetchall()}
    if any(is_in(json.dumps(session.get_decoded(), ensure_ascii=False).encode()) for session in Session.objects.all()):
        out.add("django_session.session_data")
    return out


def files_with_it(folders: Iterable[Path]) -> set[str]:
    """The files below some folders in whose bytes or names the words stand, by the folder's name and the first part below it."""
    return {
        "/".join((folder.name, *path.relative_to(folder).parts[:1]))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and (is_in(path.name.encode()) or is_in(path.read_bytes()))
    }


def headers_with_it(response: Any) -> set[str]:
    """The headers and cookies of an answer that say the words, in any spelling."""
    said = [*response.items(), *(("Set-Cookie", cookie.output()) for cookie in response.cookies.values())]
    return {name for name, value in said if is_in(str(value).encode("utf-8", "surrogateescape"))}


@dataclass
class Log(logging.Handler):
    """Everything the program logs, as it would stand in the server's log."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def __hash__(self) -> int:
        return id(self)


@contextmanager
def logged() -> Iterator[list[str]]:
    """What the program logs meanwhile, with the levels it has."""
    log = Log()
    names = (
        "",
        *(name for name, logger in logging.root.manager.loggerDict.items() if getattr(logger, "propagate", True) is False),
    )
    for name in names:
        logging.getLogger(name).addHandler(log)
    try:
        yield log.lines
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(log)
