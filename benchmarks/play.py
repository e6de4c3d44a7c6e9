"""Choice steps per second, without and with text, against the bare prototype of the same workload in the same run.

    python benchmarks/play.py

Prints steps per second for both, and the ratio: the median over several rounds taken in turn.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import prototype
import workload

from simulator.encounter.compile import compile_encounter
from simulator.encounter.program import Program
from simulator.encounter.speech import Voice
from simulator.encounter.transition import Entered, available, begin, take
from simulator.language.diagnostics import Problems
from simulator.library.find import shipped
from simulator.rubric.read import read_rubric
from simulator.scenario.read import read_scenario

ROUNDS = 9
STEPS = 40_000


def compiled(text: str) -> Program:
    problems = Problems()
    rubric = read_rubric((shipped("rubrics") / "healing-relationships.yaml").read_bytes(), "r", problems)
    scenario = read_scenario(text.encode(), "synthetic", problems)
    assert rubric and scenario
    program = compile_encounter("synthetic", scenario, {"healing-relationships": rubric}, problems)
    assert program, [str(p) for p in problems.errors[:3]]
    return program


def ours(program: Program, steps: int, *, with_text: bool) -> None:
    voice = Voice(program, 1)
    state, _ = begin(program)
    pick = 0
    for _ in range(steps):
        choices = available(program, state)
        pick = (pick * 5 + 3) % 257
        state, events = take(program, state, choices[pick % len(choices)])
        if with_text:
            for event in events:
                if type(event) is Entered:
                    voice.lines(event.node.lines, event.after)
        if state.ending >= 0:
            state, _ = begin(program)


def bare(nodes: list, steps: int, *, with_text: bool) -> None:
    start = (0, (5, 5, 5), 0)
    state, last, pick = start, len(nodes) - 1, 0
    for _ in range(steps):
        choices = prototype.available(nodes, state)
        pick = (pick * 5 + 3) % 257
        state = prototype.take(state, choices[pick % len(choices)])
        if with_text:
            prototype.text(nodes, state)
        if state[0] == last:
            state = start


def rate(call, *arguments, **options) -> float:
    before = time.perf_counter()
    call(*arguments, **options)
    return STEPS / (time.perf_counter() - before)


def main() -> None:
    text = workload.scenario(200)
    program, nodes = compiled(text), prototype.read(text)
    for with_text in (False, True):
        pairs = []
        for _ in range(ROUNDS):
            mine = rate(ours, program, STEPS, with_text=with_text)
            pairs.append((mine, rate(bare, nodes, STEPS, with_text=with_text)))
        mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        name = "with text   " if with_text else "without text"
        print(f"{name}  bedside {mine:>10,.0f} steps/s   prototype {other:>10,.0f} steps/s   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
