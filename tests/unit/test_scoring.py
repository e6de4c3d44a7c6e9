"""Scores as docs/scoring.md defines them, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.rubric.weights import weights
from simulator.scoring.evidence import evidence
from simulator.scoring.rules import promise_outcome
from simulator.scoring.scores import RubricScores, gates_met, scores
from tests.support import RUBRIC, codes, play, program, rubric

# weights: presence 1/2, attention 1/2 (a whole shares with its facet), caring 2 (its domain counts double)


def by(playthrough) -> RubricScores:
    return scores(playthrough.program, playthrough.decisions, playthrough.state)["small"]


def criterion(playthrough, id_: str):
    index = next(one.index for one in playthrough.program.criteria if one.id == id_)
    return by(playthrough).criteria[index]


TWO = """
meters: {trust: 3}
visits:
  one:
    title: One
    nodes:
      a:
        tests: [attention, caring]
        choices:
          best: {say: A., scores: {attention: 2, caring: 1}, because: R., next: b}
          half: {say: B., scores: {attention: -1, caring: 1}, because: R., next: b}
          none: {say: C., next: b}
          other: {say: D., scores: {presence: 2, caring: -2}, because: R., next: b}
      b:
        tests: attention
        choices:
          good: {say: A., scores: {attention: 1, caring: 2}, because: R., next: out}
          flat: {say: B., scores: {attention: 0}, because: R., next: out}
      out: {ending: done}
"""


def test_weights_are_shared_between_a_whole_and_its_facets():
    assert weights(rubric()) == {"presence": Fraction(1, 2), "attention": Fraction(1, 2), "caring": Fraction(2)}


@pytest.mark.parametrize(
    ("ids", "earned", "possible"),
    [
        # a: values best 3, half 3/2, none 0, other -4 (presence is not tested); b: 1/2 and 0
        (("best", "good"), Fraction(7) + Fraction(1, 2), Fraction(7) + Fraction(1, 2)),
        (("half", "good"), Fraction(11, 2) + Fraction(1, 2), Fraction(15, 2)),
        (("none", "flat"), Fraction(4), Fraction(15, 2)),
        (("other", "flat"), Fraction(0), Fraction(15, 2)),
    ],
)
def test_the_formula_at_the_rubric(ids, earned, possible):
    overall = by(play(program(TWO), *ids)).overall
    assert (overall.earned, overall.possible) == (earned, possible)


def test_the_same_formula_at_a_criterion_and_a_domain():
    done = play(program(TWO), "half", "good")
    assert criterion(done, "attention").value == (Fraction(1, 2) * (-1 + 1) + Fraction(1, 2)) / (
        Fraction(3, 2) + Fraction(1, 2)
    )
    assert criterion(done, "caring").value == 1
    assert by(done).domains["listening"] == criterion(done, "attention"), "presence is not tested anywhere"
    assert criterion(done, "presence").value is None, "not met is neither 0 nor 100"


def test_moments_count_the_best_on_offer_and_anything_helpful():
    assert (
        by(play(program(TWO), "half", "flat")).overall.met,
        by(play(program(TWO), "half", "flat")).overall.moments,
    ) == (1, 2)


@pytest.mark.parametrize(
    ("levels", "earned", "possible", "met", "moments"),
    [
        ((1, 2, 2), 2, 4, 1, 1),  # the least is 0 even where every choice helps
        ((2, 1, 1), 4, 4, 1, 1),
        ((1, 1, 1), 2, 2, 1, 1),
        ((-1, -2, -2), 2, 2, 1, 1),  # the most is what was on offer, even where every choice costs
        ((-2, -1, -1), 0, 2, 0, 1),
        ((-1, -1, -1), 0, 0, 0, 0),
        ((0, -1, -1), 2, 2, 1, 1),  # a neutral choice meets a moment where nothing better was
        ((0, 1, 1), 0, 2, 0, 1),
        ((1, 2, -2), 6, 8, 1, 1),
    ],
)
def test_the_least_and_the_most_on_offer(levels, earned, possible, met, moments):
    choices = ", ".join(
        f"c{n}: {{say: S., scores: {{caring: {one}}}, because: R., next: b}}" for n, one in enumerate(levels)
    )
    done = play(program(f"visits: {{one: {{title: One, nodes: {{a: {{choices: {{{choices}}}}}, "
                        "b: {ending: done}}}}\n"), "c0")  # fmt: skip
    found = by(done).overall
    assert (found.earned, found.possible, found.met, found.moments) == (earned, possible, met, moments)


def test_evidence_outside_the_blueprint_is_feedback_and_not_scored():
    done = play(program(TWO), "other", "good")
    untested = [(one.criterion.id, one.level) for one in evidence(done.program, done.decisions) if not one.is_tested]
    assert untested == [("presence", 2), ("caring", 2)]
    assert criterion(done, "presence").moments == 0


def test_only_visible_choices_compete():
    prog = program("""
        meters: {trust: 3}
        visits:
          one:
            title: One
            nodes:
              a:
                choices:
                  dear: {say: A., when: trust >= 4, scores: {caring: 2}, because: R., next: out}
                  plain: {say: B., scores: {caring: 1}, because: R., next: out}
                  poor: {say: C., scores: {caring: -1}, because: R., next: out}
              out: {ending: done}
    """)
    assert by(play(prog, "plain")).overall.value == 1
    assert by(play(prog, "poor")).overall.value == 0


def test_the_same_choice_is_judged_by_the_state_in_which_it_is_made():
    prog = program("""
        meters: {trust: 3}
        visits:
          one:
            title: One
            nodes:
              a:
                tests: attention
                choices:
                  earn: {say: A., effects: {trust: +3}, scores: {attention: 1}, because: R., next: b}
                  skip: {say: B., next: b}
              b:
                choices:
                  push:
                    say: You need this.
                    effects: {trust: +5}
                    scores:
                      - {when: trust >= 6, caring: 2, because: It carried.}
                      - {caring: -1, because: It did not.}
                    next: out
                  stay: {say: C., next: out}
              out: {ending: done}
    """)
    assert [e.because for e in evidence(prog, play(prog, "earn", "push").decisions)][-1] == "It carried."
    assert [e.because for e in evidence(prog, play(prog, "skip", "push").decisions)][-1] == "It did not."
    assert criterion(play(prog, "earn", "push"), "caring").value == 1
    assert criterion(play(prog, "skip", "push"), "caring").value == 0
    assert criterion(play(prog, "skip", "stay"), "caring").value == 1, "there, holding back was the best on offer"


def test_at_a_node_that_can_be_entered_again_choices_do_not_compete():
    prog = program("""
        visits:
          one:
            title: One
            nodes:
              hub:
                choices:
                  good: {say: A., scores: {caring: 1}, because: R., next: hub}
                  bad: {say: B., scores: {caring: -2}, because: R., next: hub}
                  leave-it: {say: C., next: out}
              out: {ending: done}
    """)
    assert by(play(prog, "good", "leave-it")).overall.value == 1, "what was not taken is not held against anyone"
    assert by(play(prog, "leave-it")).overall.value is None
    assert by(play(prog, "good", "bad", "leave-it")).overall.value == Fraction(2, 6)


RULES = (
    RUBRIC
    + """
rules:
  - {on: promise-kept, scores: {caring: 2}, because: Kept.}
  - {on: promise-broken, scores: {caring: -1}, because: Broken.}
  - {when: count('cut') >= 2, scores: {attention: -2}, because: Twice.}
"""
)

PROMISE = """
promises: {call: Call.}
visits:
  one:
    title: One
    nodes:
      a:
        choices:
          vow: {say: I will., makes: call, next: b}
          no: {say: No., next: b}
      b:
        choices:
          ring: {do: Ring., keeps: call, next: c}
          rest: {do: Rest., tags: [cut], next: c}
          quit: {do: Leave., next: d}
      c:
        choices: {snap: {say: Snap., tags: cut, next: d}, calm: {say: Calm., next: d}}
      d: {ending: done}
"""


@pytest.mark.parametrize(
    ("ids", "outcome", "caring", "attention"),
    [
        (("vow", "ring", "calm"), "promise-kept", Fraction(1), Fraction(1)),
        (("vow", "rest", "calm"), "promise-broken", Fraction(0), Fraction(1)),
        (("vow", "rest", "snap"), "promise-broken", Fraction(0), Fraction(0)),
        (("no", "rest", "snap"), "not-made", None, Fraction(0)),
        (("no", "rest", "calm"), "not-made", None, Fraction(1)),
    ],
)
def test_promises_and_counts(ids, outcome, caring, attention):
    done = play(program(PROMISE, rubric_text=RULES), *ids)
    assert promise_outcome(done.program, done.state, 0) == outcome
    assert criterion(done, "caring").value == caring
    assert criterion(done, "attention").value == attention


def test_an_open_promise_is_no_evidence_and_an_unfired_count_no_credit_without_its_tag():
    body = PROMISE.replace("keeps: call", "when: count('other') == 0").replace("tags: cut, ", "")
    body = body.replace("tags: [cut]", "tags: [other]")
    done = play(program(body, rubric_text=RULES), "vow", "ring", "calm")
    assert promise_outcome(done.program, done.state, 0) == "open"
    assert by(done).overall.moments == 0


def test_the_gates_of_choices_are_named_whatever_else_was_good():
    body = TWO.replace("other: {say: D., scores: {presence: 2,", "other: {say: D., scores: {presence: 2, unsafe: true,")
    prog = program(body.replace("flat: {say: B., scores: {attention: 0}", "flat: {say: B., scores: {harm: true}"))
    for ids, gates in (
        (("best", "good"), ()),
        (("other", "good"), ("unsafe",)),
        (("other", "flat"), ("harm", "unsafe")),
    ):
        done = play(prog, *ids)
        assert gates_met(prog, done.decisions, done.state) == by(done).barred == gates


@pytest.mark.parametrize(
    ("cases", "found"),
    [
        ("{presence: 1, attention: 1}", ["BED601"]),
        ("[{when: trust > 3, presence: 1}, {attention: 1}]", ["BED601"]),
        ("[{when: trust > 3, attention: 1}, {presence: 1}]", ["BED601"]),
        ("[{when: trust > 3, attention: 1}, {attention: -1}]", []),
    ],
)
def test_a_whole_and_its_facet_are_not_both_coded_on_one_choice(cases, found):
    body = f"""
        meters: {{trust: 3}}
        visits:
          one:
            title: One
            nodes:
              a: {{tests: caring, choices: {{x: {{say: X., scores: {cases}, because: R., next: b}},
                   y: {{say: Y., scores: {{caring: 1}}, because: R., next: b}}}}}}
              b: {{ending: done}}
    """
    assert codes(body) == found
