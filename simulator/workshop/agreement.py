"""How far codings agree with the author's key, and with each other; and whether the best choice can be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Final

from simulator.statistics.agreement import ordinal_alpha, share_within, weighted_kappa
from simulator.statistics.chance import hits_tail, wilson_interval
from simulator.workshop.key import guessable, key, told
from simulator.workshop.sheet import criterion_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.encounter.program import Program
    from simulator.workshop.coding import Coding
    from simulator.workshop.sheet import UnitId

KEY: Final = "the key"  # no pseudonym has a blank in it
ALL: Final = "all criteria"

Levels = dict["UnitId", int]


@dataclass(frozen=True)
class Figures:
    """How far two agree on `n` units: shares from 0 to 1, kappa from -1 to 1; None where it is not defined."""

    n: int
    exact: float | None
    within_one: float | None
    kappa: float | None


@dataclass(frozen=True)
class Comparison:
    """Two who coded the same units; `figures` by criterion, all of them together first."""

    one: str
    other: str
    figures: dict[str, Figures]


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha (ordinal) of all together, over the `n` units that two or more of them coded."""

    n: int
    alpha: float | None


@dataclass(frozen=True)
class Disagreement:
    """A unit on which not all gave the same level: the choice, when it counts, what each gave. `apart` is 1 to 4."""

    choice: str
    words: str
    condition: str
    criterion: str
    levels: dict[str, int]
    apart: int


@dataclass(frozen=True)
class Guesses:
    """How often a coder who saw only the choices guessed one that could be best, beside what chance would do.

    `chance` is the share to be expected, `p` the exact probability of as many hits or more by chance alone.
    """

    rater: str
    n: int
    hits: int
    share: float | None
    interval: tuple[float, float] | None
    chance: float | None
    p: float | None
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Coder:
    """A coding in brief; `gone` names what it answered that the scenario does not have any more."""

    rater: str
    date: str
    kind: str
    status: str
    is_same_version: bool
    answered: int
    skipped: int
    of: int
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """Everything that `bedside agreement` tells. `titles` names the criteria."""

    scenario: str
    title: str
    titles: dict[str, str]
    coders: tuple[Coder, ...]
    comparisons: tuple[Comparison, ...]
    alphas: dict[str, Alpha]  # by criterion, all of them together first; empty where there is no coding
    disagreements: tuple[Disagreement, ...]
    guesses: tuple[Guesses, ...]


def agreement(program: Program, sha256: str, codings: Sequence[Coding]) -> Agreement:
    """The agreement of codings of one scenario, whose file has `sha256`; no two are of one rater and one kind."""
    author = key(program)
    decisions = guessable(program)
    full = {one.rater: _levels(one) for one in codings if one.kind == "full"}
    raters = {KEY: author, **full}
    tested = {unit.criterion for unit in author}
    titles = {name: one.title for name, one in zip(criterion_names(program), program.criteria, strict=True)}
    groups = [ALL, *(name for name in titles if name in tested)]
    return Agreement(
        scenario=program.id,
        title=str(program.scenario.title),
        titles={name: title for name, title in titles.items() if name in tested},
        coders=tuple(_coder(one, sha256, len(author), _decisions(program)) for one in codings),
        comparisons=tuple(_compared(raters, one, other, groups) for one, other in combinations(raters, 2)),
        alphas={group: _alpha(raters, group) for group in groups} if full else {},
        disagreements=tuple(_disagreements(program, raters)),
        guesses=tuple(_guesses(one, decisions) for one in codings if one.kind == "stem-blind"),
    )


def _levels(coding: Coding) -> Levels:
    return {unit: level for unit, level in coding.levels.items() if level is not None}


def _decisions(program: Program) -> int:
    return sum(bool(node.choices and node.tests) for node in program.nodes)


def _coder(coding: Coding, sha256: str, units: int, decisions: int) -> Coder:
    answers: list[object] = list(coding.answers.values())
    return Coder(
        rater=coding.rater,
        date=coding.date.isoformat(),
        kind=coding.kind,
        status=coding.status,
        is_same_version=coding.sha256 == sha256,
        answered=len(answers),
        skipped=sum(answer is None for answer in answers),
        of=units if coding.kind == "full" else decisions,
        gone=tuple(coding.gone),
    )


def _is_in(unit: UnitId, group: str) -> bool:
    return group in (ALL, unit.criterion)


def _compared(raters: Mapping[str, Levels], one: str, other: str, groups: Sequence[str]) -> Comparison:
    figures = {}
    for group in groups:
        shared = [unit for unit in raters[one] if unit in raters[other] and _is_in(unit, group)]
        pairs = [(raters[one][unit], raters[other][unit]) for unit in shared]
        figures[group] = Figures(len(pairs), share_within(pairs), share_within(pairs, 1), weighted_kappa(pairs))
    return Comparison(one, other, figures)


def _alpha(raters: Mapping[str, Levels], group: str) -> Alpha:
    units = [
        [levels[unit] for levels in raters.values() if unit in levels] for unit in raters[KEY] if _is_in(unit, group)
    ]
    return Alpha(sum(len(unit) > 1 for unit in units), ordinal_alpha(units))


def _disagreements(program: Program, raters: Mapping[str, Levels]) -> list[Disagreement]:
    """Those furthest apart first, else in the order of the file."""
    words = told(program)
    found = []
    for unit in raters[KEY]:
        levels = {name: given[unit] for name, given in raters.items() if unit in given}
        apart = max(levels.values()) - min(levels.values())
        if apart:
            found.append(Disagreement(unit.choice, *words[unit.choice], unit.criterion, levels, apart))
    return sorted(found, key=lambda one: -one.apart)


def _guesses(coding: Coding, decisions: Mapping[str, tuple[frozenset[str], int]]) -> Guesses:
    given = {node: guess for node, guess in coding.guesses.items() if guess is not None and node in decisions}
    hits = sum(guess in decisions[node][0] for node, guess in given.items())
    chances = [Fraction(len(decisions[node][0]), decisions[node][1]) for node in given]
    n = len(given)
    return Guesses(
        rater=coding.rater,
        n=n,
        hits=hits,
        share=hits / n if n else None,
        interval=wilson_interval(hits, n),
        chance=float(sum(chances, Fraction(0)) / n) if n else None,
        p=hits_tail(hits, chances) if n else None,
        missed=tuple(node for node, guess in given.items() if guess not in decisions[node][0]),
    )
