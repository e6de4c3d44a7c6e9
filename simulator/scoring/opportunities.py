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
    from collections.abc import Collection, Iterator, Mapping

    from simulator.encounter.program import Choice, Program, Rule
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took

Group = frozenset[int]


class Opportunity(NamedTuple):
    """What was attained, between the least and the greatest that could be. `decision` 0 stands for a rule."""

    decision: int
    value: Fraction
    lo: Fraction
    hi: Fraction
    because: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the moment was met: the most on offer was attained, or something helpful was."""
        return self.value == self.hi or self.value > 0


def value_of(program: Program, levels: Mapping[int, int], group: Collection[int]) -> Fraction:
    """Σ weight × level over the criteria of a group."""
    total = Fraction(0)
    for index, level in levels.items():
        if index in group:
            total += program.criteria[index].weight * level
    return total


def choice_value(program: Program, choice: Choice, state: State, group: Collection[int]) -> Fraction:
    """The value of a choice for a group (already cut down to what is tested)."""
    case = case_of(choice, state)
    return Fraction(0) if case is None else value_of(program, case.levels, group)


def at_decision(program: Program, number: int, took: Took, group: Group) -> Opportunity | None:
    """The opportunity a decision was for a group, or None if nothing could be gained or lost."""
    tested = group & took.node.tests
    if not tested:
        return None
    value = choice_value(program, took.choice, took.before, tested)
    if took.node.is_hub:  # choices that can all be taken in turn do not compete
        lo, hi = min(Fraction(0), value), max(Fraction(0), value)
    else:
        values = [choice_value(program, choice, took.before, tested) for choice in available(program, took.before)]
        lo, hi = min(Fraction(0), *values), max(values)
    return Opportunity(number, value, lo, hi) if hi > lo else None


def of_rules(program: Program, decisions: list[Took], final: State, group: Group) -> Iterator[Opportunity]:
    """The opportunities that rules make on the final state of a playthrough."""
    offered = (choice for took in decisions for choice in available(program, took.before))
    visible = {tag for choice in offered for tag in choice.tags}
    for rule in program.rules:
        if rule.on is None:
            found = _counted(program, rule, visible, final, group)
            if found:
                yield found
    yield from _of_promises(program, final, group)


def fires(rule: Rule, final: State) -> bool:
    """Whether a rule with a condition holds at the end."""
    return rule.when is not None and rule.when(final)


def _counted(program: Program, rule: Rule, visible: set[int], final: State, group: Group) -> Opportunity | None:
    """A rule that did not fire is to a learner's credit only if what it counts was on offer."""
    fired = fires(rule, final)
    if not fired and visible.isdisjoint(rule.tags):
        return None
    if_fired = value_of(program, rule.case.levels, group)
    lo, hi = min(Fraction(0), if_fired), max(Fraction(0), if_fired)
    if lo == hi:
        return None
    return Opportunity(0, if_fired if fired else Fraction(0), lo, hi, rule.case.because)


def _of_promises(program: Program, final: State, group: Group) -> Iterator[Opportunity]:
    """Each promise made is one opportunity, from what keeping and breaking it are worth; an open one is none."""
    worth = {"promise-kept": Fraction(0), "promise-broken": Fraction(0)}
    reasons = {}
    for rule in program.rules:
        if rule.on is not None:
            worth[rule.on] += value_of(program, rule.case.levels, group)
            reasons[rule.on] = rule.case.because
    lo, hi = min(Fraction(0), worth["promise-broken"]), worth["promise-kept"]
    if hi <= lo:
        return
    for index in range(len(program.promises)):
        outcome = promise_outcome(program, final, index)
        if outcome in worth:
            yield Opportunity(0, worth[outcome], lo, hi, reasons.get(outcome, ""))


def promise_outcome(program: Program, final: State, index: int) -> str:
    """What became of a promise: `promise-kept`, `promise-broken`, `open`, or `not-made`."""
    has = program.ledger.has
    if not has(final, "promised", index):
        return "not-made"
    if has(final, "kept", index):
        return "promise-kept"
    return "promise-broken" if has(final, "passed", index) else "open"
