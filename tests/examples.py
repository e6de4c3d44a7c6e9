"""The examples of the pages on codes, each put where it says it stands, in an encounter that is sound without it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

from simulator.cli.commands import check_file
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.keys import KEYS
from simulator.library.load import digest, load
from simulator.library.settings import read_settings
from simulator.report.explain import Explanation
from simulator.workshop.coding import read_coding
from simulator.workshop.key import key
from tests.support import DAY

TOP = """\
bedside: 1
title: The cellar stairs
summary: Tomas fell last night.
level: introductory
minutes: 3
learner-role: A resident in a family practice.
objectives: [{text: Pick up what is said in passing}]
rubrics: [healing-relationships]
cast:
  tomas: {name: Tomas Varga, role: patient}
  eva: {name: Eva, role: his daughter}
meters: {trust: 3}
flags: [eva-spoke]
facts: {dizzy: The floor goes when he gets up.}
promises: {call-monday: Call him on Monday.}
endings:
  done: {title: Done, text: He holds the rail.}
patient-says: {noticed: You can count., kept-back: The second time., will-do: Hold the rail.}
"""
VISIT = "title: Friday\n"
HOME = "home: {lines: He goes., ending: done}\n"
RUBRIC = """\
bedside-rubric: 1
title: Two ears
limits: It says nothing about anyone.
"""
DOMAINS = """\
domains:
  hearing:
    title: Hearing
    criteria:
"""
CODING = "bedside-coding: 1\nrater: kim\ndate: 2026-05-04\nstatus: draft\n"
CRITERION = "listening: {title: Listening, means: You hear., looks-like: Waits., not: Talks., try: Wait.}\n"

_KEY = re.compile(r"^([^\s#:]+)(?=:)", re.MULTILINE)
# what no page can show as it would be saved: how it comes from the page's text
AS_SAVED = {
    "BED102": lambda text: text.replace("two million letters", "a" * 2_000_000).encode(),
    "BED103": lambda text: text.encode("latin-1" if "Latin-1" in text else "utf-8"),
    "BED107": lambda text: text.replace("(and three hundred thousand more)", "a," * 300_001).encode(),
    "BED508": lambda text: text.replace(
        "# (and five thousand more)", "".join(f"n{n}: {{next: home}}\n      " for n in range(5000))
    ).encode(),
}


def _within(outer: str, inner: str, blanks: int = 2) -> str:
    return outer + textwrap.indent(inner, " " * blanks)


def _over(base: str, keys: str) -> str:
    """The keys over those of the base that have the same names."""
    for one in _KEY.findall(keys):
        base = re.sub(rf"^{re.escape(one)}:.*\n(?:[ ].*\n)*", "", base, flags=re.MULTILINE)
    return keys + base if keys.startswith("bedside") else base + keys


def _top(example: str) -> tuple[str, str]:
    base = TOP if "visits:" in example else placed("choice", "say: Third time?\nnext: home\n")
    return "file", _over(base, example)


def _visit(example: str) -> tuple[str, str]:
    nodes = "" if "nodes:" in example else _within("nodes:\n", HOME)
    return "top", _within("visits:\n  friday:\n", _over(VISIT, example + nodes), 4)


def _door(keys: str) -> str:
    """A moment before, after which trust is 2, 4 or 6, and the fact is told if something asks whether it is."""
    tells = "tells: dizzy, " if "told('dizzy')" in keys else ""
    return (
        "door:\n  choices:\n    knock: {do: Knock., effects: {trust: +1}, next: towel}\n"
        f"    wait: {{wait: Wait., {tells}effects: {{trust: +3}}, next: towel}}\n"
        "    enter: {do: Go in., effects: {trust: -1}, next: towel}\n"
    )


# place → what stands around it, and where that stands
_AROUND: dict[str, Callable[[str], tuple[str, str]]] = {
    "choice": lambda one: (
        "choices",
        _within("third:\n", one) + "wrist: {do: Feel along the wrist., tempts: It hurts., next: home}\n",
    ),
    "choices": lambda all_: ("node", _within("lines: A bandage and I'm off.\nchoices:\n", all_)),
    "node": lambda keys: ("nodes", _door(keys) + _within("towel:\n", keys)),
    "nodes": lambda nodes: ("visit", _within("nodes:\n", nodes + HOME)),
    "visit": _visit,
    "top": _top,
    "criteria": lambda criteria: ("file", RUBRIC + _within(DOMAINS, criteria, 6)),
    "rubric": lambda keys: ("file", _over(RUBRIC + _within(DOMAINS, CRITERION, 6), keys)),
}


def placed(place: str, example: str) -> str:
    """The whole file of an example."""
    while place in _AROUND:
        place, example = _AROUND[place](example)
    for line, name in (("facts: {dizzy: The floor goes when he gets up.}\n", "dizzy"),
                       ("promises: {call-monday: Call him on Monday.}\n", "call-monday")):  # fmt: skip
        if example.count(name) == 1:  # what the example does not use would be a loose end
            example = example.replace(line, "")
    return example


def _of_coding(example: str, folder: Path) -> Problems:
    """What is wrong with a coding of a small scenario, `visit`."""
    problems = Problems()
    path = folder / "visit.yaml"
    choice = "say: Third time?\nscores: {knowledge: 1}\nbecause: He had counted.\nnext: home\n"
    path.write_text(placed("choice", choice), encoding="utf-8")
    texts, program = load(path, Shelf((folder,)), problems)
    text = CODING + example.replace('sha256: ""', f"sha256: {digest(texts.scenario)}")
    read_coding(text.encode(), "coding.yaml", program, digest(texts.scenario), key(program).keys(), problems)
    return problems


def _beside(folder: Path) -> None:
    """A scenario that uses the rubric `visit`, and has a choice tagged `interrupting`."""
    (folder / "scenarios").mkdir(exist_ok=True)
    text = placed("choice", "say: Third time?\ntags: interrupting\nnext: home\n")
    text = text.replace("rubrics: [healing-relationships]", "rubrics: [visit]")
    (folder / "scenarios" / "uses.yaml").write_text(text, encoding="utf-8")


def found(page: Explanation, place: str, example: str, folder: Path) -> set[str]:
    """The codes that a file with this example earns."""
    if place == "coding":
        return {one.code for one in _of_coding(example, folder)}
    if place == "rubric":
        _beside(folder)
    data = AS_SAVED.get(page.code, str.encode)(placed(place, example))
    path = folder / ("settings.yaml" if place == "settings" else "visit.yaml")
    path.write_bytes(data)
    if place == "settings":
        problems = Problems()
        read_settings(path, KEYS, problems)
    else:
        problems = check_file(path, Shelf((folder,)), DAY)
    return {one.code for one in problems}
