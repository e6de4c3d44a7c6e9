"""One playthrough so far: the choices made, the state they led to, and every event on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from simulator.encounter.transition import Event, Took, available, begin, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State


@dataclass(frozen=True, eq=False)
class Playthrough:
    """An immutable value that knows the one before it: `choose` gives the next, `back` an earlier one, both at once."""

    program: Program
    state: State
    latest: tuple[Event, ...] = field(repr=False)  # what the last choice (or the beginning) brought
    before: Playthrough | None = field(default=None, repr=False)
    choice: Choice | None = None
    count: int = 0  # choices made

    @classmethod
    def start(cls, program: Program) -> Playthrough:
        """Nothing chosen yet."""
        state, events = begin(program)
        return cls(program, state, events)

    @classmethod
    def of(cls, program: Program, choices: Iterable[Choice]) -> Playthrough:
        """The playthrough that these choices make; ValueError if one of them is not available in its turn."""
        self = cls.start(program)
        for choice in choices:
            self = self.choose(choice)
        return self

    def choose(self, choice: Choice) -> Playthrough:
        """This playthrough, one choice further; ValueError if the choice is not available."""
        if choice not in self.available:
            raise ValueError(f"{choice.id} is not available here")
        state, events = take(self.program, self.state, choice)
        return Playthrough(self.program, state, events, self, choice, self.count + 1)

    def back(self, to: int) -> Playthrough:
        """This playthrough as it was when `to` choices had been made."""
        return next(one for one in self._backwards() if one.count == to)

    @cached_property
    def available(self) -> tuple[Choice, ...]:
        """What may be chosen now, in file order."""
        return available(self.program, self.state)

    @property
    def is_over(self) -> bool:
        """Whether an ending was reached."""
        return self.state.is_over

    @property
    def made(self) -> tuple[Choice, ...]:
        """The choices, in order."""
        return tuple(one.choice for one in reversed(list(self._backwards())) if one.choice is not None)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, in order."""
        return tuple(event for one in reversed(list(self._backwards())) for event in one.latest)

    @property
    def decisions(self) -> list[Took]:
        """The choices with their states, in order."""
        return [event for event in self.events if isinstance(event, Took)]

    def _backwards(self) -> Iterator[Playthrough]:
        one: Playthrough | None = self
        while one is not None:
            yield one
            one = one.before
