"""Small scenarios for tests: texts through the real reader, never shapes built by hand."""

from __future__ import annotations

import datetime
import textwrap
from pathlib import Path

from simulator.encounter.compile import compile_encounter
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.program import Choice, Program
from simulator.language.diagnostics import Problems
from simulator.library.load import Texts
from simulator.rubric.read import read_rubric
from simulator.scenario.read import read_scenario

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 11, 20)  # on which tests check: what falls due must not depend on the day they are run

RUBRIC = """\
bedside-rubric: 1
title: A small rubric
limits: It is small.
outcomes: {trust: Willing to be vulnerable.}
domains:
  listening:
    title: Listening
    criteria:
      presence: {title: Presence, means: Being there., looks-like: Sits., not: Types., try: Sit down.}
      attention: {title: Attention, part-of: presence, means: Hearing., looks-like: Waits., not: Cuts in., try: Wait.}
  doing:
    title: Doing
    weight: 2
    criteria:
      caring: {title: Caring, means: Acting., looks-like: Calls., not: Forgets., try: Call.}
"""

HEAD = """\
bedside: 1
title: A small encounter
summary: For tests.
level: introductory
minutes: 5
learner-role: A student.
objectives: []
rubrics: small
cast:
  ann: {name: Ann, role: patient}
patient-says: {noticed: I saw., kept-back: Nothing., will-do: I will rest.}
endings:
  done: {title: Done, text: The door closes.}
"""


def rubric(text: str = RUBRIC):
    problems = Problems()
    found = read_rubric(text.encode(), "small.yaml", problems)
    assert found is not None and not problems, [p.message for p in problems]
    return found


def compiled(body: str, *, head: str = HEAD, rubric_text: str = RUBRIC) -> tuple[Program | None, Problems]:
    """The program of HEAD and a body, with every problem."""
    problems = Problems()
    scenario = read_scenario((head + textwrap.dedent(body)).encode(), "small-encounter.yaml", problems)
    assert scenario is not None, [p.message for p in problems]
    return compile_encounter("small-encounter", scenario, {"small": rubric(rubric_text)}, problems), problems


def program(body: str, **options: str) -> Program:
    """The program of HEAD and a body that has nothing wrong with it but perhaps a warning."""
    found, problems = compiled(body, **options)
    assert found is not None, [f"{p.place}: {p.code} {p.message}" for p in problems]
    return found


def texts(program: Program) -> Texts:
    """The texts a program was made from."""
    rubrics = {id_: one.place.source.text.encode() for id_, one in program.rubrics.items()}
    return Texts(program.id, program.scenario.place.source.text.encode(), rubrics)


def codes(body: str, **options: str) -> list[str]:
    """The codes of what is wrong with a body."""
    return sorted(p.code for p in compiled(body, **options)[1])


def choice(program: Program, id_: str) -> Choice:
    """A choice by the end of its id."""
    (found,) = [one for one in program.choices if one.id.endswith(f"/{id_}")]
    return found


def play(program: Program, *ids: str) -> Playthrough:
    """A playthrough of choices named by the ends of their ids."""
    return Playthrough.of(program, [choice(program, id_) for id_ in ids])


def names(choices: tuple[Choice, ...]) -> list[str]:
    """The last parts of ids."""
    return [one.id.rsplit("/", 1)[-1] for one in choices]


def meters(play: Playthrough) -> dict[str, int]:
    """Meters by id."""
    return dict(zip((m.id for m in play.program.meters), play.state.meters, strict=True))
