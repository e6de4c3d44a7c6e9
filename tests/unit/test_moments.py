"""Decisions told as moments: the cues that showed, the moments told first, and what is given to try."""

from __future__ import annotations

import pytest

from simulator.debrief.moments import told_first
from simulator.report.text import page
from tests.support import RUBRIC, program
from tests.unit.test_debrief import BODY, of


@pytest.fixture(scope="module")
def prog():
    return program(BODY)


def told(prog, *ids, **options):
    """The titles of the moments told first, with the choices made there."""
    return {title: one.id.rsplit("/", 1)[-1] for title, one in of(prog, *ids, **options).told}


# cues


def test_cues_are_met_or_missed(prog):
    assert [(c.decision, c.line, c.met) for c in of(prog, "ask", "vow", "ring").cues] == [(1, "In June.", True)]
    assert [c.met for c in of(prog, "tell", "vow", "ring").cues] == [False]


HUB = """
flags: [shown]
visits:
  one:
    title: One
    nodes:
      hub:
        cue: {feeling: afraid, line: In June., WHEN, met-by: [june, summer]}
        choices:
          june: {say: In June?, effects: {shown: true}, next: hub}
          rain: {say: Rain., effects: {shown: true}, next: hub}
          wind: {say: Wind., effects: {shown: false}, next: hub}
          summer: {say: The summer., next: hub}
          leave-it: {say: Go., next: out}
      out: {ending: done}
"""


@pytest.mark.parametrize(
    ("when", "ids", "expected"),
    [
        # wherever play comes back, it is one cue: met by any of the answers, and told with the one that met it
        ("", ("june",), (1, True)),
        ("", ("rain",), (1, False)),
        ("", ("rain", "june"), (2, True)),
        ("", ("june", "rain"), (1, True)),
        ("", ("rain", "summer", "june", "wind"), (2, True)),
        ("", ("wind", "rain"), (1, False)),
        # it is there only if its condition holds on entering
        ("when: shown", ("june",), (2, False)),  # it showed only then
        ("when: shown", ("rain", "june"), (2, True)),
        ("when: shown", ("june", "rain"), (2, False)),
        ("when: shown", ("rain", "wind", "june"), (2, False)),  # by then it was gone
        ("when: not shown", ("june",), (1, True)),
        ("when: not shown", ("rain", "june"), (1, False)),
    ],
)
def test_a_cue_at_a_node_that_play_comes_back_to(when, ids, expected):
    found = of(program(HUB.replace("WHEN", when) if when else HUB.replace("WHEN, ", "")), *ids, "leave-it")
    seen = [(expected[0], "In June.", expected[1])]
    assert [(one.decision, one.line, one.met) for one in found.cues] == seen
    assert [(one.decision, one.cue, one.cue_met) for one in found.moments if one.cue] == seen


def test_a_cue_reads_the_state_after_entering_and_is_silent_where_it_does_not_hold():
    body = BODY.replace("line: In June., met-by: ask", "line: In June., when: trust >= 4, met-by: ask")
    assert of(program(body), "ask", "vow", "ring").cues == ()
    assert told(program(body), "tell", "pass-on", "rest") == {"One that cost": "pass-on"}
    raised = body.replace('lines: "ann: I stopped. In June."', "effects: {trust: +1}")
    assert [(one.line, one.feeling, one.met) for one in of(program(raised), "ask", "vow", "ring").cues] == [
        ("In June.", "afraid", True)
    ]


# told first


def test_the_moments_told_first(prog):
    found = dict(of(prog, "tell", "vow", "rest").told)
    assert {title: one.id for title, one in found.items()} == {
        "One to keep": "one/b/vow",
        "One that cost": "one/a/tell",
    }
    costly = found["One that cost"]
    assert (costly.verdict, costly.tempts, costly.to_try) == ("It cost.", "She is in danger.", "Wait.")
    assert costly.changes == ("trust 3 to 1", "hope 4 to 3")
    both = dict(of(prog, "tell", "pass-on", "rest").told)
    assert {title: one.id for title, one in both.items()} == {
        "One that cost": "one/b/pass-on",
        "One that went by": "one/a/tell",
    }
    assert both["One that cost"].gates == ("harm",)
    assert told_first((), 0) == ()


def test_the_moment_marked_to_play_again_is_told_too(prog):
    marked = ({"event": "marked", "as": "replay", "decision": 3}, {"event": "marked", "as": "keep", "decision": 1})
    found = of(prog, "ask", "vow", "ring", answers=marked)
    assert found.told[-1][0] == "The one you would play again"
    assert "You marked it as one to play again." in page("moments", found)


def chain(*nodes: str) -> str:
    """Moments in a row, given by the scores of their choices: the nth has `a<n>`, `b<n>` …."""
    rows = ""
    for n, node in enumerate(nodes):
        choices = ", ".join(
            f"{'abcd'[i]}{n}: {{say: S., {f'scores: {{{one}}}, because: R., ' if one else ''}next: n{n + 1}}}"
            for i, one in enumerate(node.split(" | "))
        )
        rows += f"      n{n}: {{choices: {{{choices}}}}}\n"
    return f"visits:\n  one:\n    title: One\n    nodes:\n{rows}      n{len(nodes)}: {{ending: done}}\n"


GOOD = "caring: 1 | caring: -1"


@pytest.mark.parametrize(
    ("nodes", "ids", "kept"),
    [
        ((GOOD, GOOD), ("a0", "a1"), "a1"),  # the later, where equal
        ((GOOD, GOOD, GOOD), ("a0", "a1", "b2"), "a1"),
        (("caring: 2 | caring: -1", GOOD), ("a0", "a1"), "a0"),  # the greatest value
        (("caring: 2, unsafe: true | ", GOOD), ("a0", "a1"), "a1"),  # never one with a gate
        (("caring: 2, harm: true | ",), ("a0",), None),
        (("caring: 0 | caring: -1",), ("a0",), None),  # to do no harm is met, and nothing to keep
    ],
)
def test_the_moment_to_keep(nodes, ids, kept):
    assert told(program(chain(*nodes)), *ids).get("One to keep") == kept


@pytest.mark.parametrize(
    ("nodes", "ids", "costly"),
    [
        ((GOOD, "caring: 2 | caring: -1"), ("b0", "b1"), "b1"),  # the greatest loss
        (("caring: 2 | caring: -1", GOOD), ("b0", "b1"), "b0"),
        ((GOOD, GOOD), ("b0", "b1"), "b0"),  # the earlier, where equal
        (("caring: 2 | caring: -2", "attention: 1 | attention: 0, harm: true"), ("b0", "b1"), "b1"),  # a gate first
        (("caring: 2 | caring: -2", "caring: 2, unsafe: true | "), ("b0", "a1"), "a1"),  # even if nothing was lost
        ((f"{GOOD}, harm: true", "caring: 2 | caring: -2, harm: true"), ("b0", "b1"), "b1"),  # then the greatest loss
        ((GOOD, GOOD), ("a0", "a1"), None),
    ],
)
def test_the_moment_that_cost(nodes, ids, costly):
    assert told(program(chain(*nodes)), *ids).get("One that cost") == costly


def test_no_moment_is_told_twice():
    lesser = chain("caring: 2 | caring: 1")
    assert told(program(lesser), "b0") == {"One to keep": "b0"}, "it fell short too, and is told once"
    both = lesser.replace("n0: {", "n0: {cue: {line: In June., met-by: a0}, ")
    assert told(program(both), "b0") == {"One to keep": "b0"}
    second = chain(GOOD, GOOD).replace("n1: {", "n1: {cue: {line: In June., met-by: a1}, ")
    assert told(program(second), "b0", "b1") == {"One that cost": "b0", "One that went by": "b1"}
    marked = ({"event": "marked", "as": "replay", "decision": 2},)
    assert told(program(second), "b0", "b1", answers=marked) == {"One that cost": "b0", "One that went by": "b1"}


def test_the_first_cue_that_was_missed_is_told():
    cued = chain("caring: 2 | caring: -2", GOOD, GOOD)
    for n in (1, 2):
        cued = cued.replace(f"n{n}: {{choices", f"n{n}: {{cue: {{line: In June., met-by: a{n}}}, choices")
    assert told(program(cued), "b0", "b1", "b2")["One that went by"] == "b1"
    assert told(program(cued), "b0", "a1", "b2")["One that went by"] == "b2"


# what to try


@pytest.mark.parametrize(
    ("node", "id_", "to_try"),
    [
        # weights: attention 1/2, caring 2
        ("attention: 2, caring: 1 | attention: -1, caring: 0", "b0", "Call."),  # 3/2 short, and 2
        ("attention: 2, caring: 1 | attention: -2, caring: 1", "b0", "Wait."),
        ("attention: 2, caring: 1 | attention: -2", "b0", "Wait."),  # where equal, the first of the rubric
        ("attention: 1, caring: 1 | attention: 1", "b0", "Call."),  # not coded on it, it counts 0
        ("attention: 1 | ", "b0", "Wait."),  # not coded at all
        ("caring: 2 | ", "b0", "Call."),
        ("attention: 1, caring: 1 | caring: 1 ", "a0", ""),
    ],
)
def test_what_to_try_is_of_the_criterion_that_fell_furthest_short(node, id_, to_try):
    (moment,) = of(program(chain(node)), id_).moments
    assert moment.to_try == to_try


def test_a_choice_that_is_coded_on_nothing_may_have_cost():
    ((title, moment),) = of(program(chain("caring: 2 | ")), "b0").told
    assert (title, moment.id, moment.verdict, moment.to_try) == ("One that cost", "one/n0/b0", "", "Call.")
    assert (moment.value, moment.lo, moment.hi) == ("0", "0", "4")


def test_what_is_not_scored_here_weighs_as_it_would():
    node = chain("attention: 2 | attention: -2, caring: -1", GOOD).replace("n0: {", "n0: {tests: attention, ")
    assert of(program(node), "b0", "a1").moments[0].to_try == "Wait.", "caring -1 weighs 2, attention 4 x 1/2, the same"
    half = program(node.replace("attention: -2, caring", "attention: 0, caring"))
    assert of(half, "b0", "a1").moments[0].to_try == "Call."
    light = program(
        chain("caring: 1 | caring: 0, attention: -2", GOOD).replace("n0: {", "n0: {tests: caring, "), rubric_text=RUBRIC
    )
    assert of(light, "b0", "a1").moments[0].to_try == "Call.", "attention -2 weighs 1, caring 1 x 2"
