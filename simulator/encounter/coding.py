"""Scores and rules resolved: criterion names to indices, conditions to functions, and the checks on coding."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from simulator.encounter.names import look_up
from simulator.encounter.program import Criterion, Effect, EvidenceCase, Rule
from simulator.language.expressions import read_condition
from simulator.language.tree import Scalar
from simulator.rubric.weights import weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.encounter.names import Names
    from simulator.encounter.program import Node, Program, Test
    from simulator.language.diagnostics import Problems
    from simulator.rubric.shapes import Rubric, ScoreCase
    from simulator.rubric.shapes import Rule as RuleShape
    from simulator.scenario.shapes import Choice as ChoiceShape
    from simulator.scenario.shapes import EffectCase, Scenario


def criteria_of(rubrics: Mapping[str, Rubric]) -> tuple[Criterion, ...]:
    """Every criterion of the rubrics, in their order, with its exact weight."""
    shares = {rubric_id: weights(rubric) for rubric_id, rubric in rubrics.items()}
    unit = Fraction(1, lcm(*(share.denominator for found in shares.values() for share in found.values())))
    every = [
        (rubric_id, str(domain_id), str(key), one)
        for rubric_id, rubric in rubrics.items()
        for domain_id, domain in rubric.domains.items()
        for key, one in domain.criteria.items()
    ]
    return tuple(
        Criterion(
            n, rubric, domain, id_, str(one.title), (w := shares[rubric][id_]), int(w / unit), unit, str(one.try_)
        )
        for n, (rubric, domain, id_, one) in enumerate(every)
    )


_NO_RUBRIC = frozenset("BED101 BED102 BED103 BED104 BED105 BED106 BED107 BED111 BED113 BED116 BED211 BED404".split())


class Criteria:
    """The criteria of a scenario's rubrics, found by the names authors use for them."""

    def __init__(self, rubrics: Mapping[str, Rubric], problems: Problems) -> None:
        self.rubrics, self.problems = rubrics, problems
        self.all = criteria_of(rubrics)
        shared = Counter(one.id for one in self.all)
        self.parts = {key: {id_: one.part_of for id_, one in r.criteria().items()} for key, r in rubrics.items()}
        self.known = {one.full: one.index for one in self.all}
        self.known |= {one.id: one.index for one in self.all if shared[one.id] == 1}
        self.shown = [one.id if shared[one.id] == 1 else one.full for one in self.all]  # each once, as short as can be
        self.shared: dict[str, list[str]] = {}  # ids that several rubrics have, in full
        for one in self.all:
            if shared[one.id] > 1:
                self.shared.setdefault(one.id, []).append(one.full)
        self.whole = {one.index: self._whole_of(one) for one in self.all}
        # what a rubric that cannot be read would have is not known: to report it missing would be an echo
        is_unread = any(problem.code in _NO_RUBRIC for problem in problems)
        self.is_partial = is_unread or any(rubric.is_partial for rubric in rubrics.values())

    def _whole_of(self, facet: Criterion) -> int:
        """The index of the criterion that one is part of, or -1."""
        part_of = self.parts[facet.rubric].get(facet.id)
        return self.known.get(f"{facet.rubric}/{part_of}", -1)

    def find(self, name: Scalar, *, is_key: bool = False) -> int:
        """The index of a criterion as an author names it; -1 with a problem reported if there is none."""
        if name in self.shared:
            help_ = f"Write {' or '.join(self.shared[name])}."
            self.problems.report("BED405", f"“{name}” is a criterion of several rubrics.", name.place, help=help_)
            return -1
        if (self.is_partial or not self.rubrics) and name not in self.known:
            return -1
        return look_up(name, self.known, "criterion", "BED402", self.problems, shown=self.shown, is_key=is_key)

    def evidence(self, case: ScoreCase, when: Test | None, because: str, beside: dict[int, str]) -> EvidenceCase:
        """One case of scores; `beside` gathers what the cases before it on the same choice are coded on."""
        levels: dict[int, int] = {}
        keys: dict[int, str] = {}
        for key, level in case.levels.items():
            index = self.find(Scalar.at(key, case.place_of(key)), is_key=True)
            if index in levels:
                self.problems.report(
                    "BED112",
                    f"“{key}” and “{keys[index]}” are the same criterion.",
                    case.place_of(key),
                    help="Keep one of the two.",
                )
            elif index >= 0:
                levels[index], keys[index] = level, key
        self._check_facets(case, keys, beside)
        beside |= keys
        return EvidenceCase(when, levels, because, case.harm, case.unsafe, case.place)

    def _check_facets(self, case: ScoreCase, keys: Mapping[int, str], beside: Mapping[int, str]) -> None:
        """A whole and its facet must not both be coded on one choice, in one case or in two."""
        for index, key in keys.items():
            whole = self.whole[index]
            facet = next((other for other in beside if self.whole[other] == index), -1)
            other = keys.get(whole) or beside.get(whole) or beside.get(facet)
            if other:
                part, of = (other, key) if facet >= 0 else (key, other)
                self.problems.report(
                    "BED601",
                    f"“{part}” is part of “{of}”; a choice is coded on one of them.",
                    case.place_of(key),
                    help="Keep the one this choice shows more plainly.",
                )


def compile_evidence(
    choice: ChoiceShape, criteria: Criteria, condition: Callable[[Scalar | None], Test | None]
) -> tuple[EvidenceCase, ...]:
    """The cases of a choice's scores; a case without a reason of its own has the choice's."""
    beside: dict[int, str] = {}
    return tuple(
        criteria.evidence(case, condition(case.when), str(case.because or choice.because or ""), beside)
        for case in choice.scores
    )


def compile_effects(
    cases: Sequence[EffectCase], names: Names, condition: Callable[[Scalar | None], Test | None], problems: Problems
) -> tuple[Effect, ...]:
    """The cases of effects: meters with their bounds, flags as bits that are set or cleared."""
    return tuple(_effect(case, names, condition(case.when), problems) for case in cases)


def _effect(case: EffectCase, names: Names, when: Test | None, problems: Problems) -> Effect:
    meters, sets, clears = [], 0, 0
    for key, change in case.changes.items():
        at = Scalar.at(key, case.place_of(key))
        if look_up(at, names.changeable, "meter or flag", "BED403", problems, is_key=True) < 0 or change is None:
            continue
        if key in names.meters and not isinstance(change, bool):
            bounds = names.scenario.meters[at]
            meters.append((names.meters[key], change, bounds.min, bounds.max))
        elif key in names.flags and isinstance(change, bool):
            mask = names.ledger.bit("flags", names.flags[key])
            sets, clears = (sets | mask, clears) if change else (sets, clears | mask)
        else:
            what, form = ("meter", "+1, say") if key in names.meters else ("flag", "true or false")
            problems.report("BED209", f"“{key}” is a {what}.", at.place, help=f"Write {key}: {form}.")
    return Effect(when, tuple(meters), sets, clears)


def compile_rules(scenario: Scenario, criteria: Criteria, names: Names, problems: Problems) -> tuple[Rule, ...]:
    """The rules of the rubrics, then the scenario's own; a rubric's may count tags that the scenario does not use."""
    found = []
    for rubric_id, rubric in criteria.rubrics.items():
        found += [_rule(rule, rubric_id, criteria, names, problems) for rule in rubric.rules]
    found += [_rule(rule, None, criteria, names, problems) for rule in scenario.rules]
    return tuple(found)


def _rule(shape: RuleShape, rubric: str | None, criteria: Criteria, names: Names, problems: Problems) -> Rule:
    condition = None
    if shape.when is not None:
        condition = read_condition(shape.when, names.scope(None, lenient=rubric is not None), problems)
    counted = condition.reads if condition else frozenset()
    tags = tuple(index for tag, index in names.tags.items() if f"count('{tag}')" in counted)
    when = names.keep(condition)
    if rubric is None:
        case = criteria.evidence(shape.scores, when, str(shape.because), {})
    else:
        levels = {
            criteria.known[f"{rubric}/{key}"]: level
            for key, level in shape.scores.levels.items()
            if f"{rubric}/{key}" in criteria.known
        }
        case = EvidenceCase(None, levels, str(shape.because), shape.scores.harm, shape.scores.unsafe, shape.place)
    return Rule(rubric, shape.on, when, tags, case)


def check_blueprint(program: Program, problems: Problems) -> None:
    """At every decision some one choice can reach the greatest level on everything that is tested there."""
    for node in program.nodes:
        if node.choices and not node.is_hub and node.tests:
            _check_decision(program, node, problems)


def _check_decision(program: Program, node: Node, problems: Problems) -> None:
    best = {index: max(_most(choice.evidence, index) for choice in node.choices) for index in node.tests}
    if any(all(_most(one.evidence, index) == top for index, top in best.items()) for one in node.choices):
        flat = [i for i in node.tests if best[i] <= 0 and not any(_least(c.evidence, i) < 0 for c in node.choices)]
        for index in flat:
            problems.report(
                "BED602",
                f"No choice here is evidence of “{program.criteria[index].id}”.",
                node.place.point(),
                help="Take it out of `tests`, or code a choice on it.",
            )
        return
    names = ", ".join(sorted(program.criteria[index].id for index in best))
    problems.report(
        "BED602",
        "No single choice reaches the greatest level on everything tested here.",
        node.place.point(),
        note=f"Tested here: {names}. A learner could not do well on all of them.",
        help="Test fewer criteria, or let one choice reach the top on all of them.",
    )


def _most(cases: tuple[EvidenceCase, ...], index: int) -> int:
    return max((case.levels.get(index, 0) for case in cases), default=0)


def _least(cases: tuple[EvidenceCase, ...], index: int) -> int:
    return min((case.levels.get(index, 0) for case in cases), default=0)
