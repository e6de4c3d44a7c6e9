"""A layered drawing of a graph: which column each box stands in, in what order, and how high. No text, no colour.

The steps are those of Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man, and Cybernetics 1981;11:109-125):
columns by the longest way, orders by barycentres, heights by least squares that keep the order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SWEEPS: Final = 12
GAP: Final = 26.0  # between two boxes of a column
_LINE: Final = 8.0  # the height that a line needs where it passes through a column


class Link(NamedTuple):
    """An edge from a box, `port` below its top, to another."""

    source: str
    target: str
    port: float


class Pass(NamedTuple):
    """Where lines to one target pass through a column on their way; they run together from there on."""

    target: str
    column: int


Cell = str | Pass


@dataclass(frozen=True)
class Layered:
    """Boxes and passes by column, top to bottom; `tops` is the upper edge of each, the uppermost at 0.

    `back` are the links that lead back; they have no place here. `height` is that of the whole.
    """

    columns: list[list[Cell]]
    tops: dict[Cell, float]
    column_of: dict[str, int]
    back: frozenset[Link]
    height: float


def layered(heights: Mapping[str, float], links: Sequence[Link], last: Iterable[str]) -> Layered:
    """The drawing of boxes with these heights, in the order of the file; `last` all stand in the last column.

    Lines reach a box at the middle of its height: so a row of boxes does not drift downwards.
    """
    back = _back(heights, links)
    forward = [link for link in links if link not in back]
    column_of = _columns(heights, forward, set(last))
    steps = _steps(forward, column_of)
    columns = _filled(heights, column_of, steps)
    _order(columns, steps)
    tops = _heights(columns, steps, heights)
    lowest = max((tops[cell] + _height(cell, heights) for column in columns for cell in column), default=0.0)
    return Layered(columns, tops, column_of, frozenset(back), lowest)


def _back(heights: Mapping[str, float], links: Sequence[Link]) -> set[Link]:
    """The links that would lead back to where play came from, seen from the first box on, depth first."""
    out: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        out[link.source].append(link)
    found: set[Link] = set()
    done: set[str] = set()
    for first in heights:
        if first in done:
            continue
        path, on_path = [(first, iter(out[first]))], {first}
        while path:
            box, rest = path[-1]
            link = next(rest, Link(box, "", 0))
            if not link.target:  # all ways out of the box have been gone
                path.pop()
                on_path.discard(box)
                done.add(box)
            elif link.target in on_path:
                found.add(link)
            elif link.target not in done:
                on_path.add(link.target)
                path.append((link.target, iter(out[link.target])))
    return found


def _columns(heights: Mapping[str, float], links: Sequence[Link], last: set[str]) -> dict[str, int]:
    """The length of the longest way to each box; one that nothing leads to stands just before what follows it."""
    ahead: dict[str, set[str]] = {box: set() for box in heights}
    waits = dict.fromkeys(heights, 0)
    for link in links:
        if link.target not in ahead[link.source]:
            ahead[link.source].add(link.target)
            waits[link.target] += 1
    found = dict.fromkeys(heights, 0)
    starts = [box for box, count in waits.items() if not count]
    ready = list(starts)
    while ready:
        box = ready.pop()
        for target in ahead[box]:
            found[target] = max(found[target], found[box] + 1)
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    for box in starts[1:]:
        if ahead[box]:
            found[box] = max(0, min(found[target] for target in ahead[box]) - 1)
    end = max((n for box, n in found.items() if box not in last), default=-1) + 1
    return found | dict.fromkeys(last, end)


def _steps(links: Sequence[Link], column_of: Mapping[str, int]) -> list[tuple[Cell, float, Cell]]:
    """Each link as steps from one column to the next: from what, how far below its top, to what."""
    found: dict[tuple[Cell, float, Cell], None] = {}
    for link in links:
        here: Cell = link.source
        port = link.port
        for column in range(column_of[link.source] + 1, column_of[link.target]):
            there = Pass(link.target, column)
            found[here, port, there] = None
            here, port = there, _LINE / 2
        found[here, port, link.target] = None
    return list(found)


def _filled(
    heights: Mapping[str, float], column_of: Mapping[str, int], steps: Sequence[tuple[Cell, float, Cell]]
) -> list[list[Cell]]:
    columns: list[list[Cell]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for box in heights:
        columns[column_of[box]].append(box)
    for passes in dict.fromkeys(there for _, _, there in steps if isinstance(there, Pass)):
        columns[passes.column].append(passes)
    return columns


def _order(columns: list[list[Cell]], steps: Sequence[tuple[Cell, float, Cell]]) -> None:
    """Put each column into the order, of those tried, in which the fewest lines cross."""
    before: dict[Cell, list[tuple[Cell, float]]] = defaultdict(list)
    after: dict[Cell, list[tuple[Cell, float]]] = defaultdict(list)
    for source, port, target in steps:
        before[target].append((source, port / 1000))  # a port shifts a line a little within its box
        after[source].append((target, 0.0))
    best, fewest = [list(column) for column in columns], _crossings(columns, before)
    for sweep in range(SWEEPS):
        ways = before if sweep % 2 == 0 else after
        for column, beside in _pairs(columns, is_forward=sweep % 2 == 0):
            place = {cell: n for n, cell in enumerate(beside)}
            own = {cell: n for n, cell in enumerate(column)}
            centre = {cell: _mean([place[one] + shift for one, shift in ways[cell]], own[cell]) for cell in column}
            column.sort(key=lambda cell: (centre[cell], own[cell]))
        count = _crossings(columns, before)
        if count < fewest:
            best, fewest = [list(column) for column in columns], count
    columns[:] = best


def _pairs(columns: list[list[Cell]], *, is_forward: bool) -> list[tuple[list[Cell], list[Cell]]]:
    pairs = list(zip(columns[1:], columns, strict=False))
    return pairs if is_forward else [(beside, column) for column, beside in reversed(pairs)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else float(otherwise)


def _crossings(columns: list[list[Cell]], before: Mapping[Cell, Sequence[tuple[Cell, float]]]) -> int:
    """How many pairs of lines cross between two columns, by counting inversions."""
    total = 0
    for column, beside in _pairs(columns, is_forward=True):
        place = {cell: n for n, cell in enumerate(beside)}
        ends = [
            place[one] + shift for cell in column for one, shift in sorted(before.get(cell, ()), key=lambda w: w[1])
        ]
        total += _inversions(ends)[1]
    return total


def _inversions(values: Sequence[float]) -> tuple[list[float], int]:
    """The values sorted, and how many pairs stood the wrong way round (by merging)."""
    if len(values) < 2:
        return list(values), 0
    middle = len(values) // 2
    left, one = _inversions(values[:middle])
    right, two = _inversions(values[middle:])
    merged, count, i = [], one + two, 0
    for value in right:
        while i < len(left) and left[i] <= value:
            merged.append(left[i])
            i += 1
        count += len(left) - i
        merged.append(value)
    return merged + left[i:], count


def _height(cell: Cell, heights: Mapping[str, float]) -> float:
    return _LINE if isinstance(cell, Pass) else heights[cell]


def _heights(
    columns: list[list[Cell]], steps: Sequence[tuple[Cell, float, Cell]], heights: Mapping[str, float]
) -> dict[Cell, float]:
    """The upper edge of each cell, so that lines are as level as the order and the gaps allow; the least is 0."""
    pulls: dict[Cell, list[tuple[Cell, float]]] = defaultdict(list)  # a cell would stand at the other's top plus this
    for source, port, target in steps:
        at = _height(target, heights) / 2
        pulls[target].append((source, port - at))
        pulls[source].append((target, at - port))
    tops: dict[Cell, float] = {}
    for column in columns:
        _settle(column, [0.0] * len(column), heights, tops)
    for sweep in range(2 * SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [_mean([tops[one] + shift for one, shift in pulls[cell]], tops[cell]) for cell in column]
            _settle(column, wanted, heights, tops)
    least = min(tops.values(), default=0.0)
    return {cell: top - least for cell, top in tops.items()}


def _settle(
    column: Sequence[Cell], wanted: Sequence[float], heights: Mapping[str, float], tops: dict[Cell, float]
) -> None:
    """Put the cells of a column as near as can be to where they are wanted, in their order and with their gaps.

    Least squares under an order: neighbours that would overlap share the mean of what they want (pool adjacent
    violators; Barlow and others, 1972).
    """
    blocks: list[tuple[float, int]] = []  # mean and size
    offsets, offset = [], 0.0
    for cell in column:
        offsets.append(offset)
        offset += _height(cell, heights) + (GAP / 2 if isinstance(cell, Pass) else GAP)
    for want, shift in zip(wanted, offsets, strict=True):
        mean, size = want - shift, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    spread = [mean for mean, size in blocks for _ in range(size)]
    for cell, mean, shift in zip(column, spread, offsets, strict=True):
        tops[cell] = mean + shift
