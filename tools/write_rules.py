"""Does docs/reference/rules.md say what the rules' cards say?

Writes the page; with ``--check`` only compares and exits 1 when it is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.checking.manual import rules_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "rules.md"


def main() -> int:
    """Write or compare the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    wanted = rules_page()
    if parser.parse_args().check:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != wanted
        if stale:
            print(f"{PAGE.name} is stale: run python tools/write_rules.py")
        return int(stale)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
