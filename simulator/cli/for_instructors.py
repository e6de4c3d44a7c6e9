"""The commands an instructor types: about sessions, scores and rubrics."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def sessions(as_json: bool) -> None:
    """List the sessions played on this machine, newest last."""
    from simulator.cli.logs import list_sessions as run

    run(as_json=as_json)


@click.command()
@click.argument("session", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(session: str | None, format_: str) -> None:
    """Show the transcript and the debrief of SESSION, or of the last one.

    SESSION is the short id that `bedside sessions` shows, any part of the whole id, or a file.
    """
    from simulator.cli.logs import show as run

    run(session, as_json=format_ == "json")


@click.command()
@click.argument("session", required=False)
@click.option("--rubric", metavar="ID", help="By this rubric only; one it was not coded for is read, and never scored.")
@click.option("--latest", is_flag=True, help="By the texts of the last `rescore`, not by those it was played from.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def score(session: str | None, rubric: str | None, latest: bool, as_json: bool) -> None:
    """Show every figure of SESSION, or of the last one, with the line of proof for each piece of evidence."""
    from simulator.cli.scores import score as run

    run(session, rubric=rubric, is_latest=latest, as_json=as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def rescore(folder: Path, dry_run: bool) -> None:
    """Score the finished sessions in DIR again, by scenario and rubric files as they are now.

    DIR is a data folder, or the folder `sessions` in one. The old scores stay in the logs; the new ones are written
    beside them, in `rescored`. A session whose choices cannot be played any more is named, and left as it is.
    """
    from simulator.cli.scores import rescore as run

    run(folder, is_dry=dry_run)


@click.command()
@click.argument("session", nargs=-1, required=True, metavar="SESSION...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def verify(session: tuple[str, ...], as_json: bool) -> None:
    """Verify that session logs are what was played.

    SESSION is an id, any part of one, a learner, or a file. Each log is held against its own chain of checks and
    played again; exit code 1 if any does not fit.
    """
    from simulator.cli.logs import verify as run

    run(session, as_json=as_json)


@click.group()
def rubric() -> None:
    """What is looked for: list the rubrics, or show one."""


@rubric.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def rubric_list(as_json: bool) -> None:
    """List the rubrics that encounters can be coded by, or read through."""
    from simulator.cli.rubrics import list_rubrics as run

    run(as_json=as_json)


@rubric.command(name="show")
@click.argument("rubric_id", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def rubric_show(rubric_id: str, format_: str) -> None:
    """Show every criterion of a rubric: its meaning, what helps, what costs, and one thing to try.

    ID is the id of a rubric (see `bedside rubric list`) or a file.
    """
    from simulator.cli.rubrics import show as run

    run(rubric_id, format_=format_)
