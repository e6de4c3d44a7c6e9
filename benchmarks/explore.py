"""Exploring: steps per second against a bare prototype, an exact distribution 40 choices deep, and whole commands.

    python benchmarks/explore.py

Two synthetic encounters of 200 nodes: in a row with conditions on one meter of three, and in 40 layers of five with
conditions on all three. The prototype finds its states in the same run, in turn, and keeps all meters; the ratios are
medians over the rounds. Times and memory of whole commands are those of processes of their own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import prototype
import workload
from play import compiled

from simulator.explore.chances import Flow
from simulator.explore.graph import Graph, explore
from simulator.explore.worth import Worth
from simulator.library.find import shipped
from simulator.scoring.scores import rubric_group

ROUNDS = 5
METERS = ("trust", "hope", "known")


def seconds(call, *arguments):
    before = time.perf_counter()
    found = call(*arguments)
    return time.perf_counter() - before, found


def pairs(graph: Graph, worth: Worth) -> int:
    """How many pairs of a state and a Σ value with which it can be come to there are: a bit for each value."""
    low = -min(min(row, default=0) for row in worth.steps)
    found = [0] * len(graph.states)
    found[0] = 1
    for at, situation in enumerate(graph.faced):
        if situation is not None:
            for end, value in zip(graph.steps[at], worth.steps[situation.number], strict=True):
                found[end] |= found[at] << value + low * (graph.ranks[end] - graph.ranks[at])
    return sum(bits.bit_count() for bits in found)


def states(name: str, text: str) -> Graph:
    """Print how fast both are by step, and how long for all of it."""
    program, nodes = compiled(text), prototype.read(text)
    rounds = []
    for _ in range(ROUNDS):
        mine, graph = seconds(explore, program)
        other, (count, steps) = seconds(prototype.explore, nodes)
        rounds.append((graph.edges / mine, steps / other, mine, other))
    rate, bare, mine, other = (statistics.median(column) for column in zip(*rounds, strict=True))
    by_step = statistics.median(a / b for a, b, *_ in rounds)
    by_time = statistics.median(b / a for _, _, a, b in rounds)
    print(f"{name}:")
    print(f"  steps/s    bedside {rate:,.0f}   prototype {bare:,.0f}   ratio {by_step:.2f}")
    print(f"  all of it  bedside {len(graph.states):,} states in {mine:.2f} s", end="   ")
    print(f"prototype {count:,} in {other:.2f} s   ratio {by_time:.2f}")
    return graph


def deep(graph: Graph) -> None:
    worth = Worth(graph, rubric_group(graph.program, "healing-relationships"))
    flow = Flow(graph, lambda situation: tuple(range(len(situation.choices))))
    took, found = seconds(flow.distribution, worth)
    assert sum(found.values()) == 1
    assert sum(value * share for value, share in found.items()) == flow.mean(worth)
    number = pairs(graph, worth)
    print(f"exact distribution at depth {graph.ranks[-1]}: {took:.2f} s for {number:,} pairs of state and Σ value")


def commands() -> None:
    """`bedside explore` of every shipped scenario and of the synthetic one: time and peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic = Path(folder, "synthetic.yaml")
        synthetic.write_text(workload.scenario(200, asks=METERS, width=5), encoding="utf-8")
        for path in (*sorted(shipped("scenarios").glob("*.yaml")), synthetic):
            command = [sys.executable, "-m", "simulator", "explore", str(path)]
            environment = {**os.environ, "BEDSIDE_HOME": folder}
            before = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - before
            assert status == 0, path
            print(f"bedside explore {path.stem}: {took:.1f} s, {usage.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    states("200 nodes in a row, asking for one meter", workload.scenario(200))
    deep(states("40 layers of five nodes, asking for three", workload.scenario(200, asks=METERS, width=5)))
    commands()
