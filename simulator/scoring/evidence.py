"""What each choice is evidence of, read in the state in which it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.encounter.program import Choice, Criterion, EvidenceCase, Program
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took


class Evidence(NamedTuple):
    """One level for one criterion, with its proof. `decision` counts from 1.

    Where a choice is not coded on a criterion that is tested, the level is 0, and `is_coded` false.
    """

    decision: int
    criterion: Criterion
    level: int
    is_tested: bool
    is_coded: bool
    choice: Choice
    case: EvidenceCase | None

    @property
    def because(self) -> str:
        """The reason; there is none for what is not coded."""
        return self.case.because if self.case and self.is_coded else ""


def case_of(choice: Choice, state: State) -> EvidenceCase | None:
    """The case of a choice's scores that applies in `state`: the first whose condition holds."""
    return next((case for case in choice.evidence if case.when is None or case.when(state)), None)


def evidence(program: Program, decisions: Sequence[Took]) -> list[Evidence]:
    """Every piece of evidence in the choices made, in order; for each, what is coded comes before what is not."""
    return list(_pieces(program, decisions))


def _pieces(program: Program, decisions: Sequence[Took]) -> Iterable[Evidence]:
    for number, took in enumerate(decisions, start=1):
        case, tested = case_of(took.choice, took.before), took.node.tests
        coded = case.levels if case else {}
        for index in (*coded, *sorted(tested - coded.keys())):
            level = coded.get(index, 0)
            yield Evidence(number, program.criteria[index], level, index in tested, index in coded, took.choice, case)
