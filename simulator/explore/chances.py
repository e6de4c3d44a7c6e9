"""What becomes of learners who choose by a strategy: exact chances, as whole numbers of equal shares.

At each rank (the most decisions that can have been made) there is a number of shares that every choice so far divides
evenly. So no fraction is ever added to another, and nothing is rounded.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.explore.graph import Graph, Situation
    from simulator.explore.strategies import Strategy
    from simulator.explore.worth import Worth


class Flow:
    """How many of `whole` shares of learners come to each state, where all begin at the first."""

    def __init__(self, graph: Graph, strategy: Strategy) -> None:
        self.graph = graph
        self.picks = [strategy(situation) for situation in graph.situations]
        self._per_rank = self._shares()
        self.whole = self._per_rank[-1]
        self.arriving = self.avoiding(set())

    def _shares(self) -> list[int]:
        """For each rank, into how many shares the whole must be divided for those of that rank to be whole numbers."""
        numbers: dict[int, set[int]] = {}
        for situation, rank in zip(self.graph.faced, self.graph.ranks, strict=True):
            if situation is not None:
                numbers.setdefault(rank, set()).add(len(self.picks[situation.number]))
        found = [1]
        for rank in range(self.graph.ranks[-1]):
            found.append(found[-1] * lcm(*numbers.get(rank, (1,))))
        return found

    def avoiding(self, situations: set[int]) -> list[int]:
        """The shares that come to each state, if none goes on from these situations (by number)."""
        graph, found = self.graph, [0] * len(self.graph.states)
        found[0] = self.whole
        for at, situation in enumerate(graph.faced):
            if found[at] and situation is not None and situation.number not in situations:
                row, picks = graph.steps[at], self.picks[situation.number]
                each = found[at] // len(picks)
                for pick in picks:
                    found[row[pick]] += each
        return found

    def share(self, number: int) -> Fraction:
        """A number of shares, as a part of the whole."""
        return Fraction(number, self.whole)

    @cached_property
    def by_situation(self) -> dict[tuple[Situation, int], int]:
        """For each situation and the place of a choice in it, the shares that go that way."""
        met: Counter[int] = Counter()
        for number, situation in zip(self.arriving, self.graph.faced, strict=True):
            if situation is not None:
                met[situation.number] += number
        return {
            (situation, pick): met[situation.number] // len(picks)
            for situation, picks in zip(self.graph.situations, self.picks, strict=True)
            if met[situation.number]
            for pick in picks
        }

    def endings(self) -> dict[int, Fraction]:
        """The part of learners that comes to each ending (by its index)."""
        ends = zip(self.graph.states, self.arriving, strict=True)
        return {state.ending: self.share(number) for state, number in ends if state.ending >= 0 and number}

    def taken(self) -> dict[int, Fraction]:
        """How often each choice (by its index) is taken in a playthrough, on average; never taken ones are left out."""
        found: Counter[int] = Counter()
        for (situation, pick), shares in self.by_situation.items():
            found[situation.choices[pick].index] += shares
        return {index: self.share(number) for index, number in found.items()}

    def offered(self) -> dict[int, Fraction]:
        """The part of learners to whom each choice (by its index) is ever offered; those never offered are left out."""
        found: Counter[int] = Counter()
        again: set[int] = set()  # those that can be offered more than once
        for (situation, _), shares in self.by_situation.items():
            for choice in situation.choices:
                found[choice.index] += shares
                if situation.node.is_hub:
                    again.add(choice.index)
        for index in again:
            met_by = {one.number for one in self.graph.situations if any(c.index == index for c in one.choices)}
            found[index] = self.whole - self.without(met_by)
        return {index: self.share(number) for index, number in sorted(found.items()) if number}

    def without(self, situations: set[int]) -> int:
        """The shares that come to an end without ever meeting these situations."""
        arriving = self.avoiding(situations)
        return sum(number for number, one in zip(arriving, self.graph.faced, strict=True) if one is None)

    def mean(self, worth: Worth) -> Fraction:
        """The mean Σ value."""
        total = sum(shares * worth.steps[one.number][pick] for (one, pick), shares in self.by_situation.items())
        return (self.share(total) + worth.opening) * worth.unit

    def distribution(self, worth: Worth) -> dict[Fraction, Fraction]:
        """The part of learners that comes to each Σ value.

        The shares of a state by value are kept side by side in one long number, so that moving them on by a choice
        is a shift and an addition.
        """
        width = 8 * (self.whole.bit_length() // 8 + 1)  # bits for one value
        lows = self._lows(worth)
        graph, ranks, per_rank = self.graph, self.graph.ranks, self._per_rank
        by_value: dict[int, int] = {0: 1}
        ended: Counter[int] = Counter()
        for at, situation in enumerate(graph.faced):
            packed = by_value.pop(at, 0)
            if not packed:
                continue
            shares = per_rank[ranks[at]]
            if situation is None:
                for value, number in _unpacked(packed, width // 8):
                    ended[lows[at] + value] += number * (self.whole // shares)
                continue
            row, picks, values = graph.steps[at], self.picks[situation.number], worth.steps[situation.number]
            for pick in picks:
                end = row[pick]
                moved = packed * (per_rank[ranks[end]] // shares // len(picks))
                by_value[end] = by_value.get(end, 0) + (moved << width * (lows[at] + values[pick] - lows[end]))
        return {(worth.opening + value) * worth.unit: self.share(n) for value, n in sorted(ended.items())}

    def _lows(self, worth: Worth) -> list[int]:
        """The least Σ value, in units, with which each state can be come to."""
        found: dict[int, int] = {0: 0}
        graph = self.graph
        for at, situation in enumerate(graph.faced):
            if situation is not None and at in found:
                low, row, values = found[at], graph.steps[at], worth.steps[situation.number]
                for pick in self.picks[situation.number]:
                    end = row[pick]
                    found[end] = min(found.get(end, low + values[pick]), low + values[pick])
        return [found.get(at, 0) for at in range(len(graph.states))]


def _unpacked(packed: int, width: int) -> Iterator[tuple[int, int]]:
    """Each place (of so many bytes) that is not 0, with what stands there."""
    data = packed.to_bytes((packed.bit_length() + 7) // 8, "little")
    for place, start in enumerate(range(0, len(data), width)):
        if number := int.from_bytes(data[start : start + width], "little"):
            yield place, number
