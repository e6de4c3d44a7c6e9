"""Write the pages of the documentation that are made from the code: `python docs/generate.py`."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from simulator.report.explain import diagnostics_page  # noqa: E402 - beside this checkout, installed or not

PAGES = {"diagnostics.md": diagnostics_page}

if __name__ == "__main__":
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")
        print(f"docs/{name}")
