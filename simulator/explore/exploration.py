"""An `Exploration`: what can be told of every playthrough of a scenario, as one value. Renderers only render it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator.explore.sample import Interval


@dataclass(frozen=True)
class Figure:
    """A figure: exact, or from a sample, between bounds that hold the true one with 95 % confidence."""

    value: Fraction
    interval: Interval | None = None


@dataclass(frozen=True)
class Ended:
    """An ending, and the part of learners who choose at random that comes to it."""

    id: str
    title: str
    share: Figure


@dataclass(frozen=True)
class Offered:
    """A choice: to what part of learners who choose at random it is ever offered, and how often they take it."""

    id: str
    text: str
    offered: Figure
    taken: Figure


@dataclass(frozen=True)
class Path:
    """A playthrough by its choices (their ids), and its Σ value."""

    value: Fraction
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A rubric, or one of its criteria: the least and the greatest Σ value of any playthrough, and the mean at random.

    `on_worst`, `on_best` and `at_random` count its opportunities: on the playthroughs that are worst and best by the
    whole rubric, and on average. In a sample they are not counted, and least and greatest are those that were drawn.
    """

    id: str
    title: str
    worst: Path
    best: Path
    mean: Figure
    on_worst: int | None
    on_best: int | None
    at_random: Fraction | None


@dataclass(frozen=True)
class Earned:
    """What a strategy earns by a rubric: its mean Σ value, and the part of its learners that comes to each.

    `place` is where the mean lies between the least and the greatest, from 0 to 1; None where these are equal, and in
    a sample, which does not know them.
    """

    strategy: str
    mean: Figure
    place: Fraction | None
    distribution: tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True)
class ByRubric:
    """What there is to earn by one rubric; `criteria` are those that are tested somewhere, or that a rule is about."""

    overall: Span
    criteria: tuple[Span, ...]
    strategies: tuple[Earned, ...]


@dataclass(frozen=True)
class Exploration:
    """Everything about every playthrough; or, where there are more states than the cap, about a sample.

    `promises` gives for each what can become of it. In a sample `states`, `steps` and `playthroughs` are None, and
    `drawn` is how many playthroughs were drawn.
    """

    id: str
    title: str
    states: int | None
    steps: int | None
    playthroughs: int | None
    most_choices: int
    cap: int
    seed: int
    drawn: int | None
    endings: tuple[Ended, ...]
    choices: tuple[Offered, ...]
    promises: tuple[tuple[str, tuple[str, ...]], ...]
    rubrics: tuple[ByRubric, ...]

    @property
    def is_exact(self) -> bool:
        """Whether every playthrough was counted."""
        return self.drawn is None
