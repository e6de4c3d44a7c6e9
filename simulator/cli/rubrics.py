"""The commands about rubrics: list and show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.exits import Exit
from simulator.cli.out import err, out, out_json, stop
from simulator.cli.page import page_width
from simulator.cli.place import home
from simulator.language.diagnostics import Problems
from simulator.language.nearest import did_you_mean
from simulator.library.find import Shelf
from simulator.library.load import read_file
from simulator.report.problems import problems_text
from simulator.report.rubric import rubric_json, rubric_markdown, rubric_text
from simulator.report.text import wrapped
from simulator.rubric.read import read_rubric

if TYPE_CHECKING:
    from simulator.rubric.shapes import Rubric


def list_rubrics(*, as_json: bool) -> None:
    """List the rubrics on the shelf."""
    rows = []
    for id_, path in Shelf.of(home()).all("rubrics").items():
        problems = Problems()
        rubric = _read(path, problems)
        if rubric is None or problems.errors:
            err(f"{path}: cannot be read; `bedside check {path}` tells why.")
        else:
            rows.append(_row(id_, path, rubric))
    if as_json:
        out_json(rows)
        return
    for row in rows:
        banded = "" if row["bands"] else ", no bands"
        about = f"{row['title']}. {row['criteria']} criteria{banded}. {row['source']}"
        out(f"{row['id']}\n{wrapped(about, page_width(), indent='  ')}\n")


def _row(id_: str, path: Path, rubric: Rubric) -> dict[str, object]:
    return {
        "id": id_,
        "title": str(rubric.title),
        "domains": len(rubric.domains),
        "criteria": len(rubric.criteria()),
        "bands": len(rubric.bands),
        "source": " ".join(str(rubric.source.citation if rubric.source else "").split()),
        "file": str(path),
    }


def show(name: str, *, format_: str) -> None:
    """Show everything a rubric says."""
    shelf = Shelf.of(home())
    path = shelf.find("rubrics", name)
    if path is None:
        hint = did_you_mean(Path(name).stem, shelf.all("rubrics"))
        where = "One that lies elsewhere is named by its file."
        raise stop(f"There is no rubric “{name}”. {hint} {where}".replace("  ", " "), Exit.USAGE)
    problems = Problems()
    rubric = _read(path, problems)
    if rubric is None or problems.errors:
        err(problems_text(problems.errors, problems.left_out))
        raise stop(f"\n{path} cannot be shown until this is mended.", Exit.PROBLEMS)
    if format_ == "json":
        out_json(rubric_json(path.stem, rubric))
    elif format_ == "markdown":
        out(rubric_markdown(path.stem, rubric))
    else:
        out(rubric_text(path.stem, rubric, page_width()))


def _read(path: Path, problems: Problems) -> Rubric | None:
    data = read_file(path, problems)
    return read_rubric(data, str(path), problems) if data is not None else None
