"""A scenario under edit, played: it follows every save, and shows what is behind each moment. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice, shown
from simulator.encounter.transcript import Turn, transcript
from simulator.report.problems import plural
from simulator.report.text import plain_markdown
from simulator.tui.behind import BehindSheet
from simulator.tui.closely import Closely
from simulator.tui.going import GoToScreen
from simulator.tui.keys import bind
from simulator.tui.mending import MendingScreen
from simulator.tui.reading import ReadingScreen, TranscriptScreen
from simulator.tui.screenplay import Screenplay
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell
from simulator.workshop.behind import Backstage
from simulator.workshop.replaying import replayed

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.encounter.program import Choice, Program
    from simulator.library.watch import Saved, Watch
    from simulator.tui.closely import Closer

PERIOD = 0.2  # seconds between two looks at the files
LOOKING = "Every playthrough is being looked at; more may be found."
UNPLAYABLE = Turn("narration", "This file cannot be played yet. It is read again at every save.")


class PreviewScreen(Shell):
    """The page as the learner sees it, and behind it what its author keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("behind", "turn"),
        bind("go-to", "go_to"),
        bind("problems", "problems"),
        bind("rewind", "rewind"),
        bind("restart", "restart"),
        bind("chart", "chart", show=False),
        bind("transcript", "transcript", show=False),
        bind("help", "help"),
        bind("quit", "leave"),
    ]
    TITLE_OF = "Preview"
    BY_NUMBER = True
    CAN_DO = "Edit the file, save it, and look here: the same choices are made again as far as they still hold."

    def __init__(self, watched: Watch, seed: int, closer: Closer | None = None) -> None:
        super().__init__()
        self.closer = closer  # looks closely at each save; without one, only what play needs is looked at
        self.closely: Closely | None = None
        self.watched, self.seed = watched, seed
        self.saved: Saved  # what the last save came to
        self.play: Playthrough | None = None  # of the last version without errors; None until there is one
        self.meant: Playthrough | None = None  # the last whose every choice held, or that was made by hand
        self.backstage: Backstage | None = None
        self.note = ""  # what the last save did to the choices

    def body(self) -> ComposeResult:
        """Two sides."""
        with Horizontal(id="sides"):
            with Vertical(id="played"):
                yield Screenplay(id="page")
                yield Picker(id="choices")
            yield BehindSheet(id="behind")

    def on_mount(self) -> None:
        """Read the file, and go on looking at it."""
        if self.closer is not None:
            self.closely = Closely(self.app, self.closer, self._looked_closely)
        self.reload()
        self.query_one("#choices").focus()
        self.set_interval(PERIOD, self.look)

    # the file

    def look(self) -> None:
        """Follow a save."""
        if self.closely is not None and self.closely.fault is not None:
            raise self.closely.fault
        if self.watched.is_due():
            self.reload()

    def reload(self) -> None:
        """Take the file as it is: play on in it, or in the last version that had no errors."""
        self.saved, was = self.watched.read(), self._where()
        program = self.saved.program
        if program is not None:
            self.backstage = Backstage(program, Voice(program, self.seed))
            self._replay(self.meant or Playthrough.start(program), program)
            if self.closely is not None:
                self.saved = replace(self.saved, about=LOOKING)
                self.closely.look(self.saved)
        self._show_problems()
        self.show(is_same=self._where() == was)

    def _looked_closely(self, saved: Saved, found: Saved) -> None:
        """All that `check` tells of a save is known, if it is still the last."""
        if saved is self.saved:
            self.saved = found
            self._show_problems()
            self._show_bar()

    def _show_problems(self) -> None:
        for screen in self.app.screen_stack:
            if isinstance(screen, MendingScreen):
                screen.show(self.saved)

    def _replay(self, meant: Playthrough, program: Program) -> None:
        """Make the choices of a playthrough in the program, and say what is otherwise than it was."""
        told = self.note
        self.play, is_whole, self.note = replayed(meant, program)
        self.meant = self.play if is_whole else meant
        if self.note not in ("", told) and not self.query_one(BehindSheet).display:
            self.bedside.tell(self.note)

    # what is seen

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices, in the order the learner sees them."""
        if self.play is None or self.play.is_over:
            return ()
        return shown(self.play.program.nodes[self.play.state.node], self.play.available, self.seed)

    def show(self, *, is_same: bool = False) -> None:
        """Both sides and the bar. After a save that left it the same moment, what stood out still does."""
        if self.play is None or self.backstage is None:
            self.query_one(Picker).show([Item("See what to mend.", " ⏎  ")])
            self.query_one(Screenplay).show([UNPLAYABLE])
            self.query_one(BehindSheet).show(None, self._trouble())
        else:
            self._show_moment(self.play, self.backstage, is_same=is_same)
        self._show_bar()

    def _show_bar(self) -> None:
        self.bar.show(title=self.watched.path.name, middle=self._where(), right=self._state())
        self.bar.query_one("#bar-right").set_class(bool(self.saved.problems.errors), "-soon")

    def _show_moment(self, play: Playthrough, backstage: Backstage, *, is_same: bool) -> None:
        page, choices = self.query_one(Screenplay), self.query_one(Picker)
        choices.show(self._items(play, backstage.voice), max(0, choices.marked) if is_same else 0)
        turns = transcript(play.events, backstage.voice)
        if is_same and not page.is_vertical_scroll_end:  # its author reads further up
            page.turns = turns
            page.lay_out()
        else:
            page.show(turns)
        note = "\n".join(filter(None, (self._trouble(), self.note)))
        self.query_one(BehindSheet).show(backstage.look(play), note, is_same=is_same)

    def _items(self, play: Playthrough, voice: Voice) -> list[Item]:
        if play.is_over:
            return [Item("Play again from the beginning.", " ⏎  ")]
        return [
            Item(voice.words(choice.text, play.state), f" {number}  {choice.verb:<8}")
            for number, choice in enumerate(self.offered, start=1)
        ]

    def _where(self) -> str:
        if self.play is None:
            return "nothing to play yet"
        where = "over" if self.play.is_over else self.play.program.nodes[self.play.state.node].id
        return f"{where} · after {plural(self.play.count, 'choice')}"

    def _state(self) -> str:
        errors = len(self.saved.problems.errors)
        warnings = len(self.saved.problems) - errors
        if errors:
            return plural(errors, "error")
        found = plural(warnings, "warning") if warnings else "no problems"
        return f"{found} so far" if self.saved.about == LOOKING else found

    def _trouble(self) -> str:
        """That the file as it is cannot be played, if so; or a rubric of it."""
        errors = self.saved.problems.errors
        if not errors:
            return ""
        kept = " The last version without errors plays on." if self.play else ""
        if not self.watched.path.is_file():
            return f"{self.watched.path.name} is gone.{kept}"
        names = sorted({Path(one.where).name for one in errors})
        has = "has" if len(names) == 1 else "have"
        return f"{' and '.join(names)} {has} {plural(len(errors), 'error')} as saved.{kept}"

    # play

    @on(Picker.Picked, "#choices")
    def _picked(self, event: Picker.Picked) -> None:
        if event.is_late:
            return
        if self.play is None:
            self.action_problems()
        elif self.play.is_over:
            self.action_restart()
        else:
            self._choose(event.item)

    @on(Picker.Moved, "#choices")
    def _moved(self, event: Picker.Moved) -> None:
        self.query_one(BehindSheet).reveal(event.item + 1)

    def _choose(self, number: int) -> None:
        if self.play is not None and number < len(self.offered):
            self._go(self.play.choose(self.offered[number]))

    def _go(self, play: Playthrough | None) -> None:
        """To another moment, by hand: what the last save did is known by now."""
        if play is not None:
            self.play = self.meant = play
            self.note = ""
            self.show()

    def on_key(self, event: events.Key) -> None:
        """A number chooses."""
        if event.character and event.character in "123456789":
            event.stop()
            self._choose(int(event.character) - 1)

    def action_rewind(self) -> None:
        """Back by one choice."""
        if self.play is not None and self.play.before is None:
            self.bedside.tell("There is nothing to go back to.")
        elif self.play is not None:
            self._go(self.play.before)

    def action_restart(self) -> None:
        """From the beginning."""
        if self.play is not None:
            self._go(Playthrough.start(self.play.program))

    def action_go_to(self) -> None:
        """To any node, by a way of play that comes there."""
        if self.play is None:
            self.bedside.tell("There is nowhere to go until the file has no errors.")
        else:
            node = self.play.program.nodes[self.play.state.node]
            self.app.push_screen(GoToScreen(self.play.program, node.id), self._arrive)

    def _arrive(self, way: Playthrough | None) -> None:
        """By the way that was found; a file that was saved meanwhile is gone through by the same choices."""
        if way is None or self.play is None or way.program is self.play.program:
            self._go(way)
        else:
            self._replay(way, self.play.program)
            self.show()

    def action_problems(self) -> None:
        """The problems of the last save."""
        self.app.push_screen(MendingScreen(self.saved))

    def action_chart(self) -> None:
        """The record, as the learner would read it now."""
        if self.play is not None and self.backstage is not None:
            chart = self.play.program.chart
            text = self.backstage.voice.words(chart, self.play.state) if chart else "There is no chart here."
            self.app.push_screen(ReadingScreen("Chart", plain_markdown(text)))

    def action_transcript(self) -> None:
        """The page alone, to scroll."""
        self.app.push_screen(TranscriptScreen("So far", self.query_one(Screenplay).turns))

    def action_turn(self) -> None:
        """To the other side; where both are seen, the arrows go over to it."""
        to_behind = not self.has_class("-turned")
        self.set_class(to_behind, "-turned")
        (self.query_one(BehindSheet) if to_behind else self.query_one(Picker)).focus()

    def action_leave(self) -> None:
        """Out of the preview."""
        self.app.exit()
