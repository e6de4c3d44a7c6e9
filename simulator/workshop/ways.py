"""How play can come to each node: one shortest way, found by playing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.transition import Entered

if TYPE_CHECKING:
    from simulator.encounter.program import Program
    from simulator.encounter.state import State

KEPT = (1, 4, 16)  # states kept at a node that are alike in facts, promises and flags; more where too few find no way
MOST_KEPT = 2_000  # states kept at a node in all
MOST = 50_000  # and at all nodes together


def shortest_ways(program: Program) -> dict[int, Playthrough]:
    """For each node at which play can stop for a choice, a playthrough with as few choices as were found to suffice.

    Play spreads from the beginning, one choice at a time, and keeps a part of the states only: a scenario can have
    millions. So a node that needs a rare history may be missing, though it can be reached.
    """
    stops = {node.index for node in program.nodes if node.choices}
    return {index: play for index, play in _ways(program, stops).items() if index in stops}


def ways_through(program: Program) -> dict[int, Playthrough]:
    """The same for every node; through one that asks for no choice the playthrough has just come, and stands beyond."""
    return _ways(program, {node.index for node in program.nodes})


def _ways(program: Program, wanted: set[int]) -> dict[int, Playthrough]:
    found: dict[int, Playthrough] = {}
    for alike in KEPT:
        found = {**_spread(program, alike), **found}
        if wanted <= found.keys():
            break
    return found


def _spread(program: Program, alike: int) -> dict[int, Playthrough]:
    said = (1 << program.ledger.first["seen"]) - 1  # the bits of flags, facts and promises
    found: dict[int, Playthrough] = {}
    seen: set[State] = set()
    kept: Counter[tuple[int, int]] = Counter()
    edge = [Playthrough.start(program)]
    while edge and len(seen) < MOST:
        following: list[Playthrough] = []
        for play in edge:
            state = play.state
            for event in play.latest:
                if isinstance(event, Entered) and not event.node.choices:
                    found.setdefault(event.node.index, play)
            kind, everything = (state.node, state.ledger & said), (state.node, -1)
            if play.is_over or state in seen or kept[kind] >= alike or kept[everything] >= MOST_KEPT:
                continue
            seen.add(state)
            kept[kind] += 1
            kept[everything] += 1
            found.setdefault(state.node, play)
            following += [play.choose(choice) for choice in play.available]
        edge = sorted(following, key=lambda play: hash(play.state))  # mixed, so that what is kept is no one-sided part
    return found
