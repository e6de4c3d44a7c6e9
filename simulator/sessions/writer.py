"""A log on disk, appended line by line; each line is safe before the next screen is drawn."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from simulator.sessions.chain import FIRST, Event, closed, read_log

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

_sync = getattr(os, "fdatasync", os.fsync)


class LogBusy(Exception):
    """The log is being written by another process."""


class LogWriter:
    """An open log. Use `create` or `reopen`; `close` when done."""

    def __init__(self, path: Path, fd: int, head: str) -> None:
        self.path, self.head = path, head
        self._fd = fd

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new log; FileExistsError if there is one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        _lock(fd, path)
        sync_folder(path.parent)
        return cls(path, fd, FIRST)

    @classmethod
    def reopen(cls, path: Path) -> tuple[Self, int]:
        """A log to go on with, and how many bytes of a torn last line were cut off; LogBusy if it is open elsewhere."""
        fd = os.open(path, os.O_RDWR | os.O_APPEND)
        _lock(fd, path)
        data = path.read_bytes()
        log = read_log(data)
        if log.damage:
            os.close(fd)
            raise ValueError(log.damage)
        if log.torn:
            os.ftruncate(fd, len(data) - log.torn)
            _sync(fd)
        return cls(path, fd, log.head), log.torn

    def append(self, event: Event) -> None:
        """Write one event; it is on disk when this returns."""
        line, head = closed(event, self.head)
        written = os.write(self._fd, line)
        if written != len(line):  # a full disk: take the half line back, so that the log stays whole
            os.ftruncate(self._fd, os.fstat(self._fd).st_size - written)
            raise OSError(28, "No space left on device")
        _sync(self._fd)
        self.head = head

    def close(self) -> None:
        """Give the file up."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _lock(fd: int, path: Path) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(fd)
        raise LogBusy(path.stem) from None


def sync_folder(folder: Path) -> None:
    """Make a new file's name as safe as its contents."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
