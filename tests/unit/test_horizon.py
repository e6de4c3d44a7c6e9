"""Reach and the doors that closed: what exploring tells of one playthrough, kept by the hash of the texts."""

from __future__ import annotations

import json

import pytest

from simulator.debrief.build import debrief
from simulator.explore.doors import Foresight
from simulator.explore.graph import explore
from simulator.report.text import page
from simulator.sessions.horizon import horizon
from simulator.sessions.store import Store
from tests import support

BODY = """
meters: {trust: 3}
facts:
  foot: Her foot.
  dance: {text: She wants to dance., goal: true}
promises: {call: Call.}
visits:
  v:
    title: V
    nodes:
      a:
        choices:
          ask: {say: How?, scores: {caring: 1}, because: B., tells: foot, makes: call, next: b}
          tell: {say: Well., scores: {caring: -1}, because: B., next: c}
      b:
        choices:
          call: {do: Call., keeps: call, next: c}
          rest: {do: Rest., next: c}
      c:
        choices:
          hope: {say: And then?, tells: dance, next: d}
          bye: {say: Bye., next: d}
      d: {leave: [{when: told('dance'), to: ball}, {to: done}]}
"""
HEAD = support.HEAD.replace("endings:\n", "endings:\n  ball: {title: A ball, text: She dances.}\n")
STARTED = {
    "session": "s", "seed": 1, "learner": "l", "mode": "practice",
    "scenario": {"id": "x", "sha256": "0"}, "rubrics": [{"id": "small", "sha256": "1"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def prog():
    return support.program(BODY, head=HEAD)


def told(prog, home, *ids: str, **options):
    play = support.play(prog, *ids)
    return debrief(play, STARTED, (), horizon=horizon(Store(home), STARTED, prog), **options)


def test_a_table_tells_what_the_graph_it_was_made_from_does(prog):
    graph = explore(prog)
    whole = Foresight.of(graph)
    kept = Foresight.from_table(prog, json.loads(json.dumps(whole.table(graph.states))))
    play = support.play(prog, "tell", "bye")
    assert kept.doors(play.decisions, play.state) == whole.doors(play.decisions, play.state)
    assert kept.ever() == whole.ever()
    assert [kept.from_here(one.before) for one in play.decisions] == [
        whole.from_here(one.before) for one in play.decisions
    ]


@pytest.mark.parametrize(("ids", "reach"), [(("ask", "call", "bye"), "1"), (("tell", "bye"), "0")])
def test_reach_lies_between_the_worst_and_the_best_playthrough(prog, tmp_path, ids, reach):
    """Only the first choice is worth anything: +2 or -2."""
    assert told(prog, tmp_path, *ids).reach == {"small": reach}


def test_on_a_first_play_the_nearest_door_is_told_and_not_what_lay_behind(prog, tmp_path):
    found = told(prog, tmp_path, "tell", "bye")
    assert [(one.what, one.text, one.decision, one.choice) for one in found.doors] == [("goal", "", 2, "Bye.")]
    text = page("ledger", found, 200)
    assert "A door that closed: what Ann wants to be able to do again was within reach until choice 2, “Bye.”" in text
    assert "dance" not in text


def test_with_the_key_one_door_of_each_kind_is_told_and_facts_stay_secret_until_they_are_released(prog, tmp_path):
    found = told(prog, tmp_path, "tell", "bye", attempt=2)
    assert [(one.what, one.text, one.decision) for one in found.doors] == [
        ("goal", "", 2), ("fact", "", 1), ("ending", "A ball", 2),
    ]  # fmt: skip
    released = told(prog, tmp_path, "tell", "bye", is_released=True)
    assert [one.text for one in released.doors] == ["She wants to dance.", "Her foot.", "A ball"]


def test_a_promise_that_was_passed_over_is_a_door(prog, tmp_path):
    found = told(prog, tmp_path, "ask", "rest", "hope", attempt=2)
    assert [(one.what, one.text, one.decision) for one in found.doors] == [
        ("promise", "Call.", 2),
        ("ending", "Done", 3),
    ]


def test_it_is_worked_out_once_for_the_same_texts(prog, tmp_path, monkeypatch):
    first = told(prog, tmp_path, "tell", "bye")
    monkeypatch.setattr("simulator.sessions.horizon._worked_out", lambda _: pytest.fail("worked out again"))
    assert told(prog, tmp_path, "tell", "bye") == first


SPOILT = [
    "", "{}", "[1]", '{"ranges": {}', '{"ranges": {}, "table": {}}', '{"ranges": null, "table": {"": 1}}',
    '{"ranges": {"small": ["x", "y"]}, "table": {"": 1}}', '{"ranges": {"small": ["1/0", "1"]}, "table": {"": 1}}',
    '{"ranges": {"small": ["0", "1"]}, "table": [1]}', '{"ranges": {"other": ["0", "1"]}, "table": {"": 1}}',
    '{"ranges": {"small": ["0", "1"]}, "table": {"": "x"}}',
]  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_cache_is_worked_out_again(prog, tmp_path, spoilt):
    first = told(prog, tmp_path, "tell", "bye")
    (path,) = (tmp_path / "cache").iterdir()
    path.write_text(spoilt, encoding="utf-8")
    assert told(prog, tmp_path, "tell", "bye") == first


def test_with_too_many_states_nothing_is_told(prog, tmp_path, monkeypatch):
    monkeypatch.setattr("simulator.sessions.horizon.MOST_STATES", 2)
    found = told(prog, tmp_path, "tell", "bye")
    assert (found.doors, found.reach) == ((), {})


def test_of_a_state_that_was_taken_out_of_the_table_nothing_is_told(prog, tmp_path):
    told(prog, tmp_path, "tell", "bye")
    (path,) = (tmp_path / "cache").iterdir()
    kept = json.loads(path.read_bytes())
    path.write_text(json.dumps({**kept, "table": {"": kept["table"][""]}}), encoding="utf-8")
    assert told(prog, tmp_path, "tell", "bye").doors == ()
