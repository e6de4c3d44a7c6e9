"""What holds of the debrief of every scenario, seed and way of playing."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.debrief.build import debrief
from simulator.debrief.value import dispute_of
from simulator.encounter.program import Program
from simulator.encounter.transition import Entered, Took
from simulator.report.text import debrief_json, debrief_markdown, debrief_text
from simulator.scoring.scores import FEWEST_FOR_A_BAND, FEWEST_FOR_A_FIGURE, opportunities
from simulator.sessions.events import VARYING
from simulator.sessions.replay import ended, replay
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.laws.small import LESS, MOST, picks, scenarios
from tests.laws.test_laws import played
from tests.support import play as play_
from tests.support import program as small
from tests.support import texts

STARTED = {"session": "s-1", "seed": 3, "learner": "Kim", "mode": "practice"}


def told(program: Program, choices: list[int], seed: int = 3):
    """A debrief with its playthrough; the seed decides what was answered, too."""
    play = played(program, choices)
    most = max(1, len(play.decisions))
    answers = [
        {"event": "landed", "word": "tired"},
        {"event": "marked", "as": "keep", "decision": 1},
        {"event": "marked", "as": "replay", "decision": 1 + seed % most},
        {"event": "predicted", "question": "back", "answer": 4},
        {"event": "reflection", "prompt": seed % 2, "text": "It was June."},
        {"event": "disputed", "decision": 1, "criterion": "other/caring", "text": "No."},
        {"event": "intention", "text": "Wait."},
    ][seed % 8 :]
    if not play.decisions:
        answers = []
    return play, debrief(play, {**STARTED, "seed": seed}, answers, attempt=1 + seed % 2)


SEEDS = st.integers(0, 99)


@LESS
@given(scenarios(), picks, SEEDS)
def test_every_debrief_can_be_told(program, choices, seed):
    _, found = told(program, choices, seed)
    assert debrief_text(found, 20), "narrower than its headings"
    for width in (40, 78):
        lines = debrief_text(found, width).split("\n")
        assert all(len(line) <= width or " " not in line.strip() for line in lines)
    assert debrief_markdown(found).startswith("## Debrief: A small encounter")
    assert json.loads(debrief_json(found))["ending"] == "Done"


@LESS
@given(scenarios(), picks, SEEDS)
def test_no_moment_is_told_twice_and_none_that_did_harm_is_to_keep(program, choices, seed):
    play, found = told(program, choices, seed)
    assert len({one.decision for _, one in found.told}) == len({title for title, _ in found.told}) == len(found.told)
    by_title = dict(found.told)
    if kept := by_title.get("One to keep"):
        assert not kept.gates
        assert Fraction(kept.value) > 0
    if costly := by_title.get("One that cost"):
        assert costly.gates or Fraction(costly.value) < Fraction(costly.hi)
    if any(one.gates for one in found.moments):
        assert costly is not None
        assert costly.gates
    if missed := by_title.get("One that went by"):
        assert missed.cue
        assert not missed.cue_met
    assert [one.decision for one in found.moments] == list(range(1, len(play.decisions) + 1))
    for one in found.moments:
        assert not one.value or Fraction(one.lo) <= Fraction(one.value) <= Fraction(one.hi)
        # the first rubric alone gives a moment its value, and whatever was lost there can be tried
        assert one.to_try or not one.value or one.value == one.hi
    assert set(found.gates) >= {gate for one in found.moments for gate in one.gates}


@LESS
@given(scenarios(), picks)
def test_cues_are_told_alike_in_the_list_and_at_their_moments(program, choices):
    play, found = told(program, choices)
    listed = [(one.decision, one.line, one.met) for one in found.cues]
    assert listed == [(one.decision, one.cue, one.cue_met) for one in found.moments if one.cue]
    answers: dict[int, list[tuple[int, bool]]] = {}  # by node: what answered its cue, and whether it met it
    entered = None
    for event in play.events:
        if isinstance(event, Entered):
            entered = event
        if isinstance(event, Took) and event.node.cue and event.node.cue.shows(entered.after):
            assert entered.node is event.node
            number = 1 + next(n for n, one in enumerate(play.decisions) if one is event)
            answers.setdefault(event.node.index, []).append((number, event.choice.index in event.node.cue.met_by))
    expected = [next((one for one in each if one[1]), each[0]) for each in answers.values()]
    assert [(number, met) for number, _, met in listed] == sorted(expected)


@LESS
@given(scenarios(), picks)
def test_a_curve_goes_from_the_start_by_its_bends_to_where_the_meter_stood(program, choices):
    play, found = told(program, choices)
    for meter, curve, final in zip(program.meters, found.curves, play.state.meters, strict=True):
        assert (curve.values[0], curve.values[-1]) == (meter.start, final)
        assert len(curve.values) == 1 + max(1, len(play.decisions))
        stops = [meter.start, *(one.after for one in curve.bends)]
        assert [one.before for one in curve.bends] == stops[:-1]
        assert stops[-1] == final
        assert all(a.decision <= b.decision for a, b in pairwise(curve.bends))
        for number, value in enumerate(curve.values[1:-1], start=1):
            assert value == next((b.after for b in reversed(curve.bends) if b.decision <= number), meter.start)


@LESS
@given(scenarios(), picks)
def test_every_opportunity_has_its_proof_and_every_figure_its_opportunities(program, choices):
    play, found = told(program, choices)
    results = {result.rubric: result for result in found.scores}
    for one in program.criteria:
        met = opportunities(program, frozenset({one.index}), play.decisions, play.state)
        mine = [p for p in found.evidence if (p.rubric, p.criterion) == (one.rubric, one.id)]
        proofs = Counter((p.decision, p.value, p.lo, p.hi) for p in mine if p.lo)
        wanted = Counter((o.decision, str(o.value), str(o.lo), str(o.hi)) for o in met)
        assert not wanted - proofs
        assert set(proofs) == set(wanted)
        assert all(count == 1 for (decision, *_), count in proofs.items() if decision)
        for proof in mine:
            assert proof.because
            assert proof.lo or (proof.decision and one.index not in play.decisions[proof.decision - 1].node.tests) or (
                proof.level <= 0 or play.decisions[proof.decision - 1].node.is_hub)  # fmt: skip
            if proof.decision and proof.lo:
                assert Fraction(proof.value) == one.weight * proof.level
        told_ = next(c for c in results[one.rubric].criteria if c.id == one.id)
        assert [(c.decision, c.value, c.lo, c.hi) for c in told_.opportunities] == [
            (o.decision, str(o.value), str(o.lo), str(o.hi)) for o in met
        ]
    for result in results.values():
        for group in [*result.domains, *result.criteria]:
            earned = sum((Fraction(c.value) - Fraction(c.lo) for c in group.opportunities), Fraction(0))
            possible = sum((Fraction(c.hi) - Fraction(c.lo) for c in group.opportunities), Fraction(0))
            assert (group.earned, group.possible) == (str(earned), str(possible))
            assert group.moments == len(group.opportunities)
            assert group.met == sum(c.value == c.hi or Fraction(c.value) > 0 for c in group.opportunities)
            enough = group.moments >= FEWEST_FOR_A_FIGURE
            assert group.figure == (str(earned / possible) if enough else "")
        assert bool(result.figure) == bool(result.moments)
        assert not result.band or result.moments >= FEWEST_FOR_A_BAND


@settings(max_examples=MOST // 3)
@given(scenarios(), picks, st.integers(0, 999))
def test_replay_reproduces_every_derived_value(program, choices, seed):
    with tempfile.TemporaryDirectory() as folder:
        both = [_session(Path(folder), program, choices, seed) for _ in range(2)]
        for store, session in both:
            again = replay(store, session.writer.path)
            play = session.playthrough
            assert again.playthrough.state == play.state
            assert [one.id for one in again.playthrough.made] == [one.id for one in play.made]
            assert again.is_closed
            live = debrief(play, session.started, session.answers, is_rewound=session.is_rewound)
            assert live == debrief(again.playthrough, again.started, again.answers, is_rewound=again.is_rewound)
            assert debrief_text(live) == debrief_text(
                debrief(again.playthrough, again.started, again.answers, is_rewound=again.is_rewound)
            )
        first, second = (_steady(session.writer.path) for _, session in both)
        assert first == second, "same scenario, seed and choices: the same events"


def _session(folder: Path, program: Program, choices: list[int], seed: int):
    """A session played to its end and answered; now and then the learner goes back, but not for ever."""
    store = Store(folder)
    session = Session.start(store, texts(program), program, learner="a", mode="practice", seed=seed)
    for n in range(200):
        if session.playthrough.is_over:
            break
        pick, count = choices[n % len(choices)], session.playthrough.count
        if n < 12 and pick > 9 and count:
            session.rewind(pick % count)
        else:
            session.choose(session.shown[pick % len(session.shown)])
    session.answer("landed", word="tired")
    if count := session.playthrough.count:
        session.answer("marked", **{"as": "keep", "decision": 1 + seed % count})
        session.answer("marked", **{"as": "replay", "decision": count})
        for piece in debrief(session.playthrough, session.started, ()).evidence[:2]:
            session.answer("disputed", **dispute_of(piece, "No."))
    session.answer("predicted", question="listened", answer=2)
    session.answer("reflection", prompt=1, text="June.")
    session.answer("intention", text="Wait.")
    session.end()
    return store, session


def _steady(path: Path):
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in event.items() if key not in VARYING} for event in events]


def test_the_claims_of_an_ending_are_complete_in_themselves():
    fields = {"session", "scenario", "learner", "mode", "seed", "started", "ending", "meters", "scores", "gates"}
    prog = small("visits: {v: {title: V, nodes: {a: {choices: {x: {say: X., next: b}}}, b: {ending: done}}}}")
    started = {"session": "s", "scenario": {"id": "x"}, "learner": "l", "mode": "practice", "seed": 1, "time": "t"}
    assert fields <= set(ended(started, play_(prog, "x"), is_rewound=False))
