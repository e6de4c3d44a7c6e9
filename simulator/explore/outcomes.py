"""What can become of promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.scoring.rules import promise_outcome

if TYPE_CHECKING:
    from simulator.explore.graph import Graph


def promise_outcomes(graph: Graph) -> list[frozenset[str]]:
    """For each promise, all that becomes of it in some playthrough, as `promise_outcome` names it."""
    found: list[set[str]] = [set() for _ in graph.program.promises]
    every = [graph.opening, *(settled for one in graph.situations for settled in one.settled)]
    for settled in dict.fromkeys(every):
        if settled is not None:
            for which in settled.which_promises:
                found[which].add(promise_outcome(graph.program, settled.promised, which))
    return [frozenset(one) for one in found]
