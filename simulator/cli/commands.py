"""What each command does; the plain player itself is in `plain`."""

from __future__ import annotations

import datetime
import gc
import re
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import Exit
from simulator.cli.logs import one_log
from simulator.cli.out import damage, err, out, out_json, stop
from simulator.cli.place import home
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import Texts, load, read_file
from simulator.report.problems import count_text, problems_text
from simulator.sessions.folders import make_folder
from simulator.sessions.index import Index
from simulator.sessions.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.encounter.program import Program
    from simulator.language.diagnostics import Diagnostic


# playing


def play(scenario: str, *, plain: bool, mode: str, seed: int | None, learner: str | None) -> None:
    """Start a session and play it, full-screen where that is wanted and possible."""
    from simulator.cli import screen

    path, texts, program = find_program(scenario)
    if not _is_plain(plain=plain):
        screen.run(path=path, learner=learner or "", mode=mode, seed=seed)
        return
    from simulator.cli.plain import Player
    from simulator.sessions.session import Session

    store = Store(home())
    name = learner or str(screen.said_settings().learner or "learner")
    make_folder(store.sessions)  # a folder that cannot be written to is told of before the briefing, not after it
    drawn = secrets.randbelow(1_000_000) if seed is None else seed
    player = Player(store)
    if player.briefed(program):
        player.play(Session.start(store, texts, program, learner=name, mode=mode, seed=drawn))


def _is_plain(*, plain: bool) -> bool:
    """Whether to play in plain lines: asked for, or because nothing else is possible, which is said."""
    from simulator.cli import screen

    if not plain and not screen.is_possible():
        err("There is no terminal to paint, so this is plain mode.")
        return True
    return plain


def resume(name: str | None, *, plain: bool) -> None:
    """Go on with a session."""
    from simulator.sessions.replay import Unreadable
    from simulator.sessions.session import Session
    from simulator.sessions.writer import LogBusy

    store = Store(home())
    found = [one for one in Index(store).summaries() if one.status == "unfinished"]
    if name is None:
        if not found:
            raise stop("There is no unfinished session. `bedside list` shows what can be played.", Exit.PROBLEMS)
        path = store.path(max(found, key=lambda one: (one.choices > 0, one.session)).session)
    else:
        path = one_log(store, name, {one.session for one in found})
    try:
        session = Session.resume(store, path)
    except Unreadable as error:
        raise stop(damage(path, error), Exit.PROBLEMS) from None
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


def find_program(name: str) -> tuple[Path, Texts, Program]:
    """The file, the texts and the program of the scenario that a path or an id names; stops where there is none."""
    from simulator.language.nearest import did_you_mean

    shelf = Shelf.of(home())
    path = shelf.find("scenarios", name)
    if path is None:
        is_path = name.endswith((".yaml", ".yml")) or "/" in name
        hint = did_you_mean(Path(name).stem, shelf.all("scenarios"))
        what = f"There is no file {name} here." if is_path else f"There is no encounter “{name}”."
        raise stop(f"{what} {hint}".rstrip(), Exit.USAGE)
    problems = Problems()
    loaded = load(path, shelf, problems)
    if loaded is None or loaded[1] is None:
        err(problems_text(problems.errors, problems.left_out))
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
        if {one.code for one in problems} == {"BED211"}:
            continue  # a rubric that lies beside the scenarios
        if scenario is None or problems.errors:
            err(f"{path}: cannot be read; `bedside check {path}` tells why.")
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
        out_json(rows)
        return
    from simulator.report.text import wrapped

    for row in rows:
        visits = "1 visit" if row["visits"] == 1 else f"{row['visits']} visits"
        out(f"{row['id']}\n  {row['title']}. {row['level'].capitalize()}, {row['minutes']} minutes, {visits}.")
        out(f"{wrapped(row['summary'], indent='  ')}\n")


def check(paths: tuple[Path, ...], *, strict: bool, format_: str = "text", day: datetime.date | None = None) -> None:
    """Check files and folders; as on `day`, or today."""
    problems = Problems()
    files = list(_files(paths, problems))
    shelf = Shelf.of(home())
    found = {_key(one): one for one in problems}
    for path in files:
        with _no_collecting():
            checked = check_file(path, shelf, day)
        found |= {_key(one): one for one in checked}  # a rubric's mistakes are told once
        problems.left_out += checked.left_out
    if format_ == "text":
        if found:
            out(problems_text(found.values(), problems.left_out) + "\n")
        out(count_text(found.values(), len(files)))
    else:
        from simulator.cli.authoring import tell_programs

        tell_programs(format_, list(found.values()), len(files), problems.left_out)
    if any(one.is_error or strict for one in found.values()):
        raise click.exceptions.Exit(Exit.PROBLEMS)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: reading a file makes a great many objects, nearly all to be kept to its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _key(one: Diagnostic) -> tuple[object, ...]:
    place = one.place
    return (Path(one.where).resolve(), place and place[1:], one.code, one.message)


def check_file(path: Path, shelf: Shelf, day: datetime.date | None = None) -> Problems:
    """Every problem of one scenario or rubric file; what falls due is held against `day`, or today."""
    from simulator.library.neighbours import check_neighbours
    from simulator.rubric.read import read_rubric

    problems = Problems()
    data = read_file(path, problems)
    if data is None:
        return problems
    if re.search(rb"^bedside-rubric *:", data, re.MULTILINE) and not re.search(rb"^bedside *:", data, re.MULTILINE):
        rubric = read_rubric(data, str(path), problems)
        if rubric is not None:
            check_neighbours(rubric, path, shelf, problems)
        return problems
    loaded = load(path, shelf, problems)
    if loaded is None or loaded[1] is None:
        return problems
    from simulator.workshop.check import check_scenario

    if not check_scenario(loaded[1], problems, day or datetime.date.today()):
        err(f"{path}: there are too many states to look at every playthrough here; `bedside explore` takes longer.")
    return problems


def _is_ours(path: Path) -> bool:
    """Whether a file in a folder is to be checked: a second coder's coding is held against its scenario elsewhere."""
    return not (read_file(path, Problems()) or b"").startswith(b"bedside-coding")


def _files(paths: tuple[Path, ...], problems: Problems) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml") and _is_ours(file))
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
