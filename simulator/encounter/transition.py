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
    """The learner's choice; evidence and effects read `before`, the reply reads `after`. `offered` in file order."""

    node: Node
    choice: Choice
    offered: tuple[Choice, ...]
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


Event = Arrived | Entered | Took | TimeUp | Ended
Step = tuple[State, tuple[Event, ...]]


class Stuck(Exception):
    """No choice is left and there is no `otherwise`; `check` finds this before a learner does."""


def begin(program: Program) -> Step:
    """The first state, at the first node of the first visit."""
    visit = program.visits[0]
    state = State(
        node=visit.first,
        minutes=visit.minutes,
        late=False,
        meters=tuple(meter.start for meter in program.meters),
        counts=(0,) * len(program.tags),
    )
    events: list[Event] = [Arrived(visit, state)]
    return _enter(program, state, events)


def available(program: Program, state: State) -> tuple[Choice, ...]:
    """The choices at the state's node, in file order; none once it is over."""
    node = program.nodes[state.node]
    if state.ending >= 0:
        return ()
    if node.is_plain:
        return node.choices
    taken = state.taken
    return tuple(
        choice
        for choice in node.choices
        if (choice.again or not taken >> choice.index & 1) and all(test(state) for test in choice.needs)
    )


def take(program: Program, state: State, choice: Choice) -> Step:
    """The state after `choice` and all that follows by itself, with the events; the choice must be available."""
    offered = available(program, state)
    if choice not in offered:
        raise ValueError(f"{choice.id} is not available here")
    node = program.nodes[state.node]
    after = _chosen(program, node, state, choice, offered)
    events: list[Event] = [Took(node, choice, offered, state, after)]
    visit = program.visits[node.visit]
    if after.minutes == 0 and not after.late:
        after = after._replace(late=True, node=visit.out_of_time)
        events.append(TimeUp(visit, after))
    else:
        after = after._replace(node=_first(choice.next, after).node)
    return _enter(program, after, events)


def _chosen(program: Program, node: Node, state: State, choice: Choice, offered: tuple[Choice, ...]) -> State:
    """Minutes, effects, ledger and history, changed together."""
    minutes = state.minutes
    if minutes > 0:
        minutes = max(0, minutes - choice.minutes)
    meters, flags = _affected(program, state, choice.effects) if choice.effects else (state.meters, state.flags)
    counts = state.counts
    bit = 1 << choice.index
    if choice.tags and not state.taken & bit:
        counts = tuple(n + (tag in choice.tags) for tag, n in enumerate(counts))
    passed = state.passed
    for other in offered:
        if other.keeps and other is not choice:
            passed |= other.keeps
    return State(
        state.node,
        minutes,
        state.late,
        meters,
        flags,
        state.told | choice.tells,
        state.recalled | choice.recalls,
        state.promised | choice.makes,
        state.kept | choice.keeps,
        passed,
        state.taken | bit,
        state.seen | 1 << node.index,
        counts,
        state.ending,
    )


def _affected(program: Program, state: State, effects: tuple[Effect, ...]) -> tuple[tuple[int, ...], int]:
    """Meters and flags after the first effect whose condition holds: summed, then clamped once."""
    for effect in effects:
        if effect.when is None or effect.when(state):
            meters = state.meters
            if effect.meters:
                values = list(meters)
                for index, amount in effect.meters:
                    meter = program.meters[index]
                    values[index] = min(meter.hi, max(meter.lo, values[index] + amount))
                meters = tuple(values)
            return meters, state.flags & ~effect.clears | effect.sets
    return state.meters, state.flags


def _first(ways: tuple[Go, ...], state: State) -> Go:
    for way in ways:
        if way.when is None or way.when(state):
            return way
    raise AssertionError("the last case has no condition")  # held by compile


def _enter(program: Program, state: State, events: list[Event]) -> Step:
    """Enter the state's node, and go on through nodes that ask nothing of the learner."""
    while True:
        node = program.nodes[state.node]
        before = state
        if not state.seen >> node.index & 1 and (node.effects or node.tells):
            meters, flags = _affected(program, state, node.effects)
            state = state._replace(meters=meters, flags=flags, told=state.told | node.tells)
        events.append(Entered(node, before, state))
        if node.choices:
            if available(program, state):
                return state, tuple(events)
            if node.otherwise < 0:
                raise Stuck(node.id)
            way = Go(None, node.otherwise)
        else:
            way = _first(node.next, state)
        state = state._replace(seen=state.seen | 1 << node.index)
        if way.ending >= 0:
            state = state._replace(ending=way.ending)
            events.append(Ended(program.endings[way.ending], state))
            return state, tuple(events)
        target = program.nodes[way.node]
        state = state._replace(node=way.node)
        if target.visit != node.visit:
            state = _arrive(program, program.visits[target.visit], state, events)


def _arrive(program: Program, visit: Visit, state: State, events: list[Event]) -> State:
    state = state._replace(minutes=visit.minutes, late=False)
    events.append(Arrived(visit, state))
    return state
