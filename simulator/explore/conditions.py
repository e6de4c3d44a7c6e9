"""Which conditions are ever true and ever false, and which cases are ever used, in any playthrough.

Most are settled by playing at random: what was seen once is proved. Only for the rest are all states explored.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Final

from simulator.encounter.program import EvidenceCase, Read, Rule
from simulator.encounter.transition import Ended, Entered, Took, available, begin, take
from simulator.explore.asked import AT_END, NO_CASES, Questions, all_asked
from simulator.explore.graph import MOST_STATES, TooMany, explore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.encounter.program import Program, Test
    from simulator.encounter.state import State
    from simulator.encounter.transition import Event
    from simulator.explore.asked import Asked, Each

SAMPLE: Final = 40_000  # choices made at random, in as many playthroughs as they make
IDLE: Final = 20  # playthroughs in a row for each choice that showed nothing new, after which no more are drawn


@dataclass
class Coverage:
    """What came about: conditions that were true and that were false, cases used, and by index what was reached.

    `ran_out` are nodes that were entered when none of their choices was available. `unsure` is what was not seen and
    could not be ruled out either, as there are more states than the cap.
    """

    true: set[Asked] = field(default_factory=set)
    false: set[Asked] = field(default_factory=set)
    used: set[Asked] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    choices: set[int] = field(default_factory=set)  # that were taken
    endings: set[int] = field(default_factory=set)
    ran_out: set[int] = field(default_factory=set)
    unsure: set[Asked] = field(default_factory=set)
    is_exact: bool = True  # nodes, choices, endings and `ran_out` are all there are

    @property
    def size(self) -> int:
        """How much has been seen."""
        conditions = len(self.true) + len(self.false) + len(self.used)
        return conditions + len(self.nodes) + len(self.choices) + len(self.endings) + len(self.ran_out)

    def never(self, every: Iterable[Asked]) -> dict[str, list[Asked]]:
        """Of these, what surely never happens: conditions never `true` or never `false`, cases never `used`."""
        sure = [one for one in every if one not in self.unsure]
        return {
            "true": [one for one in sure if one in self.false and one not in self.true],
            "false": [one for one in sure if one in self.true and one not in self.false],
            "used": [one for one in sure if one.where not in NO_CASES and one not in self.used],
        }


def coverage(
    program: Program, cap: int = MOST_STATES, *, seed: int = 0, wanted: Callable[[Asked], bool] | None = None
) -> Coverage:
    """What comes about in some playthrough; of conditions and cases, only those that are `wanted` are settled."""
    found = Coverage()
    asked = all_asked(program)
    every = asked if wanted is None else {one: test for one, test in asked.items() if wanted(one)}
    _sample(program, found, Random(seed))
    open_ = {one: asked[one] for one in _open(every, found) if one.where not in AT_END}
    try:
        if open_ or not _is_all_seen(program, found):
            _explore(program, found, open_, cap)
    except TooMany:
        found.is_exact = False
        found.unsure |= open_.keys()
    at_end = {one: asked[one] for one in _open(every, found) if one.where in AT_END}
    if at_end and not _probe(program, asked, at_end, found, cap):
        for one, test in at_end.items():
            if not _probe(program, asked, {one: test}, found, cap):
                found.unsure.add(one)
    return found


def _open(asked: dict[Asked, Test | None], found: Coverage) -> list[Asked]:
    """What has not yet been seen to come out each way, or to be used."""
    return [
        one
        for one, test in asked.items()
        if (test is not None and not (one in found.true and one in found.false))
        or (one.where not in NO_CASES and one not in found.used)
    ]


def _ask(askings: Iterable[tuple[Each, State]], found: Coverage) -> None:
    """Write down what conditions come to, and which cases are used."""
    for each, state in askings:
        is_used = False
        for one, test in each:
            holds = test is None or test(state)
            if test is not None:
                (found.true if holds else found.false).add(one)
            if holds and not is_used:
                is_used = True
                found.used.add(one)


def _note(events: Sequence[Event], found: Coverage) -> None:
    """Write down what was reached."""
    for event in events:
        if type(event) is Entered:
            found.nodes.add(event.node.index)
            if event.node.choices and event is not events[-1]:
                found.ran_out.add(event.node.index)
        elif type(event) is Took:
            found.choices.add(event.choice.index)
        elif type(event) is Ended:
            found.endings.add(event.ending.index)


def _sample(program: Program, found: Coverage, chance: Random) -> None:
    """Play at random; every other playthrough goes where it has been least, which comes to what is rare."""
    questions = Questions(program)
    taken = [0] * len(program.choices)
    made, idle, is_curious = 0, 0, False
    while made < SAMPLE and idle < IDLE * (1 + len(program.choices)):
        known, is_curious = found.size, not is_curious
        state, events = begin(program)
        while True:
            _note(events, found)
            _ask(questions.on(events), found)
            if state.is_over:
                break
            choices = available(program, state)
            choice = chance.choice(choices)
            if is_curious:
                choice = min(choices, key=lambda one: taken[one.index])
            taken[choice.index] += 1
            state, events = take(program, state, choice)
            made += 1
        idle = idle + 1 if found.size == known else 0


def _is_all_seen(program: Program, found: Coverage) -> bool:
    """Whether every node, choice and ending was reached, and every node that may run out of choices did."""
    may_run_out = {node.index for node in program.nodes if node.choices and node.otherwise >= 0}
    return (
        len(found.nodes) == len(program.nodes)
        and len(found.choices) == len(program.choices)
        and len(found.endings) == len(program.endings)
        and found.ran_out >= may_run_out
    )


def _explore(program: Program, found: Coverage, open_: dict[Asked, Test | None], cap: int) -> None:
    """Take every step there is, and ask what is still open."""
    texts = frozenset(test for one, test in open_.items() if test is not None and one.where in NO_CASES)
    graph = explore(program, cap, texts)
    questions = Questions(program, open_)
    for state, situation in zip(graph.states, graph.faced, strict=True):
        for choice in situation.choices if situation else ():
            events = take(program, state, choice)[1]
            _note(events, found)
            _ask(questions.on(events), found)


def _probe(
    program: Program, asked: dict[Asked, Test | None], at_end: dict[Asked, Test | None], found: Coverage, cap: int
) -> bool:
    """Find out about conditions on the final state, as if they were rules; False where there are too many states."""
    reads = dict(program.reads)
    probes: dict[Rule, tuple[Asked, bool]] = {}  # the rule that asks, and whether for the use of a case
    for one, test in at_end.items():
        if test is not None:
            probes[_rule(program, test)] = (one, False)
        if one.where not in NO_CASES:
            used, needs = _is_used([asked[one._replace(number=n)] for n in range(one.number + 1)], program)
            reads[used] = needs
            probes[_rule(program, used)] = (one, True)
    try:
        graph = explore(replace(program, rules=tuple(probes), reads=reads), cap)
    except TooMany:
        return False
    every = [graph.opening, *(settled for one in graph.situations for settled in one.settled)]
    for settled in dict.fromkeys(every):
        if settled is None:
            continue
        fired = set(settled.fired)
        for rule in settled.program.rules:
            one, is_use = probes[rule]
            if is_use:
                found.used |= {one} if rule in fired else set()
            else:
                (found.true if rule in fired else found.false).add(one)
    return True


def _rule(program: Program, test: Test) -> Rule:
    return Rule(None, None, test, (), EvidenceCase(None, {}, "", False, False, program.scenario.place))


def _is_used(tests: list[Test | None], program: Program) -> tuple[Test, frozenset[Read]]:
    """Whether the last of these cases is the first that holds, and what that reads."""
    *before, last = tests
    reads = frozenset(read for test in tests if test for read in program.reads[test])
    return lambda s: not any(one is None or one(s) for one in before) and (last is None or last(s)), reads
