"""The command that maps a scenario, with where learners went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.cli.commands import find_program
from simulator.cli.exits import Exit
from simulator.cli.logs import store_of
from simulator.cli.out import err, out, stop
from simulator.library.load import digest
from simulator.report.problems import plural
from simulator.sessions.replay import Unreadable, read, replay_log
from simulator.workshop.map import Map, map_of
from simulator.workshop.traffic import steps_of

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Program
    from simulator.sessions.store import Store

MOST_DRAWN = 1_000  # nodes: a picture of more is no help to anyone


def draw(name: str, *, format_: str, sessions: Path | None) -> None:
    """Map a scenario."""
    _, texts, program = find_program(name)
    if format_ == "svg" and len(program.nodes) > MOST_DRAWN:
        raise stop(
            f"{len(program.nodes)} nodes are too many for a picture ({MOST_DRAWN} at most). Take --format text or dot.",
            Exit.PROBLEMS,
        )
    found = map_of(program) if sessions is None else _with_sessions(program, digest(texts.scenario), sessions)
    out(_rendered(found, format_))


def _rendered(found: Map, format_: str) -> str:
    if format_ == "svg":
        from simulator.report.map_svg import map_svg

        return map_svg(found)
    from simulator.report.map_text import map_dot, map_mermaid, map_outline

    return {"text": map_outline, "mermaid": map_mermaid, "dot": map_dot}[format_](found)


def _with_sessions(program: Program, sha256: str, folder: Path) -> Map:
    store = store_of(folder)
    plays, other, damaged = _plays(store, program.id, sha256)
    note = f"{plural(len(plays), 'session')} counted."
    if other:
        note += f" {plural(other, 'session')} of another version left out."
    if damaged:
        note += f" {plural(damaged, 'log')} could not be read."
    err(note)
    return map_of(program, steps_of(plays), len(plays), note)


def _plays(store: Store, id_: str, sha256: str) -> tuple[list[Playthrough], int, int]:
    """The playthroughs of this text; how many there are of another version; how many logs cannot be read."""
    plays, other, damaged = [], 0, 0
    for path in store.logs():
        try:
            log = read(path)
            named = log.events[0].get("scenario") if log.events else None
            if isinstance(named, dict) and named.get("id") != id_:
                continue
            if isinstance(named, dict) and named.get("sha256") != sha256:
                other += 1
                continue
            plays.append(replay_log(store, path, log).playthrough)
        except Unreadable:
            damaged += 1
    return plays, other, damaged
