"""A scenario and its rubrics, resolved: ids to objects, expressions to functions; nothing is left to look up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator.encounter.state import Ledger, State
    from simulator.language.diagnostics import Place
    from simulator.language.templates import Template
    from simulator.rubric.shapes import Rubric
    from simulator.scenario.dialogue import Paragraph
    from simulator.scenario.shapes import Scenario, Verb

Test = Callable[["State"], bool]


class Read(NamedTuple):
    """One thing that a condition reads: a field of the state, or a set of its ledger, and which of them.

    `cuts` are the values of a number from which on it can make a difference; `EVERYWHERE` among them if each does.
    """

    kept: str
    which: int
    cuts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One criterion of one of the scenario's rubrics. `weight` is exact and already shared with its facets.

    It is `units` of `unit`, one unit for all criteria: sums of whole numbers are quicker than sums of fractions.
    """

    index: int
    rubric: str
    domain: str
    id: str
    title: str
    weight: Fraction
    units: int
    unit: Fraction
    try_: str

    @property
    def full(self) -> str:
        """`rubric/criterion`."""
        return f"{self.rubric}/{self.id}"


class Filled(NamedTuple):
    """A paragraph in which something is to be filled in."""

    speaker: str | None
    manner: str | None
    text: Template


class Passage(NamedTuple):
    """Lines under a condition, as paragraphs, ready or to be filled in; or as one template where an `if` decides."""

    when: Test | None
    lines: tuple[Paragraph | Filled, ...]
    whole: Template | None
    is_ready: bool  # nothing in `lines` is to be filled in


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceCase:
    """Levels that a choice or rule is evidence of, with the reason. `levels` maps criterion index to -2 … +2."""

    when: Test | None
    levels: Mapping[int, int]
    because: str
    harm: bool
    unsafe: bool
    place: Place


class Effect(NamedTuple):
    """What changes: (meter index, amount, its least, its greatest value); flags set and cleared."""

    when: Test | None
    meters: tuple[tuple[int, int, int, int], ...]
    sets: int
    clears: int


class Go(NamedTuple):
    """A way on: to a node, or (from `leave`) to an ending."""

    when: Test | None
    node: int
    ending: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Something the learner may do at a node.

    `bit` is its own in the ledger of choices taken; `marks` is all that taking it enters there: itself, the node as
    left, and the promise made or kept, the fact recalled or told.
    """

    index: int
    bit: int
    id: str  # visit/node/choice
    verb: Verb
    text: str | Template
    tempts: str | None
    need: Test | None  # must hold: `when`, and the promise to keep or the fact to recall
    minutes: int
    tags: tuple[int, ...]
    evidence: tuple[EvidenceCase, ...]
    effects: tuple[Effect, ...]
    reply: tuple[Passage, ...]
    marks: int
    keeps: int  # the bit by which passing it over is marked; 0 where it keeps no promise
    again: bool
    next: tuple[Go, ...]
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Something the patient lets show, met by some of the node's choices (their indices)."""

    feeling: str | None
    line: str
    when: Test | None
    met_by: frozenset[int]

    def shows(self, state: State) -> bool:
        """Whether it is there in `state`."""
        return self.when is None or self.when(state)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A moment. `is_hub`: it can be entered again, so its choices do not compete."""

    index: int
    bit: int  # its own in the ledger of nodes left
    id: str  # visit/node
    visit: int
    lines: tuple[Passage, ...]
    cue: Cue | None
    tests: frozenset[int]  # criterion indices scored here
    effects: tuple[Effect, ...]
    tells: int  # the bit of the fact told on entering, or 0
    fixed_order: bool
    choices: tuple[Choice, ...]
    next: tuple[Go, ...]
    otherwise: int  # a node index, or -1
    is_hub: bool
    is_plain: bool  # every choice is always available: no condition, never entered twice
    is_quiet: bool  # entering it changes nothing and leads to nothing but its choices
    can_keep: bool  # some choice keeps a promise
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One meeting."""

    index: int
    id: str
    title: str
    scene: tuple[Passage, ...]
    minutes: int  # -1 without a clock
    out_of_time: int  # a node index, or -1
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """How it may end."""

    index: int
    id: str
    title: str
    text: str | Template


@dataclass(frozen=True, slots=True, eq=False)
class Says:
    """One case of a slot of the patient's own words."""

    when: Test | None
    text: str | Template


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Evidence from the whole playthrough. `on` is a promise event or None; `tags` are those its condition counts."""

    rubric: str | None  # None for the scenario's own
    on: str | None
    when: Test | None
    tags: tuple[int, ...]
    case: EvidenceCase


@dataclass(frozen=True, slots=True, eq=False)
class Meter:
    """A bounded whole number kept of the patient."""

    id: str
    start: int
    lo: int
    hi: int


@dataclass(frozen=True, eq=False)
class Program:
    """Everything needed to play one scenario."""

    id: str
    scenario: Scenario
    rubrics: Mapping[str, Rubric]
    criteria: tuple[Criterion, ...]
    meters: tuple[Meter, ...]
    flags: tuple[str, ...]
    facts: tuple[str, ...]
    promises: tuple[str, ...]
    tags: tuple[str, ...]
    visits: tuple[Visit, ...]
    nodes: tuple[Node, ...]
    choices: tuple[Choice, ...]
    endings: tuple[Ending, ...]
    rules: tuple[Rule, ...]
    says: Mapping[str, tuple[Says, ...]]  # noticed, kept-back, will-do
    chart: str | Template | None
    ledger: Ledger
    reads: Mapping[Test, frozenset[Read]]  # of every condition
    choice_by_id: Mapping[str, Choice] = field(repr=False)

    def __repr__(self) -> str:
        return f"Program({self.id!r}, {len(self.nodes)} nodes, {len(self.choices)} choices)"
