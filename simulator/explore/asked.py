"""Every condition and every case of a scenario, where it stands, and when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from simulator.encounter.transition import Ended, Entered, TimeUp, Took, available

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.encounter.program import Choice, Node, Program, Test
    from simulator.encounter.state import State
    from simulator.encounter.transition import Event
    from simulator.language.diagnostics import Place
    from simulator.scenario.shapes import Choice as ChoiceShape
    from simulator.scenario.shapes import Node as NodeShape

Where = Literal[
    "lines", "cue", "effects", "leads", "offer", "scores", "choice-effects", "choice-next", "reply", "rules",
    "noticed", "kept-back", "will-do",
]  # fmt: skip
AT_END: Final = frozenset({"rules", "noticed", "kept-back", "will-do"})
NO_CASES: Final = frozenset({"lines", "cue", "offer", "reply", "rules"})  # each condition stands for itself


class Asked(NamedTuple):
    """A condition, or a case (which may be without one).

    `leads` is a node's `next` or `leave`; `offer` is a choice's `when`, with what `keeps` and `recalls` ask.
    """

    where: Where
    which: int  # the index of its node or its choice; 0 for what is asked at the end
    number: int  # which it is there, from 0


class Asking(NamedTuple):
    """Conditions that are asked together; of cases, the first that holds is used."""

    where: Where
    which: int
    tests: Sequence[Test | None]

    def each(self) -> Iterator[tuple[Asked, Test | None]]:
        """Each with its test; one that stands alone without a condition is no case, and is left out."""
        are_cases = self.where not in NO_CASES and len(self.tests) > 1
        for number, test in enumerate(self.tests):
            if test is not None or are_cases:
                yield Asked(self.where, self.which, number), test


def all_asked(program: Program) -> dict[Asked, Test | None]:
    """Every condition and case with its test; None for a case without a condition."""
    groups = [asking for node in program.nodes for asking in (*_entering(node), *_on_leaving(node))]
    for choice in program.choices:
        groups += [*_offering(choice), *_taking(choice), *_after(choice)]
    return {asked: test for asking in (*groups, *_at_end(program)) for asked, test in asking.each()}


def asked_on(program: Program, events: Sequence[Event]) -> Iterator[tuple[Asking, State]]:
    """What is asked of which state, in one step of play."""
    has_knocked = any(type(event) is TimeUp for event in events)
    for event in events:
        if type(event) is Took:
            yield from ((asking, event.before) for asking in _taking(event.choice))
            # where the clock knocks, it is not asked where the choice would have led
            yield from ((one, event.after) for one in _after(event.choice) if one.where == "reply" or not has_knocked)
        elif type(event) is Entered:
            yield from _on_entering(event)
            if event is events[-1]:
                offered = available(program, event.after)
                yield from ((asking, event.after) for one in offered for asking in _scored(one))
        elif type(event) is Ended:
            yield from ((asking, event.state) for asking in _at_end(program))


def _on_entering(event: Entered) -> Iterator[tuple[Asking, State]]:
    node = event.node
    for asking in _entering(node):
        if asking.where != "effects":
            yield asking, event.after
        elif not event.before.ledger & node.bit:  # the first time only
            yield asking, event.before
    yield from ((asking, event.after) for asking in _on_leaving(node))
    yield from ((Asking("offer", choice.index, [choice.need]), event.after) for choice in node.choices)


def _entering(node: Node) -> Iterator[Asking]:
    yield Asking("effects", node.index, [one.when for one in node.effects])
    yield Asking("lines", node.index, [one.when for one in node.lines])
    yield Asking("cue", node.index, [node.cue.when if node.cue else None])


def _on_leaving(node: Node) -> Iterator[Asking]:
    yield Asking("leads", node.index, [one.when for one in node.next])


def _offering(choice: Choice) -> Iterator[Asking]:
    yield Asking("offer", choice.index, [choice.need])
    yield from _scored(choice)


def _scored(choice: Choice) -> Iterator[Asking]:
    yield Asking("scores", choice.index, [one.when for one in choice.evidence])


def _taking(choice: Choice) -> Iterator[Asking]:
    yield Asking("choice-effects", choice.index, [one.when for one in choice.effects])


def _after(choice: Choice) -> Iterator[Asking]:
    yield Asking("choice-next", choice.index, [one.when for one in choice.next])
    yield Asking("reply", choice.index, [one.when for one in choice.reply])


def _at_end(program: Program) -> Iterator[Asking]:
    yield Asking("rules", 0, [rule.when for rule in program.rules])
    yield Asking("noticed", 0, [one.when for one in program.says["noticed"]])
    yield Asking("kept-back", 0, [one.when for one in program.says["kept-back"]])
    yield Asking("will-do", 0, [one.when for one in program.says["will-do"]])


def place_of(program: Program, asked: Asked) -> Place:
    """Where a condition stands in its file, or the case, if it has none."""
    shape = _shape_of(program, asked)
    found: Place = (shape if shape.when is None else shape.when).place
    return found


def _shape_of(program: Program, asked: Asked) -> Any:
    scenario = program.scenario
    match asked.where:
        case "rules":
            rules = [rule for rubric in program.rubrics.values() for rule in rubric.rules]
            return [*rules, *scenario.rules][asked.number]
        case "noticed" | "kept-back" | "will-do":
            return getattr(scenario.patient_says, asked.where.replace("-", "_"))[asked.number]
        case "lines" | "cue" | "effects" | "leads":
            node = _node_shape(program, program.nodes[asked.which].id)
            return node.cue if asked.where == "cue" else _row(node, asked)[asked.number]
        case _:
            id_ = program.choices[asked.which].id
            choice = (_node_shape(program, id_.rpartition("/")[0]).choices or {})[id_.rpartition("/")[2]]  # type: ignore[index]
            return choice if asked.where == "offer" else _row(choice, asked)[asked.number]


def _row(shape: NodeShape | ChoiceShape, asked: Asked) -> Sequence[object]:
    """The list in which a case or a block stands."""
    if asked.where == "leads":
        return shape.next or shape.leave or ()  # type: ignore[union-attr]
    row: Sequence[object] = getattr(shape, asked.where.removeprefix("choice-"))
    return row


def _node_shape(program: Program, id_: str) -> NodeShape:
    visit, _, node = id_.partition("/")
    return program.scenario.visits[visit].nodes[node]  # type: ignore[index]
