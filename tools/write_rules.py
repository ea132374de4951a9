"""Do docs/reference/rules.md and screening.md say what the cards of the rules and of the scan say?

Writes the pages; with ``--check`` only compares and exits 1 when it is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.checking.manual import rules_page
from gongkai.screening.page import kinds_page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
PAGES = {"rules.md": rules_page, "screening.md": kinds_page}


def main() -> int:
    """Write or compare the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    if parser.parse_args().check:
        stale = [name for name, page in PAGES.items() if not _is_current(FOLDER / name, page())]
        for name in stale:
            print(f"{name} is stale: run python tools/write_rules.py")
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    return 0


def _is_current(path: Path, wanted: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == wanted


if __name__ == "__main__":
    sys.exit(main())
