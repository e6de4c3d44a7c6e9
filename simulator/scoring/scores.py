"""Scores, exactly: Σ(value - lo) / Σ(hi - lo) over the opportunities met, for criterion, domain and rubric alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.rubric.gates import gates_of
from simulator.scoring.evidence import case_of
from simulator.scoring.opportunities import Group, Opportunity, at_decision
from simulator.scoring.rules import cases_met, of_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.encounter.program import EvidenceCase, Program
    from simulator.encounter.state import State
    from simulator.encounter.transition import Took
    from simulator.rubric.shapes import Band

FEWEST_FOR_A_FIGURE = 3  # opportunities in a domain
FEWEST_FOR_A_BAND = 8  # opportunities in all


@dataclass(frozen=True)
class Score:
    """The score of one group: what was earned of what could be, over `moments`, of which `met` were met."""

    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    met: int = 0
    moments: int = 0

    @property
    def value(self) -> Fraction | None:
        """From 0 to 1; None where no opportunity was met, which is neither good nor bad."""
        return self.earned / self.possible if self.possible else None

    @classmethod
    def of(cls, opportunities: Iterable[Opportunity]) -> Score:
        """The sum over opportunities."""
        found = list(opportunities)
        return cls(
            sum((one.value - one.lo for one in found), Fraction(0)),
            sum((one.hi - one.lo for one in found), Fraction(0)),
            sum(one.is_met for one in found),
            len(found),
        )


@dataclass(frozen=True)
class RubricScores:
    """The scores by one rubric. `criteria` by criterion index; `band` is the title of the band, or None."""

    overall: Score
    domains: dict[str, Score]
    criteria: dict[int, Score]
    band: str | None
    band_text: str
    barred: tuple[str, ...]  # "harm", "unsafe": what bars a band


def scores(program: Program, decisions: list[Took], final: State) -> dict[str, RubricScores]:
    """The scores by each of the scenario's rubrics, in their order."""
    gates = gates_met(program, decisions, final)
    return {rubric: _by_rubric(program, rubric, decisions, final, gates) for rubric in program.rubrics}


def score(program: Program, group: Group, decisions: list[Took], final: State) -> Score:
    """The score of one group of criteria."""
    return Score.of(opportunities(program, group, decisions, final))


def opportunities(program: Program, group: Group, decisions: list[Took], final: State) -> list[Opportunity]:
    """Every opportunity a playthrough met for a group: its decisions, then the rules."""
    found = (at_decision(program, n, took, group) for n, took in enumerate(decisions, start=1))
    return [one for one in found if one is not None] + list(of_rules(program, decisions, final, group))


def is_evidence(program: Program, decisions: list[Took], final: State, decision: int, criterion: int) -> bool:
    """Whether a decision (0: the whole, by a rule) is a piece of evidence for a criterion, scored or not."""
    if 0 < decision <= len(decisions):
        case = case_of(decisions[decision - 1].choice, decisions[decision - 1].before)
        if case and criterion in case.levels:
            return True
    found = opportunities(program, frozenset({criterion}), decisions, final)
    return any(one.decision == decision for one in found)


def rubric_group(program: Program, rubric: str) -> Group:
    """All criteria of a rubric."""
    return frozenset(one.index for one in program.criteria if one.rubric == rubric)


def gates_met(program: Program, decisions: list[Took], final: State) -> tuple[str, ...]:
    """`harm` and `unsafe`, where a choice or a rule carried them."""
    cases: list[EvidenceCase | None] = [case_of(took.choice, took.before) for took in decisions]
    cases += cases_met(program, final)
    found = {gate for case in cases for gate in gates_of(case)}
    return tuple(sorted(found))


def _by_rubric(
    program: Program, rubric: str, decisions: list[Took], final: State, gates: tuple[str, ...]
) -> RubricScores:
    mine = [one for one in program.criteria if one.rubric == rubric]
    domains = dict.fromkeys(one.domain for one in mine)
    overall = score(program, frozenset(one.index for one in mine), decisions, final)
    band = _band(program, rubric, overall, gates)
    return RubricScores(
        overall,
        {d: score(program, frozenset(c.index for c in mine if c.domain == d), decisions, final) for d in domains},
        {one.index: score(program, frozenset({one.index}), decisions, final) for one in mine},
        str(band.title) if band else None,
        str(band.text) if band else "",
        gates,
    )


def _band(program: Program, rubric: str, overall: Score, gates: tuple[str, ...]) -> Band | None:
    if overall.value is None or overall.moments < FEWEST_FOR_A_BAND:
        return None
    for band in program.rubrics[rubric].bands:
        if overall.value * 100 >= band.from_ and not set(band.unless) & set(gates):
            return band
    return None
