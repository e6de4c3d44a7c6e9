"""What `check` finds by trying every playthrough: too slow to wait for, so it comes a little later than the save."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

from simulator.language.diagnostics import Problems
from simulator.library.watch import Saved
from simulator.workshop.check import check_scenario

if TYPE_CHECKING:
    from textual.app import App

Closer = Callable[[Saved], Saved]
TOO_MANY = "There are too many states to look at every playthrough here; `bedside explore` takes longer."


def looked_at_closely(saved: Saved) -> Saved:
    """A save with all that `check` tells of it."""
    found = Problems()
    found.adopt(saved.problems)
    is_whole = saved.program is None or check_scenario(saved.program, found, datetime.date.today())
    return replace(saved, problems=found, about="" if is_whole else TOO_MANY)


class Closely:
    """Looks at one save after another, off the screen's thread; of those that wait, only the newest is looked at.

    The thread is not waited for when the app ends: nobody needs what it finds any more.
    """

    def __init__(self, app: App[None], closer: Closer, tell: Callable[[Saved, Saved], None]) -> None:
        self.app, self.closer, self.tell = app, closer, tell
        self.waiting: Saved | None = None
        self.thread: Thread | None = None
        self.fault: Exception | None = None

    def look(self, saved: Saved) -> None:
        """Look at a save, as soon as that before it is done with."""
        self.waiting = saved
        if self.thread is None:
            self._start()

    def _start(self) -> None:
        saved, self.waiting, self.thread = self.waiting, None, None
        if saved is not None:
            self.thread = Thread(target=self._run, args=(saved,), daemon=True)
            self.thread.start()

    def _run(self, saved: Saved) -> None:
        try:
            found = self.closer(saved)
        except Exception as fault:  # told by whoever looks next: a thread has nobody to tell
            self.fault = fault
            return
        if self.app.is_running:
            self.app.call_from_thread(self._done, saved, found)

    def _done(self, saved: Saved, found: Saved) -> None:
        self._start()
        self.tell(saved, found)
