"""The commands about sessions that were played: list, show, verify."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import Exit
from simulator.cli.out import damage, err, out, out_json, stop
from simulator.cli.page import page_width
from simulator.cli.place import home
from simulator.language.text import cleaned
from simulator.report.problems import plural
from simulator.sessions.index import Index
from simulator.sessions.store import Store, short

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from simulator.debrief.value import Debrief
    from simulator.sessions.replay import Replay
    from simulator.sessions.summary import Summary


def list_sessions(*, as_json: bool) -> None:
    """List the logs."""
    found = Index(Store(home())).summaries()
    if as_json:
        out_json([asdict(one) for one in found])
        return
    if not found:
        err("No sessions yet. `bedside list` shows what can be played.")
    for one in found:
        out(_line(one))


def _line(one: Summary) -> str:
    """A session on one line, beginning with the end of its id, by which it can be found."""
    if one.ending:
        result = f"{one.ending.replace('-', ' ')}, {one.met} of {one.moments} moments"
    else:
        result = plural(one.choices, "choice")
    when = one.started[:16].replace("T", " ")
    parts = (short(one.session), when, one.scenario or one.session, one.learner, one.status, result)
    return "  ".join(cleaned(part) for part in parts if part)


def show(name: str | None, *, as_json: bool) -> None:
    """Show one session: the one that is named, or the last."""
    from simulator.encounter.speech import Voice
    from simulator.encounter.transcript import transcript
    from simulator.report.text import debrief_json, debrief_text, transcript_text

    store = Store(home())
    found = replayed(store, one_log(store, name))
    if not found.playthrough.is_over and as_json:
        raise stop("This session has no ending yet, and so no debrief.", Exit.PROBLEMS)
    if not as_json:
        started = found.started
        about = (found.program.scenario.title, started["learner"], started["mode"], started["time"], found.session)
        out(", ".join(str(part) for part in about) + "\n")
        turns = transcript(found.playthrough.events, Voice(found.program, found.seed))
        out(transcript_text(turns, page_width()))
    if not found.playthrough.is_over:
        err(f"\nNot finished; `bedside resume {short(found.session)}` goes on from here.")
        return
    value = debriefed(store, found, found.started)
    if as_json:
        out_json(debrief_json(value))
    else:
        out("\n" + debrief_text(value, page_width()))


def verify(names: tuple[str, ...], *, as_json: bool) -> None:
    """Verify logs."""
    from simulator.sessions.verify import verify as verify_log

    store = Store(home())
    paths = [path for name in names for path in _logs(store, name)]
    verdicts = [verify_log(store, path) for path in dict.fromkeys(paths)]
    if as_json:
        rows = [{**asdict(one), "path": str(one.path)} for one in verdicts]
        out_json(rows)
    else:
        for one in verdicts:
            line = f", line {one.line}" if one.line and not one.is_sound else ""
            who = f" ({one.learner})" if one.learner else ""
            out(f"{one.path.stem}{who}: {one.status}{line}: {one.detail}.")
            if one.is_sound:
                out(f"  receipt {one.head}")
        sound = sum(one.is_sound for one in verdicts)
        if len(verdicts) > 1:
            out(f"{sound} of {plural(len(verdicts), 'log')} sound.")
    if not all(one.is_sound for one in verdicts):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _logs(store: Store, name: str) -> list[Path]:
    """The logs a name may mean: a file, any part of an id, or a learner."""
    found = store.find(name)
    if not found:
        found = [store.path(one.session) for one in Index(store).summaries() if one.learner == name]
    if not found:
        raise stop(f"There is no session “{name}”. `bedside sessions` lists them.", Exit.USAGE)
    return found


def store_of(folder: Path) -> Store:
    """The store that a folder is, or whose `sessions` it is."""
    base = folder.parent if folder.name == "sessions" else folder
    if not (base / "sessions").is_dir():
        raise stop(f"There are no sessions in {folder}: it holds no folder `sessions`.", Exit.USAGE)
    return Store(base)


def one_log(store: Store, name: str | None, among: Collection[str] | None = None) -> Path:
    """The one log a name means (`among` narrows several down), or the last where there is no name."""
    if name is None:
        logs = store.logs()
        if not logs:
            raise stop("No sessions yet. `bedside list` shows what can be played.", Exit.PROBLEMS)
        return logs[-1]
    found = _logs(store, name)
    narrowed = [path for path in found if among and path.stem in among] if len(found) > 1 else []
    found = narrowed or found
    if len(found) > 1:
        stems = {path.stem for path in found}
        rows = [_line(one) for one in Index(store).summaries() if one.session in stems]
        listed = "\n  ".join(rows[:10])
        raise stop(
            f"“{name}” could mean {len(found)} sessions; name one by its id, the first word:\n  {listed}", Exit.USAGE
        )
    return found[0]


def replayed(store: Store, path: Path) -> Replay:
    """A log played again; says why and stops where it cannot be."""
    from simulator.sessions.replay import Unreadable, replay

    try:
        return replay(store, path)
    except Unreadable as error:
        raise stop(damage(path, error), Exit.PROBLEMS) from None


def debriefed(store: Store, found: Replay, names: Mapping[str, Any]) -> Debrief:
    """The debrief of a log whose encounter is over, by the texts that `names` has."""
    from simulator.debrief.build import debrief
    from simulator.sessions.horizon import horizon
    from simulator.sessions.summary import attempt

    return debrief(
        found.playthrough,
        found.started,
        found.answers,
        attempt=attempt(store, found.started),
        is_rewound=found.is_rewound,
        horizon=horizon(store, dict(names), found.program),
    )
