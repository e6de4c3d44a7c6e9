"""How long `bedside check` takes, start-up included, and how much memory, beside the bare prototype in the same run.

    python benchmarks/check.py

The prototype reads the same text in a process of its own: PyYAML's events with their positions, and nothing is checked.
Ten thousand nodes are more than a scenario may have, so they are five files of two thousand.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

import workload

from simulator.language.decode import MOST_BYTES

ROUNDS = 3
FILES = {200: 1, 2_000: 1, 10_000: 5}  # nodes in all, and in how many files
BARE = (
    "import sys, yaml\n"
    "for name in sys.argv[1:]:\n"
    "    for event in yaml.parse(open(name, encoding='utf-8').read(), Loader=yaml.CSafeLoader):\n"
    "        event.start_mark.line, event.start_mark.column\n"
)


def fitting(nodes: int) -> Iterator[str]:
    """Scenarios of so many nodes that are no longer than a file may be; 2,000 nodes are just about as long."""
    return (text for seed in count(1) if len(text := workload.scenario(nodes, seed=seed)) <= MOST_BYTES)


def measured(*command: str) -> tuple[float, float]:
    """Seconds and megabytes of one whole process."""
    before = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, *command],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def main() -> None:
    with TemporaryDirectory() as folder:
        for nodes, files in FILES.items():
            names = []
            for number, text in enumerate(islice(fitting(nodes // files), files)):
                names.append(f"{folder}/n{nodes}-{number}.yaml")
                Path(names[-1]).write_text(text, encoding="utf-8")
            ours, bare = [], []
            for _ in range(ROUNDS + 1):
                ours.append(measured("-m", "simulator", "check", *names))
                bare.append(measured("-c", BARE, *names))
            _report(nodes, ours[1:], bare[1:])


def _report(nodes: int, ours: list[tuple[float, float]], bare: list[tuple[float, float]]) -> None:
    seconds, megabytes = (statistics.median(column) for column in zip(*ours, strict=True))
    other, other_megabytes = (statistics.median(column) for column in zip(*bare, strict=True))
    ratio = statistics.median(b[0] / a[0] for a, b in zip(ours, bare, strict=True))
    print(
        f"{nodes:>6,} nodes  bedside {seconds:5.2f} s {megabytes:4.0f} MB   "
        f"prototype {other:5.2f} s {other_megabytes:4.0f} MB   ratio {ratio:.2f}"
    )


if __name__ == "__main__":
    main()
