"""Evidence from the whole of a playthrough: conditions on its final state, and what became of promises."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.encounter.transition import available
from simulator.scoring.opportunities import Group, Opportunity, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.encounter.program import EvidenceCase, Program, Rule
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took


def of_rules(program: Program, decisions: list[Took], final: State, group: Group) -> Iterator[Opportunity]:
    """The opportunities that rules make for a group, on the final state of a playthrough."""
    mine = [rule for rule in program.rules if rule.on is None and group & rule.case.levels.keys()]
    offered = (choice for took in decisions for choice in available(program, took.before)) if mine else ()
    visible = {tag for choice in offered for tag in choice.tags}
    for rule in mine:
        if found := _counted(program, rule, visible, decisions, final, group):
            yield found
    yield from _of_promises(program, final, group)


def cases_met(program: Program, final: State) -> Iterator[EvidenceCase]:
    """What the rules that hold at the end are evidence of; a promise rule holds if it does of any promise."""
    outcomes = {promise_outcome(program, final, index) for index in range(len(program.promises))}
    for rule in program.rules:
        if rule.on in outcomes or _fires(rule, final):
            yield rule.case


def _fires(rule: Rule, final: State) -> bool:
    return rule.when is not None and rule.when(final)


def _counted(
    program: Program, rule: Rule, visible: set[int], decisions: list[Took], final: State, group: Group
) -> Opportunity | None:
    """A rule that did not fire is to a learner's credit only if what it counts was on offer."""
    fired = _fires(rule, final)
    if not fired and visible.isdisjoint(rule.tags):
        return None
    if_fired = value_of(program, rule.case.levels, group)
    lo, hi = min(Fraction(0), if_fired), max(Fraction(0), if_fired)
    if lo == hi:
        return None
    counted = tuple(n for n, took in enumerate(decisions, start=1) if set(took.choice.tags) & set(rule.tags))
    return Opportunity(0, if_fired if fired else Fraction(0), lo, hi, (rule,), fired, counted)


def _of_promises(program: Program, final: State, group: Group) -> Iterator[Opportunity]:
    """Each promise made is one opportunity, from what keeping and breaking it are worth; an open one is none."""
    mine = [rule for rule in program.rules if group & rule.case.levels.keys()]
    rules = {on: tuple(rule for rule in mine if rule.on == on) for on in ("promise-kept", "promise-broken")}
    worth = {
        on: sum((value_of(program, rule.case.levels, group) for rule in found), Fraction(0))
        for on, found in rules.items()
    }
    lo, hi = min(Fraction(0), *worth.values()), max(Fraction(0), *worth.values())
    if hi == lo:
        return
    for index in range(len(program.promises)):
        outcome = promise_outcome(program, final, index)
        if outcome in worth:
            held = bool(rules[outcome])  # if none did, the proof lies in those that could have
            shown = rules[outcome] or rules["promise-broken"] or rules["promise-kept"]
            yield Opportunity(0, worth[outcome], lo, hi, shown, held)


def promise_outcome(program: Program, final: State, index: int) -> str:
    """What became of a promise: `promise-kept`, `promise-broken`, `open`, or `not-made`."""
    has = program.ledger.has
    if not has(final, "promised", index):
        return "not-made"
    if has(final, "kept", index):
        return "promise-kept"
    return "promise-broken" if has(final, "passed", index) else "open"
