"""What every screen has: a line at the top, keys at the bottom, help, and the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Static

from simulator.tui.keys import bind
from simulator.tui.literal import content

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.tui.app import BedsideApp
    from simulator.tui.desk import Desk


class Bar(Horizontal):
    """The line at the top: a title, something in the middle, something at the right."""

    def __init__(self, title: str = "", middle: str = "", right: str = "") -> None:
        super().__init__(id="bar")
        self.title, self.middle, self.right = title, middle, right

    def compose(self) -> ComposeResult:
        """Three texts."""
        yield Static(content(self.title), id="bar-title")
        yield Static(content(self.middle), id="bar-middle")
        yield Static(content(self.right), id="bar-right")

    def show(self, *, title: str | None = None, middle: str | None = None, right: str | None = None) -> None:
        """Change some of the three."""
        for name, text in (("title", title), ("middle", middle), ("right", right)):
            if text is not None:
                setattr(self, name, text)
                self.query_one(f"#bar-{name}", Static).update(content(text))


class Bottom(Horizontal):
    """What a narrow screen has for a footer: the two words that a finger or a mouse needs."""

    class Word(Static):
        """A word that does what its key does."""

        def __init__(self, text: str, action: str) -> None:
            super().__init__(content(text))
            self.does = action

        async def on_click(self, event: events.Click) -> None:
            """As if its key had been pressed."""
            event.stop()
            await self.screen.run_action(self.does)

    def __init__(self) -> None:
        super().__init__(id="bottom")

    def compose(self) -> ComposeResult:
        """Help at the left, and at the right where it goes on, if it does."""
        screen = cast("Shell", self.screen)
        yield self.Word("? what you can do here", "help")
        if screen.ON:
            word, action = screen.ON
            going_on = self.Word(word, action)
            going_on.add_class("-on")
            yield going_on


class Shell(Screen[Any]):
    """A screen of Bedside."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (an instance variable of Screen)
        (0, "-narrow"),
        (60, "-middling"),
        (80, "-medium"),
        (104, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [bind("help", "help", show=False)]
    TITLE_OF: ClassVar = ""  # what help calls this screen
    CAN_DO: ClassVar = ""  # what help says first
    ON: ClassVar[tuple[str, str] | None] = None  # the word and the action that go on from here, for a narrow screen

    @property
    def desk(self) -> Desk:
        """What the screens share."""
        return self.bedside.desk

    @property
    def bedside(self) -> BedsideApp:
        """The app."""
        return cast("BedsideApp", self.app)

    def compose(self) -> ComposeResult:
        """Top, body, bottom."""
        yield Bar()
        yield from self.body()
        yield Footer(show_command_palette=False)
        yield Bottom()

    def body(self) -> ComposeResult:
        """What is between top and bottom."""
        raise NotImplementedError

    @property
    def bar(self) -> Bar:
        """The line at the top."""
        return self.query_one(Bar)

    def action_help(self) -> None:
        """What can be done here."""
        from simulator.tui.reading import HelpScreen  # noqa: PLC0415

        self.app.push_screen(HelpScreen(self))
