"""Whether the full-screen app can run here, and running it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from simulator.cli.exits import Exit
from simulator.cli.out import err
from simulator.cli.place import home
from simulator.language.diagnostics import Problems
from simulator.library.settings import Settings, read_settings
from simulator.report.problems import problems_text

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.library.watch import Watch
    from simulator.tui.app import BedsideApp
    from simulator.tui.desk import Entry


def is_possible() -> bool:
    """Whether there is a terminal that can be painted; a full-screen app without one hangs."""
    return (
        sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    )


def settings() -> tuple[Settings, Problems]:
    """The learner's settings with what is wrong with them; where something is, the usual ones."""
    from simulator.library.keys import KEYS

    problems = Problems()
    return read_settings(home() / "settings.yaml", KEYS, problems), problems


def said_settings() -> Settings:
    """The settings, their mistakes told on stderr."""
    found, problems = settings()
    if problems:
        err(problems_text(problems) + "\n\nThe usual settings are used.\n")
    return found


def run(
    *, path: Path | None = None, session: str = "", learner: str = "", mode: str = "practice", seed: int | None = None
) -> None:
    """Open the app, at an encounter or a session if one is named."""
    from simulator.tui.app import BedsideApp
    from simulator.tui.desk import Desk

    found, problems = settings()
    desk = Desk(home(), found, learner or str(found.learner or "learner"), seed, mode)
    _paint(BedsideApp(desk, entry=_entry(path), session=session, problems=problems))
    desk.look_at_sessions()
    if desk.unfinished():
        err("Saved. `bedside resume` goes on where you stopped.")


def preview(watch: Watch, seed: int) -> None:
    """Open the preview of a file under edit."""
    from simulator.tui.closely import looked_at_closely
    from simulator.tui.desk import Desk
    from simulator.tui.preview_app import PreviewApp

    found, problems = settings()
    _paint(PreviewApp(Desk(home(), found, "", seed), watch, closer=looked_at_closely, problems=problems))


def _paint(app: BedsideApp) -> None:
    app.run()
    if app.fault is not None:
        raise app.fault  # told in a sentence, and kept in a file, like any other fault
    if app.return_code:
        raise click.exceptions.Exit(Exit.FAULT)


def _entry(path: Path | None) -> Entry | None:
    from simulator.library.load import read_file
    from simulator.scenario.read import read_scenario
    from simulator.tui.desk import Entry

    if path is None:
        return None
    problems = Problems()
    data = read_file(path, problems)
    scenario = read_scenario(data, str(path), problems) if data is not None else None
    return Entry(path.stem, path, scenario) if scenario is not None else None
