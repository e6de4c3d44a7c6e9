"""`bedside map`, as an author types it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support import RUBRIC
from tests.unit.test_cli import BEGIN, SMALL


@pytest.fixture
def small(home):
    for folder, name, text in (("scenarios", "small-encounter", SMALL), ("rubrics", "small", RUBRIC)):
        Path(folder).mkdir(exist_ok=True)
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    return Path("scenarios/small-encounter.yaml")


def test_every_format_is_on_stdout(bedside, small):
    for format_, start in (
        ("text", "A small encounter: 1 visit"),
        ("mermaid", "flowchart TD"),
        ("dot", "digraph"),
        ("svg", "<svg"),
    ):
        code, out, err = bedside("map", str(small), "--format", format_)
        assert (code, err) == (0, "")
        assert out.startswith(start)
    ElementTree.fromstring(out)
    assert bedside("map", "small-encounter")[1] == bedside("map", "small-encounter", "--format", "text")[1]


def test_sessions_are_counted_and_those_of_another_version_apart(bedside, small, home):
    bedside("play", "small-encounter", typed=BEGIN + "2\n")
    small.write_text(SMALL.replace("She leaves.", "She goes."), encoding="utf-8")
    for typed in ("1\n", "1\n2\n", ""):
        bedside("play", "small-encounter", typed=BEGIN + typed)
    bedside("play", "third-appointment", typed=BEGIN + "1\n")
    (home / "sessions" / "broken.jsonl").write_text("{", encoding="utf-8")
    code, out, err = bedside("map", "small-encounter", "--sessions", str(home))
    assert code == 0
    note = "3 sessions counted. 1 session of another version left out. 1 log could not be read."
    assert note in out
    assert note in err
    assert "do: Sit down. Goes to “B”, 2 times." in out
    assert "wait: Stand there. Goes to “B”, 0 times." in out
    assert "Bye [1]: She goes." in out
    assert note in bedside("map", "small-encounter", "--sessions", str(home), "--format", "svg")[1]
    assert "1×" in bedside("map", "small-encounter", "--sessions", str(home), "--format", "mermaid")[1].replace(
        "#215;", "×"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("map", "nothing"), 2, "There is no encounter"),
        (("map", "small-encounter", "--sessions", "nowhere"), 2, "it holds no folder `sessions`"),
        (("map", "small-encounter", "--format", "png"), 2, "png"),
    ],
)
def test_wrong_usage_is_told(bedside, small, arguments, code, words):
    found = bedside(*arguments)
    assert (found[0], words in found[2]) == (code, True)


def test_a_scenario_with_mistakes_is_not_mapped(bedside, small):
    small.write_text(SMALL.replace("next: b}", "next: c}"), encoding="utf-8")
    code, out, err = bedside("map", "small-encounter")
    assert (code, out) == (1, "")
    assert "BED401" in err


def test_a_picture_of_too_much_is_refused(bedside, small, monkeypatch):
    monkeypatch.setattr("simulator.cli.map.MOST_DRAWN", 2)
    code, _, err = bedside("map", "small-encounter", "--format", "svg")
    assert (code, "too many for a picture" in err) == (1, True)
