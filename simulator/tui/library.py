"""The library: what can be played, what it trains, and how it went last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Input, Static

from simulator.report.problems import plural
from simulator.sessions.summary import Summary
from simulator.tui.desk import Entry
from simulator.tui.keys import bind
from simulator.tui.literal import content
from simulator.tui.sheet import Item, Picker, Text
from simulator.tui.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType


class LibraryScreen(Shell):
    """Every encounter, found by typing and by filters; unfinished sessions first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("search", "search"),
        bind("filter-level", "level"),
        bind("filter-criterion", "criterion"),
        bind("assessment", "mode"),
        bind("show-sessions", "sessions"),
        bind("go-back", "clear", "", show=False),
        bind("help", "help"),
        bind("quit", "quit"),
    ]
    TITLE_OF = "The library"
    CAN_DO = "Choose an encounter with the arrows and enter, or with the mouse. / searches as you type."

    def __init__(self) -> None:
        super().__init__()
        self.level = ""
        self.criterion = ""
        self.shown: list[Entry | Summary | Path] = []

    def body(self) -> ComposeResult:
        """A search, the list, and what it is about."""
        search = Input(placeholder="search", id="search")
        search.cursor_blink = False  # nothing blinks
        yield search
        yield Static("", id="filters")
        with Horizontal(id="shelf"):
            yield Picker(id="encounters")
            yield Text("", id="about")

    def on_mount(self) -> None:
        """Paint first, and then look what there is."""
        self.bar.show(title="Bedside", middle="the library", right=self.desk.learner)
        self.picker.gap = 1
        self.picker.focus()
        self.look()

    def on_screen_resume(self) -> None:
        """Something may have been played meanwhile."""
        if self.desk.entries:
            self.look()

    @property
    def picker(self) -> Picker:
        """The list."""
        return self.query_one("#encounters", Picker)

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Read the shelf off the screen's thread."""
        if self.desk.entries:
            self.desk.look_at_sessions()
        else:
            self.desk.look()
        if self.is_attached:  # whoever left in the meantime needs no list
            self.app.call_from_thread(self.fill)

    def fill(self) -> None:
        """The list as search and filters have it."""
        words = self.query_one("#search", Input).value.lower().split()
        entries = [entry for entry in self.desk.entries if self._fits(entry, words)]
        going = [] if words or self.level or self.criterion else self.desk.unfinished()[:3]
        broken = [] if words or self.level or self.criterion else self.desk.unreadable
        self.shown = [*going, *entries, *broken]
        items = [self._going(one) for one in going] + [self._entry(entry) for entry in entries]
        items += [Item(path.name, "", "cannot be played as it is; enter says more", "quiet") for path in broken]
        self.picker.show(items, max(0, self.picker.marked))
        filters = [self.level or "every level", self.criterion or "whatever it trains", self.desk.mode]
        none = "" if items else "nothing fits: escape shows all again   "
        line = self.query_one("#filters", Static)
        line.update(content(none + " · ".join(filters)))
        line.set_class(bool(none or self.level or self.criterion or self.desk.mode != "practice"), "-set")
        self._describe()

    def _fits(self, entry: Entry, words: list[str]) -> bool:
        scenario = entry.scenario
        if self.level and scenario.level != self.level:
            return False
        trained = {str(one) for objective in scenario.objectives for one in objective.criteria}
        if self.criterion and self.criterion not in trained:
            return False
        people = " ".join(f"{one.name} {one.role or ''}" for one in scenario.cast.values())
        text = f"{entry.id} {scenario.title} {scenario.summary} {people} {' '.join(scenario.topics)}".lower()
        return all(word in text for word in words)

    def _going(self, one: Summary) -> Item:
        title = next((entry.scenario.title for entry in self.desk.entries if entry.id == one.scenario), one.scenario)
        return Item(str(title), "go on  ", f"{plural(one.choices, 'choice')} made, {_day(one.started)}", "strong")

    def _entry(self, entry: Entry) -> Item:
        scenario = entry.scenario
        patient = next((one.name for one in scenario.cast.values() if one.role == "patient"), "")
        facts = [str(patient), scenario.level, f"{scenario.minutes} min", plural(len(scenario.visits), "visit")]
        if scenario.content_note:
            facts.append("content note")
        last = self.desk.last(entry.id)
        if last:
            facts.append(f"last time {last.met} of {last.moments} moments")
        return Item(str(scenario.title), "", " · ".join(fact for fact in facts if fact), "strong")

    @on(Picker.Moved)
    def _describe(self) -> None:
        about = self.query_one("#about", Text)
        one = self.shown[self.picker.marked] if 0 <= self.picker.marked < len(self.shown) else None
        if isinstance(one, Entry):
            about.show(briefing_text(one, with_role=False))
        elif isinstance(one, Summary):
            about.show("— Unfinished —\n\nYou can go on where you stopped.")
        else:
            about.show(f"{one}\n\n`bedside check` tells what to mend." if one else "")

    @on(Picker.Picked, "#encounters")
    def _picked(self, event: Picker.Picked) -> None:
        one = self.shown[event.item]
        if isinstance(one, Entry):
            self.bedside.brief(one)
        elif isinstance(one, Summary):
            self.bedside.resume(one.session)
        else:
            self.bedside.cannot_play(one)

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        self.fill()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.picker.focus()

    def action_search(self) -> None:
        """Type words to find encounters by."""
        self.query_one("#search", Input).focus()

    def action_clear(self) -> None:
        """All encounters again."""
        self.level = self.criterion = ""
        self.query_one("#search", Input).value = ""
        self.picker.focus()
        self.fill()

    def action_level(self) -> None:
        """The next level."""
        from simulator.scenario.shapes import LEVELS  # noqa: PLC0415 (heavy, and not needed for the first paint)

        self.level = _next(["", *LEVELS], self.level)
        self.fill()

    def action_criterion(self) -> None:
        """The next criterion that some encounter trains."""
        trained = {str(c) for e in self.desk.entries for o in e.scenario.objectives for c in o.criteria}
        self.criterion = _next(["", *sorted(trained)], self.criterion)
        self.fill()

    def action_mode(self) -> None:
        """Practice, or assessment."""
        self.desk.mode = _next(["practice", "assessment"], self.desk.mode)
        self.fill()

    def action_sessions(self) -> None:
        """What was played."""
        self.bedside.show_sessions()

    def action_quit(self) -> None:
        """Leave Bedside."""
        self.app.exit()


def briefing_text(entry: Entry, *, with_role: bool = True) -> str:
    """What a learner reads before beginning."""
    from simulator.encounter.speech import prose  # noqa: PLC0415 (as above)

    scenario = entry.scenario
    rows = [f"— {scenario.title} —", "", prose(scenario.summary), ""]
    if with_role:
        rows += [f"You are: {prose(scenario.learner_role)}", ""]
    if scenario.content_note:
        rows += ["— Before you begin —", "", prose(scenario.content_note), ""]
    if scenario.objectives:
        rows += ["— To practise —", "", *(f"- {prose(one.text)}" for one in scenario.objectives), ""]
    rows.append(f"About {scenario.minutes} minutes, {plural(len(scenario.visits), 'visit')}, {scenario.level}.")
    rows.append("This is a story: type nothing of real patients.")
    return "\n".join(rows)


def _next(values: list[str], now: str) -> str:
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]


def _day(time: str) -> str:
    return time[:10]
