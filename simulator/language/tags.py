"""The tags of a template found in a text: where each stands, and the text between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.terms import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

USABLE = "Templates may use {{ … }}, {% if %}, {% elif %}, {% else %} and {% endif %}."

_OPENING = re.compile(r"\{(?:\{-?|%[-+]?|#)")
_CLOSING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|-?\}\}|[-+]?%\}|#\}|\{[{%#]")


class Tag(NamedTuple):
    """A stretch of text and the tag behind it (at the end of the text there is none: `kind` is empty)."""

    before: str
    kind: str  # {{ or {%
    inner: str
    start: int
    inner_start: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """The tags in their order, with the white space around them taken away as Jinja2's trim and lstrip do."""
    position, is_line_start = 0, True
    while opening := _OPENING.search(text, position):
        kind = opening.group()[:2]
        closing = _closing(text, opening.start(), opening.end(), kind)
        before = text[position : opening.start()]
        if opening.group().endswith("-"):
            before = before.rstrip()
        elif opening.group() == "{%":
            before = _without_indent(before, is_line_start=is_line_start)
        end = _trimmed(text, closing)
        yield Tag(before, kind, text[opening.end() : closing.start()], opening.start(), opening.end(), closing.end())
        position, is_line_start = end, text[end - 1] == "\n"
    yield Tag(text[position:], "", "", len(text), len(text), len(text))


def _closing(text: str, start: int, inner: int, kind: str) -> re.Match[str]:
    if kind == "{#":
        raise Fault("BED307", "“{#” is not used here.", start, inner, USABLE)
    wanted = {"{{": "}}", "{%": "%}"}[kind]
    for match in _CLOSING.finditer(text, inner):
        if match.group()[0] in "'\"":
            continue
        if match.group().endswith(wanted):
            return match
        break
    raise Fault("BED306", f"The {kind} that opens here is not closed.", start, inner, f"Close it with {wanted}.")


def _without_indent(before: str, *, is_line_start: bool) -> str:
    """The text before a {% without the blanks that indent the tag."""
    line = before.rfind("\n") + 1
    return before[:line] if (line or is_line_start) and not before[line:].strip() else before


def _trimmed(text: str, closing: re.Match[str]) -> int:
    """Where the text goes on behind a tag."""
    end = closing.end()
    if closing.group()[0] == "-":
        return end + len(text[end:]) - len(text[end:].lstrip())
    return end + 1 if closing.group() == "%}" and text[end : end + 1] == "\n" else end
