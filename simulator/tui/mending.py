"""What is wrong with the last save: every problem with its place, its line, and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from simulator.report.problems import count_text
from simulator.tui.literal import literal
from simulator.tui.reading import ReadingScreen
from simulator.tui.sheet import MEASURE, Row, Sheet, plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from simulator.language.diagnostics import Diagnostic, Place, Problems
    from simulator.library.watch import Saved

INDENT = 2


class ProblemSheet(Sheet):
    """Problems in the order of the file, as `check` tells them."""

    def __init__(self, saved: Saved, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.saved = saved

    def rows(self, width: int) -> list[Row]:
        """The count, then each problem over a few rows."""
        found = plain(problem_count(self.saved.problems), width, "strong")
        found += plain(self.saved.about, width, "quiet") if self.saved.about else []
        for one in sorted(self.saved.problems, key=lambda one: one.sort_key()):
            found += [Row(), *problem_rows(one, width)]
        return found


def problem_count(problems: Problems) -> str:
    """How many there are, and that there may be more."""
    more = f" … and {problems.left_out} more." if problems.left_out else ""
    return count_text(problems, 1).replace(" in 1 file", "") + more


def problem_rows(one: Diagnostic, width: int) -> list[Row]:
    """One problem: where and which, what is wrong, the line with a caret, and the fix."""
    place = one.place
    where = f"{Path(one.where).name}:{place.line}:{place.column}" if place else Path(one.where).name
    found = plain(f"{where} {one.severity} {one.code}", width, "accent")
    found += plain(one.message, width, "text")
    if place:
        found += _excerpt(place, min(MEASURE, width - 1))
    for label, other in one.related:
        found += plain(f"{label}: {Path(other.source.name).name}:{other.line}:{other.column}", width, "quiet", INDENT)
    for label, text in (("note", one.note), ("help", one.help)):
        if text:
            found += plain(f"{label}: {text}", width, "quiet", INDENT)
    return found


def _excerpt(place: Place, width: int) -> list[Row]:
    """The line, cut so that the place is seen, and carets under it."""
    margin = f"{place.line} │ "
    room = max(8, width - len(margin))
    line = literal(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in place.source.line(place.line))
    )
    at = min(place.column - 1, len(line))
    start = max(0, at - room // 2) if cell_len(line) > room else 0
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    shown = line[start : start + room]
    while cell_len(shown) > room:
        shown = shown[:-1]
    before = cell_len(shown[: at - start])
    carets = max(1, min(cell_len(line[at:end]), room - before))
    pad = " " * (len(margin) - 2)
    return [
        Row(((margin, "quiet"), (shown, "text"))),
        Row(((f"{pad}│ ", "quiet"), (" " * before + "^" * carets, "accent"))),
    ]


class MendingScreen(ReadingScreen):
    """The problems of the last save; another save shows others."""

    TITLE_OF = "What to mend"
    CAN_DO = "Mend the file in your editor and save it: this list follows. Go back with escape or enter."

    def __init__(self, saved: Saved) -> None:
        super().__init__("What to mend", "")
        self.saved = saved

    def body(self) -> ComposeResult:
        """The list."""
        yield ProblemSheet(self.saved, id="page")

    def show(self, saved: Saved) -> None:
        """The problems of another save."""
        sheet = self.query_one(ProblemSheet)
        self.saved = sheet.saved = saved
        sheet.lay_out()
