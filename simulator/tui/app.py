"""The app: which screen comes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from simulator.language.diagnostics import Problems
from simulator.sessions.replay import Unreadable, replay
from simulator.sessions.session import Session
from simulator.sessions.writer import LogBusy
from simulator.tui.briefing import BriefingScreen
from simulator.tui.commands import BedsideCommands
from simulator.tui.debrief import DebriefScreen
from simulator.tui.encounter import EncounterScreen
from simulator.tui.library import LibraryScreen
from simulator.tui.literal import literal
from simulator.tui.played import SessionsScreen
from simulator.tui.reading import StillScreen
from simulator.tui.themes import THEMES

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.transcript import Turn
    from simulator.tui.desk import Desk, Entry


class BedsideApp(App[None]):
    """Bedside in the terminal."""

    CSS_PATH = "style.tcss"
    TITLE = "Bedside"
    COMMANDS: ClassVar = {BedsideCommands}
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self, desk: Desk, *, entry: Entry | None = None, session: str = "", problems: Problems | None = None
    ) -> None:
        super().__init__()
        self.problems = problems or Problems()
        self.desk = desk
        self.first_entry, self.first_session = entry, session
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = desk.settings.theme
        if not desk.settings.motion:
            self.animation_level = "none"
        self.set_keymap({str(id_): str(keys) for id_, keys in desk.settings.keys_.items()})

    def on_mount(self) -> None:
        """The library, and over it what was asked for."""
        self.push_screen(LibraryScreen())
        for problem in self.problems[:3]:
            self.tell(f"{problem.place or problem.where}: {problem.message} {problem.help}".rstrip())
        if self.problems:
            self.tell("The usual settings are used.")
        if self.first_session:
            self.resume(self.first_session)
        elif self.first_entry:
            self.brief(self.first_entry)

    def tell(self, text: str) -> None:
        """A word in passing."""
        self.notify(literal(text), markup=False)

    def paint(self, name: str) -> None:
        """Other colours."""
        self.theme = name

    # where to go

    def home(self) -> None:
        """Back to the library, whatever is open."""
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def show_sessions(self) -> None:
        """What was played."""
        self.push_screen(SessionsScreen())

    def brief(self, entry: Entry) -> None:
        """Before an encounter."""
        self.push_screen(BriefingScreen(entry))

    def cannot_play(self, path: Path) -> None:
        """A file on the shelf has mistakes."""
        self.tell(f"{path.name} cannot be played as it is. `bedside check {path}` tells what to mend.")

    def begin(self, entry: Entry) -> None:
        """A new session."""
        made = self.desk.program(entry)
        if made is None:
            self.cannot_play(entry.path)
            return
        texts, program = made
        desk = self.desk
        try:
            session = Session.start(desk.store, texts, program, learner=desk.learner, mode=desk.mode, seed=desk.draw())
        except OSError as error:
            self.tell(f"It cannot begin: {desk.store.sessions} cannot be written to ({error.strerror or error}).")
            return
        first = program.visits[0].title
        self.switch_screen(EncounterScreen(session))
        self.push_screen(StillScreen(first, str(program.scenario.title)))

    def resume(self, session: str) -> None:
        """Go on with a session, in the room or in its debrief."""
        try:
            found = Session.resume(self.desk.store, self.desk.store.path(session))
        except Unreadable as error:
            self.tell(f"{session} cannot be read: {error}.")
        except LogBusy:
            self.tell(f"{session} is open in another window.")
        else:
            over = found.playthrough.is_over
            self.push_screen(DebriefScreen(found) if over else EncounterScreen(found, is_resumed=True))

    def reopen(self, session: str) -> None:
        """The debrief of a finished session."""
        try:
            found = replay(self.desk.store, self.desk.store.path(session))
        except Unreadable as error:
            self.tell(f"{session} cannot be read: {error}.")
        else:
            self.push_screen(DebriefScreen(found))

    def debrief(self, session: Session, ending: Turn | None) -> None:
        """From the ending to the debrief."""
        self.switch_screen(DebriefScreen(session))
        if ending is not None:
            self.push_screen(StillScreen(ending.who, ending.text))
