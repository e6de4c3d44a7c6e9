"""The commands about scores: score, rescore."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from simulator.cli.exits import Exit
from simulator.cli.logs import one_log, replayed
from simulator.cli.out import err, out, out_json, stop
from simulator.cli.page import page_width
from simulator.cli.place import home
from simulator.debrief.build import debrief
from simulator.debrief.lens import read_through
from simulator.language.diagnostics import Problems
from simulator.language.nearest import did_you_mean
from simulator.library.find import Shelf
from simulator.library.load import all_rubrics, load
from simulator.report.problems import plural
from simulator.report.rescored import change_text, rescoring_text
from simulator.report.scores import score_json, score_text
from simulator.sessions.horizon import horizon
from simulator.sessions.replay import Unreadable, program_of
from simulator.sessions.rescore import Rescored, played_by, rescored, rescorings, write
from simulator.sessions.store import Store
from simulator.sessions.summary import attempt

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.debrief.lens import Lens
    from simulator.debrief.value import Debrief
    from simulator.encounter.program import Program
    from simulator.library.load import Texts


def score(name: str | None, *, rubric: str | None, is_latest: bool, as_json: bool) -> None:
    """Every figure of one session with its proof, by all its rubrics or by one; or read through another rubric."""
    store = Store(home())
    found = replayed(store, one_log(store, name))
    if not found.playthrough.is_over:
        raise stop("This session has no ending yet, and so no scores.", Exit.PROBLEMS)
    try:
        later = rescorings(store, found)
    except Unreadable as error:
        raise stop(f"{found.session}: {error}.", Exit.PROBLEMS) from None
    named = found.started
    if is_latest and later:
        named = later[-1]
        program = program_of(store, named)
        found = replace(found, program=program, playthrough=played_by(program, found.playthrough.made))
    value = debrief(
        found.playthrough,
        found.started,
        found.answers,
        attempt=attempt(store, found.started),
        is_rewound=found.is_rewound,
        horizon=horizon(store, named, found.program),
    )
    results = [one for one in value.scores if rubric in (None, one.rubric)]
    lenses = [_lens(value, rubric, found.program)] if rubric else []
    lenses = [one for one in lenses if one.has_links or not results]
    if as_json:
        out_json(score_json(value, results, lenses, later))
        return
    out(f"{value.title}, {value.learner}, {value.mode}, {found.started['time']}, {value.session}")
    for one in later:
        out(rescoring_text(one))
    if later:
        day = "the last of these" if is_latest else "the day it was played"
        out(f"The figures below are by the texts of {day}.")
    out("\n" + score_text(value, results, lenses, page_width()))


def _lens(value: Debrief, rubric: str, program: Program) -> Lens:
    """The lens of a rubric: the one that was played by, or else the one on the shelf."""
    known = {**all_rubrics(Shelf.of(home())), **program.rubrics}
    if rubric not in known:
        raise stop(f"There is no rubric “{rubric}”. {did_you_mean(rubric, known)}".rstrip(), Exit.USAGE)
    return read_through(value, rubric, known[rubric])


def rescore(folder: Path, *, is_dry: bool) -> None:
    """Score every finished session of a folder by the texts as they are now."""
    store = _store(folder)
    now: dict[str, tuple[Texts, Program] | None] = {}
    found = [one for path in store.logs() if (one := _rescored(store, path, now, is_dry=is_dry))]
    for one in found:
        if one.status != "current":
            out(change_text(one))
    count = {status: sum(one.status == status for one in found) for status in ("changed", "same", "current")}
    unplayed = len(found) - sum(count.values())
    done = "would be written" if is_dry else "written"
    out(
        f"{plural(len(found), 'finished session')}: {count['changed']} changed, {count['same']} with the same figures "
        f"by an edited text ({count['changed'] + count['same']} {done}); {count['current']} scored by these texts "
        f"already; {unplayed} not rescored."
    )
    if unplayed:
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _store(folder: Path) -> Store:
    """The store a folder is, or whose `sessions` it is."""
    base = folder.parent if folder.name == "sessions" else folder
    if not (base / "sessions").is_dir():
        raise stop(f"There are no sessions in {folder}: it has no folder `sessions`.", Exit.USAGE)
    return Store(base)


def _rescored(
    store: Store, path: Path, now: dict[str, tuple[Texts, Program] | None], *, is_dry: bool
) -> Rescored | None:
    """One session by the texts of now, written down if it is new; None where there is nothing to score."""
    scenario = _scenario(store, path)
    if isinstance(scenario, Rescored) or scenario is None:
        return scenario
    if scenario not in now:
        now[scenario] = _texts(scenario)
    texts = now[scenario]
    if texts is None:
        return Rescored(path.stem, "", scenario, "unread", f"the encounter “{scenario}” cannot be played now", {}, {})
    one = rescored(store, path, *texts)
    if one is not None and one.is_new and not is_dry:
        write(store, one, texts[0])
    return one


def _scenario(store: Store, path: Path) -> str | Rescored | None:
    from simulator.sessions.summary import summary

    about = summary(path)
    if about.status == "damaged":
        return Rescored(path.stem, "", "", "unread", "the log is damaged; `bedside verify` tells where", {}, {})
    return about.scenario if about.ending else None


def _texts(scenario: str) -> tuple[Texts, Program] | None:
    shelf, problems = Shelf.of(home()), Problems()
    path = shelf.find("scenarios", scenario)
    loaded = load(path, shelf, problems) if path else None
    if path is None:
        err(f"There is no encounter “{scenario}” here now.")
    elif loaded is None or loaded[1] is None:
        err(f"{path} cannot be played as it is; `bedside check {path}` tells why.")
    return (loaded[0], loaded[1]) if loaded and loaded[1] else None
