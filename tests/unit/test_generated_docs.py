"""The pages made from the code are those that the code makes, and hold all that there is."""

from __future__ import annotations

import re

import pytest

from docs.generate import PAGES
from simulator.rubric.shapes import Rubric
from simulator.scenario.shapes import Scenario
from tests.support import ROOT


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "run `python docs/generate.py`"


def test_the_reference_holds_every_key_and_leads_to_every_shape():
    page = PAGES["reference.md"]()
    keys = {**Scenario.keys(), **Rubric.keys()}
    assert all(f"\n| `{key}` |" in page for key in keys)
    headings = {line[4:].lower().replace(" ", "-") for line in page.splitlines() if line.startswith("### ")}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings
    assert len(headings) >= 24


def test_the_reference_says_what_may_be_written():
    page = PAGES["reference.md"]()
    for row in (
        "| `minutes` |  | whole number from 0 to 999 | `1` |",
        "| `tags` |  | id, or list of ids |  |",
        "| `facts` |  | by id: text, or [fact](#fact) |  |",
        "| `level` | yes | `introductory`, `intermediate` or `advanced` |  |",
        "| `next` | yes | reference, or [go case](#go-case), or list of references or [go cases](#go-case) |  |",
        "| *any other* | | whole number from -2 to 2 | |",
    ):
        assert f"\n{row}" in page
