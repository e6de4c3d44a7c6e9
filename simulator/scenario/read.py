"""A scenario file read into a `Scenario`, with every problem of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.language.decode import decode
from simulator.language.ids import as_id, split_ids
from simulator.language.prose import short
from simulator.language.shape import Shape, as_mapping, refuse_templates
from simulator.language.tree import Mapping, Scalar, Sequence
from simulator.language.yaml import read_yaml
from simulator.rubric.read import check_rule, reads_version
from simulator.scenario.shapes import Block, Choice, Ending, Node, Scenario, TextCase, Visit
from simulator.scenario.unblocked import report_unblocked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.language.diagnostics import Problems
    from simulator.language.tree import Value
    from simulator.rubric.shapes import ScoreCase
    from simulator.scenario.shapes import EffectCase, Meter

MOST_RUBRICS: Final = 10
MOST_NODES: Final = 5_000
MOST_CHOICES: Final = 10_000
# the texts that are filled in from the state; every other is shown as it stands
TEMPLATES: Final[tuple[tuple[type[Shape], str], ...]] = (
    (Block, "lines"),
    (Choice, "say"),
    (Choice, "do"),
    (Choice, "wait"),
    (Choice, "notice"),
    (Visit, "scene"),
    (Scenario, "chart"),
    (Ending, "text"),
    (TextCase, "text"),
)


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
            else ("Begin the file with the line `bedside: 1`, or `bedside-rubric: 1` if it is a rubric.")
        )
        problems.report(
            "BED211", "This file does not say that it is a Bedside scenario.", top.place.point(), help=help_
        )
        return None
    if not reads_version(top, "bedside", problems):
        return None
    _bound_rubrics(top, problems)
    if _is_too_long(top, problems):
        return None
    report_unblocked(top, problems)
    scenario = Scenario.model_validate(top, context=problems)
    refuse_templates(scenario, TEMPLATES, problems)
    _check_visits(scenario, problems)
    _check_groups(scenario, problems)
    _check_cases(scenario, problems)
    return scenario


def _is_too_long(top: Mapping, problems: Problems) -> bool:
    """Whether there are more nodes than anyone could play, or more choices: to check them all would take too long."""
    visits = [visit for visit in _values(top, "visits") if isinstance(visit, Mapping)]
    nodes = [node for visit in visits for node in _values(visit, "nodes")]
    choices = sum(len(_values(node, "choices")) for node in nodes if isinstance(node, Mapping))
    for count, most, what in ((len(nodes), MOST_NODES, "nodes"), (choices, MOST_CHOICES, "choices")):
        if count > most:
            problems.report(
                "BED508",
                f"This scenario has {count:,} {what}; {most:,} is the most that is read.",
                top.place.point(),
                help="Make several scenarios of it.",
            )
            return True
    return False


def _values(group: Mapping, key: str) -> list[Value]:
    found = group.get(Scalar(key))
    return list(found.values()) if isinstance(found, Mapping) else []


def _check_visits(scenario: Scenario, problems: Problems) -> None:
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


def _bound_rubrics(top: Mapping, problems: Problems) -> None:
    """Refuse rubrics named twice, or by a path, and a list without end: each one is a file to be read."""
    listed = top.get(Scalar("rubrics"))
    listed = split_ids(listed, problems) if listed is not None else None
    if isinstance(listed, Sequence):
        top[Scalar("rubrics")] = listed
    if isinstance(listed, Scalar):  # one alone
        alone, listed = listed, Sequence.at(listed.place)
        listed.append(alone)
        top[Scalar("rubrics")] = listed
    if not isinstance(listed, Sequence):
        return
    seen: set[str] = set()
    for number, name in enumerate(listed):
        if not isinstance(name, Scalar):
            continue
        if name in seen:
            problems.report("BED406", f"“{short(name)}” is listed already.", name.place, help="Take it away.")
        elif "/" in name:
            help_ = "Write the rubric's id: the name of its file without folder and ending."
            problems.report("BED206", f"“{short(name)}” cannot be the id of a rubric.", name.place, help=help_)
        elif len(seen) >= MOST_RUBRICS:
            message = f"A scenario lists {MOST_RUBRICS} rubrics at most."
            problems.report("BED208", message, listed.place.point(), help="Keep those by which it is scored.")
        else:
            seen.add(name)
            continue
        listed[number] = Scalar.stand_in(name.place)
    if not listed:
        problems.report("BED207", "A scenario needs a rubric.", listed.place, help="Name one, by its id.")


def _check_node(node: Node, problems: Problems) -> None:
    if node.is_stand_in:
        return
    ends = [key for key in ("choices", "next", "leave", "ending") if node.has(key)]
    if len(ends) != 1:
        problem = f"ends in both “{ends[0]}” and “{ends[1]}”" if ends else "does not say what comes after it"
        place = node.place_of(ends[1]) if ends else node.place.point()
        problems.report(
            "BED208", f"This node {problem}.", place, help="A node ends in exactly one of choices, next, leave, ending."
        )
    if _is_empty_group(node, "choices"):
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
    if choice.is_stand_in:
        return
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
        is_evidence = any(case.levels.values()) or case.harm or case.unsafe
        if is_evidence and case.because is None and choice.because is None:
            problems.report(
                "BED603",
                "This evidence has no reason.",
                case.place.point(),
                help="Add `because:` with what this patient needed at this moment.",
            )


def _check_groups(scenario: Scenario, problems: Problems) -> None:
    for meter in scenario.meters.values():
        if _is_sound(meter) and (not meter.min <= meter.start <= meter.max or meter.min == meter.max):
            problems.report(
                "BED204",
                f"A meter from {meter.min} to {meter.max} cannot start at {meter.start}.",
                meter.place_of("start"),
                help="Put start between min and max.",
            )
    for key in ("visits", "endings", "cast"):
        if _is_empty_group(scenario, key):
            problems.report("BED207", f"There is nothing under “{key}”.", scenario.place_of(key), help="Add one.")
    for id_, values in scenario.variants.items():
        if not values and id_ in _empty_lists(scenario.written("variants")):
            problems.report("BED207", f"The variant “{id_}” has no values.", id_.place, help="Write one or more.")
    for visit in scenario.visits.values():
        if _is_empty_group(visit, "nodes"):
            problems.report("BED207", "A visit needs a node.", visit.place_of("nodes"), help="Add one.")


def _check_cases(scenario: Scenario, problems: Problems) -> None:
    for visit in scenario.visits.values():
        for node in visit.nodes.values():
            _check_reach(node.effects, problems)
            for choice in (node.choices or {}).values():
                _check_reach(choice.scores, problems)
                _check_reach(choice.effects, problems)
    for slot in ("noticed", "kept_back", "will_do"):
        _check_reach(getattr(scenario.patient_says, slot), problems)
    for rule in scenario.rules:
        check_rule(rule, problems)


def _check_reach(cases: Iterable[EffectCase | ScoreCase | TextCase], problems: Problems) -> None:
    """The first case that holds applies, so one without a condition hides those below it."""
    found = list(cases)
    for case in found[:-1]:
        if not case.has("when") and not case.is_stand_in:
            problems.report(
                "BED504",
                "The cases below this one are never reached.",
                case.place.point(),
                help="Give this case a `when`, or put it last.",
            )


def _empty_lists(group: Value | None) -> list[str]:
    """The ids under which an empty list stands."""
    items = group.items() if isinstance(group, Mapping) else ()
    return [as_id(key) for key, value in items if isinstance(value, Sequence) and not value]


def _is_empty_group(shape: Shape, key: str) -> bool:
    written = shape.written(key)
    return isinstance(written, Mapping) and not written


def _is_sound(meter: Meter) -> bool:
    """Whether the numbers of a meter are the author's, not stand-ins for something reported already."""
    return meter.holds("start", meter.start) and all(
        meter.holds(key, number) for key, number in (("min", meter.min), ("max", meter.max)) if meter.has(key)
    )
