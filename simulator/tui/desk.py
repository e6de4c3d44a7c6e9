"""What the screens share: the store, the shelf, the settings, and what was played before.

The rooms it asks are heavy, and the library is painted before any of them is needed: so they are imported inside.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.debrief.value import Debrief, Proof
    from simulator.encounter.program import Program
    from simulator.library.find import Shelf
    from simulator.library.load import Texts
    from simulator.library.settings import Settings
    from simulator.rubric.shapes import Rubric
    from simulator.scenario.shapes import Scenario
    from simulator.sessions.horizon import Horizon
    from simulator.sessions.replay import Replay
    from simulator.sessions.session import Session
    from simulator.sessions.store import Store
    from simulator.sessions.summary import Summary


@dataclass(frozen=True)
class Entry:
    """One encounter on the shelf."""

    id: str
    path: Path
    scenario: Scenario


@dataclass
class Desk:
    """One for each run of the app. `mode` is that of the next session."""

    home: Path
    settings: Settings
    learner: str
    seed: int | None = None
    mode: str = "practice"
    entries: list[Entry] = field(default_factory=list)
    sessions: list[Summary] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)  # files on the shelf that cannot be played as they are
    _attempts: dict[str, int] = field(default_factory=dict)

    @cached_property
    def store(self) -> Store:
        """The learner's logs."""
        from simulator.sessions.store import Store

        return Store(self.home)

    @cached_property
    def shelf(self) -> Shelf:
        """Where encounters lie."""
        from simulator.library.find import Shelf

        return Shelf.of(self.home)

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        """Every rubric that an encounter can be looked at through."""
        from simulator.library.load import all_rubrics

        return all_rubrics(self.shelf)

    def draw(self) -> int:
        """The seed of the next session: the one that was asked for, or one drawn."""
        return secrets.randbelow(1_000_000) if self.seed is None else self.seed

    def look(self) -> None:
        """Read the shelf and the sessions; slow for many, so not before the first paint."""
        from simulator.language.diagnostics import Problems
        from simulator.library.load import read_file
        from simulator.scenario.read import read_scenario

        found, unreadable = [], []
        for id_, path in self.shelf.all("scenarios").items():
            problems = Problems()
            data = read_file(path, problems)
            scenario = read_scenario(data, str(path), problems) if data is not None else None
            if scenario is not None and not problems.errors:
                found.append(Entry(id_, path, scenario))
            elif {one.code for one in problems} != {"BED211"}:  # a rubric that lies beside the scenarios
                unreadable.append(path)
        self.entries, self.unreadable = found, unreadable
        self.look_at_sessions()

    def look_at_sessions(self) -> None:
        """Read what is new among the sessions."""
        from simulator.sessions.index import Index

        self.sessions = Index(self.store).summaries()

    def last(self, scenario: str) -> Summary | None:
        """This learner's last finished session of a scenario."""
        mine = (one for one in self.sessions if (one.scenario, one.learner) == (scenario, self.learner) and one.ending)
        return max(mine, key=lambda one: one.session, default=None)

    def unfinished(self, scenario: str = "") -> list[Summary]:
        """This learner's sessions that can be gone on with, newest first."""
        mine = [
            one
            for one in self.sessions
            if one.status == "unfinished" and one.learner == self.learner and scenario in ("", one.scenario)
        ]
        return sorted(mine, key=lambda one: one.session, reverse=True)

    def program(self, entry: Entry) -> tuple[Texts, Program] | None:
        """The entry, compiled; None if its rubrics have problems."""
        from simulator.language.diagnostics import Problems
        from simulator.library.load import load

        loaded = load(entry.path, self.shelf, Problems())
        return (loaded[0], loaded[1]) if loaded and loaded[1] else None

    def horizon(self, session: Session | Replay) -> Horizon | None:
        """What exploring tells of a session; slow the first time, so not where anyone waits for it."""
        from simulator.sessions.horizon import horizon

        return horizon(self.store, session.started, session.program)

    def debrief(self, session: Session | Replay, horizon: Horizon | None = None) -> Debrief:
        """The debrief of a session whose encounter is over."""
        from simulator.debrief.build import debrief

        return debrief(
            session.playthrough,
            session.started,
            session.answers,
            attempt=self._attempt(session.started),
            is_rewound=session.is_rewound,
            shows_overall=self.settings.overall,
            horizon=horizon,
        )

    def dispute(self, source: Session | Replay, proof: Proof, text: str) -> Session | Replay:
        """Write down that a learner sees a piece of evidence differently; a closed session takes this, and no more.

        OSError, LogBusy, Unreadable or ValueError if it cannot be written.
        """
        from simulator.debrief.value import dispute_of
        from simulator.sessions.replay import replay
        from simulator.sessions.session import Session

        fields = dispute_of(proof, text)
        if isinstance(source, Session) and not source.is_closed:
            source.answer("disputed", **fields)
            return source
        path = source.writer.path if isinstance(source, Session) else source.path
        session = Session.resume(self.store, path)
        try:
            session.answer("disputed", **fields)
        finally:
            session.leave()
        return replay(self.store, path)

    def _attempt(self, started: dict[str, Any]) -> int:
        """Which attempt it is: only earlier sessions count, so that it is looked up once and not at every step."""
        from simulator.sessions.summary import attempt

        name = str(started["session"])
        if name not in self._attempts:
            self._attempts[name] = attempt(self.store, started)
        return self._attempts[name]
