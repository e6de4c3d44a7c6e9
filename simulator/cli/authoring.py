"""The commands for those who write encounters: what a code means, what an editor needs, a file to begin with."""

from __future__ import annotations

import re
import unicodedata
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


def new(name: str, kind: str) -> None:
    """Write a file to begin with, and say where."""
    from simulator.language.ids import is_id, nearest_id
    from simulator.library.starters import starter

    if not is_id(name):
        bare = re.sub(r"\.ya?ml$", "", re.split(r"[/\\]", name)[-1])
        plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
        option = "" if kind == "scenario" else f"--kind {kind} "
        raise stop(
            f"“{name}” cannot be the name of a {kind}. A name has small letters, digits and hyphens, and begins with a "
            f"letter. Try `bedside new {option}{nearest_id(plain)}`.",
            Exit.USAGE,
        )
    folder = Path(f"{kind}s")
    path = (folder if folder.is_dir() else Path()) / f"{name}.yaml"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:  # "x": never over what is there
            file.write(starter(kind, name, path.as_posix()))
    except FileExistsError:
        raise stop(f"{path} is there already, and stays as it is. Choose another name.", Exit.PROBLEMS) from None
    except OSError as error:
        raise stop(f"{path} cannot be written: {error.strerror or error}.", Exit.PROBLEMS) from None
    out(str(path))
    go_on = f"`bedside check {path}`, then `bedside play {path}`" if kind == "scenario" else f"`bedside check {path}`"
    err(f"Open it in a text editor; its notes explain each part. Then: {go_on}.")
