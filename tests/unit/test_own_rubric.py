"""An educator's own rubric works with no code: a file beside the scenario, with its own domains, rules and bands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

RUBRIC = """\
bedside-rubric: 1
title: Night float
limits: Written by one teacher on one ward, for this page of tests. It rests on no study.
domains:
  phone:
    title: On the phone
    weight: 3
    criteria:
      answers: {title: Answers, means: You answer., looks-like: Says the name., not: Sighs., try: Say your name.}
      names-it:
        title: Names the worry
        part-of: answers
        means: You name it.
        looks-like: Asks what worries the nurse.
        not: Asks for the numbers only.
        draws-on: [{criterion: healing-relationships/mindfulness, because: Hearing worry in a voice is awareness.}]
        try: Ask the nurse what worries her.
  bed:
    title: At the bed
    criteria:
      comes: {title: Comes, means: You come., looks-like: Comes., not: Orders from afar., try: Go and look.}
rules:
  - {on: promise-kept, scores: {comes: 2}, because: You said you would look again.}
  - {on: promise-broken, scores: {comes: -2, harm: true}, because: The nurse waited.}
  - {when: count('order') >= 2, scores: {comes: -1}, because: Two orders and no look.}
bands:
  - {from: 80, title: Steady, text: "You were there.", unless: [harm, unsafe]}
  - {from: 40, title: On the way, text: "You were there in part."}
  - {from: 0, title: Once more, text: "Look at one call again."}
"""
CALL = """\
      call-{n}:
        choices:
          good: {{say: "What worries you?", scores: {{names-it: 1}}, because: "It was asked.", next: bed-{n}}}
          poor: {{say: "Vitals?", tags: order, scores: {{names-it: -1}}, tempts: Q., because: Q., next: bed-{n}}}
      bed-{n}:
        choices:
          look: {{do: "Go and look.", scores: {{comes: 1}}, because: "Eyes see more.", next: {next}}}
          order: {{do: "Order a test.", tags: order, scores: {{comes: -1}}, tempts: Q., because: Q., next: {next}}}
"""
SCENARIO = (
    """\
bedside: 1
title: Night float
summary: Four calls from the ward.
level: introductory
minutes: 5
learner-role: The resident on nights.
objectives: [{text: Hear the worry, criteria: [names-it]}]
rubrics: [night-float]
cast: {mo: {name: Mo, role: patient}}
promises: {look-in: Look in again at four.}
visits:
  night:
    title: Two in the morning
    nodes:
"""
    + "".join(CALL.format(n=n, next=f"call-{n + 1}" if n < 4 else "promise") for n in range(1, 5))
    + """\
      promise:
        choices:
          say-so: {say: "I'll look in at four.", makes: look-in, next: four}
          rest: {do: "Lie down.", next: four}
      four:
        choices:
          keep: {when: promised('look-in'), keeps: look-in, do: "Go and look.", next: done}
          sleep: {do: "Sleep on.", next: done}
      done: {ending: morning}
endings:
  morning: {title: Morning, text: The light comes.}
patient-says: {noticed: You came., kept-back: Nothing., will-do: Sleep.}
"""
)


@pytest.fixture
def own(bedside):
    """A folder of an educator's, apart from Bedside's: the scenario with its rubric beside it."""
    Path("mine").mkdir()
    Path("mine/night-float.yaml").write_text(RUBRIC, encoding="utf-8")
    Path("mine/calls.yaml").write_text(SCENARIO, encoding="utf-8")
    return bedside


def played(own, *ids: str) -> dict:
    """The debrief as JSON, after choices named by the ends of their ids."""
    from simulator.cli.place import home
    from simulator.language.diagnostics import Problems
    from simulator.library.find import Shelf
    from simulator.library.load import load
    from simulator.sessions.session import Session
    from simulator.sessions.store import Store

    texts, program = load(Path("mine/calls.yaml"), Shelf.of(home()), Problems())
    session = Session.start(Store(home()), texts, program, learner="kim", mode="practice", seed=1)
    for name in ids:
        session.choose(next(one for one in session.shown if one.id.endswith(f"/{name}")))
    session.end()
    code, out, err = own("show", "--format", "json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_it_is_checked_with_its_neighbours(own):
    assert own("check", "--strict", "mine")[:2] == (0, "0 errors and 0 warnings in 2 files.\n")


def test_its_domains_rules_and_bands_count(own):
    found = played(own, *["good", "look"] * 3, "poor", "look", "say-so", "keep")
    (result,) = found["scores"]
    # the phone: answers and names-it share weight 3, so a call counts 3/2 up or down; 9 of 12
    phone, bed = result["domains"]
    assert (phone["earned"], phone["possible"], phone["met"], phone["moments"]) == ("9", "12", 3, 4)
    # the bed: 4 calls of 2; the promise 4 of 4; the rule on orders did not hold, and could have: 1 of 1
    assert (bed["earned"], bed["possible"]) == ("13", "13")
    assert result["figure"] == "22/25"
    assert (result["band"], result["band_text"]) == ("Steady", "You were there.")
    kept = [one for one in found["evidence"] if one["decision"] == 0 and one["level"] == 2]
    assert [one["because"] for one in kept] == ["You said you would look again."]


def test_its_gates_bar_its_bands(own):
    found = played(own, *["good", "look"] * 4, "say-so", "sleep")
    (result,) = found["scores"]
    assert found["gates"] == ["harm"]
    assert result["figure"] == "21/25"
    assert result["band"] == "On the way", "84 of 100, and a promise broken"


def test_it_is_read_and_shown_as_any_other(own, monkeypatch):
    played(own, *["good", "look"] * 4, "rest", "sleep")
    code, out, _ = own("score", "--rubric", "night-float")
    assert code == 0
    assert "— Night float —" in out
    assert "Written by one teacher" in out
    monkeypatch.chdir("mine")
    assert own("rubric", "show", "night-float.yaml")[0] == 0
