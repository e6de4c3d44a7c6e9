"""Whole playthroughs of the shipped encounters, as a learner reads them; changed only when a person has read them.

`BEDSIDE_GOLDEN=accept pytest tests/golden` writes what is played now.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.debrief.build import debrief
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice
from simulator.encounter.transcript import transcript
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import load
from simulator.report.text import debrief_text, transcript_text
from simulator.scoring.opportunities import choice_value
from simulator.scoring.scores import rubric_group
from tests.support import ROOT

HERE = Path(__file__).parent
STARTED = {"session": "golden", "seed": 1, "learner": "learner", "mode": "practice"}


def played(program, way: str) -> Playthrough:
    """Best and worst take the highest and the lowest value at every decision; middle takes them in turn."""
    everything = rubric_group(program, next(iter(program.rubrics)))
    play = Playthrough.start(program)
    while not play.is_over:
        tested = everything & program.nodes[play.state.node].tests
        ordered = sorted(play.available, key=lambda c: (choice_value(program, c, play.state, tested), -c.index))
        is_best = way == "best" or (way == "middle" and len(play.made) % 2 == 1)
        play = play.choose(ordered[-1 if is_best else 0])
    return play


@pytest.mark.parametrize("way", ["best", "middle", "worst"])
@pytest.mark.parametrize("name", ["third-appointment"])
def test_playthrough(name, way):
    problems = Problems()
    loaded = load(ROOT / "scenarios" / f"{name}.yaml", Shelf((ROOT,)), problems)
    assert loaded is not None
    program = loaded[1]
    assert program is not None
    play = played(program, way)
    text = transcript_text(transcript(play.events, Voice(program, 1)))
    text += "\n\n" + debrief_text(debrief(play, STARTED, ())) + "\n"
    golden = HERE / f"{name}-{way}.txt"
    if os.environ.get("BEDSIDE_GOLDEN") == "accept":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
