"""The doors that closed in a playthrough, as far as a learner may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.debrief.value import ClosedDoor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.speech import Voice
    from simulator.explore.doors import Door
    from simulator.sessions.horizon import Horizon


def doors(
    play: Playthrough, voice: Voice, horizon: Horizon | None, *, key_open: bool, is_released: bool
) -> Iterator[ClosedDoor]:
    """The doors that closed: of each kind the nearest, the patient's goal first; without the key, one of them.

    What lay behind stays a secret as far as it may still be found: facts as `_known` has it, the rest with the key.
    Another ending need not have been a better one, so that it is told only with the key.
    """
    found = horizon.doors(play) if horizon else []
    goals = {n for n, one in enumerate(play.program.scenario.facts.values()) if one.goal}
    by_kind: dict[tuple[str, bool, int], Door] = {}
    for door in found:
        is_goal = door.thing.what == "fact" and door.thing.which in goals
        each = door.thing.which if is_released or door.thing.what == "promise" else 0  # what is not named is told once
        by_kind.setdefault((door.thing.what, is_goal, each), door)
    shown = sorted(by_kind.items(), key=lambda one: (("fact", "promise", "ending").index(one[0][0]), not one[0][1]))
    told = [door for (what, *_), door in shown if key_open or is_released or what == "fact"]
    yield from _told(play, voice, told if key_open or is_released else told[:1], key_open, is_released)


def _told(
    play: Playthrough, voice: Voice, shown: Sequence[Door], key_open: bool, is_released: bool
) -> Iterator[ClosedDoor]:
    scenario = play.program.scenario
    for door in shown:
        (what, which), took = door.thing, play.decisions[door.decision - 1]
        words = voice.words(door.choice.text, took.before)
        if what == "fact":
            fact = list(scenario.facts.values())[which]
            text = str(fact.text) if is_released else ""
            yield ClosedDoor("goal" if fact.goal else "fact", text, door.decision, words)
        else:
            promises = list(scenario.promises.values())
            text = str(promises[which].text) if what == "promise" else play.program.endings[which].title
            yield ClosedDoor(what, text if key_open or is_released else "", door.decision, words)
