"""Values of a number that come to the same from a node on: `trust` at 7 and at 9, where only `trust >= 4` is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.explore.ahead import asked_after, asked_at
from simulator.language.terms import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.encounter.program import Choice, Effect, Go, Node, Program, Test
    from simulator.explore.ahead import Texts

Cuts = tuple[int, ...]
Table = tuple[int, ...]  # for each value, from the least: the least value that comes to the same


class Number(NamedTuple):
    """A meter, a count, or the clock of a visit (by its index): where the state keeps it, and its bounds."""

    kept: str
    which: int
    lo: int
    hi: int


def numbers(program: Program) -> list[Number]:
    """Every meter, every count, and the clock of every visit that has one."""
    found = [Number("meters", n, meter.lo, meter.hi) for n, meter in enumerate(program.meters)]
    for tag in range(len(program.tags)):
        found.append(Number("counts", tag, 0, sum(tag in choice.tags for choice in program.choices)))
    return found + [Number("minutes", one.index, 0, one.minutes) for one in program.visits if one.minutes >= 0]


def cuts(program: Program, number: Number, tests: Iterable[Test | None]) -> Cuts:
    """The values from which on a number makes a difference to some of these conditions."""
    found: set[int] = set()
    for test in tests:
        for read in program.reads[test] if test else ():
            if read.kept == number.kept and (read.which == number.which or read.kept == "minutes"):
                found |= read.cuts
    return tuple(range(number.lo, number.hi + 1)) if EVERYWHERE in found else tuple(sorted(found))


def tables(program: Program, number: Number, texts: Texts, at_end: Cuts | None = None) -> list[Table]:
    """For each node, which values of a number come to the same for a state that stands there.

    The same means: to every condition of play from there on, whatever is chosen; or, where `at_end` is given, to the
    conditions on the final state that have these cuts, and to no others.
    """
    return _Refining(program, number, texts, at_end).tables()


class _Moves(NamedTuple):
    """What may happen to the number when a choice is taken: amounts added, and the nodes that may follow."""

    amounts: tuple[int, ...]
    cuts: Cuts  # asked of the value it has then
    ends: tuple[int, ...]
    knocks: bool  # the number is a clock, and the choice costs minutes


class _Refining:
    """Begins with all values as one class at every node, and parts them until nothing parts them any more."""

    def __init__(self, program: Program, number: Number, texts: Texts, at_end: Cuts | None) -> None:
        self.program, self.number, self.at_end, self.texts = program, number, at_end, texts
        self.values = range(number.lo, number.hi + 1)
        self.nodes = program.nodes
        self.standing_cuts = [self._cuts(asked_at(node, texts)) for node in program.nodes]
        if number.kept == "minutes":  # only within its visit; and at 0 it has knocked already, which is another thing
            self.nodes = tuple(node for node in program.nodes if node.visit == number.which)
            self.standing_cuts = [(1, *cuts) for cuts in self.standing_cuts]
        self.entering_cuts = [self._cuts(one.when for one in node.effects) for node in program.nodes]
        self.moves = [[self._moves(node, choice) for choice in node.choices] for node in program.nodes]
        self.amounts = [self._amounts(node.effects) for node in program.nodes]
        self.standing = [[0] * len(self.values) for _ in program.nodes]
        self.through = [[0] * len(self.values) for _ in program.nodes]

    def _cuts(self, tests: Iterable[Test | None]) -> Cuts:
        return cuts(self.program, self.number, tests) if self.at_end is None else ()

    def _moves(self, node: Node, choice: Choice) -> _Moves:
        ends = {way.node for way in choice.next}
        visit = self.program.visits[node.visit]
        if choice.minutes and visit.out_of_time >= 0:
            ends.add(visit.out_of_time)
        amounts = self._amounts(choice.effects)
        is_clock = self.number.kept == "minutes"
        if is_clock:
            amounts = (-choice.minutes,)
        elif self.number.kept == "counts":
            counts = self.number.which in choice.tags
            amounts = ((0, 1) if choice.again else (1,)) if counts else (0,)
        return _Moves(
            amounts, self._cuts(asked_after(choice, self.texts)), tuple(sorted(ends)), is_clock and choice.minutes > 0
        )

    def _amounts(self, effects: Sequence[Effect]) -> tuple[int, ...]:
        found = {0} if not effects or effects[-1].when else set()
        if self.number.kept == "meters":
            for one in effects:
                found.add(next((amount for index, amount, *_ in one.meters if index == self.number.which), 0))
        return tuple(sorted(found | {0}))

    def tables(self) -> list[Table]:
        if not (self.at_end or any(self.standing_cuts) or any(self.entering_cuts)):
            return [(self.number.lo,) * len(self.values)] * len(self.program.nodes)
        is_settled = False
        while not is_settled:
            is_settled = True
            for node in reversed(self.nodes):
                standing = _classes(self._signature, node, self.values)
                self.standing[node.index], before = standing, self.standing[node.index]
                through = _classes(self._signature_on_entering, node, self.values)
                is_settled = is_settled and before == standing and through == self.through[node.index]
                self.through[node.index] = through
        lo = self.number.lo
        return [tuple(lo + one.index(class_) for class_ in one) for one in self.standing]

    def _signature(self, node: Node, value: int) -> object:
        """All that can be told of a value by a state that stands at a node."""
        return (
            _side(value, self.standing_cuts[node.index]),
            [
                (_side(then, move.cuts), [self.through[end][then - self.number.lo] for end in move.ends])
                if then or not value or not move.knocks
                else "it knocks"
                for move in self.moves[node.index]
                for then in self._after(value, move.amounts)
            ],
            [self._onward(way, value) for way in node.next],
            self.through[node.otherwise][value - self.number.lo] if node.otherwise >= 0 else 0,
        )

    def _signature_on_entering(self, node: Node, value: int) -> object:
        after = self._after(value, self.amounts[node.index])
        lo = self.number.lo
        return (_side(value, self.entering_cuts[node.index]), [self.standing[node.index][then - lo] for then in after])

    def _onward(self, way: Go, value: int) -> int:
        return self.through[way.node][value - self.number.lo] if way.ending < 0 else _side(value, self.at_end or ())

    def _after(self, value: int, amounts: Iterable[int]) -> list[int]:
        return [min(self.number.hi, max(self.number.lo, value + amount)) for amount in amounts]


def _side(value: int, cuts: Cuts) -> int:
    """How many cuts a value has passed."""
    return sum(value >= cut for cut in cuts)


def _classes(signature: Callable[[Node, int], object], node: Node, values: range) -> list[int]:
    """The values numbered by what can be told of them."""
    known: dict[str, int] = {}
    return [known.setdefault(repr(signature(node, value)), len(known)) for value in values]


def both(one: Table, other: Table, lo: int) -> Table:
    """The classes in which values agree by two tables."""
    pairs = list(zip(one, other, strict=True))
    return tuple(lo + pairs.index(pair) for pair in pairs)
