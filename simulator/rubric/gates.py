"""The gates that a case of scores may carry: what bars a band, and is named whatever the figures say."""

from __future__ import annotations

from typing import Final, Protocol

GATES: Final = ("harm", "unsafe")


class Gated(Protocol):
    """Scores as an author wrote them, or as they were compiled."""

    @property
    def harm(self) -> bool:
        """A relational harm."""

    @property
    def unsafe(self) -> bool:
        """A clinical risk."""


def gates_of(case: Gated | None) -> tuple[str, ...]:
    """The gates a case carries; none where there is no case."""
    return tuple(gate for gate in GATES if case and getattr(case, gate))
