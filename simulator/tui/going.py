"""Where to go: every node of the scenario under edit, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import Input

from simulator.report.problems import plural
from simulator.tui.keys import bind
from simulator.tui.sheet import Item, Picker
from simulator.tui.shell import Shell
from simulator.workshop.map import map_of
from simulator.workshop.ways import ways_through

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Node, Program


class GoToScreen(Shell):
    """Gives the playthrough that comes to the node which was picked, or None where nobody went anywhere.

    There is no other way to a node than play: what is kept of the patient has to come from somewhere.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("item-up", "move(-1)", "", show=False),
        bind("item-down", "move(1)", "", show=False),
        bind("help", "help", show=False),
        bind("go-back", "back"),
    ]
    ON = ("back", "back")
    TITLE_OF = "Go to"
    CAN_DO = (
        "Type a part of a node's name or of its first line. Arrows choose, enter goes there by a short way of play."
    )

    def __init__(self, program: Program, here: str) -> None:
        super().__init__()
        self.program, self.here = program, here
        self.lines = {one.id: one.line for one in map_of(program).nodes.values()}
        self.ways: dict[int, Playthrough] | None = None  # until they are found
        self.shown: list[Node] = []
        self.wanted: Node | None = None  # picked before the ways were found

    def body(self) -> ComposeResult:
        """A line to type on, and the nodes."""
        search = Input(placeholder="visit/node, or words", id="search")
        search.cursor_blink = False
        yield search
        yield Picker(id="nodes")

    def on_mount(self) -> None:
        """All nodes; the ways to them are looked for meanwhile."""
        self.bar.show(title="Go to", right=plural(len(self.program.nodes), "node"))
        self.query_one(Picker).gap = 1
        self.query_one(Input).focus()
        self.fill()
        self.look()

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Find the ways off the screen's thread: a large scenario takes seconds."""
        found = ways_through(self.program)
        if self.is_attached:
            self.app.call_from_thread(self.found, found)

    def found(self, ways: dict[int, Playthrough]) -> None:
        """The ways are known: say which nodes have none, and go where it was meant to."""
        self.ways = ways
        self.fill()
        if self.wanted is not None:
            self.go(self.wanted)

    def fill(self) -> None:
        """The nodes that fit what was typed, with a word on those that play does not stop at."""
        picker, words = self.query_one(Picker), self.query_one(Input).value.lower().split()
        stood = self.shown[picker.marked].id if 0 <= picker.marked < len(self.shown) else self.here
        self.shown = [
            node
            for node in self.program.nodes
            if all(word in f"{node.id} {self.lines.get(node.id, '')}".lower() for word in words)
        ]
        items = [Item(self._title(node), "", self.lines.get(node.id, ""), "strong") for node in self.shown]
        self.bar.show(middle="" if items else "nothing fits")
        picker.show(items, next((n for n, node in enumerate(self.shown) if node.id == stood), 0))

    def _title(self, node: Node) -> str:
        words = []
        if node.id == self.here:
            words.append("you are here")
        if not node.choices:
            words.append("no choices; play comes through")
        if self.ways is not None and node.index not in self.ways:
            words.append("no way here was found")
        return f"{node.id}   ({', '.join(words)})" if words else node.id

    def go(self, node: Node) -> None:
        """By the way there, if there is one."""
        self.wanted = node
        if self.ways is None:
            self.bar.show(middle="looking for a way there")
        elif node.index in self.ways:
            self.dismiss(self.ways[node.index])
        else:
            self.wanted = None
            self.bedside.tell(f"No way to {node.id} was found by playing. Perhaps no play can come there.")

    @on(Input.Changed)
    def _typed(self) -> None:
        self.fill()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        picker = self.query_one(Picker)
        picker.take(picker.marked)

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        if not event.is_late:
            self.go(self.shown[event.item])

    def action_move(self, by: int) -> None:
        """The item above or below, while one types."""
        picker = self.query_one(Picker)
        picker.move_to(picker.marked + by)

    def action_back(self) -> None:
        """Stay where you are."""
        self.dismiss(None)
