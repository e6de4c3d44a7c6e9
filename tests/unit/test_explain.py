"""The pages on the codes: every code has one, and its examples are what they say."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from simulator.language.codes import CODES
from simulator.report.explain import FAMILIES, code_meant, explanation
from tests.examples import found, placed

PAGED = {path.name.removesuffix(".md") for path in files("simulator.report").joinpath("pages").iterdir()}
IN_FILES = sorted(code for code in CODES if code in PAGED and code != "BED101")  # that one is about no file's text


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code):
    assert code in PAGED, f"write simulator/report/pages/{code}.md, built like the pages beside it"
    assert code[:4] in FAMILIES, f"give {code[:4]}xx a heading in simulator/report/explain.py"
    assert explanation(code).why


def test_every_page_has_a_code():
    assert set(CODES) >= PAGED


@pytest.mark.parametrize("code", IN_FILES)
def test_the_wrong_example_earns_exactly_its_code(code, tmp_path):
    page = explanation(code)
    assert found(page, page.place, page.wrong, tmp_path) == {code}


@pytest.mark.parametrize("code", IN_FILES)
def test_the_right_example_is_right(code, tmp_path):
    page = explanation(code)
    assert found(page, page.right_place, page.right, tmp_path) == set()


def test_the_example_at_the_command_line_is_real(bedside):
    page = explanation("BED101")
    Path("scenarios").mkdir()
    Path("scenarios/visit.yaml").write_text(placed("choice", "say: Third time?\nnext: home\n"), encoding="utf-8")
    wrong, right = (one.removeprefix("$ bedside ").split() for one in (page.wrong, page.right))
    code, told, _ = bedside(*wrong)
    assert code == 1 and "BED101" in told
    assert bedside(*right)[0] == 0


@pytest.mark.parametrize("typed", ["BED402", "bed402", "402", " Bed402 ", "BED-402"])
def test_a_code_is_meant_however_it_is_typed(typed):
    assert code_meant(typed) == "BED402"


def test_explain_shows_a_page(bedside):
    code, told, narrated = bedside("explain", "bed402")
    assert (code, narrated) == (0, "")
    assert told.startswith(f"BED402 (error): {CODES['BED402'][1]}\n\n")
    assert "Wrong, in a choice:\n\n    say: " in told and "Right:\n\n    say: " in told
    assert max(map(len, told.splitlines())) <= 78


@pytest.mark.parametrize("code", CODES)
def test_a_page_reads_well_on_a_terminal(code):
    page = explanation(code)
    examples = (page.wrong + page.right).splitlines()
    assert max(map(len, examples)) <= 116, "an example is as an editor shows it"
    most = 18 if code.startswith("BED7") else 12  # a tell takes several decisions
    assert len(page.wrong.splitlines()) <= most and len(page.right.splitlines()) <= most
    assert 40 <= len(page.why) <= 320 and 20 <= len(page.causes) <= 400


def test_explain_without_a_code_lists_them_all(bedside):
    code, told, _ = bedside("explain")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines() if line.startswith("  ")] == list(CODES)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("4O2", ["BED402"]), ("BED40", ["BED401", "BED402"]), ("499", ["BED401", "BED402"]), ("xyz", []), ("", [])],
)
def test_an_unknown_code_is_answered_with_those_near_it(bedside, typed, near):
    code, told, narrated = bedside("explain", typed)
    assert (code, told) == (2, "")
    assert narrated.startswith(f"There is no code “{typed}”.")
    assert [line.split()[0] for line in narrated.splitlines() if line.startswith("  ")][:2] == near
