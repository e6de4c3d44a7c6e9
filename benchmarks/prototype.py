"""The same workload in the barest Python that still obeys its rules: the yardstick, not a player.

It reads no positions, checks nothing, keeps no ledger and gives no events; state is (node, meters, taken).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

State = tuple[int, tuple[int, ...], int]


def read(text: str) -> list[dict[str, Any]]:
    """Nodes with their choices resolved to indices, conditions to functions, effects to tuples."""
    visit = yaml.load(text, Loader=yaml.CSafeLoader)["visits"]["v"]
    index = {name: n for n, name in enumerate(visit["nodes"])}
    meters = {"trust": 0, "hope": 1, "known": 2}
    nodes: list[dict[str, Any]] = []
    number = 0
    for node in visit["nodes"].values():
        choices = []
        for choice in node.get("choices", {}).values():
            when = choice.get("when")
            test = eval(f"lambda m: m[{meters[when.split()[0]]}] >= {when.split()[-1]}") if when else None
            effects = tuple((meters[k], v) for k, v in choice["effects"].items())
            choices.append((1 << number, test, effects, index[choice["next"]]))
            number += 1
        parts = re.split(r"\{\{ (\w+) \}\}", node.get("lines", ""))
        nodes.append({"choices": choices, "parts": [meters.get(p, p) for p in parts]})
    return nodes


def available(nodes: list[dict[str, Any]], state: State) -> list[Any]:
    """The choices whose condition holds and that were not taken."""
    node, meters, taken = state
    return [c for c in nodes[node]["choices"] if not taken & c[0] and (c[1] is None or c[1](meters))]


def take(state: State, choice: Any) -> State:
    """Effects, clamped; the choice marked as taken; the next node."""
    _, meters, taken = state
    values = list(meters)
    for index, amount in choice[2]:
        values[index] = min(10, max(0, values[index] + amount))
    return choice[3], tuple(values), taken | choice[0]


def text(nodes: list[dict[str, Any]], state: State) -> str:
    """The node's lines with the meters filled in."""
    return "".join(str(state[1][p]) if isinstance(p, int) else p for p in nodes[state[0]]["parts"])


def explore(nodes: list[dict[str, Any]]) -> tuple[int, int]:
    """How many states there are, and steps between them: all meters kept, and of what was taken nothing."""
    states = [(0, (5, 5, 5), 0)]
    known = {states[0]}
    steps = 0
    for state in states:
        for choice in available(nodes, state):
            after = (*take(state, choice)[:2], 0)  # no node is ever entered twice
            steps += 1
            if after not in known:
                known.add(after)
                states.append(after)
    return len(states), steps
