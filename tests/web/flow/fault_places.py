"""Where does an office lie while its acts are broken off, and how is it put back, judged, and its disk made full, on either database?"""

from __future__ import annotations

import hashlib
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Protocol

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

FULL = ("full disk", "disk that fills up")


class Office(Protocol):
    """The tables and files of an office in ``data``, and copies of both under names."""

    def copy(self, name: str) -> None:
        """Keep what stands now under a name, in place of what was kept under it."""

    def put_back(self, name: str) -> None:
        """Make everything as it was kept under a name."""

    def everything(self) -> str:
        """A digest of all rows of all tables."""

    def damage(self) -> Iterator[str]:
        """What is wrong with the database itself."""

    def fill_up(self, how: str) -> None:
        """Let the disk be full for this process and what it asks of the database; see FULL."""

    def make_room(self) -> None:
        """Let the disk have room again."""


class OnSQLite:
    """The tables are a file in the data folder. A file of this process can grow to a few bytes only."""

    LARGEST: ClassVar = {"full disk": 1, "disk that fills up": 60_000}

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def copy(self, name: str) -> None:
        connections.close_all()
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.data, self.folder / name)

    def put_back(self, name: str) -> None:
        connections.close_all()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.folder / name, self.data)

    def everything(self) -> str:
        digest = hashlib.sha256()
        database = sqlite3.connect(self.data / "gongkai.sqlite3")
        for line in database.iterdump():
            digest.update(line.encode())
        database.close()
        return digest.hexdigest()

    def damage(self) -> Iterator[str]:
        database = sqlite3.connect(self.data / "gongkai.sqlite3")
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "the database is damaged"
        if database.execute("PRAGMA foreign_key_check").fetchall():
            yield "a row names another that is not there"
        database.close()

    def fill_up(self, how: str) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.LARGEST[how], resource.RLIM_INFINITY))

    def make_room(self) -> None:
        """The bound was the other process's own."""


class OnPostgreSQL(OnSQLite):
    """The tables are a database of a server; copies are databases made from it. Files lie in the data folder as before.

    The server's disk is not ours to fill: its log is written there too, and a server that cannot write it stops. So the server answers
    as it does on a full disk – DiskFull, 53100 – after so many rows were written.
    """

    ROWS: ClassVar = {"full disk": 0, "disk that fills up": 3}

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        of = settings.DATABASES["default"]
        self.name = str(of["NAME"])
        self.server = {
            "host": of["HOST"],
            "port": of["PORT"],
            "user": of["USER"],
            "password": of["PASSWORD"],
            "dbname": "postgres",
        }

    def copy(self, name: str) -> None:
        super().copy(name)
        self._replace(f"{self.name}_{name}", self.name)

    def put_back(self, name: str) -> None:
        super().put_back(name)
        self._replace(self.name, f"{self.name}_{name}")

    def _replace(self, target: str, source: str) -> None:
        with psycopg.connect(autocommit=True, **self.server) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))

    def everything(self) -> str:
        tables = sorted(connection.introspection.table_names())
        rows = " UNION ALL ".join(
            f"SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM \"{table}\" r" for table in tables
        )
        with connection.cursor() as cursor:
            cursor.execute(rows)
            return " ".join(row[0] for row in cursor.fetchall())

    def damage(self) -> Iterator[str]:
        """The server itself holds its files and what rows name each other."""
        yield from ()

    def fill_up(self, how: str) -> None:
        super().fill_up(how)
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE rows_written")
            cursor.execute(
                "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF nextval('rows_written') > {self.ROWS[how]} THEN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END IF; "
                "RETURN coalesce(NEW, OLD); END $$"
            )
            for table in connection.introspection.table_names():
                cursor.execute(
                    f'CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION disk_full()'
                )

    def make_room(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION IF EXISTS disk_full CASCADE")
            cursor.execute("DROP SEQUENCE IF EXISTS rows_written")


def here(folder: Path) -> Office:
    """The office of the settings."""
    return OnPostgreSQL(folder) if connection.vendor == "postgresql" else OnSQLite(folder)
