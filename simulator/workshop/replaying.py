"""The same choices in an edited scenario, as far as they still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.encounter.playthrough import Playthrough
from simulator.language.tree import Scalar
from simulator.workshop.reasons import Reasons

if TYPE_CHECKING:
    from simulator.encounter.program import Choice, Program


class Replayed(NamedTuple):
    """A playthrough of the edited scenario; `told` says what is otherwise than before, in sentences, or nothing."""

    play: Playthrough
    is_whole: bool  # every choice held
    told: str


def replayed(before: Playthrough, program: Program) -> Replayed:
    """The choices of a playthrough, made again in another version of its scenario up to the first that does not hold.

    A choice whose id is gone is still itself where its verb and words stand unchanged at the moment play has come to:
    its visit, its node or the choice was renamed.
    """
    play, made = Playthrough.start(program), before.made
    for number, old in enumerate(made):
        new = program.choice_by_id.get(old.id) or _renamed(old, before.program, play)
        if new is None or new not in play.available:
            why = _gone(old.id, program) if new is None else _why_not(new, play)
            return Replayed(play, False, f"{_count(number, len(made))} {why}")
        play = play.choose(new)
    return Replayed(play, True, _elsewhere(before, play))


def _count(held: int, all_: int) -> str:
    if held == 0:
        return "None of the choices made holds any more: this is the beginning."
    return f"{held} of the {all_} choices made still {'holds' if held == 1 else 'hold'}."


def _renamed(old: Choice, program: Program, play: Playthrough) -> Choice | None:
    if play.is_over:
        return None
    words = _words(program, old)
    here = play.program.nodes[play.state.node].choices
    same = [one for one in here if _words(play.program, one) == words and one.id not in program.choice_by_id]
    return same[0] if len(same) == 1 else None


def _words(program: Program, choice: Choice) -> tuple[str, str]:
    """Verb and words as the author wrote them."""
    return choice.verb, str(program.scenario.choice(choice.id).text)


def _gone(id_: str, program: Program) -> str:
    visit, node, _ = id_.split("/")
    if visit not in program.scenario.visits:
        return f"The visit “{visit}” is not there any more, and with it {id_}."
    if node not in program.scenario.visits[Scalar(visit)].nodes:
        return f"The node “{visit}/{node}” is not there any more, and with it {id_}."
    return f"The choice {id_} is not there any more."


def _why_not(choice: Choice, play: Playthrough) -> str:
    if play.is_over:
        return f"Play is over before {choice.id}: it comes to {place_of(play)}."
    node = play.program.nodes[play.state.node]
    if choice not in node.choices:
        return f"Play comes to {node.id} now, and {choice.id} is not there."
    reasons = Reasons(play.program).against(choice, play.state)
    return f"The next, {choice.id}, is not offered now. {' '.join(reasons)}"


def _elsewhere(before: Playthrough, play: Playthrough) -> str:
    """That the same choices lead to another place than they did, if they do."""
    was, now = place_of(before), place_of(play)
    return "" if was == now else f"The same choices lead to {now} now; before, it was {was}."


def place_of(play: Playthrough) -> str:
    """Where a playthrough stands: the id of a node, or an ending."""
    if play.is_over:
        return f"the ending “{play.program.endings[play.state.ending].id}”"
    return play.program.nodes[play.state.node].id
