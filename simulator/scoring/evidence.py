"""What each choice is evidence of, read in the state in which it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.encounter.program import Choice, Criterion, EvidenceCase, Program
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took


class Evidence(NamedTuple):
    """One level for one criterion, with its proof. `decision` counts from 1; 0 stands for a rule on the whole."""

    decision: int
    criterion: Criterion
    level: int
    because: str
    is_tested: bool
    case: EvidenceCase
    choice: Choice | None


def case_of(choice: Choice, state: State) -> EvidenceCase | None:
    """The case of a choice's scores that applies in `state`: the first whose condition holds."""
    return next((case for case in choice.evidence if case.when is None or case.when(state)), None)


def evidence(program: Program, decisions: Sequence[Took]) -> list[Evidence]:
    """Every piece of evidence in the choices made, in order."""
    return list(_pieces(program, decisions))


def _pieces(program: Program, decisions: Sequence[Took]) -> Iterable[Evidence]:
    for number, took in enumerate(decisions, start=1):
        case = case_of(took.choice, took.before)
        for index, level in (case.levels if case else {}).items():
            assert case is not None
            tested = index in took.node.tests
            yield Evidence(number, program.criteria[index], level, case.because, tested, case, took.choice)
