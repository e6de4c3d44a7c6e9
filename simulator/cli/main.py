"""The `bedside` command. Each command imports what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

import simulator
from simulator.cli.exits import Exit

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 92}


@click.group(context_settings=_CONTEXT, invoke_without_command=True)
@click.version_option(simulator.__version__, prog_name="bedside")
@click.pass_context
def bedside(context: click.Context) -> None:
    """Practise patient encounters, and see what your words did.

    Alone, it opens the app. In plain lines: `bedside list`, then `bedside play third-appointment --plain`.
    """
    if context.invoked_subcommand is None:
        from simulator.cli.screen import is_possible

        if is_possible():
            from simulator.cli.screen import run as run_app

            run_app()
        else:
            click.echo(context.get_help())


_plain = click.option("--plain", is_flag=True, help="Lines only: for screen readers, braille displays and pipes.")


@bedside.command()
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


@bedside.command()
@click.argument("session", required=False)
@_plain
def resume(session: str | None, plain: bool) -> None:
    """Go on with SESSION, or with the last one that is unfinished."""
    from simulator.cli.commands import resume as run

    run(session, plain=plain)


@bedside.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def list_(as_json: bool) -> None:
    """List the encounters that can be played."""
    from simulator.cli.commands import list_scenarios as run

    run(as_json=as_json)


@bedside.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def check(paths: tuple[Path, ...], strict: bool) -> None:
    """Check scenario and rubric files, or folders of them.

    Every problem is told with its line, its column and what to write instead. Exit code 1 if there are errors.
    """
    from simulator.cli.commands import check as run

    run(paths, strict=strict)


@bedside.command()
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


@bedside.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def sessions(as_json: bool) -> None:
    """List the sessions played on this machine, newest last."""
    from simulator.cli.logs import list_sessions as run

    run(as_json=as_json)


@bedside.command()
@click.argument("session", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(session: str | None, format_: str) -> None:
    """Show the transcript and the debrief of SESSION, or of the last one.

    SESSION is the short id that `bedside sessions` shows, any part of the whole id, or a file.
    """
    from simulator.cli.logs import show as run

    run(session, as_json=format_ == "json")


@bedside.command()
@click.argument("session", nargs=-1, required=True, metavar="SESSION...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def verify(session: tuple[str, ...], as_json: bool) -> None:
    """Verify that session logs are what was played.

    SESSION is an id, any part of one, a learner, or a file. Each log is held against its own chain of checks and
    played again; exit code 1 if any does not fit.
    """
    from simulator.cli.logs import verify as run

    run(session, as_json=as_json)


def run() -> int:
    """The command line, as an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = bedside.main(standalone_mode=False)
    except click.Abort:
        return Exit.PROBLEMS
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except BrokenPipeError:  # whoever was reading has gone: not a fault, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception as error:
        return _fault(error)
    return code if isinstance(code, int) else Exit.CLEAN


def _fault(error: Exception) -> int:
    """Tell a fault in a sentence, and keep the traceback where it can be sent from."""
    import traceback

    from simulator.cli.place import home

    kept = home() / "fault.txt"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f" What happened is written in {kept}; please send it to us."
    except OSError:
        where = ""
    if isinstance(error, OSError):
        click.echo(f"bedside: {error.strerror or error}{f': {error.filename}' if error.filename else ''}.", err=True)
        click.echo("If that is the data folder, set BEDSIDE_HOME to a folder that you may write to.", err=True)
        return Exit.FAULT
    click.echo(
        f"bedside: a fault inside Bedside ({type(error).__name__}). Nothing you answered is lost.{where}", err=True
    )
    return Exit.FAULT
