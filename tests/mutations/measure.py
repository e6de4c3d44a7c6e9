"""Plant mistakes, check the files, and count how often `check` names the line.

    python -m tests.mutations.measure [--show] [KIND…]

It writes the table of `docs/mutations.md`; with --show it prints each mistake that was not named, and writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from simulator.cli.commands import check_file
from simulator.language.diagnostics import Diagnostic
from simulator.library.find import Shelf
from tests.mutations.kinds import KINDS
from tests.mutations.page import Page, Planted
from tests.support import ROOT

SEEDS = 25


class Outcome(NamedTuple):
    """A planted mistake and what `check` said."""

    kind: str
    file: str
    planted: Planted
    found: list[Diagnostic]
    is_named: bool


def pages() -> dict[str, list[Page]]:
    """The shipped files, scenarios and rubrics."""
    return {what: [Page(path) for path in sorted((ROOT / what).glob("*.yaml"))] for what in ("scenarios", "rubrics")}


def plant(kind: str, seed: int, shelf: dict[str, list[Page]]) -> tuple[Page, Planted]:
    """One mistake of a kind in one of the files that have room for it."""
    chance = Random(f"{kind}, {seed}")
    rooms = chance.sample(sorted(shelf, reverse=True), len(shelf))
    for page in [page for room in rooms for page in chance.sample(shelf[room], len(shelf[room]))]:
        try:
            planted = KINDS[kind](page, chance)
        except IndexError:  # nothing to choose from
            planted = None
        if planted and planted.text != page.text:
            return page, planted
    raise LookupError(kind)


def outcome(kind: str, seed: int, shelf: dict[str, list[Page]], folder: Path) -> Outcome:
    """What `check` says of one planted mistake; the file lies where it would, beside nothing else."""
    page, planted = plant(kind, seed, shelf)
    path = folder / page.path.parent.name / page.path.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(planted.text, encoding="utf-8")
    found = list(check_file(path, Shelf((folder,))))
    path.unlink()
    return Outcome(kind, page.path.name, planted, found, any(_names(one, path, planted.lines) for one in found))


def _names(one: Diagnostic, path: Path, lines: frozenset[int]) -> bool:
    """Whether a problem stands at one of the lines, or shows one as a place that matters too."""
    places = [one.place, *(place for _, place in one.related)]
    return any(place and place.source.name == str(path) and place.line in lines for place in places)


def measured(kinds: list[str], seeds: int) -> list[Outcome]:
    shelf = pages()
    with TemporaryDirectory() as folder:
        return [outcome(kind, seed, shelf, Path(folder)) for kind in kinds for seed in range(seeds)]


def _show(one: Outcome) -> None:
    print(f"\n=== {one.kind} · {one.file} · planted at {sorted(one.planted.lines)[:6]}")
    lines = one.planted.text.split("\n")
    low = max(0, min(one.planted.lines) - 3)
    for number in range(low + 1, min(len(lines), low + 9)):
        print(f"{'>' if number in one.planted.lines else ' '} {number:>5} | {lines[number - 1]}")
    for problem in one.found[:4]:
        print(f"    {problem.code} {problem.place and problem.place.line}: {problem.message} [{problem.help}]")


if __name__ == "__main__":
    asked = [name for name in KINDS if not sys.argv[2:] or any(word in name for word in sys.argv[2:])]
    found = measured(asked, SEEDS)
    for kind in asked:
        mine = [one for one in found if one.kind == kind]
        named = sum(one.is_named for one in mine)
        print(f"{named:>3}/{len(mine)} {kind}   {'UNSEEN ' + str(sum(not one.found for one in mine)) if any(not one.found for one in mine) else ''}")
    print(f"{sum(one.is_named for one in found)}/{len(found)}")
    for one in found:
        if not one.is_named:
            _show(one)
