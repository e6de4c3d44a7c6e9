"""What each command does; the plain player itself is in `plain`."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import Exit
from simulator.cli.place import home
from simulator.language.diagnostics import Problems
from simulator.language.text import FORBIDDEN, cleaned
from simulator.library.find import Shelf
from simulator.library.load import Texts, load, read_file
from simulator.report.problems import count_text, plural, problems_text
from simulator.sessions.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.encounter.program import Program
    from simulator.sessions.replay import Replay


def stop(message: str, code: Exit) -> click.exceptions.Exit:
    """Say why on stderr, and give the exception to raise."""
    click.echo(_plain(message), err=True)
    return click.exceptions.Exit(code)


# playing


def play(scenario: str, *, plain: bool, mode: str, seed: int | None, learner: str | None) -> None:
    """Start a session and play it, full-screen where that is wanted and possible."""
    from simulator.cli import screen

    path, texts, program = _program(scenario)
    if not _is_plain(plain=plain):
        screen.run(path=path, learner=learner or "", mode=mode, seed=seed)
        return
    from simulator.cli.plain import Player
    from simulator.sessions.session import Session

    store = Store(home())
    name = learner or str(screen.said_settings().learner or "learner")
    drawn = secrets.randbelow(1_000_000) if seed is None else seed
    player = Player(store)
    if player.briefed(program):
        player.play(Session.start(store, texts, program, learner=name, mode=mode, seed=drawn))


def _is_plain(*, plain: bool) -> bool:
    """Whether to play in plain lines: asked for, or because nothing else is possible, which is said."""
    from simulator.cli import screen

    if not plain and not screen.is_possible():
        click.echo("There is no terminal to paint, so this is plain mode.", err=True)
        return True
    return plain


def resume(name: str | None, *, plain: bool) -> None:
    """Go on with a session."""
    from simulator.sessions.replay import Unreadable
    from simulator.sessions.session import Session
    from simulator.sessions.summary import summary
    from simulator.sessions.writer import LogBusy

    store = Store(home())
    if name is None:
        path = next((path for path in reversed(store.logs()) if summary(path).status == "unfinished"), None)
        if path is None:
            raise stop("There is no unfinished session. `bedside list` shows what can be played.", Exit.PROBLEMS)
    else:
        path = _one_log(store, name)
    try:
        session = Session.resume(store, path)
    except Unreadable as error:
        raise stop(_damage(path, error), Exit.PROBLEMS) from None
    except LogBusy:
        raise stop(f"{path.stem} is open in another window. Close it there first.", Exit.PROBLEMS) from None
    if session.is_closed:
        session.leave()
        raise stop(f"{path.stem} is finished. `bedside show {path.stem}` shows it.", Exit.PROBLEMS)
    if _is_plain(plain=plain):
        from simulator.cli.plain import Player

        Player(store).play(session, is_resumed=True)
    else:
        from simulator.cli import screen

        session.leave()
        screen.run(session=path.stem, learner=str(session.started["learner"]))


def _program(name: str) -> tuple[Path, Texts, Program]:
    from simulator.language.nearest import did_you_mean

    shelf = Shelf.of(home())
    path = shelf.find("scenarios", name)
    if path is None:
        hint = did_you_mean(Path(name).stem, shelf.all("scenarios"))
        raise stop(f"There is no encounter “{name}”. {hint}".rstrip(), Exit.USAGE)
    problems = Problems()
    loaded = load(path, shelf, problems)
    if loaded is None or loaded[1] is None:
        click.echo(problems_text(problems.errors, problems.left_out), err=True)
        raise stop(f"\n{path} cannot be played until this is mended.", Exit.PROBLEMS)
    return path, loaded[0], loaded[1]


# files


def list_scenarios(*, as_json: bool) -> None:
    """List what can be played."""
    from simulator.scenario.read import read_scenario

    rows: list[dict[str, Any]] = []
    for id_, path in Shelf.of(home()).all("scenarios").items():
        problems = Problems()
        data = read_file(path, problems)
        scenario = read_scenario(data, str(path), problems) if data is not None else None
        if scenario is None or problems.errors:
            click.echo(f"{path}: cannot be read; `bedside check {path}` tells why.", err=True)
            continue
        rows.append(
            {
                "id": id_,
                "title": str(scenario.title),
                "level": scenario.level,
                "minutes": scenario.minutes,
                "visits": len(scenario.visits),
                "summary": " ".join(scenario.summary.split()),
                "content-note": str(scenario.content_note or ""),
                "file": str(path),
            }
        )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from simulator.report.text import wrapped

    for row in rows:
        visits = "1 visit" if row["visits"] == 1 else f"{row['visits']} visits"
        click.echo(f"{row['id']}\n  {row['title']}. {row['level'].capitalize()}, {row['minutes']} minutes, {visits}.")
        click.echo(f"{wrapped(row['summary'], indent='  ')}\n")


def check(paths: tuple[Path, ...], *, strict: bool) -> None:
    """Check files and folders."""
    problems = Problems()
    files = list(_files(paths, problems))
    shelf = Shelf.of(home())
    for path in files:
        found = check_file(path, shelf)
        problems.extend(found)
        problems.left_out += found.left_out
    if problems:
        click.echo(problems_text(problems, problems.left_out) + "\n")
    click.echo(count_text(problems, len(files)))
    if problems.errors or (strict and problems):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def check_file(path: Path, shelf: Shelf) -> Problems:
    """Every problem of one scenario or rubric file."""
    from simulator.rubric.read import read_rubric

    problems = Problems()
    data = read_file(path, problems)
    if data is None:
        return problems
    if re.search(rb"^bedside-rubric *:", data, re.MULTILINE) and not re.search(rb"^bedside *:", data, re.MULTILINE):
        read_rubric(data, str(path), problems)
    else:
        load(path, shelf, problems)
    return problems


def _files(paths: tuple[Path, ...], problems: Problems) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml"))
            if not found:
                problems.report(
                    "BED101",
                    "There is no .yaml file in this folder.",
                    None,
                    file=str(path),
                    help="Name a folder of scenarios or rubrics, or a file.",
                )
            yield from found
        else:
            yield path


# sessions


def list_sessions(*, as_json: bool) -> None:
    """List the logs."""
    from dataclasses import asdict

    from simulator.sessions.summary import summary

    found = [summary(path) for path in Store(home()).logs()]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("No sessions yet. `bedside list` shows what can be played.", err=True)
    for one in found:
        result = f"{one.ending}, {one.met} of {one.moments} moments" if one.ending else plural(one.choices, "choice")
        click.echo("  ".join(cleaned(part) for part in (one.session, one.learner, one.status, result)))


def show(name: str, *, as_json: bool) -> None:
    """Show one session."""
    from simulator.debrief.build import debrief
    from simulator.encounter.speech import Voice
    from simulator.encounter.transcript import transcript
    from simulator.report.text import debrief_json, debrief_text, transcript_text
    from simulator.sessions.summary import attempt

    store = Store(home())
    found = _replayed(store, _one_log(store, name))
    if not found.playthrough.is_over and as_json:
        raise stop("This session has no ending yet, and so no debrief.", Exit.PROBLEMS)
    if not as_json:
        turns = transcript(found.playthrough.events, Voice(found.program, found.seed))
        click.echo(_plain(transcript_text(turns)))
    if not found.playthrough.is_over:
        click.echo(f"\nNot finished; `bedside resume {found.session}` goes on from here.", err=True)
        return
    value = debrief(
        found.playthrough,
        found.started,
        found.answers,
        attempt=attempt(store, found.started),
        is_rewound=found.is_rewound,
    )
    click.echo(debrief_json(value) if as_json else "\n" + _plain(debrief_text(value)))


def verify(names: tuple[str, ...]) -> None:
    """Verify logs."""
    from simulator.sessions.verify import verify as verify_log

    store = Store(home())
    paths = [path for name in names for path in _logs(store, name)]
    verdicts = [verify_log(store, path) for path in dict.fromkeys(paths)]
    for one in verdicts:
        line = f", line {one.line}" if one.line and not one.is_sound else ""
        click.echo(_plain(f"{one.path.stem}: {one.status}{line}: {one.detail}."))
        if one.is_sound:
            click.echo(f"  receipt {one.head}")
    if not all(one.is_sound for one in verdicts):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _logs(store: Store, name: str) -> list[Path]:
    found = store.find(name)
    if not found:
        raise stop(f"There is no session “{name}”. `bedside sessions` lists them.", Exit.USAGE)
    return found


def _one_log(store: Store, name: str) -> Path:
    found = _logs(store, name)
    if len(found) > 1:
        names = "\n  ".join(path.stem for path in found[:10])
        raise stop(f"“{name}” could mean {len(found)} sessions:\n  {names}", Exit.USAGE)
    return found[0]


def _replayed(store: Store, path: Path) -> Replay:
    from simulator.sessions.replay import Unreadable, replay

    try:
        return replay(store, path)
    except Unreadable as error:
        raise stop(_damage(path, error), Exit.PROBLEMS) from None


def _damage(path: Path, error: Exception) -> str:
    line = getattr(error, "line", 0)
    return f"{path.stem} cannot be read{f' at line {line}' if line else ''}: {error}."


def _plain(text: str) -> str:
    """Nothing that a terminal would obey: a log can come from a stranger."""
    return FORBIDDEN.sub("", text)
