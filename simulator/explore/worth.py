"""What each step is worth for a group of criteria, in whole numbers of one small unit."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from simulator.explore.strategies import most
from simulator.scoring.opportunities import value_of

if TYPE_CHECKING:
    from simulator.encounter.program import Program
    from simulator.explore.graph import Graph, Situation
    from simulator.scoring.opportunities import Group


class Worth:
    """The value of every choice in every situation, with that of what it settles.

    Σ of these along a playthrough, with `opening`, is its Σ value for the group: of each choice the value on what is
    tested, and of rules and promises the value on the final state. All are whole multiples of `unit`.
    """

    def __init__(self, graph: Graph, group: Group) -> None:
        self.graph, self.group = graph, group
        self.unit = Fraction(1, lcm(*(graph.program.criteria[index].weight.denominator for index in group)))
        self.now = [tuple(self._value(one, at) for at in range(len(one.choices))) for one in graph.situations]
        self.steps = [
            tuple(
                now + (self._whole(settled.value(group)) if settled else 0)
                for now, settled in zip(self.now[one.number], one.settled, strict=True)
            )
            for one in graph.situations
        ]
        self.opening = self._whole(graph.opening.value(group)) if graph.opening else 0

    def best(self, situation: Situation) -> tuple[int, ...]:
        """The places of the choices that are worth most now; none where they do not compete, or nothing is at stake."""
        now = self.now[situation.number]
        return () if situation.node.is_hub or max(now) <= min(0, *now) else most(now)

    def _value(self, situation: Situation, at: int) -> int:
        return self._whole(value_in(self.graph.program, situation, at, self.group))

    def _whole(self, value: Fraction) -> int:
        return int(value / self.unit)


def value_in(program: Program, situation: Situation, at: int, group: Group) -> Fraction:
    """The value for a group of the choice at a place of a situation."""
    case = situation.cases[at]
    return value_of(program, case.levels, group & situation.node.tests) if case else Fraction(0)
