"""What of a state can still matter: states that differ only in what nothing will read are one."""

from __future__ import annotations

from operator import getitem, sub
from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.state import State
from simulator.explore.ahead import Slots, asked, clocks
from simulator.explore.classes import both, cuts, numbers, tables
from simulator.explore.settled import Settling

if TYPE_CHECKING:
    from simulator.encounter.program import Program
    from simulator.explore.ahead import Texts
    from simulator.explore.classes import Number, Table


class _View(NamedTuple):
    """What is kept of a state at one node: bits of the ledger, and a value for each value of meters and counts.

    None stands where every value is kept as it is.
    """

    ledger: int
    meters: tuple[Table, ...] | None
    counts: tuple[Table, ...] | None
    clock: Table | None  # None where it makes no difference any more


class Projection:
    """Takes out of a state what makes no difference from its node on.

    Kept is what conditions can still ask, as far as they can tell it apart; what rules on the whole read and what
    became of promises, until they are settled; choices taken where they could be offered again; and a clock that can
    still run out. Projecting before or after a choice comes to the same: the same choices are offered, they are the
    same evidence, the same is settled, and the same projected state follows.
    """

    def __init__(self, program: Program, texts: Texts = frozenset()) -> None:
        slots = Slots(program)
        self.settling = Settling(program, slots)
        first, count = program.ledger.first, len(program.promises)
        self._promises, self._kept, self._passed = (1 << count) - 1, first["kept"], first["passed"]
        lows = [meter.lo for meter in program.meters]
        self._lows = lows if any(lows) else None  # mostly, meters begin at 0
        self._views = self._seen(program, slots, texts)

    def _seen(self, program: Program, slots: Slots, texts: Texts) -> list[_View]:
        running, reads = clocks(program, texts), asked(program, slots, texts)
        by_number = [(number, self._tables(program, number, texts)) for number in numbers(program)]
        meters, counts = ([one for one in by_number if one[0].kept == kept] for kept in ("meters", "counts"))
        by_visit = {number.which: of for number, of in by_number if number.kept == "minutes"}
        return [
            _View(
                (bits | self.settling.open_reads(node)) & (1 << slots.meters) - 1,
                _at(meters, node),
                _at(counts, node),
                by_visit[program.nodes[node].visit][node] if node in running else None,
            )
            for node, bits in enumerate(reads)
        ]

    def _tables(self, program: Program, number: Number, texts: Texts) -> list[Table]:
        """The classes of a number at each node, by play and by the rules that are not settled there."""
        found = tables(program, number, texts)
        for which, rule in enumerate(self.settling.rules):
            if at_end := cuts(program, number, [rule.when]):
                by_rule = tables(program, number, texts, at_end)
                for node, settled in enumerate(self.settling.at):
                    if not settled >> which & 1:
                        found[node] = both(found[node], by_rule[node], number.lo)
        return found

    def __call__(self, state: State) -> State:
        """The projected state; of an ended one, only the ending is left."""
        at, minutes, late, meters, ledger, counts, ending = state
        if ending >= 0:
            return State(0, -1, False, (), 0, (), ending)
        view = self._views[at]
        if view.meters is not None:
            if self._lows is not None:
                meters = tuple(map(sub, meters, self._lows))
            meters = tuple(map(getitem, view.meters, meters))
        if view.counts is not None:
            counts = tuple(map(getitem, view.counts, counts))
        if view.clock is None:
            minutes, late = -1, False
        else:
            minutes = view.clock[minutes]
        ledger &= view.ledger
        if self._promises:  # whether one that was kept was also passed over makes no difference
            ledger &= ~((ledger >> self._kept & self._promises) << self._passed)
        return _make(State, (at, minutes, late, meters, ledger, counts, ending))


def _at(by_number: list[tuple[Number, list[Table]]], node: int) -> tuple[Table, ...] | None:
    """The tables of one node; None if each leaves every value as it is."""
    if all(of[node] == tuple(range(number.lo, number.hi + 1)) for number, of in by_number):
        return None
    return tuple(of[node] for _, of in by_number)


_make = tuple.__new__  # a named tuple made in half the time
