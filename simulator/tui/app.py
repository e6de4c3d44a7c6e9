"""The app: which screen comes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.worker import WorkerFailed

from simulator.language.diagnostics import Problems
from simulator.tui.commands import BedsideCommands
from simulator.tui.library import LibraryScreen
from simulator.tui.literal import literal
from simulator.tui.themes import THEMES

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.transcript import Turn
    from simulator.sessions.session import Session
    from simulator.tui.desk import Desk, Entry
    from simulator.tui.shell import Shell


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

    def _fatal_error(self) -> None:
        """Leave after a fault without painting its traceback: whoever runs the app tells it and keeps it in a file."""
        self._close_messages_no_wait()

    @property
    def fault(self) -> BaseException | None:
        """What went wrong, if the app ended by it."""
        return self._exception.error if isinstance(self._exception, WorkerFailed) else self._exception

    def on_mount(self) -> None:
        """The first screen, and over it what was asked for."""
        self.push_screen(self.first_screen())
        for problem in self.problems[:3]:
            self.tell(f"{problem.place or problem.where}: {problem.message} {problem.help}".rstrip())
        if self.problems:
            self.tell("The usual settings are used.")
        if self.first_session:
            self.resume(self.first_session)
        elif self.first_entry:
            self.brief(self.first_entry)

    def first_screen(self) -> Shell:
        """The library."""
        return LibraryScreen()

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

    # the rooms behind these doors are heavy: they are opened after the first paint

    def show_sessions(self) -> None:
        """What was played."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.show_sessions(self)

    def brief(self, entry: Entry) -> None:
        """Before an encounter."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.brief(self, entry)

    def begin(self, entry: Entry) -> None:
        """A new session."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.begin(self, entry)

    def resume(self, session: str) -> None:
        """Go on with a session, in the room or in its debrief."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.resume(self, session)

    def reopen(self, session: str) -> None:
        """The debrief of a finished session."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.reopen(self, session)

    def debrief(self, session: Session, ending: Turn | None) -> None:
        """From the ending to the debrief."""
        from simulator.tui import doors  # noqa: PLC0415

        doors.debrief(self, session, ending)

    def cannot_play(self, path: Path) -> None:
        """A file on the shelf has mistakes."""
        self.tell(f"{path.name} cannot be played as it is. `bedside check {path}` tells what to mend.")
