"""Write the pages of the documentation that are made from the code: `python docs/generate.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulator.report.explain import diagnostics_page
from simulator.report.reference import reference_page

PAGES = {"diagnostics.md": diagnostics_page, "reference.md": reference_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")
