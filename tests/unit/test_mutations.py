"""One planted mistake of each kind; `tests/slow/test_mutations.py` plants many."""

from __future__ import annotations

from itertools import chain

import pytest

from simulator.language.keys import FORMAT
from simulator.language.shape import Shape
from simulator.rubric import shapes as rubric_shapes
from simulator.scenario import shapes as scenario_shapes
from tests.mutations import measure
from tests.mutations.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_mistake_is_found(kind, tmp_path):
    outcome = measure.outcome(kind, 0, tmp_path)
    assert outcome.found
    assert all(1 <= line <= outcome.planted.text.count("\n") + 1 for line in outcome.planted.lines)


def test_a_draw_is_fixed_by_its_seed():
    one, again, other = (measure.plant("a node misspelt", seed)[1] for seed in (1, 1, 2))
    assert one == again != other


def test_the_page_holds_a_row_for_every_kind():
    rows = [row.split(" | ")[0].removeprefix("| ") for row in measure.told().split("\n")[2:] if row]
    assert rows == [*KINDS, "**all**"]


def test_the_keys_are_those_of_the_shapes():
    found = chain(vars(scenario_shapes).values(), vars(rubric_shapes).values())
    shapes = [one for one in found if isinstance(one, type) and issubclass(one, Shape)]
    assert frozenset().union(*(shape.keys() for shape in shapes)) == FORMAT
