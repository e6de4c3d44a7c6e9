"""The commands a learner types: play, resume, list."""

from __future__ import annotations

import click

_plain = click.option("--plain", is_flag=True, help="Lines only: for screen readers, braille displays and pipes.")


@click.command()
@click.argument("scenario")
@_plain
@click.option(
    "--mode",
    type=click.Choice(["practice", "assessment"]),
    default="practice",
    show_default=True,
    help="In assessment there is no going back and no explanation on the way.",
)
@click.option("--seed", type=click.IntRange(0, 999_999_999), help="Decides the order of choices; drawn if left out.")
@click.option(
    "--learner",
    metavar="NAME",
    help="A pseudonym of your choosing. Nothing else about you is stored.  [default: learner]",
)
def play(scenario: str, plain: bool, mode: str, seed: int | None, learner: str | None) -> None:
    """Play SCENARIO: the id of an encounter (see `bedside list`) or a file.

    You read, you choose, and at the end there is a debrief. Every answer is saved at once: `bedside resume` goes on
    where you stopped.
    """
    from simulator.cli.commands import play as run

    run(scenario, plain=plain, mode=mode, seed=seed, learner=learner)


@click.command()
@click.argument("session", required=False)
@_plain
def resume(session: str | None, plain: bool) -> None:
    """Go on with SESSION, or with the last one that is unfinished."""
    from simulator.cli.commands import resume as run

    run(session, plain=plain)


@click.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def list_(as_json: bool) -> None:
    """List the encounters that can be played."""
    from simulator.cli.commands import list_scenarios as run

    run(as_json=as_json)
