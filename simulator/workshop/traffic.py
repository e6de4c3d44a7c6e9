"""Where learners went: the steps of playthroughs, counted for the map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.encounter.transition import Ended, Entered, TimeUp, Took
from simulator.workshop.map import clock_id, ending_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.encounter.playthrough import Playthrough
    from simulator.workshop.map import Step


def steps_of(plays: Iterable[Playthrough]) -> Counter[Step]:
    """How often each way was gone, over all of the playthroughs, as far as each has come.

    A choice after which the clock came to 0 did not lead where it leads by itself: it is counted from the clock.
    """
    return Counter(step for play in plays for step in _steps(play))


def _steps(play: Playthrough) -> Iterator[Step]:
    source, choice = "", ""
    for event in play.events:
        match event:
            case Took(node, taken):
                source, choice = node.id, taken.id
            case TimeUp(visit):
                source, choice = clock_id(visit.id), ""
            case Entered(node):
                yield source, choice, node.id
                source, choice = node.id, ""
            case Ended(ending):
                yield source, choice, ending_id(ending.id)
