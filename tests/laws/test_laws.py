"""What holds for every scenario, seed and way of playing."""

from __future__ import annotations

import json
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.debrief.build import debrief
from simulator.encounter.playthrough import Playthrough
from simulator.encounter.program import Program
from simulator.encounter.transition import Entered, TimeUp, Took, available
from simulator.scoring.opportunities import choice_value
from simulator.scoring.rules import promise_outcome
from simulator.scoring.scores import opportunities, rubric_group, scores
from simulator.sessions.events import VARYING
from simulator.sessions.replay import ended, replay
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.laws.small import picks, scenarios
from tests.support import play as play_
from tests.support import program as small
from tests.support import texts


def played(program: Program, choices: list[int]) -> Playthrough:
    play = Playthrough.start(program)
    for pick in choices:
        if play.is_over:
            break
        play = play.choose(play.available[pick % len(play.available)])
    return play


def groups(program: Program):
    everything = rubric_group(program, "small")
    return [everything, *(frozenset({index}) for index in everything)]


@given(scenarios(), picks)
def test_scores_lie_between_nothing_and_everything(program, choices):
    play = played(program, choices)
    found = scores(program, play.decisions, play.state)["small"]
    for score in [found.overall, *found.domains.values(), *found.criteria.values()]:
        assert score.value is None or 0 <= score.value <= 1
        assert 0 <= score.met <= score.moments
        assert (score.value is None) == (score.moments == 0)
    for group in groups(program):
        for one in opportunities(program, group, play.decisions, play.state):
            assert one.lo <= 0
            assert one.lo <= one.value <= one.hi
            assert one.lo < one.hi


@given(scenarios(with_hubs=False, with_rules=False), st.integers(0, 3))
def test_the_highest_valued_choice_at_every_decision_gives_exactly_everything(program, which):
    group = groups(program)[which]
    play = Playthrough.start(program)
    while not play.is_over:
        tested = group & program.nodes[play.state.node].tests
        values = {c.index: choice_value(program, c, play.state, tested) for c in play.available}
        play = play.choose(max(play.available, key=lambda c: values[c.index]))
    found = opportunities(program, group, play.decisions, play.state)
    assert all(one.value == one.hi for one in found)
    if group == rubric_group(program, "small"):
        assert scores(program, play.decisions, play.state)["small"].overall.value in (1, None)


@given(scenarios(), picks)
def test_meters_keep_their_bounds_and_history_only_grows(program, choices):
    play = played(program, choices)
    states = [event.after for event in play.events if isinstance(event, Entered | Took)]
    for state in states:
        assert all(m.lo <= value <= m.hi for m, value in zip(program.meters, state.meters, strict=True))
    for before, after in pairwise(states):
        flags = (1 << len(program.flags)) - 1  # these alone can be taken back
        assert before.ledger & ~after.ledger & ~flags == 0


@given(scenarios(), picks)
def test_the_clock_only_falls_and_knocks_once_a_visit(program, choices):
    play = played(program, choices)
    knocks = [event.visit.index for event in play.events if isinstance(event, TimeUp)]
    assert len(knocks) == len(set(knocks))
    for took in play.decisions:
        clock = program.visits[took.node.visit].minutes
        if clock < 0:
            assert took.after.minutes == -1
        elif took.before.late:
            assert took.after.minutes == took.before.minutes == 0
        else:
            assert took.after.minutes == max(0, took.before.minutes - took.choice.minutes)


@given(scenarios(), picks)
def test_a_choice_is_taken_once_and_the_ledger_is_honest(program, choices):
    play = played(program, choices)
    made = [took.choice.id for took in play.decisions if not took.choice.again]
    assert len(made) == len(set(made))
    has = program.ledger.has
    for took in play.decisions:
        for one in available(program, took.before):
            assert not one.keeps or has(took.before, "promised", 0)
            recalls = one.marks & program.ledger.bit("recalled", 0)
            assert not recalls or has(took.before, "told", 0)
    visible = any(one.keeps for took in play.decisions for one in available(program, took.before))
    outcome = promise_outcome(program, play.state, 0)
    assert (outcome == "open") <= (not visible)
    assert (outcome in ("promise-kept", "promise-broken")) <= visible


@given(scenarios(), picks)
def test_every_way_of_playing_comes_to_an_end(program, choices):
    assert len(program.choices) <= 40
    assert played(program, choices).is_over


@settings(max_examples=40)
@given(scenarios(), picks, st.integers(0, 999))
def test_replay_reproduces_every_derived_value(program, choices, seed):
    with tempfile.TemporaryDirectory() as folder:
        both = [_session(Path(folder), program, choices, seed) for _ in range(2)]
        for store, path, play, _ in both:
            again = replay(store, path)
            assert again.playthrough.state == play.state
            assert [one.id for one in again.playthrough.made] == [one.id for one in play.made]
            assert again.is_closed
            assert debrief(again.playthrough, again.started, again.answers) == debrief(
                play, again.started, again.answers
            )
        first, second = (_steady(path) for _, path, _, _ in both)
        assert first == second, "same scenario, seed and choices: the same events"


def _session(folder: Path, program: Program, choices: list[int], seed: int):
    store = Store(folder)
    session = Session.start(store, texts(program), program, learner="a", mode="practice", seed=seed)
    for pick in choices:
        if session.playthrough.is_over:
            break
        session.choose(session.shown[pick % len(session.shown)])
    session.answer("landed", word="tired")
    session.end()
    return store, session.writer.path, session.playthrough, session


def _steady(path: Path):
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in event.items() if key not in VARYING} for event in events]


def test_the_claims_of_an_ending_are_complete_in_themselves():
    fields = {"session", "scenario", "learner", "mode", "seed", "started", "ending", "meters", "scores", "gates"}
    prog = small("visits: {v: {title: V, nodes: {a: {choices: {x: {say: X., next: b}}}, b: {ending: done}}}}")
    started = {"session": "s", "scenario": {"id": "x"}, "learner": "l", "mode": "practice", "seed": 1, "time": "t"}
    assert fields <= set(ended(started, play_(prog, "x"), is_rewound=False))
