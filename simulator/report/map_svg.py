"""A drawn map as SVG, for a screen or a wall: light or dark as the reader's system is, and every text as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from simulator.report.map_cards import PAD, SIZES
from simulator.report.map_layout import HEADER, MARGIN, Point, drawing_of
from simulator.report.map_text import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.report.map_layout import Band, Placed, Wire
    from simulator.workshop.map import Map

_VERBS: Final = {"say": "words", "do": "an act", "wait": "a silence", "notice": "something seen"}
# by name: in the light, in the dark
_COLOURS: Final = {
    "page": ("#fbfaf6", "#15191e"),
    "band": ("#f1eee6", "#1d232a"),
    "card": ("#ffffff", "#28303a"),
    "edge": ("#d3cec1", "#3b4652"),
    "ink": ("#22303c", "#e8e6e0"),
    "soft": ("#5a656f", "#a3adb6"),
    "wire": ("#6c8292", "#6f8292"),
    "trunk": ("#94815a", "#8a7c61"),
    "ending": ("#f7f0de", "#33301f"),
    "say": ("#255f8c", "#86bbe0"),
    "do": ("#8a5a1c", "#dcae6f"),
    "wait": ("#6a5a94", "#b9abdd"),
    "notice": ("#2f7350", "#86c9a4"),
}


def map_svg(map_: Map) -> str:
    """The whole page. Nothing in it is fetched from elsewhere, and nothing runs."""
    drawing = drawing_of(map_)
    width, height = round(drawing.width), round(drawing.height)
    most = max((wire.count for wire in drawing.wires), default=0)
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" aria-labelledby="map-title map-desc">',
        f'<title id="map-title">{escape(map_.title)}</title>',
        f'<desc id="map-desc">A map of this scenario: {summary(map_)}. The same as an outline to be read: '
        "bedside map --format text.</desc>",
        f"<style>{_style()}</style>",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0.6 8 4 0 7.4z"/></marker></defs>',
        f'<rect class="page" width="{width}" height="{height}"/>',
        *_header(map_),
        *(row for band in drawing.bands for row in _band(band)),
        *(_wire(wire, most) for wire in sorted(drawing.wires, key=lambda wire: not wire.is_trunk)),
        *(row for placed in drawing.cards for row in _card(map_, placed)),
        "</svg>",
    ]
    return "\n".join(rows)


def _style() -> str:
    light, dark = (_rules({name: pair[n] for name, pair in _COLOURS.items()}) for n in (0, 1))
    sizes = "".join(f".{kind}{{font-size:{size}px}}" for kind, size in SIZES.items())
    return (
        'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}'
        f"{sizes}.title,.band-title,.verb,.count{{font-weight:600}}.line,.note{{font-style:italic}}.soft{{font-weight:400}}"
        ".band-title{font-size:17px}.map-title{font-size:28px;font-weight:600}.legend{font-size:12.5px}"
        ".count{font-size:11px}.wire{fill:none}.if{stroke-dasharray:5 3.5}"
        f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"
    )


def _rules(c: dict[str, str]) -> str:
    verbs = "".join(f".{verb}{{fill:{c[verb]}}}" for verb in _VERBS)
    return (
        f".page{{fill:{c['page']}}}.ground{{fill:{c['band']}}}.card{{fill:{c['card']};stroke:{c['edge']}}}"
        f".card.ending{{fill:{c['ending']}}}.card.passage,.card.clock{{fill:{c['band']}}}.card.exit{{fill:none}}"
        f".rule{{stroke:{c['edge']}}}text{{fill:{c['ink']}}}.line,.note,.soft{{fill:{c['soft']}}}"
        f".wire{{stroke:{c['wire']}}}.wire.trunk{{stroke:{c['trunk']}}}.head,.port{{fill:{c['wire']}}}{verbs}"
    )


def _header(map_: Map) -> Iterator[str]:
    yield f'<text class="map-title" x="{MARGIN}" y="58">{escape(map_.title)}</text>'
    note = f"{summary(map_)}. {map_.note}".strip()
    yield f'<text class="legend soft" x="{MARGIN}" y="82">{escape(note)}</text>'
    x = MARGIN
    for verb, means in _VERBS.items():
        yield (
            f'<text class="legend" x="{x}" y="{HEADER - 12}"><tspan class="verb {verb}">{verb}</tspan> '
            f'<tspan class="soft">{means}</tspan></text>'
        )
        x += 100 + 5 * len(means)
    yield f'<path class="wire if" stroke-width="1.4" d="M{x} {HEADER - 16}h34"/>'
    yield f'<text class="legend soft" x="{x + 42}" y="{HEADER - 12}">under a condition</text>'


def _band(band: Band) -> Iterator[str]:
    yield (
        f'<rect class="ground" x="{band.x:g}" y="{_n(band.y)}" width="{_n(band.width)}" height="{_n(band.height)}" '
        'rx="14"/>'
    )
    note = f'<tspan class="legend soft" dx="12">{escape(band.note)}</tspan>' if band.note else ""
    yield f'<text class="band-title" x="{band.x + 34:g}" y="{_n(band.y + 33)}">{escape(band.title)}{note}</text>'


def _card(map_: Map, placed: Placed) -> Iterator[str]:
    card, x, y = placed.card, placed.x, placed.y
    kind = "exit" if placed.is_exit else card.node.kind
    round_ = {"moment": 7, "passage": 7}.get(kind, min(17, card.height / 2))
    yield f'<g transform="translate({_n(x)} {_n(y)})"><title>{escape(card.full)}</title>'
    yield f'<rect class="card {kind}" width="{placed.width:g}" height="{_n(card.height)}" rx="{round_:g}"/>'
    for rule in card.rules:
        yield f'<path class="rule" d="M{PAD:g} {_n(rule)}h{placed.width - 2 * PAD:g}"/>'
    for row in card.rows:
        verb = f'<tspan class="verb {row.verb}">{row.verb}</tspan> ' if row.verb else ""
        yield f'<text class="{row.kind}" x="{PAD:g}" y="{_n(row.y)}">{verb}{escape(row.text)}</text>'
    right = placed.width
    for port in card.ports:
        yield f'<circle class="port" cx="{right:g}" cy="{_n(port.y)}" r="2.6"/>'
        if map_.sessions is not None and port.has_row:
            yield _count(port.edge.count, right - 8, port.y + 4)
    if map_.sessions is not None:
        yield _count(card.node.count, right - PAD, card.rows[0].y)
    yield "</g>"


def _count(count: int, x: float, y: float) -> str:
    return f'<text class="count" text-anchor="end" x="{x:g}" y="{_n(y)}">{count}</text>'


def _wire(wire: Wire, most: int) -> str:
    classes = f"wire{' if' if wire.is_conditional else ''}{' trunk' if wire.is_trunk else ''}"
    width = 0.9 + 4.1 * wire.count / most if most else 1.4
    arrow = ' marker-end="url(#arrow)"' if wire.has_arrow else ""
    path = _curve(*wire.points) if wire.is_smooth else _cornered(wire.points)
    return f'<path class="{classes}" stroke-width="{_n(width)}" d="{path}"{arrow}/>'


def _curve(start: Point, end: Point) -> str:
    if abs(start.y - end.y) < 0.5:
        return f"M{_at(start)}L{_at(end)}"
    middle = (start.x + end.x) / 2
    return f"M{_at(start)}C{_at(Point(middle, start.y))} {_at(Point(middle, end.y))} {_at(end)}"


def _cornered(points: tuple[Point, ...], radius: float = 6) -> str:
    """Straight lines with rounded corners."""
    path = f"M{_at(points[0])}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        path += f"L{_at(_towards(here, before, radius))}Q{_at(here)} {_at(_towards(here, after, radius))}"
    return f"{path}L{_at(points[-1])}"


def _towards(here: Point, there: Point, by: float) -> Point:
    far = max(abs(there.x - here.x), abs(there.y - here.y))
    share = min(by, far / 2) / far if far else 0.0
    return Point(here.x + (there.x - here.x) * share, here.y + (there.y - here.y) * share)


def _at(point: Point) -> str:
    return f"{_n(point.x)} {_n(point.y)}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
