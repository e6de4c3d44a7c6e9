"""A table of what the logs say of themselves, beside them; it can be thrown away and is made again from the logs."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from simulator.sessions.folders import make_folder
from simulator.sessions.summary import Summary, summary

if TYPE_CHECKING:
    from simulator.sessions.store import Store

VERSION = 2
_COLUMNS = ", ".join(field.name for field in fields(Summary))


class Index:
    """Summaries of all logs, reading only those that are new or have changed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path = store.home / f"index-{VERSION}.sqlite"

    def summaries(self) -> list[Summary]:
        """The summary of every log, oldest first."""
        if not self.store.sessions.is_dir():
            return []
        try:
            return self._read()
        except (sqlite3.Error, OSError):  # a spoilt or unwritable table is no reason not to play
            return [summary(path) for path in self.store.logs()]

    def _read(self) -> list[Summary]:
        make_folder(self.path.parent)
        table = sqlite3.connect(self.path)
        try:
            names = ", ".join(
                f"{field.name} {'INTEGER' if field.type == 'int' else 'TEXT'}" for field in fields(Summary)
            )
            table.execute(f"CREATE TABLE IF NOT EXISTS sessions (file TEXT PRIMARY KEY, stamp TEXT, {names})")
            found = self._refreshed(table)
            table.commit()
            return found
        finally:
            table.close()

    def _refreshed(self, table: sqlite3.Connection) -> list[Summary]:
        known = {row[0]: row for row in table.execute(f"SELECT file, stamp, {_COLUMNS} FROM sessions")}
        found = []
        with os.scandir(self.store.sessions) as files:
            logs = sorted((file for file in files if file.name.endswith(".jsonl")), key=lambda file: file.name)
        for file in logs:
            stat = file.stat()
            stamp = f"{stat.st_size} {stat.st_mtime_ns}"
            row = known.pop(file.name, None)
            if row is not None and row[1] == stamp:
                found.append(Summary(*row[2:]))
                continue
            one = summary(self.store.sessions / file.name)
            marks = ", ".join("?" * (2 + len(fields(Summary))))
            table.execute(f"INSERT OR REPLACE INTO sessions VALUES ({marks})", (file.name, stamp, *astuple(one)))
            found.append(one)
        table.executemany("DELETE FROM sessions WHERE file = ?", [(name,) for name in known])
        return found
