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

CORPUS = hostile.CORPUS
EXPECTED: dict[str, list[str]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
QUICK = [name for name, (_, found) in hostile.HOSTILE.items() if found.endswith(", 1")]


def check(path: Path) -> Problems:
    return check_file(path, Shelf((CORPUS,)))


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
    assert set(CODES) - shown - generated == {"BED101"}  # a file that cannot be opened is no file of a folder


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


SAID = {
    "comma-in-braces.yaml": """\
        The comma before “and waited” ends the text, and the rest is lost.
        Put quotes around the whole text: noticed: "You sat, and waited".""",
    "colon-in-prose.yaml": """\
        A colon inside a text makes YAML take the words before it for a key.
        Put quotes around the whole text, or write it as a block: a | after the key, the text on the next line.""",
    "apostrophe-in-single-quotes.yaml": """\
        The quotation mark closes before the text ends.
        Write the text as a block (a | after the key, the text on the next line): no quotes are needed there.""",
    "no-break-space-in-indent.yaml": """\
        This line is indented with blanks of another kind (U+00A0 NO-BREAK SPACE).
        Use plain blanks: two for each level. Most editors can do that for you (“insert spaces”).""",
    "open-brace.yaml": """\
        The bracket { that opens here is not closed as it should be.
        Close it with }, and put quotes around prose inside it (commas, colons and brackets end it).""",
    "starts-with-star.yaml": """\
        “*sits” refers to another place in the file.
        Write the text out. If it should begin with *, put quotes around it.""",
    "unknown-key.yaml": """\
        “sumary” is not a key that can stand here.
        Did you mean “summary”?""",
    "unsigned-change.yaml": """\
        A meter is changed by +1 or -2, say, a flag is set to true or false, and this is “1”.
        Write +1 to add, or -1 to take away.""",
    "when-out-of-range.yaml": """\
        This is always false.
        trust goes from 0 to 10.""",
    "when-hyphen-in-name.yaml": """\
        Nothing here is called “named-the-fear”.
        In expressions a hyphen is written as _: named_the_fear.""",
    "when-minutes-left-without-clock.yaml": """\
        Nothing here is called “minutes_left”.
        There is no clock here: give the visit `minutes:`.""",
    "reference-unknown-node.yaml": """\
        There is no node “by” in this visit.
        Did you mean “bye”?""",
    "template-nowhere.yaml": """\
        Nothing is filled in here: this text is shown as it stands.
        Write the words themselves. Templates stand in lines, replies, choices, scenes, the chart, endings and what \
the patient says.""",
    "template-loop.yaml": """\
        “{% for” is not used here.
        Templates may use {{ … }}, {% if %}, {% elif %}, {% else %} and {% endif %}.""",
    "all-choices-conditional.yaml": """\
        Here all the choices could be unavailable at once.
        Add `otherwise:` with the node to go to then, or a choice without a condition.""",
    "loop-after-out-of-time.yaml": """\
        Play could go round here for ever.
        The loop: monday/knock.
        Let it pass a choice without `again`, or one that costs minutes on the clock.""",
    "control-escape.yaml": """\
        The character U+001B ESCAPE may not stand in a text.
        It is invisible, and could change what a reader or a terminal shows.
        Take the part that begins with \\ away.""",
    "rubric-rule-with-meter.yaml": """\
        Nothing here is called “trust”.
        A rubric's rules ask count('tag'); those of a scenario may ask more.""",
    "version-two.yaml": """\
        This file is of version 2 of the format, and this Bedside reads version 1.
        Look for a newer Bedside; or, if the number is a slip, write 1.""",
}


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
