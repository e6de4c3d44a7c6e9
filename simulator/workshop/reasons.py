"""Why something is so in a state: conditions told in words, with what they read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.names import Names
from simulator.encounter.state import FIELDS
from simulator.workshop.terms import All, Any, Asked, Compared, Named, Not, Sum, taken_apart
from simulator.workshop.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State
    from simulator.workshop.terms import Term


class Condition(NamedTuple):
    """One condition in words: what it asks (“it was told that …”), and what it reads now, by ids (“not told foot”)."""

    asks: str
    reads: str


class Reasons:
    """Tells the conditions of one scenario, and what each reads in a state."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.words, self.brief = Words(program), Words(program, is_brief=True)
        self.names = Names(program.scenario)

    def condition(self, text: str, state: State) -> Condition:
        """A condition that stands in the visit in which `state` is."""
        leaves = dict.fromkeys(_leaves(taken_apart(text)))
        told = [self._read(leaf, state) for leaf in leaves]
        return Condition(self.words.when(text), "; ".join(told))

    def needs(self, choice: Choice, state: State) -> Condition | None:
        """What must hold for a choice to be there: its `when`, the promise it keeps, the fact it recalls."""
        shape = self.program.scenario.choice(choice.id)
        found = [str(shape.when)] if shape.when is not None else []
        found += [f"promised('{shape.keeps}')"] if shape.keeps is not None else []
        found += [f"told('{shape.recalls}')"] if shape.recalls is not None else []
        return self.condition(" and ".join(f"({one})" for one in found), state) if found else None

    def against(self, choice: Choice, state: State) -> list[str]:
        """Why a choice of the state's node is not offered, in sentences; nothing where it is."""
        found = []
        if state.ledger & choice.bit and not choice.again:
            found.append("It was taken already, and has no `again: true`.")
        needs = self.needs(choice, state)
        if needs and choice.need is not None and not choice.need(state):
            found.append(f"It is there only if {needs.asks}. Now: {needs.reads}.")
        return found

    def _read(self, leaf: str, state: State) -> str:
        """What one name or question comes to, as a condition that holds."""
        slot = self.names.slot(leaf)
        assert slot is not None  # the condition was read
        kind, index = slot
        if kind not in FIELDS:
            holds = self.program.ledger.has(state, kind, index)
            return self.brief.when(leaf if holds else f"not {leaf}")
        value = state.minutes if kind == "minutes" else (state.meters if kind == "meters" else state.counts)[index]
        return self.brief.when(f"{leaf} == {value}")


def _leaves(term: Term) -> Iterator[str]:
    """The names and questions of a condition, as they are written, in their order."""
    match term:
        case Named(name) if name not in ("true", "false"):
            yield name
        case Asked(function, id_):
            yield f"{function}('{id_}')"
        case Not(inner):
            yield from _leaves(inner)
        case All(terms) | Any(terms):
            for one in terms:
                yield from _leaves(one)
        case Compared(left, _, right) | Sum(left, _, right):
            for side in (left, right):
                if side is not None:
                    yield from _leaves(side)
