"""Plant mistakes, check the files, and count how often `check` names the line.

python -m tests.mutations.measure            writes the table into docs/mutations.md
python -m tests.mutations.measure WORD…      shows what was missed, of the kinds with one of these words
"""

from __future__ import annotations

import datetime
import re
import sys
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from simulator.cli.commands import check_file
from simulator.language.diagnostics import Diagnostic, Problems
from simulator.library.find import Shelf
from simulator.library.load import load
from tests.mutations.kinds import KINDS
from tests.mutations.page import Page, Planted
from tests.support import ROOT

SEEDS = 25
TODAY = datetime.date(2026, 11, 20)  # what falls due later is no news here
PAGE = ROOT / "docs" / "mutations.md"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end -->)", re.DOTALL)


class Outcome(NamedTuple):
    """A planted mistake, and what `check` said of the file."""

    kind: str
    file: str
    planted: Planted
    found: list[Diagnostic]
    named: Diagnostic | None  # the first that names the line


@cache
def pages() -> dict[str, list[Page]]:
    """The shipped files, scenarios and rubrics."""
    return {what: [Page(path) for path in sorted((ROOT / what).glob("*.yaml"))] for what in ("rubrics", "scenarios")}


def plant(kind: str, seed: int) -> tuple[Page, Planted]:
    """One mistake of a kind, in one of the files that have room for it; a scenario as often as a rubric."""
    chance = Random(f"{seed}: {kind}")
    for what in chance.sample(sorted(pages()), 2):
        for page in chance.sample(pages()[what], len(pages()[what])):
            try:
                planted = KINDS[kind](page, chance)
            except IndexError:  # nothing to choose from
                continue
            if planted and planted.text != page.text:
                return page, planted
    raise LookupError(kind)


def outcome(kind: str, seed: int, folder: Path) -> Outcome:
    """What `check` says of a file with one mistake, alone in a folder; its rubrics are the shipped."""
    page, planted = plant(kind, seed)
    path = folder / page.path.parent.name / page.path.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(planted.text, encoding="utf-8")
    shelf = Shelf((folder,))
    found = sorted(_at_once(path, shelf, is_rubric=page.is_rubric), key=lambda one: one.sort_key())
    if not any(_names(one, path, planted.lines) for one in found):
        found = sorted(check_file(path, shelf, TODAY), key=lambda one: one.sort_key())
    path.unlink()
    named = next((one for one in found if _names(one, path, planted.lines)), None)
    return Outcome(kind, page.path.name, planted, found, named)


def _at_once(path: Path, shelf: Shelf, *, is_rubric: bool) -> Problems:
    """What `check` says before it looks at every playthrough, which takes seconds and is seldom needed here."""
    if is_rubric:
        return check_file(path, shelf, TODAY)
    load(path, shelf, problems := Problems())
    return problems


def _names(one: Diagnostic, path: Path, lines: frozenset[int]) -> bool:
    """Whether a problem stands at one of the lines, or shows one as a place that matters too."""
    places = [one.place, *(place for _, place in one.related)]
    return any(place and place.source.name == str(path) and place.line in lines for place in places)


def outcomes(kind: str, seeds: int = SEEDS) -> list[Outcome]:
    """Of one kind, with each seed."""
    with TemporaryDirectory() as folder:
        return [outcome(kind, seed, Path(folder)) for seed in range(seeds)]


def table(found: dict[str, list[Outcome]]) -> str:
    """How often the line was named, kind by kind, and by which codes."""
    rows = ["| mistake | planted | named | by |", "|---|--:|--:|---|"]
    for kind, mine in found.items():
        codes = sorted({one.named.code for one in mine if one.named})
        rows.append(f"| {kind} | {len(mine)} | {_named(mine)} | {', '.join(codes)} |")
    every = [one for mine in found.values() for one in mine]
    rows.append(f"| **all** | **{len(every)}** | **{_named(every)}** | **{_named(every) / len(every):.1%}** |")
    return "\n".join(rows) + "\n"


def _named(found: list[Outcome]) -> int:
    return sum(one.named is not None for one in found)


def told() -> str:
    """The table that stands in the docs."""
    match = _TABLE.search(PAGE.read_text(encoding="utf-8"))
    assert match is not None
    return match.group()


def _show(one: Outcome) -> None:
    print(f"\n{one.kind} · {one.file}")
    lines = one.planted.text.split("\n")
    low = max(0, min(one.planted.lines) - 3)
    for number, line in enumerate(lines[low : low + 8], low + 1):
        print(f"{'>' if number in one.planted.lines else ' '} {number:>5} | {line}")
    for problem in one.found[:4]:
        print(f"    {problem.code} {problem.place}: {problem.message} {problem.help}")


if __name__ == "__main__":
    words = sys.argv[1:]
    measured = {kind: outcomes(kind) for kind in KINDS if not words or any(word in kind for word in words)}
    print(table(measured))
    if words:
        for mine in measured.values():
            for missed in [one for one in mine if not one.named]:
                _show(missed)
    else:
        PAGE.write_text(_TABLE.sub(lambda _: table(measured), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
