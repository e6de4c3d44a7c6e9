"""Every condition and every case of a scenario, where it stands, and when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from simulator.encounter.transition import Ended, Entered, TimeUp, Took, available

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from simulator.encounter.program import Cue, Effect, EvidenceCase, Go, Passage, Program, Rule, Says, Test
    from simulator.encounter.state import State
    from simulator.encounter.transition import Event
    from simulator.language.diagnostics import Place
    from simulator.scenario.shapes import Choice as ChoiceShape
    from simulator.scenario.shapes import Node as NodeShape

    Conditional = Cue | Effect | EvidenceCase | Go | Passage | Rule | Says

Where = Literal[
    "lines", "cue", "effects", "leads", "offer", "scores", "choice-effects", "choice-next", "reply", "rules",
    "noticed", "kept-back", "will-do",
]  # fmt: skip
AT_END: Final[tuple[Where, ...]] = ("rules", "noticed", "kept-back", "will-do")
NO_CASES: Final = frozenset({"lines", "cue", "offer", "reply", "rules"})  # each condition stands for itself


class Asked(NamedTuple):
    """A condition, or a case (which may be without one).

    `leads` is a node's `next` or `leave`; `offer` is a choice's `when`, with what `keeps` and `recalls` ask.
    """

    where: Where
    which: int  # the index of its node or its choice; 0 for what is asked at the end
    number: int  # which it is there, from 0


Each = tuple[tuple[Asked, "Test | None"], ...]  # asked together; of cases, the first that holds is used


def all_asked(program: Program) -> dict[Asked, Test | None]:
    """Every condition and case with its test; None for a case without a condition."""
    return dict(one for each in _everything(program) for one in each)


class Questions:
    """What is asked in each step of play; where some are `wanted`, only what is asked together with them."""

    def __init__(self, program: Program, wanted: Collection[Asked] | None = None) -> None:
        self.program = program
        self._found: dict[tuple[Where, int], Each] = {}
        for each in _everything(program):
            if each and (wanted is None or any(asked in wanted for asked, _ in each)):
                first = each[0][0]
                self._found[first.where, first.which] = each

    def on(self, events: Sequence[Event]) -> Iterator[tuple[Each, State]]:
        """What is asked in one step, each with the state it is asked of."""
        has_knocked = any(type(event) is TimeUp for event in events)
        for event in events:
            if type(event) is Took:
                yield from self._at(event.before, ("choice-effects",), event.choice.index)
                # where the clock knocks, it is not asked where the choice would have led
                after: tuple[Where, ...] = ("reply",) if has_knocked else ("choice-next", "reply")
                yield from self._at(event.after, after, event.choice.index)
            elif type(event) is Entered:
                yield from self._on_entering(event, is_last=event is events[-1])
            elif type(event) is Ended:
                yield from self._at(event.state, AT_END, 0)

    def _on_entering(self, event: Entered, *, is_last: bool) -> Iterator[tuple[Each, State]]:
        node, after = event.node, event.after
        if not event.before.ledger & node.bit:  # the first time only
            yield from self._at(event.before, ("effects",), node.index)
        yield from self._at(after, ("lines", "cue", "leads"), node.index)
        for choice in node.choices:
            yield from self._at(after, ("offer",), choice.index)
        for choice in available(self.program, after) if is_last else ():
            yield from self._at(after, ("scores",), choice.index)

    def _at(self, state: State, wheres: Iterable[Where], which: int) -> Iterator[tuple[Each, State]]:
        for where in wheres:
            if each := self._found.get((where, which)):
                yield each, state


def _everything(program: Program) -> Iterator[Each]:
    for node in program.nodes:
        yield _each("effects", node.index, node.effects)
        yield _each("lines", node.index, node.lines)
        yield _each("cue", node.index, [node.cue] if node.cue else ())
        yield _each("leads", node.index, node.next)
    for choice in program.choices:
        yield tuple((Asked("offer", choice.index, 0), test) for test in (choice.need,) if test)
        yield _each("scores", choice.index, choice.evidence)
        yield _each("choice-effects", choice.index, choice.effects)
        yield _each("choice-next", choice.index, choice.next)
        yield _each("reply", choice.index, choice.reply)
    yield _each("rules", 0, program.rules)
    yield _each("noticed", 0, program.says["noticed"])
    yield _each("kept-back", 0, program.says["kept-back"])
    yield _each("will-do", 0, program.says["will-do"])


def _each(where: Where, which: int, parts: Sequence[Conditional]) -> Each:
    """The conditions of some parts; a part that stands alone without one is no case, and is left out."""
    are_cases = where not in NO_CASES and len(parts) > 1
    return tuple((Asked(where, which, n), one.when) for n, one in enumerate(parts) if one.when or are_cases)


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
            node = scenario.node(program.nodes[asked.which].id)
            return node.cue if asked.where == "cue" else _row(node, asked)[asked.number]
        case _:
            choice = scenario.choice(program.choices[asked.which].id)
            return choice if asked.where == "offer" else _row(choice, asked)[asked.number]


def _row(shape: NodeShape | ChoiceShape, asked: Asked) -> Sequence[object]:
    """The list in which a case or a block stands."""
    if asked.where == "leads":
        return shape.next or shape.leave or ()  # type: ignore[union-attr]
    row: Sequence[object] = getattr(shape, asked.where.removeprefix("choice-"))
    return row
