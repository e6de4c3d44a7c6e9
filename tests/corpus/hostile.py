"""Files made to hurt: too deep, too long, too many. They are generated, not stored.

Run as a script, it checks each in a process of its own and prints what that cost beyond starting Python, as JSON lines.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from simulator.cli.commands import check_file
from simulator.library.find import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent
SMALL = (CORPUS / "sound" / "small-scenario.yaml").read_text(encoding="utf-8")
CPU_SECONDS, MEGABYTES = 1.5, 200
NEXT = "            next: bye\n"


def scenario(old: str, new: str) -> str:
    """The small scenario with one piece replaced."""
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def lines(text: str) -> str:
    """The small scenario with other lines at its first node."""
    return scenario("lines: She waits.", f"lines: |\n          {text}")


def when(text: str) -> str:
    """The small scenario with a condition on its choice."""
    return scenario(NEXT, f"            when: {text}\n{NEXT}")


def nodes(made: list[str]) -> str:
    """The small scenario with more nodes, the first of which is `n0`."""
    return scenario("      bye: {", "".join(made) + "      bye: {").replace(NEXT, "            next: n0\n")


def stuck() -> str:
    """Conditions whose combinations cannot all be tried."""
    meters = scenario("{trust: 3}", "{trust: 3, a: {start: 1, max: 900}, b: {start: 1, max: 900}}")
    node = "      n{0}:\n        choices:\n          one: {{do: x, when: a + b < 1800, next: n{1}}}\n"
    made = "".join(node.format(n, n + 1) for n in range(200))
    return meters.replace("      bye: {", f"{made}      n200: {{next: bye}}\n      bye: {{")


# name: how it is made, and what is found first and how many there are in all
HOSTILE: dict[str, tuple[Callable[[], str], str]] = {
    "thirty-thousand-brackets": (lambda: "[" * 30_000, "BED106 1:33, 1"),
    "two-million-brackets": (lambda: "[" * 1_990_000, "BED106 1:33, 1"),
    "thirty-thousand-braces": (lambda: "{" * 30_000, "BED113 1:2, 1"),
    "million-dashes-on-one-line": (lambda: "- " * 990_000, "BED106 1:65, 1"),
    "million-question-marks": (lambda: "? " * 990_000, "BED113 1:3, 1"),
    "three-hundred-thousand-values": (lambda: "[" + "a," * 300_001 + "]", "BED107 1:600000, 1"),
    "many-texts": (lambda: "bedside: 1\nreflect: [" + "a," * 100_000 + "]", "BED202 1:1, 1"),
    "two-megabytes-and-one": (lambda: "#" * 2_000_001, "BED102, 1"),
    "very-long-line": (lambda: "title: " + "a b " * 490_000, "BED211 1:1, 1"),
    "very-long-key": (lambda: "a" * 1_900_000 + ": b", "BED105 1:1900001, 1"),
    "empty-lines": (lambda: "title: a" + "\n" * 1_900_000, "BED211 1:1, 1"),
    "same-key-over-and-over": (lambda: "a: b\n" * 50_000, "BED112 2:1, 50000"),
    "each-key-twice": (lambda: "".join(f"a{n}: b\n" for n in range(25_000)) * 2, "BED112 25001:1, 25001"),
    "misspelt-keys": (lambda: "bedside: 1\n" + "".join(f"titel{n}: b\n" for n in range(50_000)), "BED201 2:1, 50001"),
    "anchors": (lambda: "bedside: 1\nreflect:\n" + "".join(f"- &a{n} x\n" for n in range(50_000)), "BED108 3:3, 50001"),
    "control-characters": (lambda: "\x01" * 1_900_000, "BED104 1:1, 1900000"),
    "carriage-returns": (lambda: "\r" * 900_000, "BED104 1:1, 1"),
    "bidi-controls": (lambda: "\u202e" * 600_000, "BED104 1:1, 600000"),
    "comments-that-cut": (lambda: "".join(f"a{n}: a b #c\n" for n in range(50_000)), "BED211 1:1, 50001"),
    "commas-that-cut": (lambda: "a: {b: c" + ", d e" * 100_000 + "}", "BED114 1:11, 100001"),
    "commas-in-a-list": (lambda: "bedside: 1\nreflect: [" + "What a thing, and so," * 30_000 + "]", "BED202 1:1, 2"),
    "a-million-open-braces": (lambda: lines("{{" * 900_000), "BED307 18:11, 1"),
    "percent-signs": (lambda: lines("{% if " * 300_000), "BED307 18:11, 1"),
    "templates-that-fail": (lambda: lines("{{ a }}" * 2_800), "BED302 18:14, 2800"),
    "template-of-blanks": (lambda: lines("{%" + " " * 19_000 + "x %}"), "BED307 18:11, 1"),
    "template-of-quotes": (lambda: lines("{{" + "'\"" * 9_000 + "}}"), "BED301 18:13, 1"),
    "template-of-ifs": (lambda: lines("{% if trust > 3 %}" * 1_000), "BED307 18:371, 1"),
    "template-of-signs": (lambda: lines("{{ " + "-" * 900 + "1 }}"), "BED301 18:15, 1"),
    "expression-of-100000-characters": (lambda: when("trust + " * 14_000 + "1 > 3"), "BED301 23:19, 1"),
    "expression-of-brackets": (lambda: when('"' + "(" * 900 + '"'), "BED301 23:40, 1"),
    "expression-of-sums": (lambda: when("1 + " * 240 + "trust > 245"), "BED502 17:9, 1"),
    "conditions": (
        lambda: scenario(
            NEXT,
            "            next:\n"
            + "".join(f"              - {{when: trust + {n} > {n + 3}, go: bye}}\n" for n in range(4_000))
            + "              - {go: bye}\n",
        ),
        "BED515 24:24, 4000",
    ),
    "unknown-nodes": (
        lambda: scenario(
            NEXT, "            next:\n" + "".join(f"              - {{go: by{n}}}\n" for n in range(10_000))
        ),
        "BED504 24:17, 19999",
    ),
    "thirty-thousand-nodes": (
        lambda: nodes([f"      n{n}: {{next: n{n + 1}}}\n" for n in range(30_000)]),
        "BED508 2:1, 1",
    ),
    "twenty-thousand-choices": (
        lambda: scenario(
            "          sit:\n",
            "".join(f"          c{n}: {{do: Wait., next: bye}}\n" for n in range(20_000)) + "          sit:\n",
        ),
        "BED508 2:1, 1",
    ),
    "nodes-that-are-not-there": (
        lambda: nodes([f"      n{n}: {{next: m{n}}}\n" for n in range(4_900)]),
        "BED401 24:18, 4900",
    ),
    "namesakes": (
        lambda: lines("Rosa: a\n          " * 30_000).replace(
            "role: patient}", "role: patient}" + "".join(f", r{n}: {{name: Rosa}}" for n in range(10_000))
        ),
        "BED801 18:11, 30000",
    ),
    "labels-in-a-line": (lambda: lines(". Ah (oh ah:b: " * 90_000), "BED806 18:1350001, 1"),
    "long-way": (
        lambda: nodes([f"      n{n}: {{next: n{n + 1}}}\n" for n in range(3_000)] + ["      n3000: {next: bye}\n"]),
        "0",
    ),
    "back-and-forth": (
        lambda: nodes(
            [
                f"      n{n}: {{next: [{{when: trust > 3, go: n{n + 1}}}, {{go: n{max(0, n - 1)}}}]}}\n"
                for n in range(2_000)
            ]
            + ["      n2000: {next: bye}\n"]
        ),
        "BED501 24:11, 1",
    ),
    "moments-with-too-many-states": (stuck, "BED502 25:9, 401"),
    "speakers": (lambda: lines("a: b\n          " * 50_000), "BED801 18:11, 50000"),
    "speech-that-never-ends": (lambda: lines("a" * 900_000 + " (" * 300_000), "BED806 18:1500010, 1"),
    "colon-far-away": (lambda: "a " * 900_000 + ": b: c", "BED105 1:1800001, 1"),
    "escaped-quotes": (lambda: 'title: "' + '\\"' * 900_000 + 'x" y', "BED105 1:1800010, 1"),
    "rubrics": (lambda: scenario("[small]", "[" + "small, " * 30_000 + "]"), "BED406 9:18, 29999"),
    "other-rubrics": (lambda: scenario("[small]", "[small, " + "a, " * 10 + "]"), "BED404 9:18, 10"),
}


def found(path: Path) -> str:
    """What `check` finds first in a file, and how many problems there are in all."""
    problems = check_file(path, Shelf((CORPUS,)))
    first = min(problems, key=lambda one: one.sort_key(), default=None)
    where = f" {first.place.line}:{first.place.column}" if first and first.place else ""
    total = len(problems) + problems.left_out
    return f"{first.code}{where}, {total}" if first else str(total)


def write(name: str, folder: Path) -> Path:
    """One hostile file on disk."""
    path = folder / f"{name}.yaml"
    path.write_text(HOSTILE[name][0](), encoding="utf-8", newline="")
    return path


def _measure(name: str, path: Path) -> None:
    """Check one file in a fork, and print the verdict."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"name": name, "found": f"killed: {status}", "cpu": 0, "mb": 0}), flush=True)
        return
    before = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    verdict = found(path)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"name": name, "found": verdict, "cpu": cpu, "mb": after.ru_maxrss / 1024}), flush=True)
    os._exit(0)


def slowness() -> float:
    """How much slower this machine is than the one the limits were set on, by what PyYAML alone takes there."""
    before = time.process_time()
    for _ in yaml.parse("[" + "a," * 300_000 + "]", Loader=yaml.CSafeLoader):
        pass
    return max(1.0, (time.process_time() - before) / 0.2)


if __name__ == "__main__":
    print(json.dumps({"slowness": slowness()}), flush=True)
    with TemporaryDirectory() as folder:
        for each in sys.argv[1:] or HOSTILE:
            _measure(each, write(each, Path(folder)))
