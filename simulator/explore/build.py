"""Makes an `Exploration`: exactly, or from a sample."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from simulator.encounter.playthrough import Playthrough
from simulator.explore.chances import Flow
from simulator.explore.exploration import ByRubric, Earned, Ended, Exploration, Figure, Offered, Path, Span
from simulator.explore.graph import MOST_STATES, TooMany, explore
from simulator.explore.occasions import Occasions
from simulator.explore.outcomes import promise_outcomes
from simulator.explore.sample import PLAYTHROUGHS, Sample, around_mean
from simulator.explore.strategies import strategies, text
from simulator.explore.values import playthroughs, range_of
from simulator.explore.worth import Worth, value_in
from simulator.scoring.rules import promise_outcome
from simulator.scoring.scores import opportunities, rubric_group
from simulator.statistics.chance import wilson_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.encounter.program import Choice, Program
    from simulator.explore.graph import Graph, Situation
    from simulator.scoring.opportunities import Group

OUTCOMES = ("promise-kept", "promise-broken", "open", "not-made")


def exploration(
    program: Program, warm: Iterable[str], *, cap: int = MOST_STATES, seed: int = 0, drawn: int = PLAYTHROUGHS
) -> Exploration:
    """All there is to tell; where there are more states than `cap`, from so many playthroughs drawn with `seed`."""
    warm = tuple(warm)
    try:
        return _exact(explore(program, cap), warm, cap, seed)
    except TooMany:
        return _sampled(program, warm, cap, seed, drawn)


def criteria_of(program: Program, rubric: str) -> list[int]:
    """The indices of a rubric's criteria that can earn anything: tested somewhere and coded there, or in a rule."""
    found = {index for rule in program.rules for index in rule.case.levels}
    for node in program.nodes:
        coded = {index for choice in node.choices for case in choice.evidence for index in case.levels}
        found |= node.tests & coded
    return [one.index for one in program.criteria if one.rubric == rubric and one.index in found]


# exact


def _exact(graph: Graph, warm: Sequence[str], cap: int, seed: int) -> Exploration:
    program = graph.program
    flow = Flow(graph, lambda situation: tuple(range(len(situation.choices))))
    endings, offered, taken = flow.endings(), flow.offered(), flow.taken()
    nothing = Fraction(0)
    outcomes = promise_outcomes(graph)
    return Exploration(
        program.id,
        str(program.scenario.title),
        states=len(graph.states),
        steps=graph.edges,
        playthroughs=playthroughs(graph),
        most_choices=graph.ranks[-1],
        cap=cap,
        seed=seed,
        drawn=None,
        endings=tuple(Ended(e.id, e.title, Figure(endings.get(e.index, nothing))) for e in program.endings),
        choices=tuple(
            Offered(c.id, text(c), Figure(offered.get(c.index, nothing)), Figure(taken.get(c.index, nothing)))
            for c in program.choices
        ),
        promises=tuple(
            (id_, tuple(one for one in OUTCOMES if one in found))
            for id_, found in zip(program.promises, outcomes, strict=True)
        ),
        rubrics=tuple(_exact_rubric(flow, Occasions(flow), rubric, warm) for rubric in program.rubrics),
    )


def _exact_rubric(flow: Flow, occasions: Occasions, rubric: str, warm: Sequence[str]) -> ByRubric:
    graph, program = flow.graph, flow.graph.program
    whole = rubric_group(program, rubric)
    worth = Worth(graph, whole)
    found = range_of(worth)

    def span(id_: str, title: str, group: Group) -> Span:
        of = worth if group == whole else Worth(graph, group)
        one = found if group == whole else range_of(of)
        return Span(
            id_,
            title,
            Path(one.least, _ids(one.worst)),
            Path(one.greatest, _ids(one.best)),
            Figure(flow.mean(of)),
            on_worst=_occasions_on(program, found.worst, group),
            on_best=_occasions_on(program, found.best, group),
            at_random=occasions.mean(group),
        )

    earned = []
    for name, strategy in strategies(warm, lambda situation: worth.now[situation.number]).items():
        going = flow if name == "random" else Flow(graph, strategy)
        mean = going.mean(worth)
        earned.append(Earned(name, Figure(mean), found.reach(mean), tuple(going.distribution(worth).items())))
    criteria = [program.criteria[index] for index in criteria_of(program, rubric)]
    return ByRubric(
        span(rubric, str(program.rubrics[rubric].title), whole),
        tuple(span(one.id, one.title, frozenset({one.index})) for one in criteria),
        tuple(earned),
    )


def _occasions_on(program: Program, choices: Sequence[Choice], group: Group) -> int:
    play = Playthrough.of(program, choices)
    return len(opportunities(program, group, play.decisions, play.state))


def _ids(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(choice.id for choice in choices)


# sampled


def _sampled(program: Program, warm: Sequence[str], cap: int, seed: int, drawn: int) -> Exploration:
    sample = Sample(program, lambda situation: tuple(range(len(situation.choices))), Random(seed), drawn)
    endings, offered, taken = sample.endings(), sample.offered(), sample.taken()

    def share(hits: int) -> Figure:
        return Figure(Fraction(hits, drawn), wilson_interval(hits, drawn))

    outcomes = [
        {promise_outcome(program, one.final, which) for one in sample.drawn} for which in range(len(program.promises))
    ]
    return Exploration(
        program.id,
        str(program.scenario.title),
        states=None,
        steps=None,
        playthroughs=None,
        most_choices=max(len(one.decisions) for one in sample.drawn),
        cap=cap,
        seed=seed,
        drawn=drawn,
        endings=tuple(Ended(e.id, e.title, share(endings[e.index])) for e in program.endings),
        choices=tuple(
            Offered(c.id, text(c), share(offered[c.index]), Figure(Fraction(taken[c.index], drawn)))
            for c in program.choices
        ),
        promises=tuple(
            (id_, tuple(one for one in OUTCOMES if one in found))
            for id_, found in zip(program.promises, outcomes, strict=True)
        ),
        rubrics=tuple(_sampled_rubric(sample, rubric, warm, seed) for rubric in program.rubrics),
    )


def _sampled_rubric(sample: Sample, rubric: str, warm: Sequence[str], seed: int) -> ByRubric:
    program = sample.program
    whole = rubric_group(program, rubric)
    earned = []
    for name, strategy in strategies(warm, lambda one: _values(program, one, whole)).items():
        of = sample if name == "random" else Sample(program, strategy, Random(seed), max(2, sample.number // 10))
        values = of.values(whole)
        shares = sorted(Counter(values).items())
        parts = tuple((value, Fraction(hits, of.number)) for value, hits in shares)
        earned.append(Earned(name, _mean(values), None, parts))
    criteria = [program.criteria[index] for index in criteria_of(program, rubric)]
    return ByRubric(
        _sampled_span(sample, rubric, str(program.rubrics[rubric].title), whole),
        tuple(_sampled_span(sample, one.id, one.title, frozenset({one.index})) for one in criteria),
        tuple(earned),
    )


def _sampled_span(sample: Sample, id_: str, title: str, group: Group) -> Span:
    values = sample.values(group)
    worst, best = (values.index(most(values)) for most in (min, max))
    paths = [Path(values[at], _ids(sample.drawn[at].choices)) for at in (worst, best)]
    return Span(id_, title, paths[0], paths[1], _mean(values), None, None, None)


def _values(program: Program, situation: Situation, group: Group) -> list[Fraction]:
    return [value_in(program, situation, at, group) for at in range(len(situation.choices))]


def _mean(values: Sequence[Fraction]) -> Figure:
    return Figure(sum(values, Fraction(0)) / len(values), around_mean(values))
