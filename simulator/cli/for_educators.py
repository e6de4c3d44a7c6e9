"""The commands an educator types, who writes encounters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime


@click.command()
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["scenario", "rubric"]), default="scenario", show_default=True, help="What to begin."
)
def new(name: str, kind: str) -> None:
    """Begin a scenario of your own: NAME.yaml, small and whole, with a comment on every part.

    It is put into the folder `scenarios` (or `rubrics`) if there is one here, and beside you if not.
    """
    from simulator.cli.authoring import new as run

    run(name, kind)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For you, for other programs, for GitHub's annotations, for code hosts and editors.",
)
@click.option(
    "--as-of",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day that dates of review are held against, such as 2027-01-31; today if left out.",
)
def check(paths: tuple[Path, ...], strict: bool, format_: str, day: datetime.datetime | None) -> None:
    """Check scenario and rubric files, or folders of them.

    Every problem is told with its line, its column and what to write instead; `bedside explain` tells more about each.
    Exit code 1 if there are errors.
    """
    from simulator.cli.commands import check as run

    run(paths, strict=strict, format_=format_, day=day.date() if day else None)


@click.command()
@click.argument("scenario", metavar="PATH")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs, with all figures exact.")
@click.option(
    "--cap",
    type=click.IntRange(1),
    default=2_000_000,
    show_default=True,
    help="Of more states than this, a sample is drawn.",
)
@click.option("--seed", type=click.IntRange(0, 999_999_999), default=0, show_default=True, help="Of that sample.")
def explore(scenario: str, as_json: bool, cap: int, seed: int) -> None:
    """Explore every playthrough of PATH: a scenario file, or the id of an encounter.

    Tells how it ends, what there is to earn and how, which choices are ever offered, and what learners would earn who
    go by the length of a choice or its tone.
    """
    from simulator.cli.workshop import explore as run

    run(scenario, as_json=as_json, cap=cap, seed=seed)


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain CODE, such as BED402, with a wrong and a right example; without one, list them all."""
    from simulator.cli.authoring import explain as run

    run(code)


@click.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of scenarios or of rubrics, from which editors complete and explain keys."""
    from simulator.cli.authoring import schema as run

    run(kind)


@click.command()
@click.argument("path", metavar="PATH")
@click.option(
    "--seed",
    type=click.IntRange(0, 999_999_999),
    default=1,
    show_default=True,
    help="Decides the order of choices, and which variants are drawn.",
)
@click.option("--plain", is_flag=True, hidden=True)
def preview(path: str, seed: int, plain: bool) -> None:
    """Play the scenario at PATH while you write it.

    It follows every save, at the same moment with the same choices, and shows what is behind it: meters, facts,
    promises, evidence, and why a choice is not there. Nothing is logged. PATH is a file, or the id of an encounter.
    """
    from simulator.cli.preview import preview as run

    run(path, seed=seed, plain=plain)


@click.command(name="map")
@click.argument("scenario", metavar="PATH")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "svg", "mermaid", "dot"]),
    default="text",
    show_default=True,
    help="An outline to read, a picture, or the language of Mermaid or Graphviz.",
)
@click.option(
    "--sessions",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Count how many learners went where, by the logs of a data folder.",
)
def map_(scenario: str, format_: str, sessions: Path | None) -> None:
    """Map the scenario at PATH: visits, moments, and the ways between them.

    PATH is a file, or the id of an encounter. For a picture: bedside map PATH --format svg > map.svg
    """
    from simulator.cli.map import draw as run

    run(scenario, format_=format_, sessions=sessions)


@click.command()
@click.argument("scenario")
@click.option("--rater", metavar="NAME", default="coder", show_default=True, help="A pseudonym for the coder.")
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE", help="The file of the coding; - for a form.")
@click.option("--blank", is_flag=True, help="Write an empty form, to be filled in with an editor.")
@click.option("--stem-blind", is_flag=True, help="Show the choices only, and ask which is the best.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The date in the file.  [default: today, in UTC]")
def code(
    scenario: str, rater: str, to: Path | None, blank: bool, stem_blind: bool, date: datetime.datetime | None
) -> None:
    """Code the choices of SCENARIO a second time, blind to the author's own coding.

    Each answer is saved at once, in `codings/` beside the folder of scenarios; the same command goes on with it.
    """
    from simulator.cli.coding import code as run

    day = date.date() if date else None
    run(scenario, rater=rater, to=to, is_blank=blank, is_blind=stem_blind, date=day)


@click.command()
@click.argument("scenario")
@click.argument("coding", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CODING...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def agreement(scenario: str, coding: tuple[Path, ...], as_json: bool) -> None:
    """Hold codings of SCENARIO against the author's own, and against each other.

    CODING is a file that `bedside code` wrote. Percent agreement, kappa and alpha, all together and for each
    criterion, and every choice on which they differ.
    """
    from simulator.cli.agreement import agreement as run

    run(scenario, coding, as_json=as_json)
