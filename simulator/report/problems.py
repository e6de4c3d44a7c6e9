"""Diagnostics as text: place, sentence, the line with a caret, and the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.language.diagnostics import Diagnostic, Place

LONGEST_LINE = 160


def problem_text(problem: Diagnostic) -> str:
    """One problem, over a few lines."""
    place = problem.place
    where = f"{place}" if place else problem.where
    rows = [f"{where}: {problem.severity} {problem.code}: {problem.message}"]
    margin = 0
    if place:
        margin = len(str(place.line)) + 2
        rows += _excerpt(place, margin)
    pad = " " * margin
    for label, other in problem.related:
        rows.append(f"{pad} = {label}: {other}")
    if problem.note:
        rows.append(f"{pad} = note: {problem.note}")
    if problem.help:
        rows.append(f"{pad} = help: {problem.help}")
    return "\n".join(rows)


def _excerpt(place: Place, margin: int) -> list[str]:
    line = place.source.line(place.line)
    end = place.end_column if place.end_line == place.line else len(line) + 1
    start = max(0, place.column - 1 - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
    shown = "".join(map(_visible, line[start : start + LONGEST_LINE]))
    carets = max(1, min(end, start + LONGEST_LINE) - place.column)
    return [
        f"{place.line:>{margin - 1}} | {shown}".rstrip(),
        f"{' ' * (margin - 1)} | {' ' * (place.column - 1 - start)}{'^' * carets}",
    ]


def _visible(character: str) -> str:
    """What stands for a character on a terminal: a tab is an arrow, another kind of space an open box."""
    if character.isprintable():
        return character
    return "→" if character == "\t" else "␣" if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def problems_text(problems: Iterable[Diagnostic], left_out: int = 0) -> str:
    """All problems in reading order, a blank line between, with how many were left out at the end."""
    texts = [problem_text(problem) for problem in sorted(problems, key=lambda one: one.sort_key())]
    if left_out:
        texts.append(f"… and {left_out} more.")
    return "\n\n".join(texts)


def count_text(problems: Iterable[Diagnostic], files: int) -> str:
    """How many there are, such as “2 errors and 1 warning in 3 files.”."""
    found = list(problems)
    errors = sum(one.is_error for one in found)
    return f"{plural(errors, 'error')} and {plural(len(found) - errors, 'warning')} in {plural(files, 'file')}."


def plural(number: int, word: str) -> str:
    """A number with its word: “1 file”, “3 files”."""
    return f"{number} {word}{'' if number == 1 else 's'}"
