"""What only every playthrough can show: what is never reached, conditions that always come out the same, loose ends."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from simulator.explore.asked import all_asked, place_of
from simulator.explore.conditions import coverage
from simulator.explore.graph import MOST_IN_PASSING as MOST_STATES
from simulator.explore.outcomes import promise_outcomes

if TYPE_CHECKING:
    from simulator.encounter.program import Program
    from simulator.explore.asked import Asked
    from simulator.explore.conditions import Coverage
    from simulator.explore.graph import Graph
    from simulator.language.diagnostics import Place, Problems

_OF_NODES: Final = ("lines", "cue", "effects", "leads", "offer")
_OF_CHOICES: Final = ("choice-effects", "choice-next", "reply")


def check_explored(program: Program, graph: Graph, problems: Problems) -> None:
    """Warn of what no playthrough comes to, and of what no playthrough leaves open."""
    found = coverage(program, MOST_STATES, wanted=lambda one: _is_ours(program, one))
    if found.is_exact:
        _check_reached(program, found, problems)
    _check_conditions(program, found, problems)
    _check_promises(program, graph, problems)
    _check_facts(program, problems)


# what is reached


def _check_reached(program: Program, found: Coverage, problems: Problems) -> None:
    visits = {program.nodes[index].visit for index in found.nodes}
    scenario = program.scenario
    for visit, (key, _) in zip(program.visits, scenario.visits.items(), strict=True):
        if visit.index not in visits:
            problems.report(
                "BED509",
                f"No playthrough comes to the visit “{visit.id}”.",
                key.place,
                help="Look at the conditions of `leave` in the visits before it, or take it out.",
            )
    for node in program.nodes:
        if node.visit in visits and node.index not in found.nodes:
            problems.report(
                "BED509",
                f"No playthrough comes to “{node.id}”.",
                node.place.point(),
                note="Something leads here, but never under conditions that can come about.",
                help="Look at the conditions of what leads to it.",
            )
    for choice in program.choices:
        if choice.index not in found.choices and _node_of(program, choice.index) in found.nodes:
            problems.report(
                "BED511",
                f"No playthrough offers the choice “{choice.id}”.",
                choice.place.point(),
                help="Look at its `when`, and at what it keeps or recalls: is it promised, or told, by then?",
            )
    for ending, key in zip(program.endings, scenario.endings, strict=True):
        if ending.index not in found.endings:
            problems.report(
                "BED510",
                f"No playthrough comes to the ending “{ending.id}”.",
                key.place,
                help="Look at the conditions that lead to it, or take it out.",
            )


@lru_cache(maxsize=1)
def _nodes_of(program: Program) -> list[int]:
    """For each choice, by index, the index of the node it stands in."""
    return [node.index for node in program.nodes for _ in node.choices]


def _node_of(program: Program, choice: int) -> int:
    return _nodes_of(program)[choice]


# conditions


def _check_conditions(program: Program, found: Coverage, problems: Problems) -> None:
    asked = [one for one in all_asked(program) if _is_ours(program, one) and _is_asked(program, found, one)]
    never = found.never(asked)
    always = [one for one in never["false"] if one.where != "rules" or program.rules[one.number].rubric is None]
    for one in always:
        problems.report(
            "BED309",
            "In every playthrough this is true whenever it is asked.",
            place_of(program, one),
            help="Leave the condition out, or ask for something that may also be otherwise.",
        )
    unused = set(never["used"])
    for one in never["true"]:
        if one.where == "rules" and (rubric := program.rules[one.number].rubric):
            _report_rule(program, rubric, place_of(program, one), problems)
        elif one.where != "offer" and one not in unused:  # a choice that is never offered is told of as that
            problems.report(
                "BED309",
                "In no playthrough is this true when it is asked.",
                place_of(program, one),
                help="Ask for something that can come about by then, or take it out.",
            )
    for one in never["used"]:
        is_known = any(_comes_before(other, one) for other in always) or _leads_nowhere(program, found, one)
        if not is_known:
            problems.report(
                "BED515",
                "No playthrough uses this case.",
                place_of(program, one),
                note="Whenever it is asked, a case above it holds, or its own condition does not.",
                help="Look at the conditions of the cases together, or take it out.",
            )


def _report_rule(program: Program, rubric: str, place: Place, problems: Problems) -> None:
    """A rule that cannot hold is an opportunity all the same, since what it counts is on offer."""
    name = next(name for name in program.scenario.rubrics if str(name) == rubric)
    problems.report(
        "BED612",
        f"A rule of “{rubric}” can hold in no playthrough, so not doing what it counts is to every learner's credit.",
        name.place,
        help="Tag more choices, so that it can hold; or take the tag it counts off those that have it.",
        related=(("the rule", place),),
    )


def _is_asked(program: Program, found: Coverage, one: Asked) -> bool:
    """Whether it stands where some playthrough comes by."""
    if one.where == "offer":
        return _node_of(program, one.which) in found.nodes
    if one.where in _OF_NODES:
        return one.which in found.nodes
    return one.where not in (*_OF_CHOICES, "scores") or one.which in found.choices


def _is_ours(program: Program, one: Asked) -> bool:
    """Whether the author of a scenario can mend it: a rubric's rule if its tags are used, but not what is recalled."""
    if one.where == "rules":
        rule = program.rules[one.number]
        return rule.rubric is None or bool(rule.tags)
    if one.where != "offer":
        return True
    return program.scenario.choice(program.choices[one.which].id).when is not None


def _leads_nowhere(program: Program, found: Coverage, one: Asked) -> bool:
    """Whether a case is a way to what is never reached, which was told of."""
    if one.where not in ("leads", "choice-next"):
        return False
    ways = (program.nodes if one.where == "leads" else program.choices)[one.which].next
    way = ways[one.number]
    return way.ending not in found.endings if way.ending >= 0 else way.node not in found.nodes


def _comes_before(one: Asked, other: Asked) -> bool:
    return (one.where, one.which) == (other.where, other.which) and one.number < other.number


# promises and facts


def _check_promises(program: Program, graph: Graph, problems: Problems) -> None:
    for key, outcomes in zip(program.scenario.promises, promise_outcomes(graph), strict=True):
        made = outcomes - {"not-made"}
        if made and "promise-kept" not in made and _is_kept_somewhere(program, key):
            problems.report(
                "BED512",
                f"The promise “{key}” can be made, and no playthrough can keep it.",
                key.place,
                help="Let a choice with `keeps` come after it on some way.",
            )
        elif "open" in made and "promise-kept" in made:
            problems.report(
                "BED512",
                f"The promise “{key}” can be made and stay open: then no choice to keep it is ever offered.",
                key.place,
                note="A promise that stays open is evidence of nothing.",
                help="Offer a choice with `keeps` on every way that follows it.",
            )


def _is_kept_somewhere(program: Program, promise: str) -> bool:
    """Whether a choice keeps it; if none does, that was told of already."""
    index = program.promises.index(str(promise))
    return any(choice.keeps == program.ledger.bit("passed", index) for choice in program.choices)


def _check_facts(program: Program, problems: Problems) -> None:
    """A fact that something tells is told, unless that is never reached, which was told of."""
    written = program.scenario.place.source.text  # conditions and templates alike may ask for a fact
    asked = {found.group(1) for found in re.finditer(r"(?:told|recalled)\(['\"]([^'\"]*)['\"]\)", written)}
    recalled = {str(one.recalls) for one in program.scenario.every_choice() if one.recalls}
    tellers = 0
    for node in program.nodes:
        tellers |= node.tells
        for choice in node.choices:
            tellers |= choice.marks
    for index, (key, fact) in enumerate(program.scenario.facts.items()):
        is_told = tellers & program.ledger.bit("told", index)
        if is_told and not fact.goal and str(key) not in asked | recalled:
            problems.report(
                "BED513",
                f"Nothing comes of the fact “{key}”: it is never recalled, and nothing asks for it.",
                key.place,
                help="Offer a choice with `recalls` later on, or let something turn on told('…').",
            )
        if not is_told:
            problems.report(
                "BED514" if fact.goal else "BED513",
                f"Nothing tells the {'goal' if fact.goal else 'fact'} “{key}”.",
                key.place,
                help=f"Write `tells: {key}` on the node or the choice where the patient says it.",
            )
