"""Where something could be gained or lost: the opportunities a playthrough met, for any group of criteria.

A group is a set of criterion indices: one criterion, a domain, or a rubric. The formula is the same for all
(`docs/scoring.md`): at a decision, a choice's value is Σ weight × level over the group's tested criteria.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.transition import available
from simulator.scoring.evidence import case_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator.encounter.program import Choice, Program, Rule
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took

Group = frozenset[int]


class Opportunity(NamedTuple):
    """What was attained, between the least and the greatest that could be.

    `decision` counts from 1; 0 stands for `rules`, which `held` or not, by what was done at `counted` decisions.
    """

    decision: int
    value: Fraction
    lo: Fraction
    hi: Fraction
    rules: tuple[Rule, ...] = ()
    held: bool = True
    counted: tuple[int, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether the moment was met: the most on offer was attained, or something helpful was."""
        return self.value == self.hi or self.value > 0


def value_of(program: Program, levels: Mapping[int, int], group: Collection[int]) -> Fraction:
    """Σ weight × level over the criteria of a group."""
    return _units(program, levels, group) * program.criteria[0].unit if program.criteria else Fraction(0)


def choice_value(program: Program, choice: Choice, state: State, group: Collection[int]) -> Fraction:
    """The value of a choice for a group (already cut down to what is tested)."""
    case = case_of(choice, state)
    return Fraction(0) if case is None else value_of(program, case.levels, group)


def at_decision(program: Program, number: int, took: Took, group: Group) -> Opportunity | None:
    """The opportunity a decision was for a group, or None if nothing could be gained or lost."""
    tested = group & took.node.tests
    if not tested:
        return None
    value = _choice_units(program, took.choice, took.before, tested)
    if took.node.is_hub:  # choices that can all be taken in turn do not compete
        lo, hi = min(0, value), max(0, value)
    else:
        values = [_choice_units(program, choice, took.before, tested) for choice in available(program, took.before)]
        lo, hi = min(0, *values), max(values)
    unit = program.criteria[0].unit
    return Opportunity(number, value * unit, lo * unit, hi * unit) if hi > lo else None


def _choice_units(program: Program, choice: Choice, state: State, group: Collection[int]) -> int:
    case = case_of(choice, state)
    return 0 if case is None else _units(program, case.levels, group)


def _units(program: Program, levels: Mapping[int, int], group: Collection[int]) -> int:
    """The value in units of the criteria's weights."""
    criteria = program.criteria
    return sum(criteria[index].units * level for index, level in levels.items() if index in group)
