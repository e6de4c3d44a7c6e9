"""A rubric held against the files around it: the rubrics it draws on, and the scenarios whose tags it counts."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from simulator.language.diagnostics import Problems
from simulator.language.expressions import read_condition
from simulator.language.nearest import did_you_mean
from simulator.library.load import read_file
from simulator.rubric.read import read_rubric, rubric_scope
from simulator.scenario.read import read_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.language.tree import Scalar
    from simulator.library.find import Shelf
    from simulator.rubric.shapes import Rubric, Rule

_COUNTED = re.compile(r"count\('([^']*)'\)")


def check_neighbours(rubric: Rubric, path: Path, shelf: Shelf, problems: Problems) -> None:
    """Warn of links that lead nowhere, and of tags that a rule counts and no scenario with this rubric uses."""
    _check_links(rubric, path, shelf, problems)
    if any(rule.when is not None and _COUNTED.search(rule.when) for rule in rubric.rules):
        _check_tags(rubric, path, shelf, problems)


# links


def _check_links(rubric: Rubric, path: Path, shelf: Shelf, problems: Problems) -> None:
    known: dict[str, set[str] | None] = {}
    for criterion in rubric.criteria().values():
        seen: set[str] = set()
        for link in criterion.draws_on:
            if link.criterion.broken or link.is_stand_in:
                continue
            if link.criterion in seen:
                _report(link.criterion, f"“{link.criterion}” is linked twice.", "Keep one of the two.", problems)
            seen.add(str(link.criterion))
            _check_link(link.criterion, path, shelf, known, problems)


def _check_link(
    reference: Scalar, path: Path, shelf: Shelf, known: dict[str, set[str] | None], problems: Problems
) -> None:
    name, slash, id_ = reference.partition("/")
    if not slash:
        _report(reference, "A link names its rubric too.", f"Write rubric/{name}, with the rubric's id.", problems)
        return
    if name == path.stem:
        message = "A rubric does not draw on itself: its own evidence counts there already."
        _report(reference, message, "Take the link out, or name a criterion of another rubric.", problems)
        return
    if name not in known:
        known[name] = _criteria_of(name, path, shelf)
    there = known[name]
    if there is None:
        hint = did_you_mean(name, shelf.all("rubrics"))
        _report(reference, f"There is no rubric “{name}” here, so this link shows nothing.", hint, problems)
    elif id_ not in there:
        _report(reference, f"The rubric “{name}” has no criterion “{id_}”.", did_you_mean(id_, there), problems)


def _report(reference: Scalar, message: str, help_: str, problems: Problems) -> None:
    problems.report("BED407", message, reference.place, help=help_)


def _criteria_of(name: str, path: Path, shelf: Shelf) -> set[str] | None:
    """The criteria of another rubric as far as they can be read; None if there is no such rubric."""
    found = shelf.find("rubrics", name, beside=(path.resolve().parent,))
    data = read_file(found, Problems()) if found else None
    rubric = read_rubric(data, name, Problems()) if data is not None else None
    return set(rubric.criteria()) if rubric else None


# tags


def _check_tags(rubric: Rubric, path: Path, shelf: Shelf, problems: Problems) -> None:
    used: set[str] = set()
    is_used = False
    for scenario in _scenarios(path, shelf):
        tags = _tags_of(scenario, path.stem)
        if tags is not None:
            is_used, used = True, used | tags
    if not is_used:
        return  # nobody plays by it yet, so nothing can be missing
    for rule in rubric.rules:
        for tag, start, end in _counted(rule):
            if tag not in used and rule.when is not None:
                problems.report(
                    "BED605",
                    f"No scenario that uses this rubric has a choice tagged “{tag}”, so it is never counted.",
                    rule.when.within(start, end),
                    help=partial(did_you_mean, tag, used),
                )


def _counted(rule: Rule) -> Iterator[tuple[str, int, int]]:
    """Each tag that a rule counts, with where it stands in the condition; none where that has mistakes of its own."""
    if rule.when is None or read_condition(rule.when, rubric_scope(), Problems()) is None:
        return
    for match in _COUNTED.finditer(rule.when):
        yield match.group(1), *match.span(1)


def _scenarios(path: Path, shelf: Shelf) -> list[Path]:
    """The scenarios a rubric may serve: those on the shelf, those beside it, and those beside its folder."""
    folder = path.resolve().parent
    beside = [*folder.glob("*.y*ml"), *(folder.parent / "scenarios").glob("*.y*ml")]
    return sorted({one.resolve() for one in (*shelf.all("scenarios").values(), *beside)} - {path.resolve()})


def _tags_of(path: Path, rubric: str) -> set[str] | None:
    """The tags of a scenario that lists a rubric; None if it does not, or is no scenario."""
    data = read_file(path, Problems())
    if data is None or rubric.encode() not in data:
        return None
    scenario = read_scenario(data, str(path), Problems())
    if scenario is None or rubric not in scenario.rubrics:
        return None
    return {str(tag) for choice in scenario.every_choice() for tag in choice.tags}
