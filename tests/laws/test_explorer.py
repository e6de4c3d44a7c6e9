"""The explorer against brute force: every playthrough, played one after another without projection."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.program import Choice, Program
from simulator.encounter.state import State
from simulator.encounter.transition import Took, available, begin, take
from simulator.explore.build import exploration
from simulator.explore.chances import Flow
from simulator.explore.graph import Graph, explore
from simulator.explore.occasions import Occasions
from simulator.explore.project import Projection
from simulator.explore.strategies import strategies, text, warmth_of
from simulator.explore.values import playthroughs, range_of
from simulator.explore.worth import Worth
from simulator.report.exploration import exploration_json, exploration_text
from simulator.scoring.evidence import case_of
from simulator.scoring.opportunities import choice_value
from simulator.scoring.rules import of_rules
from simulator.scoring.scores import opportunities, rubric_group
from tests.laws.small import LESS, picks, scenarios
from tests.laws.test_laws import groups
from tests.support import program as small_program

MOST_PLAYTHROUGHS = 3000
WARM = ("something", "longer thing")


class Played(NamedTuple):
    """One whole playthrough; `decisions` with what was on offer at each."""

    decisions: tuple[tuple[Took, tuple[Choice, ...]], ...]
    final: State


def every_playthrough(program: Program) -> Iterator[Played]:
    stack: list[tuple[State, tuple]] = [(begin(program)[0], ())]
    while stack:
        state, before = stack.pop()
        if state.is_over:
            yield Played(before, state)
            continue
        offered = available(program, state)
        for choice in offered:
            after, events = take(program, state, choice)
            stack.append((after, (*before, (events[0], offered))))


def value(program: Program, played: Played, group: frozenset[int]) -> Fraction:
    """Σ value as its definition has it."""
    by_choice = (choice_value(program, t.choice, t.before, group & t.node.tests) for t, _ in played.decisions)
    took = [t for t, _ in played.decisions]
    return sum(by_choice, Fraction(0)) + sum(
        (o.value for o in of_rules(program, took, played.final, group)), Fraction(0)
    )


def picked(program: Program, name: str, group: frozenset[int], took: Took, offered: tuple[Choice, ...]) -> list[Choice]:
    """What a strategy takes, written down a second time."""
    key = {
        "random": lambda _: 0,
        "first": lambda choice: -offered.index(choice),
        "longest": lambda choice: len(text(choice)),
        "shortest": lambda choice: -len(text(choice)),
        "warmest": lambda choice: warmth_of(WARM)(text(choice)),
        "greedy": lambda choice: choice_value(program, choice, took.before, group & took.node.tests),
    }[name]
    top = max(map(key, offered))
    return [choice for choice in offered if key(choice) == top]


def chance(program: Program, name: str, group: frozenset[int], played: Played) -> Fraction:
    found = Fraction(1)
    for took, offered in played.decisions:
        of = picked(program, name, group, took, offered)
        if took.choice not in of:
            return Fraction(0)
        found /= len(of)
    return found


def few_playthroughs(program: Program) -> list[Played]:
    found = list(islice(every_playthrough(program), MOST_PLAYTHROUGHS + 1))
    assume(len(found) <= MOST_PLAYTHROUGHS)
    return found


def compare(program: Program, every: list[Played]) -> None:
    graph = explore(program)
    group = rubric_group(program, "small")
    assert playthroughs(graph) == len(every)
    for one in (*groups(program),):
        compare_ranges(program, graph, one, [value(program, played, one) for played in every])
    worth = Worth(graph, group)
    values = [value(program, played, group) for played in every]
    for name in ("random", "first", "longest", "shortest", "warmest", "greedy"):
        flow = Flow(graph, strategies(WARM, lambda one: worth.now[one.number])[name])
        chances = [chance(program, name, group, played) for played in every]
        compare_flow(flow, every, chances)
        compare_occasions(program, flow, every, chances)
        by_value: Counter[Fraction] = Counter()
        for one, much in zip(chances, values, strict=True):
            by_value[much] += one
        assert flow.distribution(worth) == {much: one for much, one in by_value.items() if one}
        assert flow.mean(worth) == sum(one * much for one, much in zip(chances, values, strict=True))


def compare_ranges(program: Program, graph: Graph, group: frozenset[int], values: list[Fraction]) -> None:
    found = range_of(Worth(graph, group))
    assert (found.least, found.greatest) == (min(values), max(values))
    for expected, path in ((found.least, found.worst), (found.greatest, found.best)):
        play = Playthrough.of(program, path)
        assert play.is_over
        took = tuple((one, available(program, one.before)) for one in play.decisions)
        assert value(program, Played(took, play.state), group) == expected


def compare_occasions(program: Program, flow: Flow, every: list[Played], chances: list[Fraction]) -> None:
    occasions = Occasions(flow)
    for group in groups(program):
        numbers = [len(opportunities(program, group, [took for took, _ in one.decisions], one.final)) for one in every]
        assert occasions.mean(group) == sum(one * number for one, number in zip(chances, numbers, strict=True))


def compare_flow(flow: Flow, every: list[Played], chances: list[Fraction]) -> None:
    endings: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    offered: Counter[int] = Counter()
    for played, one in zip(every, chances, strict=True):
        endings[played.final.ending] += one
        for took, _ in played.decisions:
            taken[took.choice.index] += one
        for index in {choice.index for _, found in played.decisions for choice in found}:
            offered[index] += one
    assert flow.endings() == {key: one for key, one in endings.items() if one}
    assert {key: one for key, one in flow.taken().items() if one} == {key: one for key, one in taken.items() if one}
    assert flow.offered() == {key: one for key, one in offered.items() if one}


# what the random ones seldom have: the clock asked about, sums, meters below 0, counts that must be just so
CLOCK = """
meters: {trust: {start: -1, min: -2, max: 3}, hope: 1}
flags: [late]
visits:
  one:
    title: One
    minutes: 5
    out-of-time: knock
    nodes:
      a:
        otherwise: b
        tests: [attention]
        choices:
          ask: {say: Ask., minutes: 2, scores: {attention: 1}, because: R., effects: {trust: +2}, next: a}
          rest: {wait: Rest., minutes: 1, effects: {trust: -1}, tags: [slow], next: a}
          look: {notice: Look., again: true, minutes: 2, tags: [slow], next: a}
          move: {do: Move., minutes: 0, next: [{when: minutes_left == 3, go: c}, {go: b}]}
      b:
        otherwise: out
        choices:
          short: {say: Short., when: minutes_left >= 2, scores: {caring: 1}, because: R., next: c}
          long: {say: Long., when: trust + hope > 1, minutes: 9, scores: {caring: -1}, because: R., next: c}
          none: {say: None., when: minutes_left < 2 and trust < 0, minutes: 0, next: c}
      c:
        otherwise: out
        choices:
          once: {say: Once., when: count('slow') == 1, minutes: 0, scores: {presence: 2}, because: R., next: out}
          twice: {say: Twice., minutes: 0, next: [{when: trust != 1, go: out}, {go: knock}]}
      knock: {effects: {late: true}, lines: Knock., next: c}
      out: {lines: Out., leave: [{when: late, to: two}, {to: done}]}
  two:
    title: Two
    minutes: 2
    out-of-time: over
    nodes:
      d:
        choices:
          one: {say: A., when: 2 <= hope or trust > 0, next: e}
          two: {say: B., minutes: 2, next: e}
          more: {say: C., again: true, minutes: 1, next: d}
      e: {choices: {end: {say: D., scores: {caring: 1}, because: R., next: over}}}
      over: {lines: Over., ending: done}
rules:
  - {when: count('slow') != 1, scores: {caring: -1}, because: R.}
  - {when: trust <= 0 and seen('knock'), scores: {attention: 1}, because: R.}
"""


# trust is asked about only where the clock knocks; hope only where no choice is left
ASIDE = """
meters: {trust: 2, hope: 2}
facts: {foot: A foot.}
visits:
  one:
    title: One
    minutes: 4
    out-of-time: knock
    nodes:
      a:
        choices:
          ask: {say: Ask., effects: {trust: +1}, next: b}
          rest: {wait: Rest., effects: {hope: +1}, next: b}
      b:
        choices:
          long: {say: Long., minutes: 9, next: out}
          short: {say: Short., next: c}
      c:
        otherwise: left
        choices:
          recall: {say: Recall., recalls: foot, next: out}
      left: {next: [{when: hope >= 3, go: d}, {go: out}]}
      d: {choices: {end: {say: End., scores: {caring: 1}, because: R., next: out}}}
      knock: {next: [{when: trust >= 3, go: e}, {go: out}]}
      e: {choices: {end: {say: End., scores: {caring: -1}, because: R., next: out}}}
      out: {ending: done}
"""


@pytest.mark.parametrize(("body", "number"), [(CLOCK, 101), (ASIDE, 4)])
def test_the_explorer_knows_clocks_sums_counts_and_byways(body, number):
    program = small_program(body)
    every = list(every_playthrough(program))
    assert len(every) == number
    compare(program, every)


@settings(max_examples=30)
@given(scenarios())
def test_the_explorer_finds_what_playing_everything_finds(program):
    compare(program, few_playthroughs(program))


@pytest.mark.slow
@settings(max_examples=200)
@given(scenarios())
def test_the_explorer_finds_what_playing_everything_finds_in_many_scenarios(program):
    compare(program, few_playthroughs(program))


@settings(max_examples=20)
@given(scenarios())
def test_every_scenario_can_be_told_of_exactly_or_from_a_sample(program):
    for found in (exploration(program, WARM), exploration(program, WARM, cap=1, drawn=20)):
        assert len(found.rubrics) == 2
        assert sum(one.share.value for one in found.endings) == 1
        told = json.loads(exploration_json(found))
        assert told["is-exact"] is found.is_exact
        text_ = exploration_text(found)
        assert all(len(line) <= 78 for line in text_.split("\n"))
        assert "\n\n\n" not in text_
        for rubric in found.rubrics:
            for one in rubric.strategies:
                assert sum(share for _, share in one.distribution) == 1
                assert rubric.overall.worst.value <= one.mean.value <= rubric.overall.best.value or not found.is_exact


@LESS
@given(scenarios(), picks)
def test_projecting_before_or_after_a_choice_comes_to_the_same(program, choices):
    project = Projection(program)
    between = project.settling.between
    state = begin(program)[0]
    for pick in choices * 5:
        if state.is_over:
            break
        plain = project(state)
        offered = available(program, state)
        assert available(program, plain) == offered
        for choice in offered:
            assert case_of(choice, plain) is case_of(choice, state)
            after, short = take(program, state, choice)[0], take(program, plain, choice)[0]
            assert project(short) == project(after)
            assert between(plain.node, short) is between(state.node, after)
        assert project(plain) == plain
        state = take(program, state, offered[pick % len(offered)])[0]
