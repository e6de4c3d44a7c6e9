"""A YAML file as values that know where they stand: `Scalar`, `Mapping`, `Sequence`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.language.diagnostics import Place


class Scalar(str):
    """The text of one value exactly as written; the field it stands in decides what it means.

    `style` is "" for plain text, else one of `'`, `"`, `|`, `>`. `broken` marks a stand-in for something
    that was reported already, so that no one reports it again.
    """

    __slots__ = ("broken", "place", "style")
    place: Place
    style: str
    broken: bool

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
        n-th visible character of the source; only quoted escapes break that, and then the whole is named.
        """
        place = self.place
        if "\\" in place.source.line(place.line) and self.style == '"':
            return place
        first = _locate(self, start)
        if first is None:
            return place
        last = _locate(self, max(start, end - 1)) or first
        return type(place)(place.source, first[0], first[1], last[0], last[1] + 1)


def _locate(scalar: Scalar, index: int) -> tuple[int, int] | None:
    """Line and column (from 1) of the visible character at or before `index`; past the end, just behind it."""
    wanted = sum(1 for c in scalar[:index] if not c.isspace())
    past_end = not scalar[index : index + 1].strip()
    if past_end and wanted:
        wanted -= 1  # the character before; the caret goes one behind it
    place = scalar.place
    line, column = place.line, place.column
    if scalar.style in ("|", ">"):
        line, column = line + 1, 1  # the header line is not text
    elif scalar.style:
        column += 1
    while line <= place.end_line:
        text = place.source.line(line)
        for position in range(column, len(text) + 1):
            character = text[position - 1]
            if character.isspace():
                continue
            if scalar.style == "'" and text[position - 1 : position + 1] == "''" and position > column:
                continue  # '' stands for one quotation mark: count the second
            if wanted == 0:
                return line, position + (1 if past_end and index else 0)
            wanted -= 1
        line, column = line + 1, 1
    return None


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
