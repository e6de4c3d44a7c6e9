"""From one screen to another: a session begun, gone on with, or looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.sessions.replay import Unreadable, replay
from simulator.sessions.session import Session
from simulator.sessions.writer import LogBusy
from simulator.tui.briefing import BriefingScreen
from simulator.tui.debrief import DebriefScreen
from simulator.tui.encounter import EncounterScreen
from simulator.tui.played import SessionsScreen
from simulator.tui.reading import StillScreen

if TYPE_CHECKING:
    from simulator.encounter.transcript import Turn
    from simulator.tui.app import BedsideApp
    from simulator.tui.desk import Entry


def show_sessions(app: BedsideApp) -> None:
    """What was played."""
    app.push_screen(SessionsScreen())


def brief(app: BedsideApp, entry: Entry) -> None:
    """Before an encounter."""
    app.push_screen(BriefingScreen(entry))


def begin(app: BedsideApp, entry: Entry) -> None:
    """A new session, in place of the briefing."""
    desk = app.desk
    made = desk.program(entry)
    if made is None:
        app.cannot_play(entry.path)
        return
    texts, program = made
    try:
        session = Session.start(desk.store, texts, program, learner=desk.learner, mode=desk.mode, seed=desk.draw())
    except OSError as error:
        app.tell(f"It cannot begin: {desk.store.sessions} cannot be written to ({error.strerror or error}).")
        return
    app.switch_screen(EncounterScreen(session))
    app.push_screen(StillScreen(program.visits[0].title, str(program.scenario.title)))


def resume(app: BedsideApp, session: str) -> None:
    """Go on with a session, in the room or in its debrief."""
    store = app.desk.store
    try:
        found = Session.resume(store, store.path(session))
    except Unreadable as error:
        app.tell(f"{session} cannot be read: {error}.")
    except LogBusy:
        app.tell(f"{session} is open in another window.")
    else:
        over = found.playthrough.is_over
        app.push_screen(DebriefScreen(found) if over else EncounterScreen(found, is_resumed=True))


def reopen(app: BedsideApp, session: str) -> None:
    """The debrief of a finished session."""
    store = app.desk.store
    try:
        found = replay(store, store.path(session))
    except Unreadable as error:
        app.tell(f"{session} cannot be read: {error}.")
    else:
        app.push_screen(DebriefScreen(found))


def debrief(app: BedsideApp, session: Session, ending: Turn | None) -> None:
    """From the ending to the debrief."""
    app.switch_screen(DebriefScreen(session))
    if ending is not None:
        app.push_screen(StillScreen(ending.who, ending.text))
