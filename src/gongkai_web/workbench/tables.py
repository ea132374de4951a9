"""How does a list leave as a table for WPS or Excel?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import quote

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A CSV file with the mark that makes WPS read it as UTF-8; nothing in it is taken for a formula."""
    response = StreamingHttpResponse(_written(head, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def _written(head: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for line in chain((head,), lines):
        out = io.StringIO()
        csv.writer(out).writerow([_plain(v) for v in line])
        yield out.getvalue().encode()


def _plain(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
