"""A learner's settings. Most learners have no file of them, so that what reads it stands apart: it takes a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from simulator.language.diagnostics import Problems

THEME_NAMES = ("dark", "light", "contrast", "colour-blind")


@dataclass(frozen=True)
class Settings:
    """What a learner may set, with what is usual."""

    theme: str = "dark"
    motion: bool = True
    explain: bool = False
    overall: bool = False
    learner: str | None = None
    keys_: dict[str, str] = field(default_factory=dict)


def read_settings(path: Path, actions: Collection[str], problems: Problems) -> Settings:
    """The settings at `path`, or the usual ones where there is no file or it has mistakes."""
    if not path.is_file():
        return Settings()
    from simulator.library.settings_file import read_file_at  # noqa: PLC0415

    return read_file_at(path, actions, problems)
