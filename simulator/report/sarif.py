"""Diagnostics as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import simulator
from simulator.language.codes import CODES
from simulator.report.explain import explanation, explanation_markdown, explanation_text
from simulator.report.machine import in_order, words_of
from simulator.report.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.language.diagnostics import Diagnostic, Place


def problems_sarif(problems: Iterable[Diagnostic], folder: Path) -> str:
    """All problems as one run; files within `folder` are named relative to it, as code hosts want them."""
    found = in_order(problems)
    codes = sorted({one.code for one in found})
    run = {
        "tool": {
            "driver": {"name": "Bedside", "version": simulator.__version__, "rules": [_rule(code) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code), folder) for one in found],
    }
    value = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, Any]:
    severity, title = CODES[code]
    page = explanation(code)
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in re.findall(r"\w+", title)),
        "shortDescription": {"text": f"{sentence(title)}."},
        "fullDescription": {"text": page.why},
        "help": {"text": explanation_text(page), "markdown": explanation_markdown(page)},
        "defaultConfiguration": {"level": severity},
    }


def _result(problem: Diagnostic, rule: int, folder: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": str(problem.severity),
        "message": {"text": words_of(problem)},
        "locations": [_location(problem.where, problem.place, folder)],
    }
    if problem.related:
        result["relatedLocations"] = [
            {**_location(place.source.name, place, folder), "id": number, "message": {"text": label}}
            for number, (label, place) in enumerate(problem.related, 1)
        ]
    return result


def _location(file: str, place: Place | None, folder: Path) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file, folder)}}
    if place:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {"physicalLocation": physical}


def _uri(file: str, folder: Path) -> str:
    """A file as a URI: relative where it lies in the folder, whole where it does not."""
    path = Path(file)
    whole = path if path.is_absolute() else folder / path
    try:
        return quote(str(PurePosixPath(whole.resolve().relative_to(folder.resolve()))))
    except ValueError:
        return whole.resolve().as_uri()
