"""A scenario file read into a `Scenario`, with every problem of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.language.shape import as_mapping
from simulator.language.yaml import decode, read_yaml
from simulator.rubric.read import check_rule
from simulator.scenario.shapes import Choice, Node, Scenario

if TYPE_CHECKING:
    from simulator.language.diagnostics import Problems


def read_scenario(data: bytes, name: str, problems: Problems) -> Scenario | None:
    """The scenario in `data`; None only if it is not YAML that can be read or not a scenario at all.

    Whatever else is wrong is in `problems`, and stand-ins take the place of what was wrong.
    """
    source = decode(data, name, problems)
    tree = read_yaml(source, problems) if source else None
    if tree is None:
        return None
    before = len(problems)
    top = as_mapping(tree, problems)
    if len(problems) > before:
        return None
    if "bedside" not in top:
        help_ = (
            "This is a rubric; it belongs among the rubrics."
            if "bedside-rubric" in top
            else ("Begin the file with the line `bedside: 1`.")
        )
        problems.report(
            "BED211", "This file does not say that it is a Bedside scenario.", top.place.point(), help=help_
        )
        return None
    scenario = Scenario.model_validate(top, context=problems)
    for visit in scenario.visits.values():
        if visit.minutes is not None and visit.out_of_time is None:
            problems.report(
                "BED208",
                "A visit with a clock needs `out-of-time`.",
                visit.place_of("minutes"),
                help="Add `out-of-time:` with the node that is played when the clock stands at 0.",
            )
        if visit.minutes is None and visit.out_of_time is not None:
            problems.report(
                "BED208",
                "`out-of-time` needs a clock.",
                visit.place_of("out-of-time"),
                help="Add `minutes:` to the visit, or take `out-of-time` away.",
            )
        for node in visit.nodes.values():
            _check_node(node, problems)
    _check_cases(scenario, problems)
    return scenario


def _check_node(node: Node, problems: Problems) -> None:
    ends = [key for key in ("choices", "next", "leave", "ending") if node.has(key)]
    if len(ends) != 1:
        problem = f"ends in both “{ends[0]}” and “{ends[1]}”" if ends else "does not say what comes after it"
        place = node.place_of(ends[1]) if ends else node.place.point()
        problems.report(
            "BED208", f"This node {problem}.", place, help="A node ends in exactly one of choices, next, leave, ending."
        )
    if node.choices is not None and not node.choices:
        problems.report(
            "BED207",
            "There are no choices here.",
            node.place_of("choices"),
            help="Add one, or end the node with `next`.",
        )
    if node.has("otherwise") and not node.has("choices"):
        problems.report(
            "BED208",
            "`otherwise` stands only beside choices.",
            node.place_of("otherwise"),
            help="Take it away, or add choices.",
        )
    if len(node.tests) > 3:
        problems.report(
            "BED208",
            "A moment tests one to three criteria, not more.",
            node.place_of("tests"),
            help="Keep those that this moment is about.",
        )
    for choice in (node.choices or {}).values():
        _check_choice(choice, problems)


def _check_choice(choice: Choice, problems: Problems) -> None:
    verbs = [verb for verb in ("say", "do", "wait", "notice") if choice.has(verb)]
    if len(verbs) != 1:
        problem = f"has both “{verbs[0]}” and “{verbs[1]}”" if verbs else "has no words and no act"
        place = choice.place_of(verbs[1]) if verbs else choice.place.point()
        problems.report(
            "BED208", f"This choice {problem}.", place, help="A choice has exactly one of say, do, wait, notice."
        )
    if choice.again:
        given = [key for key in ("scores", "effects", "makes", "keeps", "recalls", "tells") if choice.has(key)]
        for key in given:
            problems.report(
                "BED208",
                f"A choice that can be taken again carries no “{key}”.",
                choice.place_of(key),
                help="Take `again` away, or move this to the node it leads to.",
            )
    for case in choice.scores:
        if any(case.levels.values()) and case.because is None and choice.because is None:
            problems.report(
                "BED603",
                "This evidence has no reason.",
                case.place.point(),
                help="Add `because:` with what this patient needed at this moment.",
            )


def _check_cases(scenario: Scenario, problems: Problems) -> None:
    for meter in scenario.meters.values():
        if not meter.min <= meter.start <= meter.max or meter.min == meter.max:
            problems.report(
                "BED204",
                f"A meter from {meter.min} to {meter.max} cannot start at {meter.start}.",
                meter.place_of("start"),
                help="Put start between min and max.",
            )
    for key, group in (("visits", scenario.visits), ("endings", scenario.endings), ("cast", scenario.cast)):
        if not group and scenario.has(key):
            problems.report("BED207", f"There is nothing under “{key}”.", scenario.place_of(key), help="Add one.")
    for visit in scenario.visits.values():
        if not visit.nodes and visit.has("nodes"):
            problems.report("BED207", "A visit needs a node.", visit.place_of("nodes"), help="Add one.")
    for rule in scenario.rules:
        check_rule(rule, problems)
