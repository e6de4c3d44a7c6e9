"""What holds of play and of scores for every scenario, seed and way of playing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.program import Program
from simulator.encounter.transition import Arrived, Ended, Entered, TimeUp, Took, available
from simulator.scoring.opportunities import choice_value
from simulator.scoring.rules import promise_outcome
from simulator.scoring.scores import opportunities, rubric_group, scores
from tests.laws.small import LESS, picks, scenarios


def played(program: Program, choices: list[int]) -> Playthrough:
    play = Playthrough.start(program)
    for n in range(200):
        if play.is_over:
            break
        play = play.choose(play.available[choices[n % len(choices)] % len(play.available)])
    return play


def groups(program: Program):
    both = [rubric_group(program, rubric) for rubric in program.rubrics]
    return [*both, *(frozenset({one.index}) for one in program.criteria)]


@LESS
@given(scenarios(), picks)
def test_scores_lie_between_nothing_and_everything(program, choices):
    play = played(program, choices)
    for found in scores(program, play.decisions, play.state).values():
        for score in [found.overall, *found.domains.values(), *found.criteria.values()]:
            assert score.value is None or 0 <= score.value <= 1
            assert 0 <= score.met <= score.moments
            assert (score.value is None) == (score.moments == 0)
    for group in groups(program):
        for one in opportunities(program, group, play.decisions, play.state):
            assert one.lo <= 0
            assert one.lo <= one.value <= one.hi
            assert one.lo < one.hi
            assert bool(one.rules) == (one.decision == 0)
            assert all(group & rule.case.levels.keys() for rule in one.rules)


@LESS
@given(scenarios(with_hubs=False, with_rules=False), st.integers(0, 6))
def test_the_highest_valued_choice_at_every_decision_gives_exactly_everything(program, which):
    group = groups(program)[which]
    play = Playthrough.start(program)
    while not play.is_over:
        tested = group & program.nodes[play.state.node].tests
        values = {c.index: choice_value(program, c, play.state, tested) for c in play.available}
        play = play.choose(max(play.available, key=lambda c: values[c.index]))
    found = opportunities(program, group, play.decisions, play.state)
    assert all(one.value == one.hi and one.is_met for one in found)
    for rubric, one in scores(program, play.decisions, play.state).items():
        if group == rubric_group(program, rubric):
            assert one.overall.value in (1, None)


@LESS
@given(scenarios(), picks)
def test_meters_keep_their_bounds_and_history_only_grows(program, choices):
    play = played(program, choices)
    states = [event.after for event in play.events if isinstance(event, Entered | Took)]
    for state in states:
        assert all(m.lo <= value <= m.hi for m, value in zip(program.meters, state.meters, strict=True))
    for before, after in pairwise(states):
        flags = (1 << len(program.flags)) - 1  # these alone can be taken back
        assert before.ledger & ~after.ledger & ~flags == 0
        assert all(a <= b for a, b in zip(before.counts, after.counts, strict=True))


@LESS
@given(scenarios(), picks)
def test_the_clock_only_falls_and_knocks_once_each_time_a_visit_is_made(program, choices):
    has_knocked, here = False, None
    for event in played(program, choices).events:
        if isinstance(event, Arrived):
            assert (event.state.minutes, event.state.late) == (event.visit.minutes, False)
            has_knocked, here = False, event.visit
        elif isinstance(event, TimeUp):
            assert not has_knocked
            assert event.visit is here
            assert event.state.minutes == 0
            has_knocked = True
        elif isinstance(event, Took):
            before, after = event.before.minutes, event.after.minutes
            assert event.before.late == has_knocked == (before == 0)
            if here.minutes < 0:
                assert after == -1
            else:
                assert after == (0 if has_knocked else max(0, before - event.choice.minutes))


@LESS
@given(scenarios(), picks)
def test_what_was_chosen_and_what_was_left_is_written_down_and_nothing_else(program, choices):
    play = played(program, choices)
    has = program.ledger.has
    left: set[int] = set()
    chosen: set[int] = set()
    at = -1
    for event in play.events:
        if isinstance(event, Entered):
            if at >= 0:
                left.add(at)
            at = event.node.index
        if isinstance(event, Took):
            assert event.node.index == at
            assert event.choice.again or event.choice.index not in chosen
            assert {n for n in range(len(program.nodes)) if has(event.before, "seen", n)} == left
            left.add(at)
            chosen.add(event.choice.index)
            assert {n for n in range(len(program.choices)) if has(event.after, "taken", n)} == chosen
        if isinstance(event, Ended):
            left.add(at)
    assert {n for n in range(len(program.nodes)) if has(play.state, "seen", n)} == left
    for tag, count in enumerate(play.state.counts):
        assert count == sum(tag in program.choices[index].tags for index in chosen)


@LESS
@given(scenarios(), picks)
def test_promises_and_facts_are_kept_and_recalled_only_if_made_and_told(program, choices):
    play = played(program, choices)
    has, bit = program.ledger.has, program.ledger.bit
    for index in range(len(program.promises)):
        offers = [
            (one, took.choice)
            for took in play.decisions
            for one in available(program, took.before)
            if one.keeps == bit("passed", index)
        ]
        assert all(has(took.before, "promised", index) for took in play.decisions
                   if any(one is took.choice for one, _ in offers))  # fmt: skip
        was_kept = any(one is chosen for one, chosen in offers)
        expected = "promise-kept" if was_kept else "promise-broken" if offers else "open"
        made = has(play.state, "promised", index)
        assert promise_outcome(program, play.state, index) == (expected if made else "not-made")
        assert made or not offers
    for took in play.decisions:
        for index in range(len(program.facts)):
            for one in available(program, took.before):
                assert not one.marks & bit("recalled", index) or has(took.before, "told", index)


@LESS
@given(scenarios(), picks)
def test_every_way_of_playing_comes_to_an_end(program, choices):
    play = played(program, choices)
    assert play.is_over
    assert play.available == ()
    assert isinstance(play.events[-1], Ended)
