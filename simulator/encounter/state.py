"""Where a playthrough stands, as one immutable value."""

from __future__ import annotations

from typing import Final, NamedTuple

# what is kept in the ledger, in the order of its bits: the short sets first, so that they stay in the low bits
SETS: Final = ("flags", "told", "recalled", "promised", "kept", "passed", "seen", "taken")


class State(NamedTuple):
    """Everything later play can depend on; never a score.

    Compiled expressions reach the fields by position, as `FIELDS` has them.
    """

    node: int  # where the learner stands
    minutes: int  # left on the visit's clock; -1 where there is none
    late: bool  # this visit's out-of-time node has been played
    meters: tuple[int, ...]
    ledger: int  # a bit for each thing that is so, as `Ledger` lays them out
    counts: tuple[int, ...]  # for each tag, how many different choices with it were taken
    ending: int = -1  # which ending; -1 while play goes on

    @property
    def is_over(self) -> bool:
        """Whether an ending was reached."""
        return self.ending >= 0


FIELDS: Final = {name: position for position, name in enumerate(State._fields)}


class Ledger:
    """Which bit of a state's ledger stands for what.

    `flags`, and by index: facts `told` and `recalled`; promises `promised`, `kept` and `passed` (they could have been
    kept by a visible choice, and another was taken); nodes `seen` (left once); choices `taken`.
    """

    def __init__(self, flags: int, facts: int, promises: int, nodes: int, choices: int) -> None:
        sizes = (flags, facts, facts, promises, promises, promises, nodes, choices)
        self.first: dict[str, int] = {}  # the lowest bit of each set
        position = 0
        for name, size in zip(SETS, sizes, strict=True):
            self.first[name] = position
            position += size

    def bit(self, name: str, index: int) -> int:
        """The bit of one thing in one set; no bit for index -1."""
        return 1 << self.first[name] + index if index >= 0 else 0

    def has(self, state: State, name: str, index: int) -> bool:
        """Whether it is so in `state`."""
        return bool(state.ledger >> self.first[name] + index & 1)
