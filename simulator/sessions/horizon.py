"""What exploring tells of one playthrough: how far it reached, and which doors closed. Kept by the hash of the texts.

`home/cache/<hash>.json` can be thrown away; it is worked out again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import simulator
from simulator.explore.doors import Foresight
from simulator.explore.graph import MOST_IN_PASSING as MOST_STATES
from simulator.explore.graph import TooMany, explore
from simulator.explore.values import Range, range_of, sigma
from simulator.explore.worth import Worth
from simulator.scoring.scores import rubric_group
from simulator.sessions.folders import make_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Program
    from simulator.explore.doors import Door
    from simulator.sessions.store import Store

VERSION: Final = 1


@dataclass(frozen=True)
class Horizon:
    """The least and the greatest Σ value by each rubric, and what can still come about from every state."""

    program: Program
    ranges: dict[str, tuple[Fraction, Fraction]]
    foresight: Foresight

    def reach(self, play: Playthrough) -> dict[str, Fraction | None]:
        """Where the Σ value of a playthrough lies between least (0) and greatest (1), by rubric; None if equal."""
        found = {}
        for rubric, (least, greatest) in self.ranges.items():
            value = sigma(self.program, play.decisions, play.state, rubric_group(self.program, rubric))
            found[rubric] = Range(least, greatest, (), ()).reach(value)
        return found

    def doors(self, play: Playthrough) -> list[Door]:
        """The doors that closed in it, the last to close first."""
        return self.foresight.doors(play.decisions, play.state)


def horizon(store: Store, started: dict[str, Any], program: Program) -> Horizon | None:
    """The horizon of what a session was played from, kept or worked out; None where there are too many states."""
    names = [simulator.__version__, VERSION, started["scenario"], *started["rubrics"]]
    path = store.home / "cache" / f"{sha256(json.dumps(names, sort_keys=True).encode()).hexdigest()}.json"
    kept = _read(path, program)
    if kept is None:
        kept = _worked_out(program)
        _write(path, kept)
    if kept["table"] is None:
        return None
    return Horizon(program, _ranges(kept), Foresight.from_table(program, kept["table"]))


def _ranges(kept: dict[str, Any]) -> dict[str, tuple[Fraction, Fraction]]:
    return {rubric: (Fraction(least), Fraction(greatest)) for rubric, (least, greatest) in kept["ranges"].items()}


def _worked_out(program: Program) -> dict[str, Any]:
    try:
        graph = explore(program, MOST_STATES)
    except TooMany:
        return {"ranges": {}, "table": None}
    ranges = {}
    for rubric in program.rubrics:
        found = range_of(Worth(graph, rubric_group(program, rubric)))
        ranges[rubric] = (str(found.least), str(found.greatest))
    return {"ranges": ranges, "table": Foresight.of(graph).table(graph.states)}


def _read(path: Path, program: Program) -> dict[str, Any] | None:
    """What was kept; None if there is nothing, or nothing that could have been."""
    try:
        found = json.loads(path.read_bytes())
        if found["table"] is None:
            return {"ranges": {}, "table": None}
        is_ours = _ranges(found).keys() == set(program.rubrics) and type(found["table"][""]) is int
        is_ours = is_ours and all(type(value) is int for value in found["table"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        return None
    return found if is_ours else None


def _write(path: Path, found: dict[str, Any]) -> None:
    try:
        make_folder(path.parent)
        write_whole(path, json.dumps(found).encode())
    except OSError:
        return  # a folder that cannot be written to is no reason not to tell
