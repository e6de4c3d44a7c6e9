"""Rules on the whole playthrough, told as soon as nothing can change them, so that no state has to carry them on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.explore.ahead import changed
from simulator.scoring.rules import of_rules

if TYPE_CHECKING:
    from simulator.encounter.program import Program, Rule
    from simulator.encounter.state import State
    from simulator.explore.ahead import Slots
    from simulator.scoring.opportunities import Group, Opportunity


@dataclass(frozen=True, eq=False)
class Settled:
    """What has become certain on one step: rules that hold or do not, what became of promises."""

    program: Program = field(repr=False)  # with the rules that were settled, and no others
    state: State
    promises: Program = field(repr=False)  # with the rules on promises
    promised: State  # with what became of the promises that were settled
    which_promises: tuple[int, ...]

    @property
    def fired(self) -> tuple[Rule, ...]:
        """The rules that hold."""
        return tuple(rule for rule in self.program.rules if rule.when and rule.when(self.state))

    def opportunities(self, group: Group) -> list[Opportunity]:
        """Those of rules that hold, and of promises; that a rule could have held is not known here."""
        return [*of_rules(self.program, [], self.state, group), *of_rules(self.promises, [], self.promised, group)]

    def value(self, group: Group) -> Fraction:
        """The value of all that was settled."""
        return sum((one.value for one in self.opportunities(group)), Fraction(0))


class Settling:
    """Knows which rules and promises are settled at which node: those that read nothing that may still change."""

    def __init__(self, program: Program, slots: Slots) -> None:
        self.rules = tuple(rule for rule in program.rules if rule.on is None)
        self.reads = [slots.read([rule.when]) for rule in self.rules]
        self.reads += [slots.promise(which) for which in range(len(program.promises))]
        self.program = program
        self.on_promises = replace(program, rules=tuple(rule for rule in program.rules if rule.on is not None))
        self.all = (1 << len(self.reads)) - 1
        self.at = [self._settled(bits) for bits in changed(program, slots)]
        self.known: dict[object, Settled] = {}

    def _settled(self, changed: int) -> int:
        return sum(1 << which for which, reads in enumerate(self.reads) if not reads & changed)

    def open_reads(self, node: int) -> int:
        """What the rules and promises read that are not settled at a node."""
        found = 0
        for which, reads in enumerate(self.reads):
            if not self.at[node] >> which & 1:
                found |= reads
        return found

    def between(self, before: int, state: State) -> Settled | None:
        """What is settled in a state (not projected) and was not in the node `before` it; None where nothing is."""
        now = self.all if state.ending >= 0 else self.at[state.node]
        fresh = now & ~(self.at[before] if before >= 0 else 0)
        return self._settle(fresh, state) if fresh else None

    def _settle(self, fresh: int, state: State) -> Settled:
        rules = tuple(rule for which, rule in enumerate(self.rules) if fresh >> which & 1)
        promises, bits = [], 0
        for which, reads in enumerate(self.reads[len(self.rules) :]):
            if fresh >> len(self.rules) + which & 1:
                promises.append(which)
                bits |= reads & state.ledger
        key = (fresh, tuple(rule.when is not None and rule.when(state) for rule in rules), bits)
        if key not in self.known:
            program, promised = replace(self.program, rules=rules), state._replace(ledger=bits)
            self.known[key] = Settled(program, state, self.on_promises, promised, tuple(promises))
        return self.known[key]
