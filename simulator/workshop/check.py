"""All that `bedside check` looks at in a scenario that has no mistakes: what a sound file can still teach badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.explore.graph import TooMany, explore
from simulator.library.words import warm_words
from simulator.workshop.explored import MOST_STATES, check_explored
from simulator.workshop.tells import check_tells

if TYPE_CHECKING:
    from simulator.encounter.program import Program
    from simulator.language.diagnostics import Problems


def check_program(program: Program, problems: Problems) -> bool:
    """Warn of all that can be found; False where there are too many states to look at every playthrough."""
    try:
        graph = explore(program, MOST_STATES)
    except TooMany:
        return False
    if not any(one.code.startswith("BED5") for one in problems):  # what follows from those would be an echo
        check_explored(program, graph, problems)
    check_tells(program, graph, warm_words(), problems)
    return True
