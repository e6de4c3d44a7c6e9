"""The author's own coding, unit by unit, to hold others against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.scoring.opportunities import value_of
from simulator.workshop.sheet import UnitId, case_conditions, case_ids, coded_nodes, criterion_names
from simulator.workshop.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.encounter.program import Choice, Node, Program
    from simulator.scenario.shapes import Choice as ChoiceShape


def key(program: Program) -> dict[UnitId, int]:
    """Every unit with its level, -2 to 2; a criterion on which a choice is not coded counts 0, as in scoring."""
    names = criterion_names(program)
    found: dict[UnitId, int] = {}
    for node, choice, shape in _coded_choices(program):
        for number, id_ in enumerate(case_ids(choice.id, case_conditions(shape))):
            levels = _levels(choice, number)
            found |= {UnitId(id_, names[index]): levels.get(index, 0) for index in sorted(node.tests)}
    return found


def told(program: Program) -> dict[str, tuple[str, str]]:
    """Each case in words, by the choice of its `UnitId`: what the learner does, and under what condition if any."""
    words = Words(program)
    found: dict[str, tuple[str, str]] = {}
    for _, choice, shape in _coded_choices(program):
        conditions = case_conditions(shape)
        for number, id_ in enumerate(case_ids(choice.id, conditions)):
            found[id_] = (f"{shape.verb}: {' '.join((shape.text or '').split())}", words.case(conditions, number))
    return found


def guessable(program: Program) -> dict[str, tuple[frozenset[str], int]]:
    """Each decision whose best choice can be guessed at, by its node: the choices that could be best, and of how many.

    A choice could be best if none of the others need be worth more, by weight and level over all that is tested: what
    a choice is worth may hang on the state, so its best case is held against the worst of each. All choices of the
    node count, also those that are there in some states only, as the coder sees them all. Left out are nodes whose
    choices can be taken in turn, and those where every choice could be best.
    """
    found = {}
    for node in coded_nodes(program):
        best = _could_be_best(program, node)
        if not node.is_hub and len(best) < len(node.choices):
            found[node.id] = (best, len(node.choices))
    return found


def _could_be_best(program: Program, node: Node) -> frozenset[str]:
    shapes = program.scenario.node(node.id).choices or {}
    values = {
        choice: [
            value_of(program, _levels(choice, number), node.tests) for number, _ in enumerate(case_conditions(shape))
        ]
        for choice, shape in zip(node.choices, shapes.values(), strict=True)
    }
    return frozenset(
        choice.id
        for choice, found in values.items()
        if all(max(found) >= min(others) for rival, others in values.items() if rival is not choice)
    )


def _coded_choices(program: Program) -> Iterator[tuple[Node, Choice, ChoiceShape]]:
    for node in coded_nodes(program):
        shapes = program.scenario.node(node.id).choices or {}
        for choice, shape in zip(node.choices, shapes.values(), strict=True):
            yield node, choice, shape


def _levels(choice: Choice, number: int) -> Mapping[int, int]:
    """The levels of one case; none for the case that is left over where the author wrote none."""
    return choice.evidence[number].levels if number < len(choice.evidence) else {}
