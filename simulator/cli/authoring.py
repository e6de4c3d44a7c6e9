"""The commands for those who write encounters: what a code means, what an editor needs, a file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.exits import Exit
from simulator.cli.out import err, out, out_json, stop
from simulator.report.problems import count_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.language.diagnostics import Diagnostic


def tell_programs(format_: str, problems: Collection[Diagnostic], files: int, left_out: int) -> None:
    """What `check` found, as another program reads it; the count is for whoever looks on."""
    if format_ == "json":
        from simulator.report.machine import problems_json

        out_json(problems_json(problems, files, left_out))
    elif format_ == "sarif":
        from simulator.report.sarif import problems_sarif

        out_json(problems_sarif(problems, Path.cwd()))
    elif problems:
        from simulator.report.machine import problems_github

        out(problems_github(problems))
    if left_out:
        err(f"… and {left_out} more.")
    err(count_text(problems, files))


def explain(typed: str | None) -> None:
    """Explain one code, or list all of them."""
    from simulator.cli.page import page_width
    from simulator.report.explain import code_meant, codes_near, codes_text, explanation, explanation_text

    if typed is None:
        out(codes_text())
        err("\n`bedside explain BED402`, say, shows a wrong and a right example.")
        return
    code = code_meant(typed)
    if code is None:
        near = codes_near(typed)
        told = f"Near it:\n{codes_text(near)}" if near else "`bedside explain` lists them all."
        raise stop(f"There is no code “{typed}”. {told}", Exit.USAGE)
    out(explanation_text(explanation(code), page_width()))


def schema(kind: str) -> None:
    """The JSON Schema of scenarios or of rubrics."""
    from simulator.language.schema import schema_of
    from simulator.rubric.shapes import Rubric
    from simulator.scenario.shapes import Scenario

    out_json(schema_of(Scenario if kind == "scenario" else Rubric, f"A Bedside {kind}"))
