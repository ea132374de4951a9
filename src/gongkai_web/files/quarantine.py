"""How do files leave the quarantine when a virus scanner is configured?"""

from __future__ import annotations

import datetime as dt
import logging

from gongkai_web.files import clamd, storage
from gongkai_web.files.actions.uploads import scanned
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.trail.actors import INSTALLATION

log = logging.getLogger("gongkai.files")


def look_through(now: dt.datetime) -> None:
    """Hand every file in quarantine to the scanner, oldest first. A scanner that does not answer is asked again next time.

    Where none is configured any more, what waits is let out as never looked at.
    """
    for row in StoredFile.objects.filter(state=FileState.QUARANTINE).order_by("id"):
        if not clamd.is_configured():
            scanned(INSTALLATION, row.pk, found="")
            continue
        try:
            verdict = clamd.look(storage.read(row.digest))
        except clamd.ScannerSilent as silence:
            log.warning("the virus scanner does not answer: %s", silence)
            raise
        scanned(INSTALLATION, row.pk, found=verdict.found)
