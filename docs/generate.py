"""Write the pages of the documentation that are made from the code: `python docs/generate.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulator.language.diagnostics import Problems
from simulator.library.find import shipped
from simulator.report.explain import diagnostics_page
from simulator.report.reference import reference_page
from simulator.report.rubric import rubric_markdown
from simulator.rubric.read import read_rubric

CRITERIA = """\
# All criteria

This page is made from the rubrics that come with Bedside. [What they can and cannot say](rubrics.md).

"""
RUBRICS = ("healing-relationships", "healing-skills", "healing-in-primary-care")


def criteria_page() -> str:
    """Every criterion of the shipped rubrics."""
    parts = []
    for id_ in RUBRICS:
        path = shipped("rubrics") / f"{id_}.yaml"
        rubric = read_rubric(path.read_bytes(), str(path), problems := Problems())
        assert rubric is not None and not problems, path
        parts.append(rubric_markdown(id_, rubric))
    return CRITERIA + "\n\n".join(parts) + "\n"


PAGES = {"diagnostics.md": diagnostics_page, "reference.md": reference_page, "criteria.md": criteria_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")
