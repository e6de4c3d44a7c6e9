"""The files that `bedside new` begins with: small, whole, and explained line by line."""

from __future__ import annotations

from importlib.resources import files


def starter(kind: str, name: str, path: str) -> str:
    """The text of a new scenario or rubric (`kind`) with this id; its notes name the path it is saved under."""
    text = files(__name__).joinpath(f"{kind}.yaml").read_text(encoding="utf-8")
    notes, line, rest = text.partition("\nbedside")  # names stand only in the notes above the first key
    return notes.replace("FILE", path).replace("NAME", name) + line + rest
