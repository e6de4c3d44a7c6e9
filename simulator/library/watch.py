"""A scenario under edit: its files looked at again and again, and read anew once a change has come to rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.language.diagnostics import Problems
from simulator.library.load import assembled, digest, find_rubric, read_file
from simulator.scenario.read import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.program import Program
    from simulator.library.find import Shelf

Stamp = tuple[int, int, int]  # inode, time of the last change in nanoseconds, size


@dataclass(frozen=True)
class Saved:
    """What a save came to: what is wrong, and the program if no error is among it; `about` says what is not known."""

    program: Program | None
    problems: Problems
    about: str = ""


class _File(NamedTuple):
    """A file as it was met: nothing of it where there is none."""

    stamp: Stamp | None
    sha256: str


class Watch:
    """The file at `path` and the rubrics it lists."""

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self.path, self.shelf = path, shelf
        self._rubrics: tuple[str, ...] = ()  # the names the scenario listed when it could last be read
        self._read: dict[str, _File] = {}  # as they were when they were last read
        self._met: dict[str, _File] = {}  # as they were when they were last looked at

    def read(self) -> Saved:
        """Read the files, whatever is in them."""
        problems = Problems()
        before = self._scenario()  # looked at before it is read: what is saved meanwhile is met at the next look
        data = read_file(self.path, problems)
        scenario = read_scenario(data, str(self.path), problems) if data is not None else None
        if scenario is not None:
            self._rubrics = tuple(str(name) for name in scenario.rubrics if not name.broken)
        self._read = self._met = before | self._those_listed()
        if data is None or scenario is None:
            return Saved(None, problems)
        return Saved(assembled(self.path, data, scenario, self.shelf, problems)[1], problems)

    def is_due(self) -> bool:
        """Whether the files are others than those that were read, and the same as at the last look.

        Editors empty a file before they fill it, or put another in its place: what is in between is no save.
        """
        seen, met = self._look(), self._met
        self._met = seen
        return seen == met and _texts(seen) != _texts(self._read)

    def _look(self) -> dict[str, _File]:
        return self._scenario() | self._those_listed()

    def _scenario(self) -> dict[str, _File]:
        return {"": _met(self.path, self._met.get(""))}

    def _those_listed(self) -> dict[str, _File]:
        return {name: _met(find_rubric(name, self.path, self.shelf), self._met.get(name)) for name in self._rubrics}


def _texts(files: dict[str, _File]) -> dict[str, str]:
    return {name: one.sha256 for name, one in files.items()}


def _met(path: Path | None, before: _File | None) -> _File:
    """A file as it is; its text is read only where its time, its size or the file itself is another."""
    try:
        stat = path.stat() if path else None
    except OSError:
        stat = None
    if path is None or stat is None:
        return _File(None, "")
    stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    if before is not None and before.stamp == stamp:
        return before
    data = read_file(path, Problems())
    return _File(stamp, "" if data is None else digest(data))
