"""The states that play can reach and the steps between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from simulator.encounter.transition import available, begin, take
from simulator.explore.project import Projection
from simulator.scoring.evidence import case_of

if TYPE_CHECKING:
    from simulator.encounter.program import Choice, EvidenceCase, Node, Program
    from simulator.encounter.state import State
    from simulator.explore.ahead import Texts
    from simulator.explore.settled import Settled

MOST_STATES: Final = 2_000_000
MOST_IN_PASSING: Final = 200_000  # where exploring is not what was asked for, but helps


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """What a learner faces: a node, the choices on offer there, what each is evidence of, and what it settles.

    `state` is one of those in which it is met.
    """

    number: int
    state: State
    node: Node
    choices: tuple[Choice, ...]
    cases: tuple[EvidenceCase | None, ...]
    settled: tuple[Settled | None, ...]


@dataclass(frozen=True, eq=False)
class Graph:
    """Every reachable state, projected, in an order in which each step leads to a later one; the first is the start.

    Beside each state: the situation it is in (None once it is over), the states its choices lead to, and its rank,
    the most decisions that can have been made before it. `opening` is settled before the first choice.
    """

    program: Program
    states: list[State] = field(repr=False)
    situations: tuple[Situation, ...] = field(repr=False)
    faced: list[Situation | None] = field(repr=False)
    steps: list[tuple[int, ...]] = field(repr=False)
    ranks: list[int] = field(repr=False)
    opening: Settled | None
    project: Projection = field(repr=False)

    @cached_property
    def index(self) -> dict[State, int]:
        """Where each projected state stands."""
        return {state: at for at, state in enumerate(self.states)}

    @property
    def edges(self) -> int:
        """How many steps there are."""
        return sum(map(len, self.steps))


class TooMany(Exception):
    """There are more states than the cap allows."""


def explore(program: Program, cap: int = MOST_STATES, texts: Texts = frozenset()) -> Graph:
    """The graph of all reachable states; raises `TooMany` where there are more than `cap`.

    States also keep what `texts` ask: conditions of lines, replies and cues.
    """
    project = Projection(program, texts)
    between, settled_at, number = project.settling.between, project.settling.at, Situations(program)
    start = begin(program)[0]
    states = [project(start)]
    index = {states[0]: 0}
    faced: list[Situation | None] = []
    steps: list[tuple[int, ...]] = []
    for state in states:  # which grows on the way
        if state.ending >= 0:
            faced.append(None)
            steps.append(())
            continue
        choices = available(program, state)
        settled: list[Settled | None] = []
        row: list[int] = []
        here = settled_at[state.node]
        for choice in choices:
            reached = take(program, state, choice)[0]
            is_same = reached.ending < 0 and settled_at[reached.node] == here
            settled.append(None if is_same else between(state.node, reached))
            after = project(reached)
            at = index.setdefault(after, len(states))
            if at == len(states):
                states.append(after)
            row.append(at)
        faced.append(number(state, choices, tuple(settled)))
        steps.append(tuple(row))
        if len(states) > cap:
            raise TooMany
    order, ranks = _order(steps)
    new = [0] * len(states)
    for position, old in enumerate(order):
        new[old] = position
    return Graph(
        program,
        [states[old] for old in order],
        tuple(number.known.values()),
        [faced[old] for old in order],
        [tuple([new[end] for end in steps[old]]) for old in order],
        [ranks[old] for old in order],
        between(-1, start),
        project,
    )


class Situations:
    """Finds the situation of a state; each is made once."""

    def __init__(self, program: Program) -> None:
        self.nodes = program.nodes
        self.known: dict[object, Situation] = {}
        self.is_flat = [not any(c.when for choice in one.choices for c in choice.evidence) for one in program.nodes]

    def __call__(self, state: State, choices: tuple[Choice, ...], settled: tuple[Settled | None, ...]) -> Situation:
        """The situation of a state with these choices on offer."""
        at = state.node
        cases = () if self.is_flat[at] else tuple([case_of(choice, state) for choice in choices])
        key = (at, choices, cases, settled)
        found = self.known.get(key)
        if found is None:
            cases = tuple([case_of(choice, state) for choice in choices])
            found = self.known[key] = Situation(len(self.known), state, self.nodes[at], choices, cases, settled)
        return found


def _order(steps: list[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    """The states by rank, and the rank of each: play never comes back to a state, so each can follow all before it."""
    waiting = [0] * len(steps)
    for row in steps:
        for end in row:
            waiting[end] += 1
    ranks = [0] * len(steps)
    ready = [0]
    for at in ready:  # which grows on the way
        rank = ranks[at] + 1
        for end in steps[at]:
            waiting[end] -= 1
            ranks[end] = max(ranks[end], rank)
            if not waiting[end]:
                ready.append(end)
    assert len(ready) == len(steps), "a state leads back to itself"
    return sorted(ready, key=ranks.__getitem__), ranks
