"""Problems as values: where, what, and how to mend it.

Every reader and check returns a list of `Diagnostic` and goes on; only `report/` turns them into text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable


class Severity(StrEnum):
    """How much a problem matters: an error stops the file from being played, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, eq=False)
class Source:
    """One authored file: the name it is shown under, and its text with `\\n` line ends."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; index 0 is line 1."""
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """Line `number` (from 1), or nothing past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


class Place(NamedTuple):
    """A stretch of a source: lines and columns from 1, in characters; the end is exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    def point(self) -> Place:
        """The first character of this stretch only."""
        return Place(self.source, self.line, self.column, self.line, self.column + 1)

    def since(self, other: Place) -> Place:
        """The part of this stretch from the beginning of another on."""
        return Place(self.source, other.line, other.column, self.end_line, self.end_column)

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One problem. `message` says what is wrong, `note` why it matters, `help` what to write instead."""

    code: str
    message: str
    place: Place | None = None
    file: str = ""
    note: str = ""
    help: str = ""
    related: tuple[tuple[str, Place], ...] = field(default=())

    @property
    def severity(self) -> Severity:
        """Fixed by the code, so that a code always means the same."""
        return Severity(CODES[self.code][0])

    @property
    def where(self) -> str:
        """The file this is about."""
        return self.place.source.name if self.place else self.file

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used."""
        return self.severity is Severity.ERROR

    def sort_key(self) -> tuple[str, int, int, str]:
        """In reading order, file by file."""
        place = self.place
        return (self.where, place.line if place else 0, place.column if place else 0, self.code)


class Problems(list[Diagnostic]):
    """A list that is handed down through a reading and collects what it meets, up to `MOST` of each severity."""

    MOST = 1000  # a hostile file must not make a report of a hundred thousand lines
    HELPED = 100  # looking for the nearest name takes time; whoever has more problems mends these first

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[tuple[str, Place | str]] = set()
        self._kept: Counter[str] = Counter()  # by severity: warnings must not crowd out an error
        self.left_out = 0
        self.stray: set[str] = set()  # ids that were found, but not where they belong: references to them are echoes

    def report(
        self,
        code: str,
        message: str,
        place: Place | None,
        *,
        note: str = "",
        help: str | Callable[[], str] = "",
        file: str = "",
        related: tuple[tuple[str, Place], ...] = (),
    ) -> None:
        """Add one problem; a second of the same code at the same place is dropped as an echo of the first."""
        key = (code, place or file + message)
        if key in self._seen:
            return
        severity = CODES[code][0]
        if self._kept[severity] >= self.MOST:
            self.left_out += 1
            return
        self._seen.add(key)
        self._kept[severity] += 1
        if not isinstance(help, str):
            help = help() if len(self) < self.HELPED else ""
        self.append(Diagnostic(code, message, place, file, note, help, related))

    def adopt(self, found: Problems) -> None:
        """Take over what was found apart from these."""
        for one in found:
            self.report(
                one.code, one.message, one.place, note=one.note, help=one.help, file=one.file, related=one.related
            )
        self.left_out += found.left_out

    def withdraw(self, code: str, within: Place) -> None:
        """Take back the problems of a code within a stretch: something better is said of it."""
        start, end = (within.line, within.column), (within.end_line, within.end_column)
        for one in [one for one in self if one.code == code and one.place]:
            if one.place and one.place.source is within.source and start <= (one.place.line, one.place.column) < end:
                self.remove(one)
                self._kept[one.severity] -= 1

    @property
    def errors(self) -> list[Diagnostic]:
        """Those that stop the file from being used."""
        return [p for p in self if p.is_error]
