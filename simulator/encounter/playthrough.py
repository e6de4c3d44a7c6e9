"""One playthrough so far: the choices made, the state they led to, and every event on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.encounter.transition import Event, Took, available, begin, take

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.encounter.program import Choice, Program
    from simulator.encounter.state import State


@dataclass(frozen=True)
class Playthrough:
    """An immutable value; `choose` gives the next one. `made` are the choices, in order."""

    program: Program
    state: State
    events: tuple[Event, ...]
    made: tuple[Choice, ...] = ()

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
        return replace(self, state=state, events=self.events + events, made=(*self.made, choice))

    @property
    def available(self) -> tuple[Choice, ...]:
        """What may be chosen now, in file order."""
        return available(self.program, self.state)

    @property
    def is_over(self) -> bool:
        """Whether an ending was reached."""
        return self.state.is_over

    @property
    def decisions(self) -> list[Took]:
        """The choices with their states, in order."""
        return [event for event in self.events if isinstance(event, Took)]
