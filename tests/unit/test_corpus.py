"""The files of tests/corpus through the path of `bedside check`: codes, places, and what is said of a few."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from simulator.cli.commands import check_file
from simulator.language.codes import CODES
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.report.problems import problem_text
from simulator.rubric.read import read_rubric
from simulator.scenario.read import read_scenario
from tests.corpus import hostile
from tests.corpus.said import SAID
from tests.support import DAY

CORPUS = hostile.CORPUS
EXPECTED: dict[str, list[str]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
QUICK = [name for name, (_, found) in hostile.HOSTILE.items() if found.endswith(", 1")]


def check(path: Path) -> Problems:
    return check_file(path, Shelf((CORPUS,)), DAY)


def told(path: Path) -> list[str]:
    found = []
    for one in sorted(check(path), key=lambda one: one.sort_key()):
        where = f" {one.place.line}:{one.place.column}" if one.place else ""
        other = Path(one.where).relative_to(CORPUS)
        found.append(f"{one.code}{where}" + ("" if other.name == path.name else f" in {other}"))
    return found


def message(file: str, code: str = "") -> str:
    """What is said of the first problem (of a code) in a file, without place and excerpt."""
    problems = sorted(check(CORPUS / file), key=lambda one: one.sort_key())
    one = next(one for one in problems if one.code.startswith(code))
    return "\n".join(part for part in (one.message, one.note, one.help) if part)


def test_table_and_folder_hold_the_same_files():
    files = {path.name for path in CORPUS.glob("*.yaml")} - {"expected.yaml"}
    assert files == set(EXPECTED)


def test_every_code_has_a_file():
    shown = {entry.split()[0] for entries in EXPECTED.values() for entry in entries}
    generated = {found.split(",")[0].split()[0] for _, found in hostile.HOSTILE.values()}
    of_scenarios = {code for code in CODES if not code.startswith(("BED22", "BED9"))}  # codings and settings
    assert of_scenarios - shown - generated == {"BED101"}  # a file that cannot be opened is no file of a folder


@pytest.mark.parametrize("file", EXPECTED)
def test_file_has_exactly_these_problems(file):
    assert told(CORPUS / file) == EXPECTED[file]


@pytest.mark.parametrize(
    "path", [*CORPUS.glob("rubrics/[!u]*.yaml"), *CORPUS.glob("sound/*.yaml")], ids=lambda p: p.stem
)
def test_pattern_is_sound(path):
    assert not check(path)


@pytest.mark.parametrize("file", EXPECTED)
def test_places_lie_in_the_file_and_can_be_shown(file):
    for one in check(CORPUS / file):
        if one.place:
            line = one.place.source.line(one.place.line)
            assert 1 <= one.place.line <= len(one.place.source.lines)
            assert 1 <= one.place.column <= len(line) + 1
            assert (one.place.end_line, one.place.end_column) > (one.place.line, 0)
        assert problem_text(one).isprintable() or "\n" in problem_text(one)
        assert not any(c in problem_text(one) for c in "\x1b\x07\u202e\r")


def test_a_rubric_where_a_scenario_is_expected_and_the_reverse():
    problems = Problems()
    assert read_scenario((CORPUS / "rubrics/small.yaml").read_bytes(), "x.yaml", problems) is None
    assert read_rubric((CORPUS / "sound/small-scenario.yaml").read_bytes(), "y.yaml", problems) is None
    assert [one.help for one in problems] == [
        "This is a rubric; it belongs among the rubrics.",
        "This is a scenario; it belongs among the scenarios.",
    ]


@pytest.mark.parametrize("file", SAID)
def test_what_is_said(file):
    assert message(file) == "\n".join(line.removeprefix(" " * 8) for line in SAID[file].split("\n"))


def test_every_problem_says_how_to_mend_it():
    silent = {
        f"{file}: {one.message}" for file in EXPECTED for one in check(CORPUS / file) if not one.help and not one.note
    }
    assert not silent


@pytest.mark.parametrize("name", QUICK)
def test_hostile_file_is_refused(name, tmp_path):
    assert hostile.found(hostile.write(name, tmp_path)) == hostile.HOSTILE[name][1]


@pytest.mark.slow
def test_hostile_files_cost_little():
    script = [sys.executable, "-m", "tests.corpus.hostile"]
    root = CORPUS.parent.parent
    output = subprocess.run(script, cwd=root, capture_output=True, text=True, check=True, timeout=600).stdout
    slowness, *rows = map(json.loads, output.splitlines())
    measured = {row["name"]: row for row in rows}
    seconds = hostile.CPU_SECONDS * slowness["slowness"]
    assert {name: row["found"] for name, row in measured.items()} == {
        name: found for name, (_, found) in hostile.HOSTILE.items()
    }
    over = {n: row for n, row in measured.items() if row["cpu"] > seconds or row["mb"] > hostile.MEGABYTES}
    assert not over
