"""Before an encounter: who you are, what is to be practised, what you should know, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from simulator.report.text import plain_markdown
from simulator.tui.keys import bind
from simulator.tui.library import briefing_text
from simulator.tui.reading import ReadingScreen
from simulator.tui.sheet import Text
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.tui.desk import Entry


class BriefingScreen(Shell):
    """One encounter, about to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("go-on", "begin", "begin"),
        bind("chart", "chart"),
        bind("help", "help"),
        bind("go-back", "back", "rather not"),
    ]
    ON = ("begin", "begin")
    TITLE_OF = "Before you begin"
    CAN_DO = "Read, look at the chart if you like, and begin with enter. Escape goes back to the library."

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry

    def body(self) -> ComposeResult:
        """The briefing."""
        yield Text(briefing_text(self.entry), id="page")

    def on_mount(self) -> None:
        """Name it."""
        self.bar.show(title=str(self.entry.scenario.title), middle="before you begin", right=self.desk.mode)
        self.query_one("#page").focus()

    def action_begin(self) -> None:
        """Into the room."""
        self.bedside.begin(self.entry)

    def action_chart(self) -> None:
        """The record."""
        chart = self.entry.scenario.chart
        text = plain_markdown(chart) if chart else "There is no chart here."
        self.app.push_screen(ReadingScreen("Chart", text))

    def action_back(self) -> None:
        """To the library."""
        self.dismiss()
