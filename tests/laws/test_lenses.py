"""What holds of evidence and lenses for every scenario, and of every set of choices at a decision."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.debrief.build import debrief
from simulator.debrief.lens import read_through
from simulator.scoring.opportunities import at_decision
from simulator.scoring.scores import Score, opportunities, scores
from tests.laws.small import LESS, picks, scenarios
from tests.laws.test_laws import groups, played
from tests.support import play as play_
from tests.support import program as small

STARTED = {"session": "s", "seed": 1, "learner": "l", "mode": "practice"}
LEVELS = st.lists(st.integers(-2, 2), min_size=2, max_size=5)


@LESS
@given(scenarios(), picks)
def test_a_rubric_read_through_itself_is_the_identity(program, choices):
    value = debrief(played(program, choices), STARTED, ())
    for id_, rubric in program.rubrics.items():
        lens = read_through(value, id_, rubric)
        found = [piece for one in lens.criteria for piece in one.direct]
        own = [one for one in value.evidence if one.rubric == id_ and one.is_coded and one.held]
        assert sorted(map(repr, found)) == sorted(map(repr, own))
        assert lens.is_coded
        assert not lens.has_links


@LESS
@given(scenarios(), picks, st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(program, choices, random: Random):
    play = played(program, choices)
    shuffled = random.sample(play.decisions, len(play.decisions))
    assert scores(program, shuffled, play.state) == scores(program, play.decisions, play.state)
    for group in groups(program):
        found = opportunities(program, group, play.decisions, play.state)
        assert Score.of(random.sample(found, len(found))) == Score.of(found)


def _decision(levels: list[int], *, extra: bool):
    rows = [
        f"x{n}: {{say: X{n}., scores: {{caring: {level}}}, because: R., next: b}}" for n, level in enumerate(levels)
    ]
    rows += ["plain: {say: Hm., next: b}"] * extra
    body = "\n          ".join(rows)
    return small(f"""
visits:
  v:
    title: V
    nodes:
      a:
        choices:
          {body}
      b: {{ending: done}}
""")


@given(LEVELS, st.data())
def test_an_unscored_choice_changes_nothing_where_nothing_is_the_best_on_offer(levels, data):
    """Where some choice is worth 0 or more: `lo` is 0 or less by definition."""
    if max(levels) < 0 or not any(levels):
        return
    taken = data.draw(st.integers(0, len(levels) - 1))
    found = [_decision(levels, extra=extra) for extra in (False, True)]
    plays = [play_(program, f"x{taken}") for program in found]
    assert len({str(scores(p.program, p.decisions, p.state)) for p in plays}) == 1
    chances = {
        at_decision(p.program, 1, p.decisions[0], g) for p in plays for g in [frozenset(p.decisions[0].node.tests)]
    }
    assert len(chances) == 1


@pytest.mark.parametrize(("extra", "earned", "possible"), [(False, 1, 1), (True, 1, 2)])
def test_where_every_choice_costs_one_that_costs_nothing_is_the_best_on_offer(extra, earned, possible):
    """The limit of the law above: `hi` rises from -1 to 0, and `lo` is -2 either way. The weight is 2."""
    play = play_(_decision([-1, -2], extra=extra), "x0")
    score = scores(play.program, play.decisions, play.state)["small"].overall
    assert (score.earned, score.possible) == (2 * earned, 2 * possible)
