"""The sessions of this machine: gone on with, or their debriefs opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from simulator.report.problems import plural
from simulator.tui.keys import bind
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.sessions.summary import Summary


class SessionsScreen(Shell):
    """Every session, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("help", "help"), bind("go-back", "back")]
    TITLE_OF = "Sessions"
    CAN_DO = "Enter opens a debrief, or goes on with what is unfinished. Escape goes back to the library."

    def body(self) -> ComposeResult:
        """The list."""
        yield Picker(id="page")

    def on_mount(self) -> None:
        """Newest first."""
        self.bar.show(title="Bedside", middle="sessions", right=plural(len(self.desk.sessions), "session"))
        self.sessions = sorted(self.desk.sessions, key=lambda one: one.session, reverse=True)
        titles = {entry.id: str(entry.scenario.title) for entry in self.desk.entries}
        picker = self.query_one(Picker)
        picker.gap = 1
        items = [_item(one, titles.get(one.scenario, one.scenario)) for one in self.sessions]
        picker.show(items or [Item("Nothing was played yet.", look="quiet")])
        picker.focus()

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        if event.item < len(self.sessions):
            one = self.sessions[event.item]
            self.bedside.reopen(one.session) if one.status == "finished" else self.bedside.resume(one.session)

    def action_back(self) -> None:
        """To the library."""
        self.dismiss()


def _item(one: Summary, title: str) -> Item:
    how = f"{one.ending}, {one.met} of {one.moments} moments" if one.ending else plural(one.choices, "choice")
    return Item(title or one.session, "", f"{one.started[:10]} · {one.learner} · {one.status} · {how}", "strong")
