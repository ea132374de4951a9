"""How do the same contents always make the same bytes, in files that are zip packages?

Office packages carry the moment they were written, twice: in the zip entries and in the core properties. The core asks no
clock, so both are taken out; equal reports then give equal files.
"""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>|<cp:(lastModifiedBy|lastPrinted)[^>]*>[^<]*</cp:\2>")
_PEOPLE = re.compile(rb"<dc:creator>[^<]*</dc:creator>")


def stable(data: bytes) -> bytes:
    """The same package without moments and without a person's name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _PEOPLE.sub(b"", _MOMENTS.sub(b"", content))
            again = zipfile.ZipInfo(entry.filename, _EPOCH)
            again.compress_type = zipfile.ZIP_DEFLATED
            again.external_attr = 0o600 << 16
            new.writestr(again, content)
    return made.getvalue()
