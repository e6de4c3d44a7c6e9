"""Decisions told as moments, and the three that are told first: one kept, one costly, one missed cue."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.debrief.value import Code, Moment, Option
from simulator.encounter.transcript import turns
from simulator.encounter.transition import Entered, Took, available
from simulator.rubric.gates import gates_of
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
    shown = {number: (node.cue.line, met) for number, node, met in cues(play) if node.cue}
    heard, who = "", ""
    for event in play.events:
        if isinstance(event, Took):
            number = len(found) + 1
            one = _moment(play.program, event, voice, number, (heard, who), key_open=key_open)
            found.append(replace(one, cue=shown[number][0], cue_met=shown[number][1]) if number in shown else one)
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
    return Moment(
        decision=number,
        visit=program.visits[took.node.visit].title,
        id=choice.id,
        before=heard[0],
        before_who=heard[1],
        verb=choice.verb,
        text=voice.words(choice.text, took.before),
        verdict=verdict(case),
        because=case.because if case else "",
        tempts=choice.tempts or "",
        to_try=_to_try(program, took, case),
        changes=changes(program, took.before, took.after),
        turned_on=turned_on(program, took),
        value=str(chance.value) if chance else "",
        lo=str(chance.lo) if chance else "",
        hi=str(chance.hi) if chance else "",
        gates=gates_of(case),
        options=tuple(_option(program, one, took, voice) for one in available(program, took.before))
        if key_open
        else (),
    )


def verdict(case: EvidenceCase | None) -> str:
    """Whether a choice helped, in a sentence; nothing where it is evidence of nothing."""
    if case is None or not case.because:
        return ""
    helped = any(level > 0 for level in case.levels.values())
    cost = any(level < 0 for level in case.levels.values()) or case.harm or case.unsafe
    if helped and cost:
        return "It helped, and it cost."
    return "It helped." if helped else "It cost." if cost else "It did neither."


def explained(took: Took) -> str:
    """Why a choice mattered, on the way: whether it helped, the reason, and the good motive of a lesser one."""
    case = case_of(took.choice, took.before)
    if case is None or not case.because:
        return ""
    tempts = took.choice.tempts
    return f"{verdict(case)} {case.because}" + (f"\n\nWhat you were trying to do: {tempts}" if tempts else "")


def changes(program: Program, before: State, after: State) -> tuple[str, ...]:
    """What a step did to the meters, as "trust 4 to 3"."""
    both = zip(program.meters, before.meters, after.meters, strict=True)
    return tuple(f"{meter.id} {a} to {b}" for meter, a, b in both if a != b)


# what a condition reads of a state, as far as a learner may know of it
_ASKED = {
    "flags": "what had come about",
    "told": "what you had been told",
    "recalled": "what you had come back to",
    "promised": "what you had promised",
    "kept": "which promise you had kept",
    "taken": "what you had done before",
    "seen": "where the talk had been",
    "counts": "how often you had done it",
}


def turned_on(program: Program, took: Took) -> tuple[str, ...]:
    """What decides how much this choice is worth, as "trust, 3 here"; nothing where it is always worth the same.

    Meters are named, for the learner sees them; of all else only the kind is told, for its names give away secrets.
    """
    reads = {one for case in took.choice.evidence if case.when for one in program.reads[case.when]}
    found = [
        f"{program.meters[which].id}, {took.before.meters[which]} here"
        for which in sorted({one.which for one in reads if one.kept == "meters"})
    ]
    if any(one.kept == "minutes" for one in reads):
        found.append(f"the time left, {took.before.minutes} minutes")
    return (*found, *(words for kind, words in _ASKED.items() if any(one.kept == kind for one in reads)))


def _to_try(program: Program, took: Took, case: EvidenceCase | None) -> str:
    """The rubric's one thing to try, for the criterion on which this choice fell furthest short."""
    coded = set(case.levels) if case else set()
    chances = {i: at_decision(program, 0, took, frozenset({i})) for i in took.node.tests | coded}
    short = {i: one.hi - one.value for i, one in chances.items() if one and one.value < one.hi}
    if case:
        weight = {i: program.criteria[i].weight for i in coded}
        short |= {i: weight[i] * -level for i, level in case.levels.items() if level < 0 and i not in short}
    if not short:
        return ""
    return program.criteria[max(short, key=lambda i: (short[i], -i))].try_


def _option(program: Program, choice: Choice, took: Took, voice: Voice) -> Option:
    case = case_of(choice, took.before)
    levels: Mapping[int, int] = case.levels if case else {}
    return Option(
        voice.words(choice.text, took.before),
        choice.verb,
        tuple(Code(program.criteria[i].id, program.criteria[i].title, n) for i, n in levels.items()),
        case.because if case else "",
        choice.tempts or "",
        choice is took.choice,
    )


def told_first(found: tuple[Moment, ...], replay: int) -> tuple[tuple[str, Moment], ...]:
    """One moment kept, one costly, one missed cue, never the same twice; then the one marked to play again.

    Kept: the greatest value, the later where equal, so that a learner is reminded of how it ended. Costly: a gate
    first, then the greatest distance from what was on offer. Missed: the first cue not met.
    """
    scored = [one for one in found if one.value]
    good = [one for one in scored if Fraction(one.value) > 0 and not one.gates]
    kept = max(good, key=lambda one: (Fraction(one.value), one.decision), default=None)
    lesser = [one for one in found if one.gates or (one.value and Fraction(one.value) < Fraction(one.hi))]
    costly = max((one for one in lesser if one is not kept), key=_cost, default=None)
    missed = next((one for one in found if one.cue and not one.cue_met and one not in (kept, costly)), None)
    marked = next((one for one in found if one.decision == replay and one not in (kept, costly, missed)), None)
    titles = {"One to keep": kept, "One that cost": costly, "One that went by": missed}
    titles["The one you would play again"] = marked
    return tuple((title, one) for title, one in titles.items() if one is not None)


def _cost(one: Moment) -> tuple[int, Fraction, int]:
    lost = Fraction(one.hi) - Fraction(one.value) if one.value else Fraction(0)
    return len(one.gates), lost, -one.decision


def cues(play: Playthrough) -> list[tuple[int, Node, bool]]:
    """Each cue that showed: the decision that answered it, its node, and whether it was met.

    A node entered again is one cue: it is met if any of the answers to it met it. That answer is then told with it,
    and otherwise the first.
    """
    found: dict[int, tuple[int, Node, bool]] = {}
    shows, number = False, 0
    for event in play.events:
        if isinstance(event, Entered):
            shows = event.node.cue is not None and event.node.cue.shows(event.after)
        if isinstance(event, Took):
            number += 1
            node = event.node
            if shows and node.cue is not None:
                met = event.choice.index in node.cue.met_by
                first, _, was_met = found.get(node.index, (number, node, False))
                found[node.index] = (number if met and not was_met else first, node, met or was_met)
    return sorted(found.values(), key=lambda one: one[0])
