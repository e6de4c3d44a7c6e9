"""The folder of the learner's logs, with the texts they were played from kept once each beside them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.library.load import Texts, digest
from simulator.sessions.folders import make_folder, write_whole


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def short(session: str) -> str:
    """The end of a session's id, by which it can be found."""
    return session.rsplit("-", 1)[-1]


class Store:
    """`home/sessions/*.jsonl`, `home/texts/<sha-256>.yaml`, and `home/rescored/*.jsonl`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.sessions = home / "sessions"
        self.texts = home / "texts"
        self.rescored = home / "rescored"

    def new_id(self, scenario: str) -> str:
        """An id for a session: when (to the millisecond, so that ids sort by time), what, and a little chance."""
        when = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
        return f"{when}Z-{scenario[:40]}-{secrets.token_hex(3)}"

    def path(self, session: str) -> Path:
        """The log of a session."""
        return self.sessions / f"{session}.jsonl"

    def logs(self) -> list[Path]:
        """Every log, oldest first (ids begin with the time)."""
        return sorted(self.sessions.glob("*.jsonl"))

    def find(self, name: str) -> list[Path]:
        """The logs a name may mean: a path, an id, or any part of an id."""
        if name.endswith(".jsonl") and _is_file(name):
            return [Path(name)]
        logs = self.logs()
        return [path for path in logs if path.stem == name] or [path for path in logs if name in path.stem]

    def keep(self, texts: Texts) -> dict[str, Any]:
        """Keep the texts of a program, and give the fields by which a log names them."""
        make_folder(self.texts)
        for data in (texts.scenario, *texts.rubrics.values()):
            path = self.texts / f"{digest(data)}.yaml"
            if not _holds(path, data):  # a text that someone changed would make this log one that cannot be replayed
                write_whole(path, data)
        return self.names(texts)

    @staticmethod
    def names(texts: Texts) -> dict[str, Any]:
        """The fields by which a log names the texts of a program."""
        return {
            "scenario": {"id": texts.id, "sha256": digest(texts.scenario)},
            "rubrics": [{"id": id_, "sha256": digest(data)} for id_, data in texts.rubrics.items()],
        }

    def kept(self, started: dict[str, Any]) -> Texts:
        """The texts a log names; KeyError with a sentence if one is gone, ValueError if one was changed."""
        scenario = started["scenario"]
        rubrics = {one["id"]: self._read(one["sha256"]) for one in started["rubrics"]}
        return Texts(scenario["id"], self._read(scenario["sha256"]), rubrics)

    def _read(self, sha256: str) -> bytes:
        path = self.texts / f"{sha256}.yaml"
        try:
            data = path.read_bytes()
        except OSError:
            raise KeyError(f"the text it was played from ({sha256[:12]}…) is not in {self.texts}") from None
        if digest(data) != sha256:
            raise ValueError(f"the text it was played from ({sha256[:12]}…) was changed in {self.texts}")
        return data


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # too long for a file's name
        return False
