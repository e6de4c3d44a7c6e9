"""Rules on the whole playthrough, the gates they carry and the bands they bar, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.scoring.rules import promise_outcome
from simulator.scoring.scores import gates_met, rubric_group, score
from tests.support import RUBRIC, play, program
from tests.unit.test_scoring import by, criterion

KEPT, BROKEN = "promise-kept", "promise-broken"


def rules(*found: str) -> str:
    return RUBRIC + "rules:\n" + "".join(f"  - {{{one}, because: R.}}\n" for one in found)


def whole(playthrough):
    """Earned and possible by the rubric: its one score, in the tests where nothing but rules can give one."""
    found = score(playthrough.program, rubric_group(playthrough.program, "small"), playthrough.decisions,
                  playthrough.state)  # fmt: skip
    return found.earned, found.possible


# counts

COUNTED = """
flags: [door]
visits:
  one:
    title: One
    nodes:
      a:
        choices:
          open: {say: Open., effects: {door: true}, next: b}
          shut: {say: Shut., next: b}
      b:
        choices:
          tagged: {say: Tagged., when: door, tags: [warm], next: c}
          plain: {say: Plain., next: c}
      c: {ending: done}
"""


@pytest.mark.parametrize(
    ("level", "ids", "expected"),
    [
        (1, ("open", "tagged"), (2, 2)),  # it holds: 1 x 2, of as much
        (1, ("open", "plain"), (0, 2)),  # not to do a good thing that was on offer costs
        (1, ("shut", "plain"), (0, 0)),  # what was not on offer counts for nothing
        (-1, ("open", "tagged"), (0, 2)),
        (-1, ("open", "plain"), (2, 2)),  # not to do a bad thing that was on offer is to one's credit
        (-1, ("shut", "plain"), (0, 0)),
    ],
)
def test_a_count_rule_is_an_opportunity_only_if_what_it_counts_was_on_offer(level, ids, expected):
    prog = program(COUNTED, rubric_text=rules(f"when: count('warm') >= 1, scores: {{caring: {level}}}"))
    assert whole(play(prog, *ids)) == expected


def test_a_choice_that_was_taken_at_a_hub_is_on_offer_no_more():
    prog = program(
        """
        visits:
          one:
            title: One
            nodes:
              a:
                choices: {x: {say: X., tags: warm, next: b}, y: {say: Y., next: b}}
              b: {choices: {z: {say: Z., next: c}}}
              c: {ending: done}
        """,
        rubric_text=rules(
            "when: count('warm') >= 1, scores: {caring: 1}", "when: count('cold') >= 1, scores: {presence: 2}"
        ),
    )
    assert whole(play(prog, "x", "z")) == (2, 2), "and a tag that nothing carries counts for nothing"


# promises

TWO_PROMISES = """
promises: {call: Call., write: Write.}
visits:
  one:
    title: One
    nodes:
      a: {choices: {vow-call: {say: A., makes: call, next: b}, no-call: {say: B., next: b}}}
      b: {choices: {vow-write: {say: A., makes: write, next: c}, no-write: {say: B., next: c}}}
      c: {choices: {call: {do: Call., keeps: call, next: d}, rest: {do: Rest., next: d}}}
      d: {choices: {write: {do: Write., keeps: write, next: e}, sleep: {do: Sleep., next: e}}}
      e: {ending: done}
"""


@pytest.mark.parametrize(
    ("ids", "outcomes", "expected"),
    [
        # kept is worth 2 x 2, broken 2 x -1: each promise is 6 of possible
        (("vow-call", "vow-write", "call", "write"), (KEPT, KEPT), (12, 12)),
        (("vow-call", "vow-write", "call", "sleep"), (KEPT, BROKEN), (6, 12)),
        (("vow-call", "vow-write", "rest", "write"), (BROKEN, KEPT), (6, 12)),
        (("vow-call", "vow-write", "rest", "sleep"), (BROKEN, BROKEN), (0, 12)),
        (("no-call", "vow-write", "rest", "write"), ("not-made", KEPT), (6, 6)),
        (("vow-call", "no-write", "rest", "sleep"), (BROKEN, "not-made"), (0, 6)),
        (("no-call", "no-write", "rest", "sleep"), ("not-made", "not-made"), (0, 0)),
    ],
)
def test_each_promise_made_is_one_opportunity(ids, outcomes, expected):
    prog = program(
        TWO_PROMISES, rubric_text=rules(f"on: {KEPT}, scores: {{caring: 2}}", f"on: {BROKEN}, scores: {{caring: -1}}")
    )
    done = play(prog, *ids)
    assert tuple(promise_outcome(prog, done.state, index) for index in range(2)) == outcomes
    assert whole(done) == expected
    assert by(done).overall.moments == 2 - outcomes.count("not-made")


def test_a_promise_passed_over_and_kept_later_is_kept():
    body = TWO_PROMISES.replace("write: {do: Write., keeps: write", "write: {do: Write., keeps: call")
    prog = program(body, rubric_text=rules(f"on: {KEPT}, scores: {{caring: 2}}"))
    assert whole(play(prog, "vow-call", "no-write", "rest", "write")) == (4, 4)
    assert whole(play(prog, "vow-call", "no-write", "call", "sleep")) == (4, 4)
    assert whole(play(prog, "vow-call", "no-write", "rest", "sleep")) == (0, 4)
    unmade = play(prog, "vow-call", "vow-write", "rest", "write")
    assert promise_outcome(prog, unmade.state, 1) == "open"
    assert whole(unmade) == (4, 4), "nothing could keep the other, so it is evidence of nothing"


ONE_PROMISE = """
promises: {call: Call.}
visits:
  one:
    title: One
    nodes:
      a: {choices: {vow: {say: A., makes: call, next: b}}}
      b: {choices: {call: {do: Call., keeps: call, next: c}, rest: {do: Rest., next: c}}}
      c: {ending: done}
"""


@pytest.mark.parametrize(
    ("found", "kept", "broken"),
    [
        # several rules on one promise are worth their sum: 1/2 x 2 + 2 x 1 = 3, and 2 x -1 + 1/2 x -1 = -5/2
        (
            (
                f"on: {KEPT}, scores: {{presence: 2}}",
                f"on: {KEPT}, scores: {{caring: 1}}",
                f"on: {BROKEN}, scores: {{caring: -1}}",
                f"on: {BROKEN}, scores: {{attention: -1}}",
            ),
            (Fraction(11, 2), Fraction(11, 2)),
            (0, Fraction(11, 2)),
        ),
        ((f"on: {KEPT}, scores: {{caring: 1}}",), (2, 2), (0, 2)),
        ((f"on: {BROKEN}, scores: {{caring: -1}}",), (2, 2), (0, 2)),
        # to keep it was the lesser harm
        ((f"on: {KEPT}, scores: {{caring: -1}}", f"on: {BROKEN}, scores: {{caring: -2}}"), (2, 4), (0, 4)),
        # it should not have been kept
        ((f"on: {KEPT}, scores: {{caring: -1}}",), (0, 2), (2, 2)),
        ((f"on: {KEPT}, scores: {{caring: -1}}", f"on: {BROKEN}, scores: {{caring: 1}}"), (0, 4), (4, 4)),
        ((f"on: {KEPT}, scores: {{caring: 0}}",), (0, 0), (0, 0)),
    ],
)
def test_all_the_rules_on_a_promise_count_together(found, kept, broken):
    prog = program(ONE_PROMISE, rubric_text=rules(*found))
    assert whole(play(prog, "vow", "call")) == kept
    assert whole(play(prog, "vow", "rest")) == broken


def test_the_rules_of_a_scenario_count_beside_those_of_the_rubric():
    own = f"rules: [{{on: {KEPT}, scores: {{caring: 1, attention: 1}}, because: Ours.}}]\n"
    text = rules(f"on: {KEPT}, scores: {{caring: 2}}", f"on: {BROKEN}, scores: {{caring: -1}}")
    kept, broken = (play(program(ONE_PROMISE + own, rubric_text=text), "vow", one) for one in ("call", "rest"))
    caring = [(criterion(one, "caring").earned, criterion(one, "caring").possible) for one in (kept, broken)]
    assert caring == [(8, 8), (0, 8)], "2 x (2 + 1) if kept, 2 x -1 if broken"
    assert whole(kept) == (Fraction(17, 2), Fraction(17, 2))


# gates and bands


@pytest.mark.parametrize(
    ("rule", "call", "rest"),
    [
        (f"on: {BROKEN}, scores: {{caring: -1, harm: true}}", (), ("harm",)),
        (f"on: {KEPT}, scores: {{caring: -1, unsafe: true}}", ("unsafe",), ()),
        (f"on: {BROKEN}, scores: {{caring: -1, unsafe: true, harm: true}}", (), ("harm", "unsafe")),
        ("when: count('tired') >= 1, scores: {caring: -1, unsafe: true}", (), ("unsafe",)),
        ("when: count('tired') >= 1, scores: {caring: 0, harm: true}", (), ("harm",)),
    ],
)
def test_a_rule_that_holds_may_carry_a_gate(rule, call, rest):
    body = ONE_PROMISE.replace("rest: {do: Rest.,", "rest: {do: Rest., tags: tired,")
    prog = program(body, rubric_text=rules(rule))
    for last, gates in (("call", call), ("rest", rest)):
        done = play(prog, "vow", last)
        assert gates_met(prog, done.decisions, done.state) == gates
        assert by(done).barred == gates


def row(count: int, *, gated: str = "") -> str:
    """`count` moments, one after the other, each with a good choice `g0` … and a bad one `b0` …."""
    nodes = "".join(
        f"      n{i}: {{choices: {{g{i}: {{say: A., scores: {{caring: 1}}, because: R., next: n{i + 1}}}, "
        f"b{i}: {{say: B., scores: {{caring: -1{gated}}}, because: R., next: n{i + 1}}}}}}}\n"
        for i in range(count)
    )
    return f"visits:\n  one:\n    title: One\n    nodes:\n{nodes}      n{count}: {{ending: done}}\n"


BANDS = """
bands:
  - {from: 75, title: Steady, text: Mostly., unless: unsafe}
  - {from: 50, title: Growing, text: In places., unless: [unsafe, harm]}
  - {from: 25, title: Growing, text: Here and there.}
  - {from: 0, title: Again, text: Once more., unless: unsafe}
"""


def way(good: int, count: int) -> list[str]:
    return [f"{'g' if i < good else 'b'}{i}" for i in range(count)]


@pytest.mark.parametrize(
    ("good", "gated", "band", "text"),
    [
        (8, "", "Steady", "Mostly."),
        (6, "", "Steady", "Mostly."),  # exactly 75
        (5, "", "Growing", "In places."),
        (4, "", "Growing", "In places."),  # exactly 50
        (3, "", "Growing", "Here and there."),  # another band of the same name has another text
        (1, "", "Again", "Once more."),
        (0, "", "Again", "Once more."),  # exactly 0
        (6, ", harm: true", "Steady", "Mostly."),  # a gate that the band does not name
        (4, ", harm: true", "Growing", "Here and there."),
        (7, ", unsafe: true", "Growing", "Here and there."),
        (1, ", unsafe: true", None, ""),
    ],
)
def test_the_band_is_the_first_that_the_figure_reaches_and_no_gate_bars(good, gated, band, text):
    prog = program(row(8, gated=gated), rubric_text=RUBRIC + BANDS)
    found = by(play(prog, *way(good, 8)))
    assert found.overall.value == Fraction(good, 8)
    assert (found.band, found.band_text) == (band, text)


def test_a_rule_bars_a_band_too():
    text = RUBRIC + BANDS + "rules: [{when: count('late') >= 1, scores: {caring: 0, unsafe: true}, because: R.}]\n"
    body = row(8).replace("g0: {say: A.,", "g0: {say: A., tags: late,")
    assert by(play(program(body, rubric_text=text), *way(8, 8))).band == "Growing"


@pytest.mark.parametrize(("moments", "band"), [(7, None), (8, "Steady"), (9, "Steady")])
def test_a_band_waits_for_eight_moments(moments, band):
    prog = program(row(moments), rubric_text=RUBRIC + BANDS)
    assert by(play(prog, *way(moments, moments))).band == band
