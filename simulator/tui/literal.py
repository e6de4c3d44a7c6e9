"""The one way by which authored and typed text reaches a widget: as itself, never as markup or as a command."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from simulator.language.text import FORBIDDEN


def literal(text: str) -> str:
    """The text without anything a terminal would obey."""
    # a lone surrogate (a broken byte that was typed) cannot be written to a terminal
    return FORBIDDEN.sub("", text).replace("\t", "    ").encode("utf-8", "ignore").decode("utf-8")


def content(text: str, style: str = "") -> Content:
    """The text for a widget that takes content; brackets in it stay brackets."""
    return Content.styled(literal(text), style) if style else Content(literal(text))


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text at `width` cells; line breaks are kept, and an empty text is one empty line."""
    lines: list[str] = []
    for line in literal(text).split("\n"):
        lines += [one.plain.rstrip() for one in Content(line).wrap(max(2, width))] if line.strip() else [""]
    return lines


def fitted(text: str, width: int, *, is_right: bool = False) -> str:
    """One line of exactly `width` cells: filled up with blanks, or cut with an ellipsis."""
    line = " ".join(literal(text).split())
    if cell_len(line) > width:
        line = set_cell_size(line, max(0, width - 1)) + "…" * (width > 0)
    pad = " " * (width - cell_len(line))
    return pad + line if is_right else line + pad
