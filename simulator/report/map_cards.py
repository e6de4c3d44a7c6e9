"""What stands on each card of a drawn map, line by line, and so how high the card is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.workshop.map import Map, MapEdge, MapNode

WIDTH: Final = 256.0
PAD: Final = 12.0
SIZES: Final = {"title": 14.0, "line": 11.0, "choice": 11.5, "note": 10.5}
_LEADING: Final = 1.32
_MOST: Final = {"title": 2, "line": 2, "choice": 3, "note": 5}  # lines before a text is cut
_NARROW: Final = frozenset("iljtfrI.,:;'’|!()[]-“” ")
_WIDE: Final = frozenset("mwMW@%…—")


@dataclass(frozen=True)
class Row:
    """One line of a card; `y` is its baseline below the card's top. A `verb` stands before the text."""

    text: str
    kind: str  # title, line, choice or note
    y: float
    verb: str = ""


@dataclass(frozen=True)
class Port:
    """Where an edge leaves a card, below its top; `has_row` if it has a line of its own there."""

    edge: MapEdge
    y: float
    has_row: bool


@dataclass(frozen=True)
class Card:
    """A card with its lines; `full` is all of its text, uncut."""

    node: MapNode
    rows: tuple[Row, ...]
    ports: tuple[Port, ...]
    rules: tuple[float, ...]  # thin lines between choices
    height: float
    full: str


def card_of(map_: Map, node: MapNode, edges: Sequence[MapEdge]) -> Card:
    """The card of a place, with the ways out of it."""
    return _Writer(map_, node, edges).card()


class _Writer:
    def __init__(self, map_: Map, node: MapNode, edges: Sequence[MapEdge]) -> None:
        self.map, self.node, self.edges = map_, node, edges
        self.rows: list[Row] = []
        self.ports: list[Port] = []
        self.rules: list[float] = []
        self.full: list[str] = []
        self.y = 8.0
        self.room = WIDTH - 2 * PAD

    def card(self) -> Card:
        self._write(self.node.title, "title", room=self.room - (40 if self.map.sessions is not None else 0))
        if self.node.line:
            self._write(self.node.line, "line")
        if self.node.kind in ("ending", "clock"):
            self.ports += [Port(edge, (self.y + 8) / 2, False) for edge in self.edges]
            return self._done()
        for choice, group in groupby(self.edges, key=lambda edge: edge.choice):
            ways = list(group)
            if choice:
                self._choice(ways)
            else:
                self._ways(ways)
        return self._done()

    def _done(self) -> Card:
        height = self.y + 8
        return Card(self.node, tuple(self.rows), tuple(self.ports), tuple(self.rules), height, "\n".join(self.full))

    def _choice(self, ways: Sequence[MapEdge]) -> None:
        first = ways[0]
        self._rule()
        self._write(first.words, "choice", verb=first.verb)
        if first.needs:
            self._write(f"only if {first.needs}", "note")
        if len(ways) == 1 and not first.condition:
            self._port(first)
            return
        for edge in ways:
            self._way(edge)

    def _ways(self, ways: Sequence[MapEdge]) -> None:
        if len(ways) == 1 and not ways[0].condition and ways[0].kind != "otherwise":
            self.ports.append(Port(ways[0], (self.y + 8) / 2, False))
            return
        self._rule()
        for edge in ways:
            self._way(edge)

    def _way(self, edge: MapEdge) -> None:
        condition = "if no choice is left" if edge.kind == "otherwise" else edge.condition
        self._write(f"{condition} → {self._place(edge)}", "note")
        self._port(edge)

    def _place(self, edge: MapEdge) -> str:
        target = self.map.nodes[edge.target]
        is_other_visit = target.visit not in (-1, self.node.visit)
        return self.map.clusters[target.visit].title if is_other_visit else target.title

    def _port(self, edge: MapEdge) -> None:
        self.ports.append(Port(edge, self.rows[-1].y - 4, True))

    def _rule(self) -> None:
        self.rules.append(self.y + 4.5)
        self.y += 7

    def _write(self, text: str, kind: str, *, verb: str = "", room: float | None = None) -> None:
        size = SIZES[kind]
        self.full.append(f"{verb}: {text}" if verb else text)
        room = self.room if room is None else room
        if kind in ("choice", "note") and self.map.sessions is not None:
            room -= 28  # for the count
        lines = fitted(text, room, size, _MOST[kind], first=width_of(f"{verb} ", size) if verb else 0.0)
        for number, line in enumerate(lines):
            self.y += size * _LEADING
            self.rows.append(Row(line, kind, self.y, verb if number == 0 else ""))


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels: on the safe side for the usual sans-serif faces."""
    return size * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.4
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.615


def fitted(text: str, room: float, size: float, most: int, *, first: float = 0.0) -> list[str]:
    """A text in lines no wider than `room`, the first less wide by `first`; what is more than `most` lines is cut."""
    lines: list[str] = []
    line, left = "", room - first
    for word in text.split():
        piece = word
        while width_of(piece, size) > room:  # a word longer than a whole line
            piece = piece[: max(1, len(piece) * 2 // 3)]
        piece = piece if piece == word else f"{piece[:-1]}…"
        longer = f"{line} {piece}" if line else piece
        if width_of(longer, size) <= left or not line:
            line = longer
            continue
        lines.append(line)
        line, left = piece, room
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(f"{last}…", size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return lines
