"""Ways of choosing that need no understanding of the patient, to see what they would earn."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.encounter.program import Choice
    from simulator.explore.graph import Situation

# the places (in file order) of the choices that a strategy takes in a situation, each with the same chance
Strategy = Callable[["Situation"], tuple[int, ...]]


def strategies(warm: Iterable[str], values: Callable[[Situation], Sequence[Any]]) -> dict[str, Strategy]:
    """Every strategy by name; where several choices are alike to one, it takes each with the same chance.

    `longest` and `shortest` go by the characters of a choice's text, `warmest` by how many of the `warm` words and
    phrases stand in it, `greedy` by its value, which `values` gives for each in a situation; `first` is the first in
    the file.
    """
    warmth = warmth_of(warm)
    return {
        "random": lambda situation: tuple(range(len(situation.choices))),
        "first": lambda _: (0,),
        "longest": lambda situation: most([len(text(one)) for one in situation.choices]),
        "shortest": lambda situation: most([-len(text(one)) for one in situation.choices]),
        "warmest": lambda situation: most([warmth(text(one)) for one in situation.choices]),
        "greedy": lambda situation: most(values(situation)),
    }


def most(numbers: Sequence[Any]) -> tuple[int, ...]:
    """The places of the greatest."""
    top = max(numbers)
    return tuple(at for at, number in enumerate(numbers) if number == top)


def text(choice: Choice) -> str:
    """The words of a choice; where something is to be filled in, as the author wrote it."""
    return choice.text if isinstance(choice.text, str) else choice.text.text


def warmth_of(warm: Iterable[str]) -> Callable[[str], int]:
    """A function that counts the warm words and phrases in a text, whatever their capitals and apostrophes."""
    phrases = sorted({plain(one) for one in warm} - {""}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)") if phrases else None
    return cache(lambda words: len(pattern.findall(plain(words))) if pattern else 0)


def plain(words: str) -> str:
    """Small letters, straight apostrophes, one blank between words."""
    return " ".join(words.lower().replace("’", "'").split())
