"""The least and the greatest Σ value that any playthrough comes to, each with one that does."""

from __future__ import annotations

from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from simulator.scoring.opportunities import choice_value
from simulator.scoring.rules import of_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took
    from simulator.explore.graph import Graph
    from simulator.explore.worth import Worth
    from simulator.scoring.opportunities import Group


class Range(NamedTuple):
    """Least and greatest Σ value, and the choices of the first playthrough (in file order) that comes to each."""

    least: Fraction
    greatest: Fraction
    worst: tuple[Choice, ...]
    best: tuple[Choice, ...]

    def reach(self, value: Fraction) -> Fraction | None:
        """Where a playthrough's Σ value lies between them, from 0 to 1; None where they are equal."""
        return (value - self.least) / (self.greatest - self.least) if self.greatest > self.least else None


def sigma(program: Program, decisions: Sequence[Took], final: State, group: Group) -> Fraction:
    """Σ value of one playthrough for a group: of its choices on what is tested, of rules and of promises."""
    values = [choice_value(program, one.choice, one.before, group & one.node.tests) for one in decisions]
    return sum((*values, *(one.value for one in of_rules(program, list(decisions), final, group))), Fraction(0))


def range_of(worth: Worth) -> Range:
    """The range of a group's Σ value over all playthroughs."""
    (least, worst), (greatest, best) = (_extreme(worth, most) for most in (min, max))
    return Range(least, greatest, worst, best)


def _extreme(worth: Worth, most: Callable[[Iterable[int]], int]) -> tuple[Fraction, tuple[Choice, ...]]:
    graph = worth.graph
    still = from_here(worth, most)
    path, at = [], 0
    while (situation := graph.faced[at]) is not None:
        sums = list(map(add, worth.steps[situation.number], map(still.__getitem__, graph.steps[at])))
        chosen = sums.index(still[at])
        path.append(situation.choices[chosen])
        at = graph.steps[at][chosen]
    return (worth.opening + still[0]) * worth.unit, tuple(path)


def from_here(worth: Worth, most: Callable[[Iterable[int]], int]) -> list[int]:
    """For each state the least (or greatest) Σ value, in units, of what can follow it."""
    graph, steps = worth.graph, worth.steps
    still = [0] * len(graph.states)
    look_up = still.__getitem__
    for at in range(len(still) - 1, -1, -1):
        if (situation := graph.faced[at]) is not None:
            still[at] = most(map(add, steps[situation.number], map(look_up, graph.steps[at])))
    return still


def playthroughs(graph: Graph) -> int:
    """How many different playthroughs there are."""
    ways = [1] * len(graph.states)
    look_up = ways.__getitem__
    for at in range(len(ways) - 1, -1, -1):
        if graph.faced[at] is not None:
            ways[at] = sum(map(look_up, graph.steps[at]))
    return ways[0]
