"""Decisions told as moments, and the three that are told first: one kept, one costly, one missed cue."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.debrief.value import Moment, Option
from simulator.encounter.transcript import turns
from simulator.encounter.transition import Entered, Took, available
from simulator.scoring.evidence import case_of
from simulator.scoring.opportunities import at_decision
from simulator.scoring.scores import rubric_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.encounter.playthrough import Playthrough
    from simulator.encounter.program import Choice, EvidenceCase, Node, Program
    from simulator.encounter.speech import Voice
    from simulator.encounter.state import State


def moments(play: Playthrough, voice: Voice, *, key_open: bool) -> tuple[Moment, ...]:
    """Every decision of a playthrough, in order."""
    found: list[Moment] = []
    heard, who = "", ""
    for event in play.events:
        if isinstance(event, Took):
            found.append(_moment(play.program, event, voice, len(found) + 1, (heard, who), key_open=key_open))
        for turn in turns(event, voice):
            if turn.kind in ("speech", "narration"):
                heard, who = turn.text, turn.who
    return tuple(found)


def _moment(
    program: Program, took: Took, voice: Voice, number: int, heard: tuple[str, str], *, key_open: bool
) -> Moment:
    choice, case = took.choice, case_of(took.choice, took.before)
    group = rubric_group(program, next(iter(program.rubrics), ""))
    chance = at_decision(program, number, took, group)
    cue = took.node.cue
    is_cue = cue is not None and cue_shows(took.node, took.before)
    return Moment(
        decision=number,
        visit=program.visits[took.node.visit].title,
        id=choice.id,
        before=heard[0],
        before_who=heard[1],
        verb=choice.verb,
        text=voice.words(choice.text, took.before),
        because=case.because if case else "",
        tempts=choice.tempts or "",
        try_=_try(program, case),
        changes=changes(program, took.before, took.after),
        value=str(chance.value) if chance else "",
        lo=str(chance.lo) if chance else "",
        hi=str(chance.hi) if chance else "",
        gates=gates_of(case),
        cue=cue.line if cue and is_cue else "",
        cue_met=bool(cue and is_cue and choice.index in cue.met_by),
        options=tuple(_option(program, one, took, voice) for one in available(program, took.before))
        if key_open
        else (),
    )


def cue_shows(node: Node, state: State) -> bool:
    """Whether a node's cue is there in `state`."""
    return node.cue is not None and (node.cue.when is None or node.cue.when(state))


def gates_of(case: EvidenceCase | None) -> tuple[str, ...]:
    """The gates a case carries."""
    return tuple(gate for gate in ("harm", "unsafe") if case and getattr(case, gate))


def changes(program: Program, before: State, after: State) -> tuple[str, ...]:
    """What a step did to the meters, as "trust 4 to 3"."""
    both = zip(program.meters, before.meters, after.meters, strict=True)
    return tuple(f"{meter.id} {a} to {b}" for meter, a, b in both if a != b)


def _try(program: Program, case: EvidenceCase | None) -> str:
    """The rubric's one thing to try, for the criterion on which this choice cost most; nothing where all went well."""
    if case is None or not case.levels:
        return ""
    index = min(case.levels, key=lambda i: (case.levels[i], i))
    return program.criteria[index].try_ if case.levels[index] <= 0 else ""


def _option(program: Program, choice: Choice, took: Took, voice: Voice) -> Option:
    case = case_of(choice, took.before)
    levels: Mapping[int, int] = case.levels if case else {}
    return Option(
        voice.words(choice.text, took.before),
        choice.verb,
        {program.criteria[i].id: n for i, n in levels.items()},
        case.because if case else "",
        choice.tempts or "",
        choice is took.choice,
    )


def three(found: tuple[Moment, ...]) -> tuple[Moment | None, Moment | None, Moment | None]:
    """One moment kept, one costly, one missed cue; never the same twice.

    Kept: the greatest value, the later where equal, so that a learner is reminded of how it ended. Costly: a gate
    first, then the greatest distance from what was on offer. Missed: the first cue not met.
    """
    scored = [one for one in found if one.value]
    good = [one for one in scored if Fraction(one.value) > 0]
    kept = max(good, key=lambda one: (Fraction(one.value), one.decision), default=None)
    lesser = [one for one in found if one.gates or (one.value and Fraction(one.value) < Fraction(one.hi))]
    costly = max(lesser, key=_cost, default=None)
    missed = next((one for one in found if one.cue and not one.cue_met and one is not costly), None)
    return kept, costly, missed


def _cost(one: Moment) -> tuple[int, Fraction, int]:
    lost = Fraction(one.hi) - Fraction(one.value) if one.value else Fraction(0)
    return len(one.gates), lost, -one.decision


def cues(play: Playthrough) -> list[tuple[int, Node, bool]]:
    """Each cue that showed: the decision that answered it, its node, and whether it was met.

    A node entered again is one cue: it is met if any of the answers there met it.
    """
    found: dict[int, tuple[int, Node, bool]] = {}
    showing: set[int] = set()
    number = 0
    for event in play.events:
        if isinstance(event, Entered) and cue_shows(event.node, event.after):
            showing.add(event.node.index)
        if isinstance(event, Took):
            number += 1
            node = event.node
            if node.index in showing and node.cue is not None:
                before = found.get(node.index)
                met = event.choice.index in node.cue.met_by or bool(before and before[2])
                found[node.index] = (before[0] if before else number, node, met)
    return sorted(found.values(), key=lambda one: one[0])
