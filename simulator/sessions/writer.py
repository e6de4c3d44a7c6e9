"""A log on disk, appended line by line; each line is safe before the next screen is drawn."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Self

from simulator.sessions.chain import FIRST, Event, Log, closed, read_log
from simulator.sessions.folders import make_folder, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

_sync = getattr(os, "fdatasync", os.fsync)
_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)  # Windows would write \r\n


class LogBusy(Exception):
    """The log is being written by another process."""


class LogWriter:
    """An open log. Use `begin` or `reopen`; `close` when done."""

    def __init__(self, path: Path, fd: int, head: str = FIRST, end: int = 0, torn: int = 0) -> None:
        self.path, self.head = path, head
        self._fd, self._end, self._torn = fd, end, torn  # `_end`: how many bytes are whole lines

    @classmethod
    def begin(cls, path: Path, first: Event) -> Self:
        """A new log with its first line, or none at all; FileExistsError if there is one."""
        make_folder(path.parent)
        fd = os.open(path, os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        self = cls(path, fd)
        try:
            _lock(fd, path, wait=True)  # someone may be looking at the empty file, and will not look long
            self.append(first)
            sync_folder(path.parent)
        except BaseException:
            self.close()
            path.unlink(missing_ok=True)
            raise
        return self

    @classmethod
    def reopen(cls, path: Path) -> tuple[Self, Log]:
        """A log to go on with, and what it holds; LogBusy if it is open elsewhere.

        Nothing in it is changed: what is torn is cut off when the next line is written.
        """
        fd = os.open(path, _FLAGS)
        try:
            _lock(fd, path)
            with open(fd, "rb", closefd=False) as file:  # what was locked, whatever the path names by now
                data = file.read()
        except BaseException:
            os.close(fd)
            raise
        log = read_log(data)
        return cls(path, fd, log.head, len(data) - log.torn, log.torn), log

    def append(self, event: Event) -> None:
        """Write one event; it is on disk when this returns, and nothing of it is if this raises."""
        line, head = closed(event, self.head)
        if os.fstat(self._fd).st_size != self._end + self._torn:  # where there are no locks, or an editor
            raise OSError(
                errno.EBUSY, "Another program has changed the log, so nothing more is written", str(self.path)
            )
        try:
            if self._torn:
                os.ftruncate(self._fd, self._end)
                self._torn = 0
            if os.write(self._fd, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            _sync(self._fd)
        except OSError as error:
            self._take_back()
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        except BaseException:
            self._take_back()
            raise
        self.head, self._end = head, self._end + len(line)

    def _take_back(self) -> None:
        """Leave no half line; where even that fails, write no more, for the next line would not join the last."""
        try:
            os.ftruncate(self._fd, self._end)
        except OSError:
            self.close()

    def close(self) -> None:
        """Give the file up."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _lock(fd: int, path: Path, *, wait: bool = False) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise LogBusy(path.stem) from None
    except OSError:
        return  # a network folder without locks: better to play there than not at all
