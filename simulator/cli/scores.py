"""The commands about scores: score, rescore."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import Exit
from simulator.cli.logs import debriefed, one_log, replayed, store_of
from simulator.cli.out import err, out, out_json, stop
from simulator.cli.page import page_width
from simulator.cli.place import home
from simulator.debrief.lens import read_through
from simulator.language.diagnostics import Problems
from simulator.language.nearest import did_you_mean
from simulator.library.find import Shelf
from simulator.library.load import all_rubrics, load
from simulator.report.problems import plural
from simulator.report.rescored import change_text, rescoring_text
from simulator.report.scores import score_json, score_text
from simulator.sessions.events import quoted
from simulator.sessions.replay import program_of
from simulator.sessions.rescore import Doubtful, Rescored, played_by, rescored, rescorings, unread, write
from simulator.sessions.store import Store
from simulator.sessions.summary import summary
from simulator.sessions.writer import LogBusy

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.debrief.lens import Lens
    from simulator.debrief.value import Debrief
    from simulator.encounter.program import Program
    from simulator.library.load import Texts
    from simulator.sessions.replay import Replay


def score(name: str | None, *, rubric: str | None, is_latest: bool, as_json: bool) -> None:
    """Every figure of one session with its proof, by all its rubrics or by one; or read through another rubric."""
    store = Store(home())
    found = replayed(store, one_log(store, name))
    if not found.playthrough.is_over:
        raise stop("This session has no ending yet, and so no scores.", Exit.PROBLEMS)
    later = _later(store, found, is_latest=is_latest)
    named = found.started
    if is_latest and not later:
        err("This session was not rescored; the figures are those of the day it was played.\n")
    if is_latest and later:
        named = later[-1]
        program = program_of(store, named)
        found = replace(found, program=program, playthrough=played_by(program, found.playthrough.made))
    value = debriefed(store, found, named)
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


def _later(store: Store, found: Replay, *, is_latest: bool) -> list[dict[str, Any]]:
    """The scores written down since; where they cannot be trusted, the score of the day stands all the same."""
    try:
        return rescorings(store, found)
    except Doubtful as error:
        if is_latest:
            raise stop(f"{found.session}: what was rescored cannot be trusted: {error}.", Exit.PROBLEMS) from None
        err(f"What was rescored cannot be trusted: {error}. The figures below are those of the day it was played.\n")
        return []


def _lens(value: Debrief, rubric: str, program: Program) -> Lens:
    """The lens of a rubric: the one that was played by, or else the one on the shelf."""
    known = {**all_rubrics(Shelf.of(home())), **program.rubrics}
    if rubric not in known:
        path = Shelf.of(home()).find("rubrics", rubric)
        if path:
            raise stop(f"{path} cannot be read; `bedside check {path}` tells why.", Exit.PROBLEMS)
        raise stop(f"There is no rubric “{rubric}”. {did_you_mean(rubric, known)}".rstrip(), Exit.USAGE)
    return read_through(value, rubric, known[rubric])


def rescore(folder: Path, *, is_dry: bool) -> None:
    """Score every finished session of a folder by the texts as they are now."""
    store = store_of(folder)
    rescorer = _Rescorer(store, is_dry=is_dry)
    found = []
    for path in store.logs():
        one = rescorer.one(path)
        if one is not None:
            found.append(one)
            if one.status != "current":
                out(change_text(one))
    count = {status: sum(one.status == status for one in found) for status in ("changed", "same", "current")}
    unplayed = len(found) - sum(count.values())
    done = "would be written" if is_dry else "written"
    out(
        f"{plural(len(found), 'ended session')}: {count['changed']} changed, {count['same']} with the same figures "
        f"by an edited text ({count['changed'] + count['same']} {done}); {count['current']} scored by these texts "
        f"already; {unplayed} not rescored."
    )
    if unplayed:
        raise click.exceptions.Exit(Exit.PROBLEMS)


class _Rescorer:
    """Scores one session after another; each scenario is read once, beside the sessions or on the shelf."""

    def __init__(self, store: Store, *, is_dry: bool) -> None:
        self.store, self.is_dry = store, is_dry
        self.shelf = Shelf((store.home, *Shelf.of(home()).folders))
        self.now: dict[str, tuple[Texts, Program] | None] = {}

    def one(self, path: Path) -> Rescored | None:
        """One session by the texts of now, written down if it is new; None where there is nothing to score."""
        about = summary(path)
        if about.status == "damaged":
            return unread(path, "the log is damaged; `bedside verify` tells where")
        if not about.ending:
            return None
        scenario = about.scenario
        if scenario not in self.now:
            self.now[scenario] = self._texts(scenario)
        texts = self.now[scenario]
        if texts is None:
            return unread(path, f"the encounter {quoted(scenario)} cannot be played now", scenario)
        found = rescored(self.store, path, *texts)
        if found is not None and found.is_new and not self.is_dry:
            try:
                write(self.store, found, texts[0])
            except LogBusy:
                return unread(path, "its rescoring is open elsewhere", scenario)
            except OSError as error:
                return unread(path, f"it cannot be written: {error.strerror or error}", scenario)
        return found

    def _texts(self, scenario: str) -> tuple[Texts, Program] | None:
        problems = Problems()
        # what a log calls its scenario may come from a stranger, and is no path
        path = self.shelf.find("scenarios", scenario) if re.fullmatch(r"[\w-]{1,100}", scenario) else None
        loaded = load(path, self.shelf, problems) if path else None
        if path is None:
            err(f"There is no encounter {quoted(scenario)} here now.")
        elif loaded is None or loaded[1] is None:
            err(f"{path} cannot be played as it is; `bedside check {path}` tells why.")
        else:
            err(f"{scenario}: by {path}")
        return (loaded[0], loaded[1]) if loaded and loaded[1] else None
