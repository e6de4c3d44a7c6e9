"""The encounter: a conversation above, what you might do below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from simulator.debrief.moments import explained
from simulator.encounter.transcript import Turn, transcript, turns
from simulator.report.text import plain_markdown
from simulator.tui.keys import bind
from simulator.tui.literal import literal
from simulator.tui.reading import ReadingScreen, StillScreen, TranscriptScreen
from simulator.tui.screenplay import ASIDE, Screenplay
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from simulator.encounter.transition import Event
    from simulator.sessions.session import Session

FEW_MINUTES = 3
SILENCE = 0.9  # seconds that a silence is given, where motion is on
NARROW = 60  # columns below which the clock stands where the title was
PAGE = 80  # turns kept on the page; the rest is a key away


class EncounterScreen(Shell):
    """Plays a session from where it stands to its ending."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("chart", "chart"),
        bind("transcript", "transcript"),
        bind("rewind", "rewind"),
        bind("why", "why"),
        bind("help", "help"),
        bind("quit", "leave"),
        bind("go-back", "leave", "", show=False),
    ]
    TITLE_OF = "In the room"
    BY_NUMBER = True
    CAN_DO = "Choose by number, with the arrows and enter, or with the mouse. Every answer is saved at once."

    def __init__(self, session: Session, *, is_resumed: bool = False) -> None:
        super().__init__()
        self.session = session
        self.is_resumed = is_resumed
        self.waiting: list[Turn] = []  # turns that have happened and are not on the page yet
        self.visit = ""
        self.is_handed_on = False  # to the debrief, which goes on writing to the log
        self.silence: Timer | None = None

    def body(self) -> ComposeResult:
        """The conversation and the choices."""
        yield Screenplay(id="page")
        yield Picker(id="choices")

    @property
    def page(self) -> Screenplay:
        """The conversation."""
        return self.query_one(Screenplay)

    @property
    def choices(self) -> Picker:
        """What might be done."""
        return self.query_one(Picker)

    def on_mount(self) -> None:
        """Begin, or go on where it was left."""
        self.choices.focus()
        found = transcript(self.session.playthrough.events, self.session.voice)
        if self.is_resumed:
            self._return_to(found)
        else:
            self.visit, self.waiting = found[0].text, found[1:]
        self._proceed()

    def on_unmount(self) -> None:
        """However this screen was left, the log is free for whoever goes on with it."""
        if not self.is_handed_on:
            self.session.leave()

    def on_screen_resume(self) -> None:
        """Back from another page, or in the room at last: what was said last is what one sees."""
        self.page.follow()

    def on_resize(self) -> None:
        """On a narrow screen the clock stands where the title was."""
        self._bar()

    def _return_to(self, found: list[Turn]) -> None:
        """The visit that was going on, as it stood."""
        last = max(n for n, turn in enumerate(found) if turn.kind == "visit")
        self.visit = found[last].text
        self.page.show(found[last + 1 :])

    # play

    def _happened(self, happened: Sequence[Event]) -> None:
        for event in happened:
            self.waiting += turns(event, self.session.voice)
        self._proceed()

    def _proceed(self) -> None:
        """Bring what is waiting onto the page, up to a silence, another visit, or the ending."""
        self._unhush()
        shown: list[Turn] = []
        while self.waiting and self.waiting[0].kind not in ("visit", "ending"):
            turn = self.waiting.pop(0)
            shown.append(turn)
            if turn.kind == "beat" and self.desk.settings.motion and self.waiting:
                self.page.add(shown)
                self._offer([])
                self.silence = self.set_timer(SILENCE, self._proceed)
                return
        if shown:
            self.page.turns = self.page.turns[-PAGE:]
            self.page.add(shown)
        self._bar()
        if self.waiting or self.session.playthrough.is_over:
            self._offer([Item("Go on.", " ⏎  ")])
        else:
            self._offer(self._items())
            self.session.asked()

    def _unhush(self) -> None:
        if self.silence is not None:
            self.silence.stop()
            self.silence = None

    def _items(self) -> list[Item]:
        state = self.session.playthrough.state
        return [
            Item(self.session.voice.words(choice.text, state), f" {number}  {choice.verb:<8}")
            for number, choice in enumerate(self.session.shown, start=1)
        ]

    def _offer(self, items: list[Item]) -> None:
        self.choices.show(items)
        self.page.follow()

    def _bar(self) -> None:
        program, state = self.session.program, self.session.playthrough.state
        minutes = program.visits[self.session.node.visit].minutes
        clock = ""
        if minutes > 0 and not self.waiting:
            clock = f"{state.minutes} of {minutes} min" if state.minutes else "the time is up"
        people = list(dict.fromkeys(turn.who for turn in self.page.turns if turn.kind == "speech"))
        with_ = f" · with {', '.join(people)}" if people else ""
        title = str(program.scenario.title)
        if self.size.width < NARROW and clock:
            title = ""  # the clock matters more
        self.bar.show(title=literal(title), middle=f"{self.visit}{with_}", right=clock)
        self.bar.query_one("#bar-right").set_class(bool(clock) and state.minutes <= FEW_MINUTES, "-soon")

    @on(Picker.Picked, "#choices")
    def _picked(self, event: Picker.Picked) -> None:
        if event.is_late or not self.choices.items:
            return
        if self.waiting or self.session.playthrough.is_over:
            self._go_on()
        else:
            self._choose(event.item)

    def _choose(self, number: int) -> None:
        if number >= len(self.session.shown):
            return
        before = len(self.session.playthrough.events)
        self.session.choose(self.session.shown[number])
        if self.desk.settings.explain and self.session.is_practice:
            self._happened_with_reason(before)
        else:
            self._happened(self.session.playthrough.events[before:])

    def _happened_with_reason(self, before: int) -> None:
        first, *rest = self.session.playthrough.events[before:]
        self.waiting += turns(first, self.session.voice)
        if reason := self._reason():
            self.waiting.append(Turn("narration", reason, manner=ASIDE))
        self._happened(rest)

    def _go_on(self) -> None:
        """To the next visit, or out of the encounter."""
        if self.waiting and self.waiting[0].kind == "visit":
            self.visit = self.waiting.pop(0).text
            self.page.show([])
            self._offer([])
            self.app.push_screen(StillScreen(self.visit), lambda _: self._proceed())
        else:
            ending = next((turn for turn in self.waiting if turn.kind == "ending"), None)
            self.waiting = []
            self.is_handed_on = True
            self.bedside.debrief(self.session, ending)

    def on_key(self, event: events.Key) -> None:
        """A number chooses, at once: of two that are typed fast, the second is for the choices that come next."""
        if event.character and event.character in "123456789" and not self.waiting:
            event.stop()
            if not self.session.playthrough.is_over:
                self._choose(int(event.character) - 1)

    # looking

    def action_chart(self) -> None:
        """The record."""
        chart = self.session.program.chart
        text = self.session.voice.words(chart, self.session.playthrough.state) if chart else "There is no chart here."
        self.app.push_screen(ReadingScreen("Chart", plain_markdown(text)))

    def action_transcript(self) -> None:
        """Everything so far."""
        found = transcript(self.session.playthrough.events, self.session.voice)
        hidden = len(self.waiting)
        self.app.push_screen(TranscriptScreen("So far", found[: len(found) - hidden] if hidden else found))

    def action_rewind(self) -> None:
        """Back by one choice."""
        made = len(self.session.playthrough.made)
        if not self.session.is_practice:
            self.bedside.tell("In assessment there is no going back.")
        elif not made or self.session.playthrough.is_over:
            self.bedside.tell("There is nothing to go back to." if not made else "It is over; the debrief comes next.")
        else:
            self.session.rewind(made - 1)
            self.waiting = []
            self._return_to(transcript(self.session.playthrough.events, self.session.voice))
            self._proceed()

    def action_why(self) -> None:
        """Why the last choice helped or cost."""
        if not self.session.is_practice:
            self.bedside.tell("In assessment explanations come after the encounter.")
        else:
            self.app.push_screen(ReadingScreen("Why", self._reason() or "There is nothing to explain yet."))

    def _reason(self) -> str:
        decisions = self.session.playthrough.decisions
        return explained(decisions[-1]) if decisions else ""

    def action_leave(self) -> None:
        """To the library; it is saved."""
        self.session.leave()
        self.bedside.tell("Saved. You can go on from the library.")
        self.bedside.home()
