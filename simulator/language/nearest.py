"""The nearest known spelling, for suggestions."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_COMPARED = 300  # of a longer list only those are compared that begin alike


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None if none is near."""
    names = [str(name) for name in known]
    if len(names) > MOST_COMPARED:
        names = [name for name in names if name[:2] == word[:2] and abs(len(name) - len(word)) < 3][:MOST_COMPARED]
    found = get_close_matches(word[:80], names, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], shown: Iterable[str] = ()) -> str:
    """A sentence for a help line: the nearest name, or all of them where they are few, or nothing.

    `shown` names each thing once, where `known` holds several forms of it.
    """
    names = sorted({str(name) for name in known})
    found = nearest(word, names)
    if found:
        return f"Did you mean “{found}”?"
    names = sorted({str(name) for name in shown}) or names
    if names and len(names) <= 24:
        return f"Known here: {', '.join(names)}."
    return ""
