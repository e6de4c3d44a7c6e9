"""What `check` looks at besides what play needs: the words of a scenario, and what its coding teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.workshop.teaching import check_teaching
from simulator.workshop.texts import check_texts

if TYPE_CHECKING:
    import datetime

    from simulator.encounter.program import Program
    from simulator.language.diagnostics import Problems


def check_scenario(program: Program, problems: Problems, today: datetime.date) -> None:
    """Warn of all that can be told of a scenario that has no errors; `today` is the day it is checked on."""
    check_texts(program.scenario, problems, today)
    check_teaching(program, problems)
