"""State-dependent evidence from end to end: the same push, in five states, and what the debrief says of it."""

from __future__ import annotations

import pytest

from simulator.debrief.build import debrief
from simulator.report.text import moment_text
from tests import support

STARTED = {"session": "s", "seed": 1, "learner": "l", "mode": "practice"}
RUBRIC = support.RUBRIC.replace(
    "      caring: {",
    "      pushing: {title: Pushing, means: A., looks-like: B., not: C., try: Ask first.}\n      caring: {",
)
BODY = """
meters: {trust: 3, need: 1}
flags: [danger]
visits:
  v:
    title: V
    nodes:
      before:
        choices:
          sit: {do: Sit., effects: {trust: +4}, next: illness}
          stand: {do: Stand., next: illness}
      illness:
        choices:
          mild: {notice: Hardly ill., next: talk}
          ill: {notice: Very ill., effects: {need: +4}, next: talk}
          now: {notice: In danger now., effects: {danger: true}, next: talk}
      talk:
        choices:
          push:
            say: You need this, and I am asking you to.
            tempts: She is in danger and nobody has said so.
            scores:
              - {when: danger, pushing: 2, because: There was no time to earn it. The need was enough.}
              - {when: trust >= 6 and need >= 4, pushing: 2, because: You had earned the right to push.}
              - {when: trust >= 6, pushing: 0, because: She could bear it. It could also have waited.}
              - {pushing: -1, because: A push before trust is only pressure.}
            next: end
          hold: {say: What do you fear?, scores: {pushing: 1}, because: First her reason., next: end}
      end: {ending: done}
"""
POOR = "How much it was worth turned on this: trust, 3 here; need, 1 here; what had come about."


@pytest.mark.parametrize(
    ("ids", "level", "value", "lo", "hi", "because"),
    [
        (("stand", "mild"), -1, "-2", "-2", "2", "A push before trust is only pressure."),
        (("stand", "ill"), -1, "-2", "-2", "2", "A push before trust is only pressure."),
        (("sit", "mild"), 0, "0", "0", "2", "She could bear it. It could also have waited."),
        (("sit", "ill"), 2, "4", "0", "4", "You had earned the right to push."),
        (("stand", "now"), 2, "4", "0", "4", "There was no time to earn it. The need was enough."),
    ],
)
def test_a_push_is_worth_what_need_and_trust_make_of_it(ids, level, value, lo, hi, because):
    """Pushing weighs 2 here, for its domain counts double. In danger the need alone is enough."""
    play = support.play(support.program(BODY, rubric_text=RUBRIC), *ids, "push")
    found = debrief(play, STARTED, ())
    (proof,) = found.evidence
    assert (proof.level, proof.value, proof.lo, proof.hi, proof.because) == (level, value, lo, hi, because)
    assert proof.because in moment_text(found, found.moments[2])


def test_the_debrief_says_on_what_it_turned():
    program = support.program(BODY, rubric_text=RUBRIC)
    found = debrief(support.play(program, "stand", "mild", "push"), STARTED, ())
    assert POOR in moment_text(found, found.moments[2], 200)
    assert "turned on" not in moment_text(found, found.moments[0]), "nothing was scored there"
    hold = debrief(support.play(program, "stand", "mild", "hold"), STARTED, ())
    assert hold.moments[2].turned_on == (), "this is worth the same everywhere"


def test_what_it_turned_on_gives_no_secret_away():
    body = BODY.replace("when: danger,", "when: told('her-fear') or chose('sit') or count('cut') > 0,")
    body = body.replace("flags: [danger]", "flags: [danger]\nfacts: {her-fear: She is afraid.}")
    body = body.replace("ill: {notice", "ill: {tells: her-fear, tags: cut, notice")
    found = debrief(support.play(support.program(body, rubric_text=RUBRIC), "stand", "mild", "push"), STARTED, ())
    assert found.moments[2].turned_on == (
        "trust, 3 here", "need, 1 here", "what you had been told", "what you had done before",
        "how often you had done it",
    )  # fmt: skip
