"""The `bedside` command. Each command imports what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import os
import sys

import click

import simulator
from simulator.cli import for_educators, for_instructors, for_learners
from simulator.cli.exits import Exit

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 92}
_SECTIONS = {
    "To play": [for_learners.play, for_learners.resume, for_learners.list_],
    "To look back": [
        for_instructors.sessions,
        for_instructors.show,
        for_instructors.score,
        for_instructors.rescore,
        for_instructors.verify,
        for_instructors.rubric,
    ],
    "To write": [
        for_educators.new,
        for_educators.check,
        for_educators.explain,
        for_educators.schema,
        for_educators.preview,
        for_educators.explore,
        for_educators.map_,
        for_educators.code,
        for_educators.agreement,
    ],
}


class Sections(click.Group):
    """A group whose help tells the commands by what they are for."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, section by section."""
        widest = max(len(name) for name in self.commands)
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                rows = [(one.name or "", one.get_short_help_str(200)) for one in commands]
                formatter.write_dl([(name.ljust(widest), text) for name, text in rows])


@click.group(cls=Sections, context_settings=_CONTEXT, invoke_without_command=True)
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


for _command in (one for commands in _SECTIONS.values() for one in commands):
    bedside.add_command(_command)


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
