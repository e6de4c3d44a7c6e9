"""What `check` looks at besides what play needs: words, what the coding teaches, and what every playthrough shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.explore.graph import MOST_IN_PASSING as MOST_STATES
from simulator.explore.graph import TooMany, explore
from simulator.library.words import warm_words
from simulator.workshop.explored import check_explored
from simulator.workshop.teaching import check_teaching
from simulator.workshop.tells import check_tells
from simulator.workshop.texts import check_texts

if TYPE_CHECKING:
    import datetime

    from simulator.encounter.program import Program
    from simulator.language.diagnostics import Problems


def check_scenario(program: Program, problems: Problems, today: datetime.date) -> bool:
    """Warn of all that can be told of a scenario that has no errors; `today` is the day it is checked on.

    False where there are too many states to look at every playthrough, so that some things are left unsaid.
    """
    is_sound = not any(one.code.startswith("BED5") for one in problems)  # what follows from those would be an echo
    check_texts(program.scenario, problems, today)
    check_teaching(program, problems)
    try:
        graph = explore(program, MOST_STATES)
    except TooMany:
        return False
    if is_sound:
        check_explored(program, graph, problems)
    check_tells(program, graph, warm_words(), problems)
    return True
