"""What the coding of a scenario teaches, as far as can be told without playing it: all of it told as warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.explore.strategies import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.encounter.program import Choice, Criterion, Node, Program
    from simulator.language.diagnostics import Problems

_ASKED = re.compile(r"\b(?P<by>chose|count)\(\s*['\"](?P<id>[^'\"]+)['\"]")
MOST_RIVALS: Final = 50  # of more choices than any learner would read, not all pairs are compared
Range = tuple[int, int]  # the least and the greatest value of a choice, over its cases, in units of the weights


def check_teaching(program: Program, problems: Problems) -> None:
    """Warn of lesser choices without a motive, harm that nothing shows, and objectives that nothing exercises."""
    for node in program.nodes:
        rivals = [choice for choice in node.choices if not choice.again]
        if node.tests and not node.is_hub and 1 < len(rivals) <= MOST_RIVALS:
            _check_decision(program, node, rivals, problems)
        _check_harm(program, node, problems)
        _check_words(program, node, problems)
    _check_objectives(program, problems)
    _check_rubrics(program, problems)


def _check_rubrics(program: Program, problems: Problems) -> None:
    """A rubric is listed for what is coded by it."""
    coded = {index for one in program.choices for case in one.evidence for index in case.levels}
    coded |= {index for rule in program.rules if rule.rubric is None for index in rule.case.levels}
    by = {program.criteria[index].rubric for index in coded}
    for name in program.scenario.rubrics if by else ():
        if str(name) not in by:
            problems.report(
                "BED611",
                f"No choice is coded by the rubric “{name}”.",
                name.place,
                help="Code some, or take it out: evidence can be read through it all the same.",
            )


def _check_words(program: Program, node: Node, problems: Problems) -> None:
    """Choices that are there together differ in their words."""
    said: dict[str, Choice] = {}
    for choice in node.choices:
        first = said.setdefault(" ".join(text(choice).split()).casefold(), choice)
        if first is not choice and (first.need is None or choice.need is None):
            problems.report(
                "BED807",
                f"This choice has the words of “{_short_id(first)}”.",
                choice.place.point(),
                help="A learner could not tell them apart: change one of the two, or take it out.",
                related=(("the other", first.place),),
            )


# decisions


def _check_decision(program: Program, node: Node, rivals: list[Choice], problems: Problems) -> None:
    ranges = {choice.index: _ranges(program, node, choice) for choice in rivals}
    best = {one.index: _better(one, rivals, ranges) for one in rivals}
    obvious = next((one for one in rivals if all(best[two.index] is one for two in rivals if two is not one)), None)
    if obvious and not any(_teaches(choice) for choice in rivals if choice is not obvious):
        problems.report(
            "BED610",
            "This choice is always the best here, and the others teach nothing.",
            obvious.place.point(),
            help="Say on the others what tempts to them (`tempts`) and what they miss (`scores`, `because`).",
        )
        return
    for choice in rivals:
        better = best[choice.index]
        if not choice.tempts and (better or _costs(choice, node)):
            problems.report(
                "BED607",
                "This lesser choice does not say what tempts to it.",
                choice.place.point(),
                note=f"“{_short_id(better)}” is always better here." if better else "It can count against the learner.",
                help="Add `tempts:` with the good motive behind it.",
            )


def _ranges(program: Program, node: Node, choice: Choice) -> list[Range]:
    """The least and the greatest value, over all cases, for each rubric that is tested at the node."""
    found = []
    for rubric in program.rubrics:
        tested = [program.criteria[index] for index in node.tests if program.criteria[index].rubric == rubric]
        values = [sum(one.units * case.levels.get(one.index, 0) for one in tested) for case in choice.evidence]
        if not choice.evidence or choice.evidence[-1].when is not None:
            values.append(0)  # no case need hold
        found.append((min(values), max(values)))
    return found


def _better(choice: Choice, rivals: Iterable[Choice], ranges: dict[int, list[Range]]) -> Choice | None:
    """A choice that is always on offer beside this one, and better whatever cases hold: the best of them, if any."""
    mine = ranges[choice.index]
    found = []
    for rival in rivals:
        pairs = list(zip(mine, ranges[rival.index], strict=True))
        never_less = all(least >= most for (_, most), (least, _) in pairs)
        if rival.need is None and never_less and any(least > most for (_, most), (least, _) in pairs):
            found.append(rival)
    return max(found, key=lambda rival: sum(least for least, _ in ranges[rival.index]), default=None)


def _costs(choice: Choice, node: Node) -> bool:
    """Whether a case of a choice counts against the learner."""
    return any(
        case.harm or case.unsafe or any(case.levels.get(index, 0) < 0 for index in node.tests)
        for case in choice.evidence
    )


def _teaches(choice: Choice) -> bool:
    """Whether the debrief has something to say of a choice."""
    return bool(choice.tempts) or any(case.because for case in choice.evidence)


def _short_id(choice: Choice) -> str:
    return choice.id.rpartition("/")[2]


# harm


def _check_harm(program: Program, node: Node, problems: Problems) -> None:
    for choice in node.choices:
        case = next((case for case in choice.evidence if case.harm or case.unsafe), None)
        if case and _leads_along(choice, node) and not _shows(program, node, choice):
            problems.report(
                "BED608",
                f"Nothing in the story shows that this is {'harmful' if case.harm else 'unsafe'}.",
                case.place.point(),
                note="It has no reply and no effects, and it leads where every other choice here leads.",
                help="Let the patient answer (`reply`), let it change something (`effects`), or let it lead elsewhere.",
            )


def _leads_along(choice: Choice, node: Node) -> bool:
    """Whether a choice leads, without conditions, where every choice of its node leads."""
    ways = {way.node for one in node.choices for way in one.next}
    return len(ways) == 1 and len(choice.next) == 1


def _shows(program: Program, node: Node, choice: Choice) -> bool:
    """Whether something comes of a choice: at once, or where a condition asks for it later."""
    marks_more = choice.marks & ~(choice.bit | node.bit)  # a fact told or recalled, a promise made or kept
    return bool(choice.reply or choice.effects or marks_more) or _is_asked_for(program, choice)


def _is_asked_for(program: Program, choice: Choice) -> bool:
    """Whether a condition or a template asks for a choice, by its id (which may be its end only) or by a tag."""
    tags = {program.tags[index] for index in choice.tags}
    return any(
        f"/{choice.id}".endswith(f"/{asked['id']}") if asked["by"] == "chose" else asked["id"] in tags
        for asked in _ASKED.finditer(program.scenario.place.source.text)
    )


# objectives


def _check_objectives(program: Program, problems: Problems) -> None:
    exercised = _exercised(program)
    for objective in program.scenario.objectives:
        for name in objective.criteria:
            criterion = _named(program, name)
            if criterion.full not in exercised:
                problems.report(
                    "BED609",
                    f"No moment is scored on “{criterion.id}”, so this objective is never exercised.",
                    name.place,
                    help="Code a choice on it where it is tested (`scores`, and `tests` of its node), or take it out.",
                )


def _named(program: Program, name: str) -> Criterion:
    """The criterion that an author names, in full or by its id."""
    return next(one for one in program.criteria if name in (one.full, one.id))


def _exercised(program: Program) -> set[str]:
    """The criteria, in full, on which some moment or rule is scored; and those that one of these is a facet of."""
    found = {
        index
        for node in program.nodes
        for choice in node.choices
        for case in choice.evidence
        for index in case.levels.keys() & node.tests
    }
    for rule in program.rules:
        if rule.rubric is None or rule.tags or (rule.on and program.promises):
            found |= rule.case.levels.keys()
    names = {program.criteria[index].full for index in found}
    for one in (program.criteria[index] for index in found):
        whole = program.rubrics[one.rubric].criteria()[one.id].part_of
        names |= {f"{one.rubric}/{whole}"} if whole is not None else set()
    return names
