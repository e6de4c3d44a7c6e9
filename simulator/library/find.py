"""Where scenario and rubric files are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import simulator

What = Literal["scenarios", "rubrics"]


def shipped(what: What) -> Path:
    """The folder that comes with Bedside: inside the wheel, or beside the package in a checkout."""
    package = Path(simulator.__file__).parent
    inside = package / "shipped" / what
    return inside if inside.is_dir() else package.parent / what


@dataclass(frozen=True)
class Shelf:
    """The folders looked in, first found first: the working directory's, the user's own, the shipped."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, home: Path) -> Shelf:
        """The usual folders; `home` is the user's data folder."""
        return cls((Path.cwd(), home))

    def places(self, what: What) -> list[Path]:
        """The folders for scenarios or rubrics."""
        return [folder / what for folder in self.folders] + [shipped(what)]

    def all(self, what: What) -> dict[str, Path]:
        """Every file by id, sorted; where two folders hold one id, the first counts."""
        found: dict[str, Path] = {}
        for folder in self.places(what):
            for path in sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml")):
                found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def find(self, what: What, name: str, beside: tuple[Path, ...] = ()) -> Path | None:
        """The file of an id, or the file a path names; `beside` are folders to look in first."""
        if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
            path = Path(name)
            return path if path.is_file() else None
        for folder in [*beside, *self.places(what)]:
            for suffix in (".yaml", ".yml"):
                path = folder / f"{name}{suffix}"
                if path.is_file():
                    return path
        return None
