"""A conversation as a screenplay: names hang in the left margin, narration is quieter than speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from simulator.tui.literal import fitted, literal, wrapped
from simulator.tui.sheet import MEASURE, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from simulator.encounter.transcript import Turn

ASIDE = "aside"  # the manner of a narration that is an explanation, not part of the story


def margin_of(width: int) -> int:
    """Columns for names: room for a name, or on a narrow screen for its initial."""
    return 12 if width >= 60 else 3


def layout(turns: Iterable[Turn], width: int) -> list[Row]:
    """The rows of turns, an empty one between."""
    margin = margin_of(width)
    found: list[Row] = []
    for turn in turns:
        if found:
            found.append(Row())
        found += _rows(turn, margin, min(MEASURE, width - margin - 1))
    return found


def _rows(turn: Turn, margin: int, room: int) -> list[Row]:
    pad = " " * margin
    match turn.kind:
        case "speech":
            return _said(turn.who, turn.text, turn.manner, margin, room, "name")
        case "learner":
            return _said("you", turn.text, "", margin, room, "accent")
        case "visit":
            return [Row(((pad + line, "heading"),)) for line in wrapped(turn.text, room)]
        case "ending":
            title = [Row(((pad + line, "heading"),)) for line in wrapped(turn.who, room)]
            return [*title, Row(), *(Row(((pad + line, "quiet"),)) for line in wrapped(turn.text, room))]
        case "narration" if turn.manner == ASIDE:
            edge = " " * (margin - 2) + "│ "
            return [Row(((edge, "accent"), (line, "quiet"))) for line in wrapped(turn.text, room)]
        case "narration":
            return [Row(((pad + line, "quiet"),)) for line in wrapped(turn.text, room)]
    return [Row()]


def hung(label: str, text: str, margin: int, room: int, look: str) -> list[Row]:
    """A paragraph with a word in the margin before it; on a narrow screen a long word stands above it."""
    is_long = len(label) > 1 if margin < 6 else cell_len(label) > margin - 3
    if is_long and look == "quiet":
        above = [Row((((" " * margin if margin > 5 else "") + label, "quiet"),))] if label else []
        return [*above, *(Row(((" " * margin + line, "text"),)) for line in wrapped(text, room))]
    return _said(label, text, "", margin, room, look)


def _said(who: str, text: str, manner: str, margin: int, room: int, look: str) -> list[Row]:
    """A name in the margin (its initial where the margin is narrow) and the words beside it."""
    name = fitted(literal(who)[:1], margin) if margin < 6 else fitted(who, margin - 3, is_right=True) + "   "
    aside = f"({manner}) " if manner else ""
    rows = []
    for number, line in enumerate(wrapped(aside + text, room)):
        spans = [(name if number == 0 else " " * margin, look)]
        if number == 0 and aside and line.startswith(aside.strip()):
            spans += [(aside, "quiet"), (line[len(aside) :], "text")]
        else:
            spans.append((line, "text"))
        rows.append(Row(tuple(spans)))
    return rows


class Screenplay(Sheet):
    """Turns as they come; new ones appear below and the view follows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.turns: list[Turn] = []

    def show(self, turns: Iterable[Turn]) -> None:
        """Begin a page anew."""
        self.turns = list(turns)
        self.follow()

    def add(self, turns: Iterable[Turn]) -> None:
        """More turns, below."""
        self.turns += turns
        self.follow()

    def follow(self) -> None:
        """Lay out, and show the end."""
        self.lay_out()
        self.scroll_end(animate=False, immediate=True)
        self.call_after_refresh(self.scroll_end, animate=False, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        """Reflow, and show the end again: more choices below leave less room here."""
        self.follow()

    def rows(self, width: int) -> list[Row]:
        """The turns."""
        return layout(self.turns, width)
