"""Screens that are only read: the chart, everything so far, one moment, help, and the pages between visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from simulator.library.keys import KEYS
from simulator.tui.keys import bind
from simulator.tui.literal import content
from simulator.tui.screenplay import Screenplay
from simulator.tui.sheet import Text
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

    from simulator.encounter.transcript import Turn


class ReadingScreen(Shell):
    """A text over the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("help", "help"),
        bind("go-back", "back"),
        bind("go-on", "back", show=False),
    ]
    ON = ("back", "back")
    TITLE_OF = "A page to read"
    CAN_DO = "Scroll with the arrows, and go back with escape or enter."

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading, self.text = title, text

    def body(self) -> ComposeResult:
        """The text."""
        yield Text(self.text, id="page")

    def on_mount(self) -> None:
        """Name it."""
        self.bar.show(title=self.heading)
        self.query_one("#page").focus()

    def action_back(self) -> None:
        """To the screen below."""
        self.dismiss()


class TranscriptScreen(ReadingScreen):
    """Everything that was said so far."""

    def __init__(self, title: str, turns: Sequence[Turn]) -> None:
        super().__init__(title, "")
        self.turns = turns

    def body(self) -> ComposeResult:
        """The turns."""
        yield Screenplay(id="page")

    def on_mount(self) -> None:
        """Show the end first: it is what was just said."""
        super().on_mount()
        self.query_one(Screenplay).show(self.turns)


class HelpScreen(ReadingScreen):
    """What can be done on a screen, with the keys as they are set."""

    def __init__(self, of: Screen[None]) -> None:
        title, can_do = getattr(of, "TITLE_OF", ""), getattr(of, "CAN_DO", "")
        rows = [f"— {title} —", "", can_do, ""]
        seen = set()
        for active in of.active_bindings.values():
            binding = active.binding
            if binding.id in KEYS and binding.description and binding.action not in seen and active.enabled:
                seen.add(binding.action)
                rows.append(f"{of.app.get_key_display(binding):>8}   {binding.description}")
        if getattr(of, "BY_NUMBER", False):
            rows.append(f"{'1-9':>8}   choose")
        rows += ["", f"{'^p':>8}   everything else: encounters, sessions, colours"]
        super().__init__("What you can do here", "\n".join(rows))


class StillScreen(Shell):
    """A few words in the middle of a page of their own: time has passed, or it is over."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("go-on", "on"), bind("help", "help")]
    ON = ("go on", "on")
    TITLE_OF = "A pause"
    CAN_DO = "Time has passed. Go on when you are ready."

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self.heading, self.text = title, text

    def body(self) -> ComposeResult:
        """The words."""
        with VerticalScroll(id="still"):
            yield Static(content(self.heading), id="still-title")
            yield Static(content(self.text), id="still-text", classes="-short" if len(self.text) < 60 else "")

    def action_on(self) -> None:
        """On with it."""
        self.dismiss()

    def on_click(self) -> None:
        """A click goes on, too."""
        self.dismiss()
