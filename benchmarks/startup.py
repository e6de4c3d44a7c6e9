"""How long `bedside --help` takes beyond an empty Python, as whole processes in turn.

python benchmarks/startup.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def seconds(*command: str) -> float:
    before = time.perf_counter()
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


def main() -> None:
    pairs = [(seconds("-m", "simulator", "--help"), seconds("-c", "pass")) for _ in range(ROUNDS + 1)][1:]
    help_, empty = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    beyond = statistics.median((a - b) * 1000 for a, b in pairs)
    print(f"bedside --help {help_:.0f} ms   python -c pass {empty:.0f} ms   beyond it {beyond:.0f} ms")


if __name__ == "__main__":
    main()
