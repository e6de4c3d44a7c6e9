"""Where a playthrough stands, as one immutable value."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """Everything later play can depend on; never a score.

    The fields named as sets are integers used as bit sets over the program's facts, flags, promises, choices
    and nodes. Compiled expressions reach the fields by position: the order here is the order of `FIELDS`.
    """

    node: int  # where the learner stands
    minutes: int  # left on the visit's clock; -1 where there is none
    late: bool  # this visit's out-of-time node has been played
    meters: tuple[int, ...]
    flags: int = 0
    told: int = 0
    recalled: int = 0
    promised: int = 0
    kept: int = 0
    passed: int = 0  # promises that could have been kept by a visible choice, and another was taken
    taken: int = 0  # choices
    seen: int = 0  # nodes that have been left
    counts: tuple[int, ...] = ()  # for each tag, how many different choices with it were taken
    ending: int = -1  # which ending; -1 while play goes on

    @property
    def is_over(self) -> bool:
        """Whether an ending was reached."""
        return self.ending >= 0


FIELDS = {name: position for position, name in enumerate(State._fields)}
