"""Where there are too many states: playthroughs drawn at random, and how far off what they show may be."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.encounter.transition import available, begin, take
from simulator.explore.graph import Situations
from simulator.explore.worth import value_in
from simulator.scoring.rules import of_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State
    from simulator.explore.graph import Situation
    from simulator.explore.strategies import Strategy
    from simulator.scoring.opportunities import Group

PLAYTHROUGHS: Final = 10_000
_Z: Final = 1.959964  # 95 % of a normal distribution lies within so many standard deviations of its mean

Interval = tuple[float, float]


class Drawn(NamedTuple):
    """One playthrough: what was faced, the place of the choice made there, and the final state."""

    decisions: tuple[tuple[Situation, int], ...]
    final: State

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices made."""
        return tuple(situation.choices[pick] for situation, pick in self.decisions)


class Sample:
    """So many playthroughs of learners who choose by a strategy."""

    def __init__(self, program: Program, strategy: Strategy, chance: Random, number: int = PLAYTHROUGHS) -> None:
        self.program, self.number = program, number
        self._situations = Situations(program)
        self.drawn = [self._draw(strategy, chance) for _ in range(number)]

    def _draw(self, strategy: Strategy, chance: Random) -> Drawn:
        state = begin(self.program)[0]
        decisions = []
        while not state.is_over:
            situation = self._situations(state, available(self.program, state), ())
            pick = chance.choice(strategy(situation))
            decisions.append((situation, pick))
            state = take(self.program, state, situation.choices[pick])[0]
        return Drawn(tuple(decisions), state)

    def endings(self) -> Counter[int]:
        """How many came to each ending (by its index)."""
        return Counter(one.final.ending for one in self.drawn)

    def offered(self) -> Counter[int]:
        """To how many each choice (by its index) was ever offered."""
        return Counter(
            index
            for one in self.drawn
            for index in {choice.index for situation, _ in one.decisions for choice in situation.choices}
        )

    def taken(self) -> Counter[int]:
        """How often each choice (by its index) was taken, in all."""
        return Counter(choice.index for one in self.drawn for choice in one.choices)

    def values(self, group: Group) -> list[Fraction]:
        """The Σ value of each for a group."""
        known: dict[tuple[int, int], Fraction] = {}
        found = []
        for one in self.drawn:
            total = sum((rule.value for rule in of_rules(self.program, [], one.final, group)), Fraction(0))
            for situation, pick in one.decisions:
                key = (situation.number, pick)
                if key not in known:
                    known[key] = value_in(self.program, situation, pick, group)
                total += known[key]
            found.append(total)
        return found


def around_mean(values: Sequence[Fraction]) -> Interval:
    """Between what bounds a mean lies, with 95 % confidence, by the normal distribution; needs two values at least."""
    numbers = [float(value) for value in values]
    mean = sum(numbers) / len(numbers)
    variance = sum((one - mean) ** 2 for one in numbers) / (len(numbers) - 1)
    half = _Z * sqrt(variance / len(numbers))
    return mean - half, mean + half
