"""A map laid out for drawing: visits as bands one below the other, play in each from left to right; endings last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.report.layers import Link, Pass, layered
from simulator.report.map_cards import WIDTH, card_of
from simulator.report.problems import plural
from simulator.workshop.map import MapEdge, MapNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.report.layers import Cell, Layered
    from simulator.report.map_cards import Card
    from simulator.workshop.map import Cluster, Map

MARGIN: Final = 48.0
HEADER: Final = 118.0  # for the title and the legend
BETWEEN: Final = 92.0  # two columns
LANE: Final = 11.0
_INSIDE: Final = 34.0  # from a band's edge to its cards
_BAND_TITLE: Final = 52.0


class Point(NamedTuple):
    """Pixels from the left and from the top."""

    x: float
    y: float


@dataclass(frozen=True)
class Placed:
    """A card at its place. `is_exit`: it only says where play goes from this visit."""

    card: Card
    x: float
    y: float
    width: float = WIDTH
    is_exit: bool = False


@dataclass(frozen=True)
class Wire:
    """A line. A smooth one goes from its first point to its last as a curve; another one turns corners."""

    points: tuple[Point, ...]
    is_smooth: bool
    is_conditional: bool
    has_arrow: bool
    count: int = 0
    is_trunk: bool = False


@dataclass(frozen=True)
class Band:
    """The ground on which a visit stands, or the endings."""

    title: str
    note: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """Everything to be drawn, and the size of the page."""

    width: float
    height: float
    bands: tuple[Band, ...]
    cards: tuple[Placed, ...]
    wires: tuple[Wire, ...]


def drawing_of(map_: Map) -> Drawing:
    """The drawing of a map; no two cards overlap."""
    return _Draughtsman(map_).drawing()


class _Draughtsman:
    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.outgoing = map_.outgoing()
        self.bands: list[Band] = []
        self.cards: list[Placed] = []
        self.wires: list[Wire] = []
        self.at: dict[str, Placed] = {}
        self.exits: list[tuple[Placed, str, int]] = []  # a pill, where it leads, and how often it was gone

    def drawing(self) -> Drawing:
        bands = [_Inner(self.map, cluster, self.outgoing) for cluster in self.map.clusters]
        width = max([band.width for band in bands] + [4 * (WIDTH + 24)]) + 2 * _INSIDE
        lanes = self._lanes()
        y = HEADER
        rows: dict[str, float] = {}  # where the lane to a visit or an ending turns to the left
        for cluster, band in zip(self.map.clusters, bands, strict=True):
            y += 26
            rows[cluster.id] = y - 12
            self._place(cluster, band, y, width)
            y += self.bands[-1].height + 14
        y = self._endings(y + 14, width, lanes, rows)
        self._trunks(lanes, rows, MARGIN + width)
        return Drawing(
            MARGIN * 2 + width + LANE * (len(lanes) + 1),
            y + MARGIN,
            tuple(self.bands),
            tuple(self.cards),
            tuple(self.wires),
        )

    def _lanes(self) -> list[str]:
        """The visits and endings that lanes lead to: visits first, then endings as they will stand."""
        visits = {cluster.id for cluster in self.map.clusters}
        wanted = {_way_out(self.map, edge) for edge in self.map.edges} - {""}
        return [one.id for one in self.map.clusters if one.id in wanted & visits] + [
            one.id for one in self.map.endings if one.id in wanted
        ]

    def _place(self, cluster: Cluster, band: _Inner, y: float, width: float) -> None:
        left, top = MARGIN + _INSIDE, y + _BAND_TITLE
        note = "" if cluster.minutes < 0 else plural(cluster.minutes, "minute")
        self.bands.append(Band(cluster.title, note, MARGIN, y, width, _BAND_TITLE + band.height + 24))
        for id_, card in band.cards.items():
            spot = band.spot(id_)
            placed = Placed(card, left + spot.x, top + spot.y, is_exit=id_ in band.exits)
            self.cards.append(placed)
            if placed.is_exit:
                self.exits.append((placed, band.exits[id_], card.node.count))
            else:
                self.at[id_] = placed
        self.wires += [
            replace(wire, points=tuple(Point(left + point.x, top + point.y) for point in wire.points))
            for wire in band.wires()
        ]

    def _endings(self, y: float, width: float, lanes: Sequence[str], rows: dict[str, float]) -> float:
        """The band of endings; where it ends."""
        ids = [one.id for one in self.map.endings]
        cards = {one.id: card_of(self.map, one, ()) for one in self.map.endings}
        each = max(1, int((width - 2 * _INSIDE + 24) // (WIDTH + 24)))
        turns = [id_ for id_ in lanes if id_ in cards]
        for number, id_ in enumerate(turns):
            rows[id_] = y + LANE * number
        y += LANE * len(turns) + 8
        lines = [ids[n : n + each] for n in range(0, len(ids), each)]
        heights = [max(cards[id_].height for id_ in line) for line in lines]
        inner = sum(heights) + 22 * (len(heights) - 1)
        self.bands.append(Band("Endings", "", MARGIN, y, width, _BAND_TITLE + inner + 24))
        top = y + _BAND_TITLE
        for line, height in zip(lines, heights, strict=True):
            for number, id_ in enumerate(line):
                self.at[id_] = Placed(cards[id_], MARGIN + _INSIDE + number * (WIDTH + 24), top)
                self.cards.append(self.at[id_])
            top += height + 22
        return y + self.bands[-1].height

    def _trunks(self, lanes: Sequence[str], rows: Mapping[str, float], right: float) -> None:
        """From each exit to the lane of where it leads; down that lane, and to the left into the card there."""
        lane_of = {id_: right + LANE * (n + 1) for n, id_ in enumerate(lanes)}
        total: Counter[str] = Counter()
        for pill, target, count in self.exits:
            total[target] += count
            lane, y = lane_of[target], pill.y + pill.card.height / 2
            row = rows[target]
            points = (Point(pill.x + pill.width, y), Point(lane, y), Point(lane, row), Point(lane - LANE, row))
            self.wires.append(Wire(points, False, False, False, count, is_trunk=True))
        for target in dict.fromkeys(target for _, target, _ in self.exits):
            first = next((one.nodes[0] for one in self.map.clusters if one.id == target), target)
            card = self.at[first]
            x, y = card.x - 13, card.y + card.card.height / 2
            row = rows[target]
            points = (Point(lane_of[target] - LANE, row), Point(x, row), Point(x, y), Point(card.x, y))
            self.wires.append(Wire(points, False, False, True, total[target], is_trunk=True))


def _way_out(map_: Map, edge: MapEdge) -> str:
    """The visit or the ending to which an edge leaves its visit, or nothing."""
    source, target = map_.nodes[edge.source], map_.nodes[edge.target]
    if target.kind == "ending":
        return target.id
    return map_.clusters[target.visit].id if target.visit != source.visit else ""


class _Inner:
    """One visit laid out by itself, from 0, 0."""

    def __init__(self, map_: Map, cluster: Cluster, outgoing: Mapping[str, Sequence[MapEdge]]) -> None:
        self.map = map_
        self.cards: dict[str, Card] = {id_: card_of(map_, map_.nodes[id_], outgoing[id_]) for id_ in cluster.nodes}
        self.exits: dict[str, str] = {}  # the pills by which play leaves this visit, and where each leads
        self.links: dict[Link, list[MapEdge]] = {}
        for id_ in cluster.nodes:
            for port in self.cards[id_].ports:
                self.links.setdefault(Link(id_, self._target(port.edge), port.y), []).append(port.edge)
        heights = {id_: card.height for id_, card in self.cards.items()}
        self.layers: Layered = layered(heights, list(self.links), self.exits)
        self.width = len(self.layers.columns) * (WIDTH + BETWEEN) - BETWEEN
        self.height = self.layers.height + (14 + LANE * len(self.layers.back) if self.layers.back else 0)

    def _target(self, edge: MapEdge) -> str:
        """The card an edge leads to: a pill, made on the first use, where it leads out of the visit."""
        out = _way_out(self.map, edge)
        if not out:
            return edge.target
        pill = f"out:{out}"
        if pill not in self.cards:
            self.exits[pill] = out
            title = next((one.title for one in self.map.clusters if one.id == out), self.map.nodes[edge.target].title)
            self.cards[pill] = card_of(self.map, MapNode(pill, "clock", f"→ {title}", "", -1), ())
        card = self.cards[pill]
        if edge.count:
            node = card.node
            more = MapNode(pill, node.kind, node.title, "", -1, node.count + edge.count)
            self.cards[pill] = card_of(self.map, more, ())
        return pill

    def spot(self, id_: str) -> Point:
        """The upper left corner of a card."""
        return Point(self.layers.column_of[id_] * (WIDTH + BETWEEN), self.layers.tops[id_])

    def wires(self) -> list[Wire]:
        """The lines within the visit; what runs together is drawn once."""
        found: dict[tuple[Point, Point], Wire] = {}
        for link, edges in self.links.items():
            if link in self.layers.back:
                continue
            count, is_conditional = sum(edge.count for edge in edges), any(e.condition or e.needs for e in edges)
            start = self._leave(link.source, link.port)
            for column in range(self.layers.column_of[link.source] + 1, self.layers.column_of[link.target]):
                x, y = column * (WIDTH + BETWEEN), self._height(Pass(link.target, column))
                _lay(found, start, Point(x, y), count, is_conditional=is_conditional, has_arrow=False)
                start, is_conditional = Point(x + WIDTH, y), False
                _lay(found, Point(x, y), start, count, is_conditional=False, has_arrow=False)
            end = self.spot(link.target)
            entry = Point(end.x, end.y + self.cards[link.target].height / 2)
            _lay(found, start, entry, count, is_conditional=is_conditional, has_arrow=True)
        return [*found.values(), *self._returns()]

    def _returns(self) -> list[Wire]:
        """The lines that lead back, below all cards."""
        found = []
        for number, link in enumerate(sorted(self.layers.back)):
            start, end = self._leave(link.source, link.port), self.spot(link.target)
            y = self.layers.height + 14 + LANE * number
            right, left = start.x + 12 + 3 * (number % 8), end.x - 14 - 3 * (number % 8)
            entry = Point(end.x, end.y + self.cards[link.target].height / 2)
            points = (start, Point(right, start.y), Point(right, y), Point(left, y), Point(left, entry.y), entry)
            edges = self.links[link]
            is_conditional = any(edge.condition or edge.needs for edge in edges)
            found.append(Wire(points, False, is_conditional, True, sum(edge.count for edge in edges)))
        return found

    def _leave(self, id_: str, port: float) -> Point:
        spot = self.spot(id_)
        return Point(spot.x + WIDTH, spot.y + port)

    def _height(self, cell: Cell) -> float:
        return self.layers.tops[cell] + 4


def _lay(
    found: dict[tuple[Point, Point], Wire],
    start: Point,
    end: Point,
    count: int,
    *,
    is_conditional: bool,
    has_arrow: bool,
) -> None:
    before = found.get((start, end))
    if before is not None:
        count, is_conditional = count + before.count, is_conditional and before.is_conditional
    found[start, end] = Wire((start, end), True, is_conditional, has_arrow, count)
