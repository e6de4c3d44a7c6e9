"""Where a debrief can be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on

from simulator.report.text import debrief_markdown, debrief_text
from simulator.tui.keys import bind
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.debrief.value import Debrief


class SaveScreen(Shell):
    """Where the debrief goes: a file in the folder in which Bedside was started."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("help", "help"), bind("go-back", "back")]
    TITLE_OF = "Save the debrief"
    CAN_DO = "Choose a format with enter; escape goes back."

    def __init__(self, value: Debrief) -> None:
        super().__init__()
        self.value = value

    def body(self) -> ComposeResult:
        """Two formats."""
        items = [Item("as text", "  1  ", f"{self.path('txt')}"), Item("as Markdown", "  2  ", f"{self.path('md')}")]
        yield Picker(items, id="page")

    def on_mount(self) -> None:
        """Name it."""
        self.bar.show(title="Save the debrief")
        self.query_one(Picker).focus()

    def path(self, suffix: str) -> Path:
        """The file."""
        return Path.cwd() / f"{self.value.session}.{suffix}"

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        path, text = (
            (self.path("txt"), debrief_text(self.value)) if event.item == 0 else
            (self.path("md"), debrief_markdown(self.value))
        )  # fmt: skip
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self.bedside.tell(f"It could not be saved: {error.strerror}.")
        else:
            self.bedside.tell(f"Saved as {path.name}.")
        self.dismiss()

    def action_back(self) -> None:
        """Not now."""
        self.dismiss()
