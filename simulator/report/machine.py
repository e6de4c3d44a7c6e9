"""Diagnostics for other programs: JSON, and the workflow commands from which GitHub makes annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from simulator.language.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from simulator.language.diagnostics import Diagnostic, Place

VERSION: Final = 1  # of the JSON below; a key that is added does not change it


def problems_json(problems: Collection[Diagnostic], files: int, left_out: int = 0) -> str:
    """All problems in reading order, under their counts; lines and columns from 1, in characters, the end exclusive."""
    errors = sum(one.is_error for one in problems)
    value = {
        "bedside-problems": VERSION,
        "files": files,
        "errors": errors,
        "warnings": len(problems) - errors,
        "left-out": left_out,
        "problems": [_as_dict(one) for one in in_order(problems)],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def in_order(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Problems as they stand in the files, file by file."""
    return sorted(problems, key=lambda one: one.sort_key())


def _as_dict(problem: Diagnostic) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "title": CODES[problem.code][1],
        "file": problem.where,
        **_span(problem.place),
        "message": problem.message,
        "note": problem.note,
        "help": problem.help,
        "related": [{"label": label, "file": place.source.name, **_span(place)} for label, place in problem.related],
    }


def _span(place: Place | None) -> dict[str, int | None]:
    """Where something stands; a problem of a whole file stands nowhere in it."""
    return {
        "line": place and place.line,
        "column": place and place.column,
        "end-line": place and place.end_line,
        "end-column": place and place.end_column,
    }


def problems_github(problems: Iterable[Diagnostic]) -> str:
    """One workflow command a problem: `::error file=…,line=…,col=…::message`."""
    return "\n".join(_command(one) for one in in_order(problems))


def _command(problem: Diagnostic) -> str:
    properties: dict[str, object] = {"file": problem.where}
    if place := problem.place:
        properties |= {"line": place.line, "col": place.column, "endLine": place.end_line}
        if place.end_line == place.line:  # over several lines, GitHub takes no end column
            properties["endColumn"] = place.end_column
        else:
            del properties["col"]
    properties["title"] = f"{problem.code} {CODES[problem.code][1]}"
    told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{problem.severity} {told}::{_escaped(words_of(problem))}"


def words_of(problem: Diagnostic) -> str:
    """What is said of a problem, with the note and the help on lines of their own."""
    parts = [problem.message]
    parts += [f"{label}: {place}" for label, place in problem.related]
    parts += [problem.note] if problem.note else []
    parts += [problem.help] if problem.help else []
    return "\n".join(parts)


def _escaped(text: str, more: str = "") -> str:
    """A text in which nothing ends the command or the property it stands in."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
