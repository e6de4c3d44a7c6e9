"""A scenario as a map: moments, the ways between them with their conditions, visits around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from simulator.language.prose import short
from simulator.workshop.screenplay import Screenplay
from simulator.workshop.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.encounter.program import Choice, Go, Node, Program
    from simulator.language.tree import Scalar
    from simulator.scenario.shapes import Block, GoCase, LeaveCase
    from simulator.scenario.shapes import Choice as ChoiceShape

NodeKind = Literal["moment", "passage", "clock", "ending"]
EdgeKind = Literal["choice", "way", "otherwise", "time"]
Step = tuple[str, str, str]  # from, by which choice (or none), to: the ids of the map

_LINE: Final = 200  # characters of a moment's first line


@dataclass(frozen=True)
class MapNode:
    """A place on the map. `line` is what is seen or heard first there; `count` how often learners came by."""

    id: str
    kind: NodeKind
    title: str
    line: str
    visit: int  # -1 for endings
    count: int = 0


@dataclass(frozen=True)
class MapEdge:
    """A way from one place to another.

    In words, `needs` is when a choice is there (“told foot”), and `condition` when it leads here: “if trust is 3 or
    more”, or of several cases “else if …” and “else”, in the order of the file.
    """

    source: str
    target: str
    kind: EdgeKind
    choice: str = ""  # its whole id
    verb: str = ""
    words: str = ""
    needs: str = ""
    condition: str = ""
    count: int = 0


@dataclass(frozen=True)
class Cluster:
    """A visit, with the ids of the places in it; the first is where it opens."""

    id: str
    title: str
    minutes: int  # -1 without a clock
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """The whole of it. `sessions` is how many were counted, or None where none were asked for."""

    id: str
    title: str
    clusters: tuple[Cluster, ...]
    nodes: Mapping[str, MapNode]
    edges: tuple[MapEdge, ...]
    sessions: int | None = None
    note: str = ""
    choices: int = field(default=0)

    @property
    def endings(self) -> list[MapNode]:
        """The endings, in the order of the file."""
        return [node for node in self.nodes.values() if node.kind == "ending"]

    def outgoing(self) -> dict[str, list[MapEdge]]:
        """The ways out of each place, in the order of the file."""
        found: dict[str, list[MapEdge]] = {id_: [] for id_ in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return found


def ending_id(id_: str) -> str:
    """The place of an ending; no node's id has a colon."""
    return f"ending:{id_}"


def clock_id(visit: str) -> str:
    """The place from which play goes on when the clock of a visit stands at 0."""
    return f"clock:{visit}"


def map_of(
    program: Program, steps: Mapping[Step, int] | None = None, sessions: int | None = None, note: str = ""
) -> Map:
    """The map of a scenario; `steps` counts how often learners went each way, over so many sessions."""
    maker = _Maker(program, Counter(steps or {}))
    edges = tuple(maker.edges())
    nodes = {one.id: one for one in maker.nodes()}
    clusters = tuple(
        Cluster(
            visit.id,
            visit.title,
            visit.minutes,
            tuple(one.id for one in sorted(nodes.values(), key=lambda one: one.kind == "clock") if one.visit == n),
        )
        for n, visit in enumerate(program.visits)
    )
    title = str(program.scenario.title)
    return Map(program.id, title, clusters, nodes, edges, sessions, note, len(program.choices))


class _Maker:
    def __init__(self, program: Program, steps: Counter[Step]) -> None:
        self.program, self.steps = program, steps
        self.words = Words(program, is_brief=True)
        self.screenplay = Screenplay(program, self.words)
        self.came: Counter[str] = Counter()
        for (source, _, target), times in steps.items():
            self.came[target] += times
            if source.startswith("clock:"):
                self.came[source] += times

    def nodes(self) -> Iterator[MapNode]:
        for node in self.program.nodes:
            kind: NodeKind = "moment" if node.choices else "passage"
            shape = self.program.scenario.node(node.id)
            line = self._first_line(sorted(shape.lines, key=lambda block: block.when is not None))
            yield self._node(node.id, kind, _plain(node.id.partition("/")[2]), short(line, _LINE), node.visit)
        for visit in self.program.visits:
            if visit.out_of_time >= 0:
                yield self._node(clock_id(visit.id), "clock", "When the time is up", "", visit.index)
        for ending in self.program.endings:
            yield self._node(ending_id(ending.id), "ending", ending.title, "", -1)

    def _first_line(self, blocks: Sequence[Block]) -> str:
        lines = (line for line in self.screenplay.blocks(blocks) if not line.startswith("["))  # no condition
        return next(lines, "")

    def _node(self, id_: str, kind: NodeKind, title: str, line: str, visit: int) -> MapNode:
        return MapNode(id_, kind, title, line, visit, self.came[id_])

    def edges(self) -> Iterator[MapEdge]:
        for visit in self.program.visits:
            if visit.out_of_time >= 0:
                yield self._edge(clock_id(visit.id), self.program.nodes[visit.out_of_time].id, "time")
        for node in self.program.nodes:
            shape = self.program.scenario.node(node.id)
            for choice, one in zip(node.choices, (shape.choices or {}).values(), strict=True):
                yield from self._choice(node, choice, one)
            yield from self._ways(node, node.next, shape.next or shape.leave or ())
            if node.otherwise >= 0:
                yield self._edge(node.id, self.program.nodes[node.otherwise].id, "otherwise")

    def _choice(self, node: Node, choice: Choice, shape: ChoiceShape) -> Iterator[MapEdge]:
        needs = [self.words.when(shape.when)]
        needs += [f"promised {shape.keeps}"] if shape.keeps else []
        needs += [f"told {shape.recalls}"] if shape.recalls else []
        words = " ".join(self.screenplay.text(shape.text).split())
        conditions = [case.when for case in shape.next]
        for number, way in enumerate(choice.next):
            yield self._edge(
                node.id,
                self.program.nodes[way.node].id,
                "choice",
                choice=choice.id,
                verb=choice.verb,
                words=words,
                needs=", and ".join(need for need in needs if need),
                condition=self._condition(conditions, number),
            )

    def _ways(self, node: Node, ways: Sequence[Go], shapes: Sequence[GoCase | LeaveCase]) -> Iterator[MapEdge]:
        conditions = [case.when for case in shapes] or [None]  # an `ending` has no cases
        for number, way in enumerate(ways):
            yield self._edge(node.id, self._target(way), "way", condition=self._condition(conditions, number))

    def _condition(self, conditions: Sequence[Scalar | None], number: int) -> str:
        """When one of several cases counts: told by itself where there are two, else after those before it."""
        own = self.words.when(conditions[number])
        if len(conditions) <= 2:
            told = self.words.case(conditions, number)
            return f"if {told}" if told else ""
        return f"{'else ' if number else ''}{f'if {own}' if own else ''}".rstrip()

    def _target(self, way: Go) -> str:
        if way.ending >= 0:
            return ending_id(self.program.endings[way.ending].id)
        return self.program.nodes[way.node].id

    def _edge(self, source: str, target: str, kind: EdgeKind, *, choice: str = "", **more: str) -> MapEdge:
        return MapEdge(source, target, kind, choice, count=self.steps[source, choice, target], **more)


def _plain(id_: str) -> str:
    """An id as a heading."""
    words = id_.replace("-", " ")
    return words[:1].upper() + words[1:]
