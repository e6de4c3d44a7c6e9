"""A meter's way through an encounter, drawn, with the moment that each bend belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from simulator.tui.keys import bind
from simulator.tui.sheet import Row, Sheet, plain

if TYPE_CHECKING:
    from textual.binding import BindingType

    from simulator.debrief.value import Bend, Curve

HEIGHT = 6  # rows for the plot
MOST_COLUMNS = 72


class CurveSheet(Sheet):
    """One curve at a time; left and right go from bend to bend, up and down to another meter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("step-on", "bend(1)", "bend"),
        bind("step-back", "bend(-1)", "", show=False),
        bind("item-up", "meter(-1)", "", show=False),
        bind("item-down", "meter(1)", "meter"),
        bind("open-moment", "open"),
    ]

    def __init__(self, curves: tuple[Curve, ...], visits: list[str], about: str) -> None:
        super().__init__()
        self.curves, self.visits, self.about = curves, visits, about
        self.which, self.bend = 0, 0

    @property
    def curve(self) -> Curve:
        """The one shown."""
        return self.curves[self.which]

    @property
    def at(self) -> Bend | None:
        """The bend shown."""
        return self.curve.bends[self.bend] if self.curve.bends else None

    def rows(self, width: int) -> list[Row]:
        """The plot, and the words of one bend."""
        if not self.curves:
            return plain("This encounter has no meters.", width)
        names = [(f" {curve.meter} ", "marked" if n == self.which else "quiet") for n, curve in enumerate(self.curves)]
        found = [Row(tuple(names)), Row()]
        found += self._plot(width)
        found.append(Row())
        found += self._words(width)
        found += [Row(), *plain(self.about, width, "quiet")]
        return found

    def _plot(self, width: int) -> list[Row]:
        curve = self.curve
        span = max(1, curve.hi - curve.lo)
        room = max(8, min(MOST_COLUMNS, width - 8))
        step = max(1, min(8, room // max(1, len(curve.values))))
        levels = [round((value - curve.lo) * (HEIGHT - 1) / span) for value in curve.values]
        decision = min(self.at.decision, len(levels) - 1) if self.at else -1
        column = 1 + (decision - 1) * step + step // 2 if decision > 0 else decision
        rows = []
        for level in reversed(range(HEIGHT)):
            label = {HEIGHT - 1: curve.hi, 0: curve.lo}.get(level)
            axis = f"{label:>4} ┤" if label is not None else "     │"
            line = "".join(_cell(levels, n, level) * (1 if n == 0 else step) for n in range(len(levels)))
            line = _corners(line, levels, level, step)[:room]
            rows.append(_with_mark(axis, line, column if levels[decision] == level else -1))
        return [*rows, self._visits(step, room)]

    def _visits(self, step: int, room: int) -> Row:
        """Below the plot, each visit where it begins; a title that has no room is left out."""
        line = ""
        for number, title in enumerate(self.visits):
            if number and title == self.visits[number - 1]:
                continue
            at = 1 + number * step if number else 0
            short = title.split(",")[0]
            if at >= len(line) + (1 if line else 0) and at + len(short) <= room:
                line = line.ljust(at) + short
        return Row(((f"      {line}", "quiet"),))

    def _words(self, width: int) -> list[Row]:
        bend = self.at
        if bend is None:
            return plain(f"{self.curve.meter} did not move: {self.curve.values[0]} all the way.", width)
        count = f"bend {self.bend + 1} of {len(self.curve.bends)}"
        found = [Row(((f"{self.curve.meter} {bend.before} → {bend.after}", "strong"), (f"   {count}", "quiet")))]
        found += plain(f"{bend.visit}: {bend.cause}", width)
        if bend.because:
            found += plain(f"Because: {bend.because}", width, "quiet")
        found += plain(bend.id, width, "quiet")
        return found

    def action_bend(self, by: int) -> None:
        """Another bend."""
        if self.curve.bends:
            self.bend = (self.bend + by) % len(self.curve.bends)
            self.lay_out()

    def action_meter(self, by: int) -> None:
        """Another meter."""
        if self.curves:
            self.which = (self.which + by) % len(self.curves)
            self.bend = 0
            self.lay_out()

    def action_open(self) -> None:
        """The moment of this bend."""
        if self.at and self.at.decision:
            self.screen.open_moment(self.at.decision)  # type: ignore[attr-defined]


def _cell(levels: list[int], n: int, level: int) -> str:
    """What one value puts on one row: a line where it is, a riser where it comes from."""
    before = levels[n - 1] if n else levels[n]
    low, high = min(before, levels[n]), max(before, levels[n])
    if level == levels[n]:
        return "─"
    return "│" if low <= level <= high else " "


def _corners(line: str, levels: list[int], level: int, step: int) -> str:
    """The same row with its risers one column wide and its corners round."""
    cells = list(line)
    for n in range(1, len(levels)):
        at = 1 + (n - 1) * step
        before, now = levels[n - 1], levels[n]
        low, high = min(before, now), max(before, now)
        if before == now or not low <= level <= high:
            continue
        corner = "│"
        if level == now:
            corner = "╭" if now > before else "╰"
        elif level == before:
            corner = "╯" if now > before else "╮"
        cells[at] = corner
        for column in range(at + 1, min(at + step, len(cells))):
            cells[column] = "─" if level == now else " "
    return "".join(cells)


def _with_mark(axis: str, line: str, mark: int) -> Row:
    if 0 <= mark < len(line):
        return Row(((axis, "quiet"), (line[:mark], "text"), ("●", "accent"), (line[mark + 1 :], "text")))
    return Row(((axis, "quiet"), (line, "text")))
