"""`bedside new`: a starter that passes every check and plays to each of its endings, put where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice
from simulator.encounter.transcript import transcript
from simulator.encounter.transition import Ended, Took
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import load
from simulator.library.starters import starter
from simulator.scenario.read import read_scenario
from tests.as_editors_read import underlined
from tests.support import choice


@pytest.fixture
def made(bedside):
    """The starter, as a program."""
    assert bedside("new", "my-visit")[0] == 0
    problems = Problems()
    loaded = load(Path("my-visit.yaml"), Shelf((Path(),)), problems)
    assert not problems and loaded and loaded[1]
    return loaded[1]


def playthroughs(play):
    """Every whole playthrough from here on."""
    if play.is_over:
        yield play
    for one in play.available:
        yield from playthroughs(play.choose(one))


def test_a_new_scenario_passes_the_strict_check(bedside, home):
    code, told, narrated = bedside("new", "my-visit")
    assert (code, told) == (0, "my-visit.yaml\n")
    assert "`bedside check my-visit.yaml`" in narrated and "`bedside play my-visit.yaml`" in narrated
    assert bedside("check", "--strict", "my-visit.yaml")[:2] == (0, "0 errors and 0 warnings in 1 file.\n")
    assert underlined(Path("my-visit.yaml").read_bytes()) == []


def test_a_new_rubric_passes_the_strict_check(bedside, home):
    code, told, _ = bedside("new", "parting", "--kind", "rubric")
    assert (code, told) == (0, "parting.yaml\n")
    assert bedside("check", "--strict", "parting.yaml")[:2] == (0, "0 errors and 0 warnings in 1 file.\n")
    assert underlined(Path("parting.yaml").read_bytes()) == []
    assert "rubrics: [parting]" in Path("parting.yaml").read_text(encoding="utf-8")


def test_it_goes_into_the_folder_of_its_kind_if_there_is_one(bedside, home):
    Path("scenarios").mkdir()
    Path("rubrics").mkdir()
    assert Path(bedside("new", "my-visit")[1].strip()) == Path("scenarios/my-visit.yaml")
    assert Path(bedside("new", "--kind", "rubric", "parting")[1].strip()) == Path("rubrics/parting.yaml")
    assert "bedside check scenarios/my-visit.yaml" in Path("scenarios/my-visit.yaml").read_text(encoding="utf-8")
    assert bedside("check", "--strict", "scenarios", "rubrics")[0] == 0
    assert "my-visit" in bedside("list")[1]


def test_nothing_is_written_over(bedside, home):
    Path("my-visit.yaml").write_text("mine", encoding="utf-8")
    code, told, narrated = bedside("new", "my-visit")
    assert (code, told) == (1, "")
    assert narrated == "my-visit.yaml is there already, and stays as it is. Choose another name.\n"
    assert Path("my-visit.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("My Visit", "my-visit"),
        ("my_visit", "my-visit"),
        ("my-visit.yaml", "my-visit"),
        ("../visit", "visit"),
        ("scenarios/visit", "visit"),
        ("3rd-visit", "n3rd-visit"),
        ("next", "next-1"),
        ("Frau Ünal", "frau-unal"),
        ("…", "an-id"),
        ("v" * 61, "v" * 60),
    ],
)
def test_a_name_that_cannot_be_an_id_is_refused_with_one_that_can(bedside, home, name, better):
    code, told, narrated = bedside("new", name)
    assert (code, told) == (2, "")
    assert f"Try `bedside new {better}`." in narrated
    assert list(Path().iterdir()) == []
    assert bedside("new", better)[0] == 0


def test_what_cannot_be_written_is_told(bedside, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert bedside("new", "my-visit") == (1, "", "my-visit.yaml cannot be written: Permission denied.\n")


def test_every_ending_choice_and_case_of_the_starter_is_met(made):
    whole = list(playthroughs(Playthrough.start(made)))
    events = [event for play in whole for event in play.events]
    assert {event.ending.id for event in events if isinstance(event, Ended)} == {one.id for one in made.endings}
    assert {event.choice.id for event in events if isinstance(event, Took)} == {one.id for one in made.choices}
    assert 20 <= len(whole) <= 100


def test_the_starter_shows_what_the_format_can_do(made):
    scenario = made.scenario
    nodes = [node for visit in scenario.visits.values() for node in visit.nodes.values()]
    choices = [one for node in nodes for one in (node.choices or {}).values()]
    assert len(scenario.visits) == 2 and len(scenario.endings) >= 3
    assert scenario.meters and scenario.facts and scenario.promises and scenario.chart
    assert any(node.cue for node in nodes) and any(len(node.leave or ()) > 1 for node in nodes)
    assert any(len(one.scores) > 1 for one in choices) and any(one.makes for one in choices)
    assert all(one.tempts or one.scores or one.makes for one in choices), "no choice is there to be wrong"


def test_a_kept_promise_is_heard_in_the_last_visit(made):
    took = ["mostly", "hour", "monday", "call"]
    play = Playthrough.of(made, [choice(made, one) for one in took])
    told = " ".join(turn.text for turn in transcript(play.events, Voice(made, 1)))
    assert "I took Thursday's at ten past three, and I sang." in told
    assert isinstance(play.events[-1], Ended) and play.events[-1].ending.id == "in-step"


def test_the_notes_name_the_file(home):
    text = starter("scenario", "my-visit", "scenarios/my-visit.yaml")
    assert "FILE" not in text and "bedside play scenarios/my-visit.yaml" in text
    assert "NAME" not in starter("rubric", "parting", "parting.yaml")
    problems = Problems()
    assert read_scenario(text.encode(), "my-visit.yaml", problems) and not problems
