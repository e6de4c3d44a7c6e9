"""A YAML file as values that know where they stand: `Scalar`, `Mapping`, `Sequence`."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.language.diagnostics import Place


# What stands for one character of a text, by its style; white space is left out, as folding changes it.
_PIECES: Final = {
    "'": re.compile(r"''|\S"),
    '"': re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.|$)|\S"),
}
_VISIBLE: Final = re.compile(r"\S")
_BLANK_ESCAPES: Final = frozenset("\\" + letter for letter in (*"tnvfr _NLP\t", ""))


class Scalar(str):
    """The text of one value exactly as written; the field it stands in decides what it means.

    `style` is "" for plain text, else one of `'`, `"`, `|`, `>`. `broken` marks a stand-in for something
    that was reported already, so that no one reports it again.
    """

    __slots__ = ("_spots", "broken", "place", "style")
    place: Place
    style: str
    broken: bool
    _spots: _Spots  # made when it is first asked for

    @classmethod
    def at(cls, text: str, place: Place, style: str = "", *, broken: bool = False) -> Scalar:
        """A scalar standing at `place`."""
        self = cls(text)
        self.place, self.style, self.broken = place, style, broken
        return self

    @classmethod
    def stand_in(cls, place: Place) -> Scalar:
        """What takes the place of a value that was reported as missing or wrong."""
        return cls.at("", place, broken=True)

    @property
    def is_null(self) -> bool:
        """Whether nothing was written here (YAML 1.2 core: empty, `~`, `null`)."""
        return not self.style and self in ("", "~", "null", "Null", "NULL")

    def within(self, start: int, end: int) -> Place:
        """Where characters `start` to `end` of this text stand in the file.

        Folding and indentation only change white space, so the n-th visible character of the text is the
        n-th visible piece of the source.
        """
        if not hasattr(self, "_spots") or self._spots.most <= end:
            self._spots = _spots_of(self, 4 * (end + 250))
        spots, place = self._spots, self.place
        first = spots.at(self, start)
        if first is None:
            return place
        last = spots.at(self, max(start, end - 1)) or first
        return type(place)(place.source, first[0], first[1], last[0], max(last[2], first[1] + 1))


class _Spots(NamedTuple):
    """The visible among the first `most` characters: their indices, and line, start and end of each in the source."""

    most: int
    visible: array[int]
    lines: array[int]
    starts: array[int]
    ends: array[int]

    def at(self, text: str, index: int) -> tuple[int, int, int] | None:
        """Line, column and end column of the character at `index`; of white space, just behind the one before."""
        number = bisect_left(self.visible, index)
        is_visible = text[index : index + 1].strip() != ""
        if not is_visible and number:
            number -= 1
        if number >= len(self.lines) or number >= len(self.visible):
            return None
        if is_visible or self.visible[number] >= index:
            return self.lines[number], self.starts[number], self.ends[number]
        return self.lines[number], self.ends[number], self.ends[number] + 1


def _spots_of(scalar: Scalar, most: int) -> _Spots:
    visible = array("L", (match.start() for match in _VISIBLE.finditer(scalar, 0, most)))
    spots = _Spots(most, visible, array("L"), array("L"), array("L"))
    for (number, start, end), index in zip(_pieces(scalar), visible, strict=False):
        written = scalar.place.source.line(number)[start:end]
        if written[0] not in ("\\", scalar[index]):
            return _Spots(most, visible, array("L"), array("L"), array("L"))  # made up, not written at its place
        spots.lines.append(number)
        spots.starts.append(start + 1)
        spots.ends.append(end + 1)
    return spots


def _pieces(scalar: Scalar) -> Iterator[tuple[int, int, int]]:
    """Line (from 1), start and end (from 0) of what stands for each visible character of a text."""
    place, piece = scalar.place, _PIECES.get(scalar.style, _VISIBLE)
    is_block = scalar.style in ("|", ">")  # its header line is not text
    start = 0 if is_block else place.column - 1 + len(scalar.style)
    for number in range(place.line + is_block, place.end_line + 1):
        line = place.source.line(number)
        end = place.end_column - 1 - len(scalar.style) if number == place.end_line else len(line)
        for match in piece.finditer(line, start, max(0, end)):
            if scalar.style != '"' or not _is_blank_escape(match.group()):
                yield number, *match.span()
        start = 0


def _is_blank_escape(piece: str) -> bool:
    if len(piece) < 4 or piece[0] != "\\":
        return piece in _BLANK_ESCAPES
    return chr(int(piece[2:], 16)).isspace()


class Mapping(dict[Scalar, "Scalar | Mapping | Sequence"]):
    """Keys and values in the order written; keys are scalars, so each knows its place."""

    __slots__ = ("broken", "place")
    place: Place
    broken: bool

    @classmethod
    def at(cls, place: Place, *, broken: bool = False) -> Mapping:
        """An empty mapping standing at `place`."""
        self = cls()
        self.place, self.broken = place, broken
        return self


class Sequence(list["Scalar | Mapping | Sequence"]):
    """Items in the order written."""

    __slots__ = ("place",)
    place: Place

    @classmethod
    def at(cls, place: Place) -> Sequence:
        """An empty sequence standing at `place`."""
        self = cls()
        self.place = place
        return self


Value = Scalar | Mapping | Sequence
