"""The rules of play: `begin`, `available`, `take`. There is no second place that knows them.

All three are pure. Events carry the states before and after, so that transcript, evidence, curves and debrief can
be derived from them; nothing is rendered here, which is what keeps exploring fast.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.encounter.program import Choice, Effect, Ending, Go, Node, Program, Visit
from simulator.encounter.state import State


class Arrived(NamedTuple):
    """A visit begins."""

    visit: Visit
    state: State


class Entered(NamedTuple):
    """A node is entered; its lines and cue read `after`."""

    node: Node
    before: State
    after: State


class Took(NamedTuple):
    """The learner's choice; evidence and effects read `before`, the reply reads `after`."""

    node: Node
    choice: Choice
    before: State
    after: State


class TimeUp(NamedTuple):
    """The clock came to stand at 0, and the visit's out-of-time node follows."""

    visit: Visit
    state: State


class Ended(NamedTuple):
    """An ending was reached."""

    ending: Ending
    state: State


# a named tuple made in half the time that calling its class takes: exploring makes millions
_make = tuple.__new__

Event = Arrived | Entered | Took | TimeUp | Ended
Step = tuple[State, tuple[Event, ...]]


def begin(program: Program) -> Step:
    """The first state, at the first node of the first visit."""
    visit = program.visits[0]
    meters = tuple(meter.start for meter in program.meters)
    state = State(visit.first, visit.minutes, False, meters, 0, (0,) * len(program.tags))
    events: list[Event] = [Arrived(visit, state)]
    return _enter(program, state, events)


def available(program: Program, state: State) -> tuple[Choice, ...]:
    """The choices at the state's node, in file order; none once it is over."""
    if state.ending >= 0:
        return ()
    node = program.nodes[state.node]
    if node.is_plain:
        return node.choices
    ledger = state.ledger
    found = []
    for choice in node.choices:
        if (not ledger & choice.bit or choice.again) and (choice.need is None or choice.need(state)):
            found.append(choice)
    return tuple(found)


def _is_open(choice: Choice, state: State) -> bool:
    return (not state.ledger & choice.bit or choice.again) and (choice.need is None or choice.need(state))


def take(program: Program, state: State, choice: Choice) -> Step:
    """The state after `choice`, which must be available, and all that follows by itself, with the events."""
    node = program.nodes[state.node]
    after = _chosen(node, state, choice)
    if after.minutes == 0 and not after.late:
        visit = program.visits[node.visit]
        after = after._replace(node=node.index)  # where it would have led is not where it leads
        late = after._replace(late=True, node=visit.out_of_time)
        return _enter(program, late, [Took(node, choice, state, after), TimeUp(visit, late)])
    if len(choice.next) > 1:
        after = after._replace(node=_first(choice.next, after).node)
    took = _make(Took, (node, choice, state, after))
    target = program.nodes[after.node]
    if target.is_quiet:
        return after, (took, _make(Entered, (target, after, after)))
    return _enter(program, after, [took])


def _chosen(node: Node, state: State, choice: Choice) -> State:
    """Minutes, effects, ledger and history, changed together.

    Where the choice leads to one node only, the state stands there already: no expression can read where it stands.
    """
    at, minutes, late, meters, ledger, counts, ending = state
    if minutes > 0:
        minutes = max(0, minutes - choice.minutes)
    if choice.tags and not ledger & choice.bit:
        counts = tuple([n + (tag in choice.tags) for tag, n in enumerate(counts)])
    if node.can_keep:
        for other in node.choices:
            if other is not choice and _is_open(other, state):
                ledger |= other.keeps
    if choice.effects:
        meters, ledger = _affected(state, ledger, choice.effects)
    if len(choice.next) == 1:
        at = choice.next[0].node
    return _make(State, (at, minutes, late, meters, ledger | choice.marks, counts, ending))


def _affected(state: State, ledger: int, effects: tuple[Effect, ...]) -> tuple[tuple[int, ...], int]:
    """Meters and ledger after the first effect whose condition holds: amounts are summed, then clamped once."""
    for when, meters, sets, clears in effects:
        if when is None or when(state):
            values = list(state.meters)
            for index, amount, lo, hi in meters:
                value = values[index] + amount
                values[index] = lo if value < lo else hi if value > hi else value
            return tuple(values), ledger & ~clears | sets
    return state.meters, ledger


def _first(ways: tuple[Go, ...], state: State) -> Go:
    for way in ways:
        if way.when is None or way.when(state):
            return way
    raise AssertionError("the last case has no condition")  # held by compile


def _enter(program: Program, state: State, events: list[Event]) -> Step:
    """Enter the state's node, and go on through nodes that ask nothing of the learner.

    Where a node has no `otherwise`, `check` has made sure that it always leaves a choice.
    """
    while True:
        node = program.nodes[state.node]
        before = state
        if (node.effects or node.tells) and not state.ledger & node.bit:
            meters, ledger = _affected(state, state.ledger, node.effects)
            state = state._replace(meters=meters, ledger=ledger | node.tells)
        events.append(Entered(node, before, state))
        if node.choices:
            if node.otherwise < 0 or available(program, state):
                return state, tuple(events)
            way = Go(None, node.otherwise)
        else:
            way = _first(node.next, state)
        state = state._replace(ledger=state.ledger | node.bit)
        if way.ending >= 0:
            state = state._replace(ending=way.ending)
            events.append(Ended(program.endings[way.ending], state))
            return state, tuple(events)
        state = state._replace(node=way.node)
        target = program.nodes[way.node]
        if target.visit != node.visit:
            visit = program.visits[target.visit]
            state = state._replace(minutes=visit.minutes, late=False)
            events.append(Arrived(visit, state))
