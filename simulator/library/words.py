"""The list of warm words that comes with Bedside."""

from __future__ import annotations

from pathlib import Path

import simulator


def warm_words() -> tuple[str, ...]:
    """Words and phrases that sound warm whatever was said before; lines that begin with # are remarks."""
    text = (Path(simulator.__file__).parent / "explore" / "warm-words.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
