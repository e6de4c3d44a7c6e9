"""Curves, evidence and figures: each can be followed back to what it was made from."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.debrief.build import debrief
from simulator.debrief.value import NOT_CODED, dispute_of
from simulator.report.text import page
from tests.support import RUBRIC, play, program
from tests.unit.test_debrief import BODY, of
from tests.unit.test_moments import GOOD, chain
from tests.unit.test_rules import BROKEN, KEPT, ONE_PROMISE, TWO_PROMISES, row, rules, way


@pytest.fixture(scope="module")
def prog():
    return program(BODY)


# curves


def test_every_bend_of_a_curve_is_tied_to_what_caused_it(prog):
    trust, hope = of(prog, "tell", "vow", "ring").curves
    assert (trust.values, hope.values) == ((3, 1, 1, 1), (4, 5, 5, 5))
    assert trust.means == "Willing to be vulnerable."
    assert [(b.decision, b.before, b.after, b.cause, b.because) for b in trust.bends] == [
        (1, 3, 1, "You need it.", "Too early.")
    ]
    assert [(b.id, b.before, b.after) for b in hope.bends] == [("one/a/tell", 4, 3), ("one/b", 3, 5)]


ENTRY = """
meters: {trust: 3, hope: 2}
visits:
  one:
    title: Monday
    nodes:
      a: {effects: {trust: +1}, next: b}
      b: {effects: {trust: +2, hope: -1}, choices: {x: {say: X., effects: {trust: -1}, next: c}}}
      c: {effects: {trust: -4}, ending: done}
"""


def test_a_curve_starts_where_the_meter_does_before_anything_was_entered():
    trust, hope = of(program(ENTRY), "x").curves
    assert (trust.values, hope.values) == ((3, 1), (2, 1))
    assert [(b.decision, b.id, b.before, b.after, b.cause) for b in trust.bends] == [
        (0, "one/a", 3, 4, "how it began"),
        (0, "one/b", 4, 6, "how it began"),
        (1, "one/b/x", 6, 5, "X."),
        (1, "one/c", 5, 1, "what came of it"),
    ]
    assert [(b.before, b.after) for b in hope.bends] == [(2, 1)]
    assert "trust: from 3 to 1" in page("curves", of(program(ENTRY), "x"))


def test_a_curve_without_a_choice_has_its_start_and_its_end():
    alone = program("meters: {trust: 3}\nvisits: {one: {title: M, nodes: {a: {effects: {trust: +1}, ending: done}}}}")
    (trust,) = of(alone).curves
    assert trust.values == (3, 4)
    assert [(b.decision, b.before, b.after) for b in trust.bends] == [(0, 3, 4)]


# evidence


def test_rules_have_their_proof_too(prog):
    rules = (
        RUBRIC
        + """
rules:
  - {on: promise-kept, scores: {caring: 2}, because: Kept.}
  - {on: promise-broken, scores: {caring: -2}, because: Broken.}
  - {when: count('push') >= 2, scores: {attention: -1}, because: Twice.}
"""
    )
    prog = program(BODY.replace("say: You need it.,", "say: You need it., tags: push,"), rubric_text=rules)
    found = [one for one in of(prog, "tell", "vow", "rest").evidence if not one.decision]
    assert [(p.choice, p.criterion, p.level, p.value, p.lo, p.hi, p.held, p.counted) for p in found] == [
        ("rule", "attention", 0, "0", "-1/2", "0", False, (1,)),
        ("promise-broken", "caring", -2, "-4", "-4", "4", True, ()),
    ]
    assert "and this did not happen (rule, counting choice 1" in page("evidence", of(prog, "tell", "vow", "rest"))


def test_every_figure_can_be_worked_out_from_its_opportunities(prog):
    (result,) = of(prog, "tell", "vow", "rest").scores
    for group in [*result.domains, *result.criteria]:
        earned = sum((Fraction(one.value) - Fraction(one.lo) for one in group.opportunities), Fraction(0))
        possible = sum((Fraction(one.hi) - Fraction(one.lo) for one in group.opportunities), Fraction(0))
        assert (str(earned), str(possible)) == (group.earned, group.possible)


def test_evidence_has_its_proof(prog):
    first, second = of(prog, "tell", "vow", "rest").evidence
    assert (first.decision, first.choice, first.rubric, first.criterion, first.level) == (
        1, "one/a/tell", "small", "attention", -1)  # fmt: skip
    assert (first.value, first.lo, first.hi, first.because) == ("-1/2", "-1/2", "1/2", "Too early.")
    assert (second.value, second.lo, second.hi) == ("4", "-4", "4")
    assert first.file == "small-encounter.yaml"
    lines = prog.scenario.place.source.lines
    assert "attention: -1" in lines[first.line - 1]
    assert "caring: 2" in lines[second.line - 1]


def proofs_of(found, criterion):
    return [(p.decision, p.choice, p.level, p.value, p.lo, p.hi, p.held) for p in found.evidence
            if p.criterion == criterion]  # fmt: skip


def test_what_is_tested_and_not_coded_has_its_proof_for_it_counts_nothing():
    prog = program(chain("attention: 1, caring: 1 | attention: -1", GOOD, "caring: 1 | "))
    found = of(prog, "b0", "a1", "b2")
    assert proofs_of(found, "caring") == [
        (1, "one/n0/b0", 0, "0", "0", "2", True),
        (2, "one/n1/a1", 1, "2", "-2", "2", True),
        (3, "one/n2/b2", 0, "0", "0", "2", True),
    ]
    reasons = {(p.decision, p.criterion): p.because for p in found.evidence}
    assert reasons[1, "attention"] == "R."
    assert reasons[1, "caring"] == reasons[3, "caring"] == NOT_CODED
    lines = prog.scenario.place.source.lines
    assert all(p.choice.rsplit("/", 1)[-1] in lines[p.line - 1] for p in found.evidence)
    assert NOT_CODED in page("evidence", found)


def test_where_nothing_could_be_gained_or_lost_there_is_nothing_to_prove():
    hub = """
        visits:
          one:
            title: One
            nodes:
              hub:
                tests: caring
                choices:
                  good: {say: A., scores: {caring: 1}, because: R., next: hub}
                  leave-it: {say: B., next: out}
              out: {ending: done}
    """
    assert of(program(hub), "leave-it").evidence == ()
    assert proofs_of(of(program(hub), "good", "leave-it"), "caring") == [(1, "one/hub/good", 1, "2", "0", "2", True)]


@pytest.mark.parametrize(
    ("found", "last", "expected"),
    [
        ((KEPT, 2), "call", [(0, KEPT, 2, "4", "0", "4", True)]),
        ((KEPT, 2), "rest", [(0, KEPT, 0, "0", "0", "4", False)]),  # it did not happen, and that cost
        ((BROKEN, -1), "call", [(0, BROKEN, 0, "0", "-2", "0", False)]),
        ((BROKEN, -1), "rest", [(0, BROKEN, -1, "-2", "-2", "0", True)]),
    ],
)
def test_a_promise_is_proved_by_the_rule_that_held_or_else_by_the_one_that_could_have(found, last, expected):
    on, level = found
    text = rules(f"on: {on}, scores: {{caring: {level}}}")
    assert proofs_of(of(program(ONE_PROMISE, rubric_text=text), "vow", last), "caring") == expected


def test_each_promise_and_each_rule_on_it_has_its_proof():
    text = rules(f"on: {KEPT}, scores: {{caring: 2}}", f"on: {BROKEN}, scores: {{caring: -1}}",
                 f"on: {KEPT}, scores: {{caring: -1}}")  # fmt: skip
    found = of(program(TWO_PROMISES, rubric_text=text), "vow-call", "vow-write", "call", "sleep")
    assert proofs_of(found, "caring") == [
        (0, KEPT, 2, "2", "-2", "2", True),
        (0, KEPT, -1, "2", "-2", "2", True),
        (0, BROKEN, -1, "-2", "-2", "2", True),
    ]
    (result,) = found.scores
    assert (result.earned, result.possible, result.met, result.moments) == ("4", "8", 1, 2)


# figures


@pytest.mark.parametrize(("moments", "figure"), [(2, ""), (3, "2/3"), (4, "3/4")])
def test_a_figure_waits_for_three_moments(moments, figure):
    (result,) = of(program(row(moments)), *way(moments - 1, moments)).scores
    doing = next(one for one in result.domains if one.id == "doing")
    caring = next(one for one in result.criteria if one.id == "caring")
    assert (doing.figure, caring.figure) == (figure, figure)
    assert result.figure == str(Fraction(moments - 1, moments)), "the whole is for instructors, however few there were"


def test_the_words_on_the_whole_are_those_of_the_band():
    bands = (
        "bands: [{from: 50, title: B, text: Up.}, {from: 25, title: B, text: Half.}, {from: 0, title: C, text: C.}]\n"
    )
    prog = program(row(8), rubric_text=RUBRIC + bands)
    for good, band in ((4, ("B", "Up.", "")), (3, ("B", "Half.", "")), (0, ("C", "C.", ""))):
        (result,) = of(prog, *way(good, 8)).scores
        assert (result.band, result.band_text, result.no_band) == band


def test_disputing_one_rule_leaves_the_others_alone():
    rules = "rules:\n  - {when: count('cut') >= 1, scores: {caring: -1}, because: First.}\n"
    rules += "  - {when: count('cut') >= 1, scores: {caring: -1}, because: Second.}\n"
    body = "visits: {v: {title: V, nodes: {a: {choices: {x: {say: X., tags: cut, next: b}}}, b: {ending: done}}}}"
    play_ = play(program(body, rubric_text=RUBRIC + rules), "x")
    started = {"session": "s", "seed": 1, "learner": "l", "mode": "practice"}
    first, second = debrief(play_, started, ()).evidence
    said = {"event": "disputed", **dispute_of(second, "Once only.")}
    assert [one.disputed for one in debrief(play_, started, (said,)).evidence] == ["", "Once only."]
    assert dispute_of(first, "")["rule"] == 0
