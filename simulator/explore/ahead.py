"""What may still be asked, and what may still change, from each node on."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from simulator.encounter.graph import edges
from simulator.encounter.state import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.encounter.program import Choice, Effect, Node, Program, Test

    Texts = frozenset[Test]  # conditions of lines, replies and cues


class Slots:
    """A bit for each thing a state keeps: those of its ledger, then its meters, then its counts."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.meters = program.ledger.first["taken"] + len(program.choices)  # the first of the meters
        self.counts = self.meters + len(program.meters)

    def read(self, tests: Iterable[Test | None]) -> int:
        """What conditions ask; a visit's clock is not among it."""
        return reduce(or_, (self._slot(read.kept, read.which) for test in tests if test
                            for read in self.program.reads[test]), 0)  # fmt: skip

    def _slot(self, kept: str, which: int) -> int:
        if kept in FIELDS:
            return 0 if kept == "minutes" else 1 << (self.meters if kept == "meters" else self.counts) + which
        return self.program.ledger.bit(kept, which)

    def promise(self, which: int) -> int:
        """All that is kept of a promise."""
        return reduce(or_, (self._slot(kept, which) for kept in ("promised", "kept", "passed")))

    def changed_by(self, choice: Choice) -> int:
        """What taking a choice may change; one that keeps a promise, also by being passed over."""
        tags = reduce(or_, (1 << self.counts + tag for tag in choice.tags), 0)
        return choice.marks | choice.keeps | tags | self.affected(choice.effects)

    def affected(self, effects: Sequence[Effect]) -> int:
        """What effects may change."""
        found = 0
        for one in effects:
            found |= one.sets | one.clears
            for index, *_ in one.meters:
                found |= 1 << self.meters + index
        return found


def ahead(program: Program, standing: Sequence[int], entering: Sequence[int]) -> list[int]:
    """The bits that each node has standing there, with all that follow from there on (those also on entering)."""
    through = [a | b for a, b in zip(standing, entering, strict=True)]
    ways = [(edge.start, edge.end) for edge in edges(program.nodes, program.visits)]
    is_settled = False
    while not is_settled:  # mostly two rounds: files are written forwards
        is_settled = True
        for start, end in reversed(ways):
            whole = through[start] | through[end]
            if whole != through[start]:
                through[start], is_settled = whole, False
    found = list(standing)
    for start, end in ways:
        found[start] |= through[end]
    return found


def asked(program: Program, slots: Slots, texts: Texts) -> list[int]:
    """What play from each node on may ask: which choices there are, what they are evidence of, where they lead.

    With `texts`, also what these conditions of lines, replies and cues ask.
    """
    standing = [slots.read(asked_at(node, texts)) | _own(node) for node in program.nodes]
    entering = [slots.read(one.when for one in node.effects) | _first_time(node) for node in program.nodes]
    return ahead(program, standing, entering)


def asked_at(node: Node, texts: Texts) -> Iterator[Test | None]:
    """The conditions on which it depends how play goes on from a node, and what the choices there are evidence of."""
    for choice in node.choices:
        yield choice.need
        yield from (case.when for case in choice.evidence)
        yield from (case.when for case in choice.effects)
        yield from asked_after(choice, texts)
    yield from (way.when for way in node.next)
    yield from (one.when for one in (*node.lines, *([node.cue] if node.cue else ())) if one.when in texts)


def asked_after(choice: Choice, texts: Texts) -> Iterator[Test | None]:
    """The conditions that are asked once a choice has had its effects."""
    yield from (way.when for way in choice.next)
    yield from (passage.when for passage in choice.reply if passage.when in texts)


def _own(node: Node) -> int:
    """The choices of a node that can have been taken before, where that matters: to their offer, or to a count."""
    found = (choice.bit for choice in node.choices if (choice.tags if choice.again else node.is_hub))
    return reduce(or_, found, 0)


def _first_time(node: Node) -> int:
    """The node itself, if entering it a second time is not what the first was."""
    return node.bit if node.is_hub and (node.effects or node.tells) else 0


def changed(program: Program, slots: Slots) -> list[int]:
    """What play from each node on may change."""
    standing = [
        reduce(or_, (slots.changed_by(choice) for choice in node.choices), 0 if node.choices else node.bit)
        for node in program.nodes
    ]
    # a node without a choice left is left by itself
    standing = [
        bits | (node.bit if node.otherwise >= 0 else 0) for bits, node in zip(standing, program.nodes, strict=True)
    ]
    entering = [slots.affected(node.effects) | node.tells for node in program.nodes]
    return ahead(program, standing, entering)


def clocks(program: Program, texts: Texts) -> frozenset[int]:
    """The nodes from which the clock can still make a difference within their visit."""

    def reads_clock(node: Node) -> bool:
        tests = (*asked_at(node, texts), *(one.when for one in node.effects))
        return any(read.kept == "minutes" for test in tests if test for read in program.reads[test])

    spends = [
        int(program.visits[node.visit].minutes >= 0 and (any(c.minutes for c in node.choices) or reads_clock(node)))
        << node.visit
        for node in program.nodes
    ]
    found = ahead(program, spends, [0] * len(spends))
    return frozenset(node.index for node in program.nodes if found[node.index] >> node.visit & 1)
