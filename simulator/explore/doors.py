"""The doors that closed: what a playthrough never came to, and the decision after which it no longer could."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from simulator.encounter.transition import Ended, Entered, begin, take
from simulator.explore.project import Projection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State
    from simulator.encounter.transition import Event, Took
    from simulator.explore.graph import Graph

What = Literal["fact", "promise", "ending"]


class Thing(NamedTuple):
    """A fact that can be told, a promise that can be kept, or an ending, by its index."""

    what: What
    which: int


class Door(NamedTuple):
    """Something missed, with the decision (counted from 1) that closed the way to it, and the choice made there."""

    thing: Thing
    decision: int
    choice: Choice


class Foresight:
    """What can still come about from a state on. Made from a graph, or from the table that one has made."""

    def __init__(self, program: Program, project: Projection, start: int, still: Callable[[State], int]) -> None:
        self.program, self._project = program, project
        self._bits = _bits(program)
        self._start, self._still = start, still  # of the first state, and of any state that was projected

    @classmethod
    def of(cls, graph: Graph) -> Self:
        """The foresight of every state of a graph."""
        program = graph.program
        bits, marks = _bits(program), _Marks(program)
        by_choice = [marks.of(choice.marks) for choice in program.choices]
        still = [0] * len(graph.states)
        for at in range(len(graph.states) - 1, -1, -1):
            if (situation := graph.faced[at]) is not None:
                for choice, end in zip(situation.choices, graph.steps[at], strict=True):
                    events = take(program, graph.states[at], choice)[1]
                    still[at] |= _brought(events, bits, marks) | by_choice[choice.index] | still[end]
        start = still[0] | _brought(begin(program)[1], bits, marks)
        return cls(program, graph.project, start, lambda state: still[graph.index[state]])

    def table(self, states: Iterable[State]) -> dict[str, int]:
        """What can still come about, by `key_of` each projected state: to be kept, and given to `from_table`."""
        return {"": self._start, **{key_of(state): self._still(state) for state in states}}

    @classmethod
    def from_table(cls, program: Program, table: Mapping[str, int]) -> Self:
        """The foresight that a table was made from; of a state that is not in it, nothing is known to come."""
        return cls(program, Projection(program, frozenset()), table[""], lambda state: table.get(key_of(state), 0))

    def from_here(self, state: State) -> frozenset[Thing]:
        """What can still come about from a state (a reachable one) on."""
        return self._things(self._still(self._project(state)))

    def ever(self) -> frozenset[Thing]:
        """What can come about in any playthrough."""
        return self._things(self._start)

    def _things(self, bits: int) -> frozenset[Thing]:
        return frozenset(thing for thing, bit in self._bits.items() if bits & bit)

    def doors(self, decisions: Sequence[Took], final: State) -> list[Door]:
        """The doors that closed in a playthrough, the last to close first; of promises, those that were made."""
        program = self.program
        open_at = [self._still(self._project(took.before)) for took in decisions]
        missed = [thing for thing in self._bits if not _has(program, thing, final)]
        found = []
        for thing in missed:
            if thing.what == "promise" and not program.ledger.has(final, "promised", thing.which):
                continue
            moments = [n for n, bits in enumerate(open_at, start=1) if bits & self._bits[thing]]
            if moments:
                found.append(Door(thing, moments[-1], decisions[moments[-1] - 1].choice))
        return sorted(found, key=lambda door: -door.decision)


def key_of(state: State) -> str:
    """A short name for a projected state."""
    return blake2b(repr(tuple(state)).encode(), digest_size=8).hexdigest()


class _Marks:
    """What a choice or a node enters in the ledger, in the bits of things: a ledger is long, and things are few."""

    def __init__(self, program: Program) -> None:
        sets = {"fact": "told", "promise": "kept"}
        things = ((thing, bit) for thing, bit in _bits(program).items() if thing.what in sets)
        self.pairs = [(program.ledger.bit(sets[thing.what], thing.which), bit) for thing, bit in things]

    def of(self, marks: int) -> int:
        """The things among some marks of the ledger."""
        return sum(bit for mark, bit in self.pairs if marks & mark)


def _brought(events: Sequence[Event], bits: Mapping[Thing, int], marks: _Marks) -> int:
    found = 0
    for event in events:
        if type(event) is Entered:
            found |= marks.of(event.node.tells) if event.node.tells else 0
        elif type(event) is Ended:
            found |= bits[Thing("ending", event.ending.index)]
    return found


def nearest(doors: Sequence[Door]) -> Door | None:
    """The fact that was missed last; or, where none was missed, the ending."""
    by_kind = {door.thing.what: door for door in reversed(doors)}
    return by_kind.get("fact") or by_kind.get("ending")


def _bits(program: Program) -> dict[Thing, int]:
    """A bit for each thing there is."""
    things = [Thing("fact", n) for n in range(len(program.facts))]
    things += [Thing("promise", n) for n in range(len(program.promises))]
    things += [Thing("ending", n) for n in range(len(program.endings))]
    return {thing: 1 << n for n, thing in enumerate(things)}


def _has(program: Program, thing: Thing, final: State) -> bool:
    if thing.what == "ending":
        return final.ending == thing.which
    return program.ledger.has(final, "told" if thing.what == "fact" else "kept", thing.which)
