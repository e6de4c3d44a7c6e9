"""The folder of the learner's logs, with the texts they were played from kept once each beside them."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulator.library.load import Texts, digest
from simulator.sessions.writer import sync_folder

if TYPE_CHECKING:
    from pathlib import Path


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """`home/sessions/*.jsonl` and `home/texts/<sha-256>.yaml`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.sessions = home / "sessions"
        self.texts = home / "texts"

    def new_id(self, scenario: str) -> str:
        """An id for a session: when, what, and a little chance."""
        return f"{now().replace(':', '').replace('-', '')}-{scenario[:40]}-{secrets.token_hex(3)}"

    def path(self, session: str) -> Path:
        """The log of a session."""
        return self.sessions / f"{session}.jsonl"

    def logs(self) -> list[Path]:
        """Every log, oldest first (ids begin with the time)."""
        return sorted(self.sessions.glob("*.jsonl"))

    def find(self, name: str) -> list[Path]:
        """The logs a name may mean: a path, an id, or any part of an id."""
        from pathlib import Path as File  # noqa: PLC0415

        if name.endswith(".jsonl") and File(name).is_file():
            return [File(name)]
        if self.path(name).is_file():
            return [self.path(name)]
        return [path for path in self.logs() if name in path.stem]

    def keep(self, texts: Texts) -> dict[str, Any]:
        """Keep the texts of a program, and give the fields by which a log names them."""
        self.texts.mkdir(parents=True, exist_ok=True)
        for data in (texts.scenario, *texts.rubrics.values()):
            path = self.texts / f"{digest(data)}.yaml"
            if not path.exists():
                self._write(path, data)
        return {
            "scenario": {"id": texts.id, "sha256": digest(texts.scenario)},
            "rubrics": [{"id": id_, "sha256": digest(data)} for id_, data in texts.rubrics.items()],
        }

    def kept(self, started: dict[str, Any]) -> Texts:
        """The texts a log names; KeyError with a sentence if one is gone or was changed."""
        scenario = started["scenario"]
        rubrics = {one["id"]: self._read(one["sha256"]) for one in started["rubrics"]}
        return Texts(scenario["id"], self._read(scenario["sha256"]), rubrics)

    def _read(self, sha256: str) -> bytes:
        path = self.texts / f"{sha256}.yaml"
        try:
            data = path.read_bytes() if len(sha256) == 64 and sha256.isalnum() else b""
        except OSError:
            raise KeyError(f"the text it was played from ({sha256[:12]}…) is not in {self.texts}") from None
        if digest(data) != sha256:
            raise KeyError(f"the text it was played from ({sha256[:12]}…) was changed in {self.texts}")
        return data

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all."""
        draft = path.with_suffix(f".{secrets.token_hex(4)}.part")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
