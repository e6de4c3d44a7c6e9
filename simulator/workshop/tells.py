"""What gives the good choice away: its length, its verb, its tone, its place.

A decision is one trial: the choice that is worth most there is the longest, or not. By chance it would be in one of as
many decisions as there are choices. A scenario is warned of where it happens in more than 45 % of the decisions, and
more often than chance allows (exact tail, p < .05).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.explore.strategies import text, warmth_of
from simulator.explore.worth import Worth
from simulator.scoring.scores import rubric_group
from simulator.statistics.chance import hits_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from simulator.encounter.program import Choice, Node, Program
    from simulator.explore.graph import Graph
    from simulator.language.diagnostics import Problems

TOO_OFTEN: Final = Fraction(45, 100)
LEVEL: Final = 0.05
QUIET_VERBS: Final = ("wait", "do", "notice")
SHOWN: Final = 6  # decisions that are named


class Trial(NamedTuple):
    """A decision at which something could give the best choice away: whether it does, and how likely by chance."""

    node: Node
    is_hit: bool
    chance: Fraction


class Decision(NamedTuple):
    """A moment with something at stake: what is on offer in most of its states, and what is worth most of it."""

    node: Node
    choices: tuple[Choice, ...]
    best: tuple[Choice, ...]


def check_tells(program: Program, graph: Graph, warm: Iterable[str], problems: Problems) -> None:
    """Warn of what would let a learner who has not read the patient's lines do well."""
    found = decisions(program, graph)
    warmth = warmth_of(warm)
    _check("BED701", "the longest", [_by_length(one) for one in found], program, problems)
    _check("BED702", "to wait, to do or to notice something", [_by_verb(one) for one in found], program, problems)
    trials = [_by_warmth(one, warmth) for one in found]
    _check("BED703", "the only one with warm words", trials, program, problems)
    for place, name in ((0, "first"), (-1, "last")):
        _check("BED704", f"the {name} of a fixed order", [_by_place(one, place) for one in found], program, problems)


def decisions(program: Program, graph: Graph) -> list[Decision]:
    """The moments with something at stake by the first rubric, each as it is in most of the states play comes to."""
    group = rubric_group(program, next(iter(program.rubrics), ""))
    if not group:
        return []
    worth = Worth(graph, group)
    met: dict[int, Counter[tuple[tuple[Choice, ...], tuple[Choice, ...]]]] = {}
    for situation in graph.faced:
        if situation is not None and (best := worth.best(situation)) and len(best) < len(situation.choices):
            pair = (situation.choices, tuple(situation.choices[at] for at in best))
            met.setdefault(situation.node.index, Counter())[pair] += 1
    return [Decision(program.nodes[n], *most.most_common(1)[0][0]) for n, most in sorted(met.items())]


def _by_length(one: Decision) -> Trial | None:
    lengths = [len(text(choice)) for choice in one.choices]
    return _by_one(one, [length == max(lengths) for length in lengths])


def _by_warmth(one: Decision, warmth: Callable[[str], int]) -> Trial | None:
    return _by_one(one, [warmth(text(choice)) > 0 for choice in one.choices])


def _by_place(one: Decision, place: int) -> Trial | None:
    if not one.node.fixed_order:
        return None
    last = len(one.choices) - 1
    return _by_one(one, [at == (place if place >= 0 else last) for at in range(len(one.choices))])


def _by_one(one: Decision, marks: list[bool]) -> Trial | None:
    """A trial where exactly one choice is marked: by chance it is among the best as often as any other."""
    if sum(marks) != 1:
        return None
    return Trial(one.node, one.choices[marks.index(True)] in one.best, Fraction(len(one.best), len(one.choices)))


def _by_verb(one: Decision) -> Trial | None:
    """A trial where some choices are spoken and some are not: whether all of the best are not."""
    quiet = sum(choice.verb in QUIET_VERBS for choice in one.choices)
    if not 0 < quiet < len(one.choices):
        return None
    chance = Fraction(1)
    for n in range(len(one.best)):  # drawn one after another, without putting back
        chance *= Fraction(max(0, quiet - n), len(one.choices) - n)
    return Trial(one.node, all(choice.verb in QUIET_VERBS for choice in one.best), chance)


def _check(code: str, what: str, trials: Iterable[Trial | None], program: Program, problems: Problems) -> None:
    found = [one for one in trials if one is not None]
    hits = [one for one in found if one.is_hit]
    if not found or Fraction(len(hits), len(found)) <= TOO_OFTEN:
        return
    tail = hits_tail(len(hits), [one.chance for one in found])
    if tail >= LEVEL:
        return
    problems.report(
        code,
        f"The best choice is {what} in {len(hits)} of {len(found)} decisions, and chance would do that "
        f"{_seldom(tail)}.",
        program.scenario.title.place,
        note=f"So it is at {', '.join(_named(hits))}.",
        help="A learner finds such a rule without reading. Break it: let another choice be so, at some of these.",
    )


def _seldom(tail: float) -> str:
    """A probability in words, such as “once in 40 scenarios”."""
    return f"once in {round(1 / tail):,} scenarios" if tail > 1e-6 else "less than once in a million scenarios"


def _named(hits: list[Trial]) -> Iterator[str]:
    yield from (one.node.id for one in hits[:SHOWN])
    if len(hits) > SHOWN:
        yield f"and {len(hits) - SHOWN} more"
