"""The app around one file under edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from simulator.tui.app import BedsideApp
from simulator.tui.commands import ColourCommands
from simulator.tui.preview import PreviewScreen

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems
    from simulator.library.watch import Watch
    from simulator.tui.closely import Closer
    from simulator.tui.desk import Desk
    from simulator.tui.shell import Shell


class PreviewApp(BedsideApp):
    """The preview in place of the library; `closer` looks at each save off the screen's thread."""

    COMMANDS: ClassVar = {ColourCommands}

    def __init__(
        self, desk: Desk, watched: Watch, *, closer: Closer | None = None, problems: Problems | None = None
    ) -> None:
        super().__init__(desk, problems=problems)
        self.watched, self.closer = watched, closer

    def first_screen(self) -> Shell:
        """The preview."""
        return PreviewScreen(self.watched, self.desk.draw(), self.closer)
