"""What a second coder is given: every moment with its choices and criteria, and nothing of how they are coded.

A unit of coding is one choice, under one condition, on one criterion that is tested there. The key, which the author
wrote, is worked out apart from the sheet, so that no part of it can show through.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.speech import Voice
from simulator.encounter.transcript import turns
from simulator.encounter.transition import Entered
from simulator.workshop.screenplay import Screenplay
from simulator.workshop.ways import shortest_ways
from simulator.workshop.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Choice, Node, Program
    from simulator.encounter.transcript import Turn
    from simulator.scenario.shapes import Choice as ChoiceShape

SEED = 1  # of the shown way's variants: any would do


class UnitId(NamedTuple):
    """One thing to be coded: `choice` is visit/node/choice, with /2 behind it, say, for the second of several cases."""

    choice: str
    criterion: str


class Case(NamedTuple):
    """A choice under one condition, told in words; nothing where it is the only one."""

    id: str
    condition: str


class Option(NamedTuple):
    """A choice as the coder sees it. `offered` is the condition under which it is there, in words."""

    id: str
    verb: str
    text: str
    offered: str
    cases: tuple[Case, ...]


class Criterion(NamedTuple):
    """What is looked for: the name by which the coding knows it, and what it means."""

    name: str
    title: str
    means: str


class Standing(NamedTuple):
    """Where one of the author's meters stands on the shown way, and its bounds."""

    meter: str
    value: int
    lo: int
    hi: int


@dataclass(frozen=True)
class Way:
    """One shortest way here: what the learner chose, visit by visit; what then came; where the meters stand."""

    choices: tuple[tuple[str, str], ...]  # the visit's title, and verb and words
    latest: tuple[Turn, ...]  # since the last choice, up to the moment itself
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Moment:
    """A node at which something is tested. `way` is None where none was found."""

    id: str
    visit: str
    way: Way | None
    lines: tuple[str, ...]
    options: tuple[Option, ...]  # in an order drawn for the coder
    criteria: tuple[Criterion, ...]

    def units(self) -> Iterator[UnitId]:
        """What is to be coded here, in the order in which it is asked."""
        for option in self.options:
            for case in option.cases:
                for criterion in self.criteria:
                    yield UnitId(case.id, criterion.name)


@dataclass(frozen=True)
class Sheet:
    """All moments of one scenario, in the order of the file."""

    scenario: str
    title: str
    learner_role: str
    chart: str  # Markdown; empty where there is none
    moments: tuple[Moment, ...]

    def units(self) -> Iterator[UnitId]:
        """Everything that is to be coded."""
        for moment in self.moments:
            yield from moment.units()


def criterion_names(program: Program) -> tuple[str, ...]:
    """For each criterion its id, or `rubric/criterion` where two rubrics share the id."""
    shared = Counter(one.id for one in program.criteria)
    return tuple(one.full if shared[one.id] > 1 else one.id for one in program.criteria)


def sheet(program: Program, draw: str) -> Sheet:
    """The sheet of a scenario; `draw` decides the order of choices and cases (the author's own order could tell)."""
    ways = shortest_ways(program)
    maker = _Maker(program, draw)
    moments = tuple(maker.moment(node, ways.get(node.index)) for node in coded_nodes(program))
    scenario = program.scenario
    chart = maker.screenplay.text(scenario.chart)
    return Sheet(program.id, str(scenario.title), str(scenario.learner_role), chart, moments)


def coded_nodes(program: Program) -> list[Node]:
    """The nodes at which something is tested."""
    return [node for node in program.nodes if node.choices and node.tests]


class _Maker:
    def __init__(self, program: Program, draw: str) -> None:
        self.program, self.draw = program, draw
        self.words = Words(program)
        self.screenplay = Screenplay(program, self.words)
        self.voice = Voice(program, SEED)
        self.names = criterion_names(program)

    def moment(self, node: Node, play: Playthrough | None) -> Moment:
        shape = self.program.scenario.node(node.id)
        shapes = {f"{node.id}/{id_}": one for id_, one in (shape.choices or {}).items()}
        options = (self._option(choice, shapes[choice.id]) for choice in self._shuffled(node.choices))
        return Moment(
            id=node.id,
            visit=self.program.visits[node.visit].title,
            way=None if play is None else self._way(play),
            lines=self.screenplay.blocks(shape.lines),
            options=tuple(options),
            criteria=tuple(self._criterion(index) for index in sorted(node.tests)),
        )

    def _shuffled(self, choices: Sequence[Choice]) -> list[Choice]:
        return sorted(choices, key=lambda one: self._drawn(one.id))

    def _drawn(self, id_: str) -> bytes:
        return sha256(f"{self.draw}\n{id_}".encode()).digest()

    def _option(self, choice: Choice, shape: ChoiceShape) -> Option:
        needs = [shape.when, *(f"promised('{id_}')" for id_ in (shape.keeps,) if id_ is not None)]
        needs += [f"told('{id_}')" for id_ in (shape.recalls,) if id_ is not None]
        offered = ", and ".join(self.words.when(need) for need in needs if need is not None)
        conditions = case_conditions(shape)
        cases = [
            Case(id_, self.words.case(conditions, number)) for number, id_ in enumerate(case_ids(choice.id, conditions))
        ]
        text = " ".join(self.screenplay.text(shape.text).split())
        return Option(choice.id, choice.verb, text, offered, tuple(sorted(cases, key=lambda one: self._drawn(one.id))))

    def _criterion(self, index: int) -> Criterion:
        found = self.program.criteria[index]
        means = self.program.rubrics[found.rubric].criteria()[found.id].means
        return Criterion(self.names[index], found.title, " ".join(means.split()))

    def _way(self, play: Playthrough) -> Way:
        chosen = []
        for took in play.decisions:
            words = self.voice.words(took.choice.text, took.before)
            chosen.append((self.program.visits[took.node.visit].title, f"{took.choice.verb}: {words}"))
        here = play.latest[-1]
        events = play.latest[:-1] if isinstance(here, Entered) else play.latest
        latest = [turn for event in events for turn in turns(event, self.voice) if turn.kind != "learner"]
        if latest and latest[0].kind == "visit":  # the moment says where it is
            del latest[0]
        meters = zip(self.program.meters, play.state.meters, strict=True)
        standings = tuple(Standing(meter.id.replace("-", " "), value, meter.lo, meter.hi) for meter, value in meters)
        return Way(tuple(chosen), tuple(latest), standings)


def case_conditions(shape: ChoiceShape) -> list[str | None]:
    """The conditions of a choice's cases of evidence, up to the one that always holds; the last is always such a one.

    Where the author wrote none, what is left over is worth 0 on everything: it is a case too.
    """
    found: list[str | None] = []
    for case in shape.scores:
        found.append(None if case.when is None else str(case.when))
        if case.when is None:
            return found
    return [*found, None]


def case_ids(choice: str, conditions: Sequence[str | None]) -> list[str]:
    """The ids of a choice's cases: its own where there is one only."""
    return [choice] if len(conditions) == 1 else [f"{choice}/{n}" for n in range(1, len(conditions) + 1)]
