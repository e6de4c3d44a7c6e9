"""One `Debrief` value: what it says of a playthrough, and in which order it is told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simulator.debrief.build import debrief
from simulator.report.text import PAGES, debrief_json, debrief_markdown, debrief_text, page, wrapped
from tests.support import HEAD, RUBRIC, play, program

BODY = """
meters: {trust: 3, hope: 4}
facts: {foot: Her mother lost a foot., dance: {text: She wants to dance., goal: true}}
promises: {call: Call her.}
visits:
  one:
    title: Monday
    nodes:
      a:
        lines: "ann: I stopped. In June."
        cue: {feeling: afraid, line: In June., met-by: ask}
        choices:
          ask: {say: What happened in June?, scores: {attention: 1}, because: It was her story., tells: foot,
                effects: {trust: +1}, next: b}
          tell: {say: You need it., tempts: She is in danger., scores: {attention: -1}, because: Too early.,
                 effects: {trust: -2, hope: -1}, next: b}
      b:
        effects: {hope: +2}
        lines: She waits.
        choices:
          vow: {say: I will call., scores: {caring: 2}, because: She can count on it., makes: call, next: c}
          pass-on: {say: The nurse will call., tempts: It is late., scores: {caring: -2, harm: true},
                    because: She heard a door close., next: c}
      c:
        choices:
          ring: {do: Ring., keeps: call, next: d}
          rest: {do: Rest., next: d}
      d: {ending: done}
reflect: [What was she afraid of?]
"""

STARTED = {"session": "s-1", "seed": 1, "learner": "Kim", "mode": "practice"}


@pytest.fixture(scope="module")
def prog():
    return program(BODY)


def of(prog, *ids, answers=(), **options):
    return debrief(play(prog, *ids), {**STARTED, **options.pop("started", {})}, answers, **options)


def test_promises_and_facts(prog):
    kept = of(prog, "ask", "vow", "ring")
    assert [(p.text, p.outcome) for p in kept.promises] == [("Call her.", "kept")]
    assert [(f.id, f.text, f.told) for f in kept.facts] == [
        ("foot", "Her mother lost a foot.", True),
        ("dance", "", False),
    ]
    assert of(prog, "ask", "vow", "rest").promises[0].outcome == "broken"
    assert of(prog, "ask", "pass-on", "rest").promises[0].outcome == "not made"


def test_figures_wait_for_enough_moments(prog):
    (result,) = of(prog, "ask", "vow", "ring").scores
    assert (result.met, result.moments, result.figure, result.band) == (2, 2, "1", "")
    assert [(d.title, d.met, d.moments, d.figure) for d in result.domains] == [
        ("Listening", 1, 1, ""),
        ("Doing", 1, 1, ""),
    ]
    assert "%" not in page("scores", of(prog, "ask", "vow", "ring"))
    banded = program(BODY, rubric_text=RUBRIC + "bands: [{from: 0, title: Any, text: T.}]\n")
    assert "too few moments for a word" in page("scores", of(banded, "ask", "vow", "ring"))


def test_the_key_opens_with_the_second_attempt_and_never_by_itself_in_assessment(prog):
    assert not of(prog, "ask", "vow", "ring").key_open
    second = of(prog, "ask", "vow", "ring", attempt=2)
    assert [(o.text, [(c.criterion, c.level) for c in o.codes], o.taken) for o in second.moments[0].options] == [
        ("What happened in June?", [("attention", 1)], True),
        ("You need it.", [("attention", -1)], False),
    ]
    assert second.facts[1].text == "", "what was never told stays a secret, for the next time"
    exam = {"mode": "assessment"}
    assert not of(prog, "ask", "vow", "ring", attempt=5, started=exam).key_open
    assert of(prog, "ask", "vow", "ring", started=exam, is_released=True).key_open


ANSWERS = (
    {"event": "landed", "word": "quiet"},
    {"event": "marked", "as": "keep", "decision": 2},
    {"event": "predicted", "question": "back", "answer": 4},
    {"event": "reflection", "prompt": 0, "text": "The needle."},
    {"event": "intention", "text": "Ask first."},
    {"event": "disputed", "decision": 1, "criterion": "small/attention", "text": "She was late."},
)


def test_what_the_learner_answered_stands_beside_what_happened(prog):
    found = of(prog, "tell", "vow", "ring", answers=ANSWERS)
    assert (found.landed, found.marked, found.predicted) == ("quiet", {"keep": 2}, {"back": 4})
    assert found.reflect == (("What was she afraid of?", "The needle."),)
    assert found.evidence[0].disputed == "She was late."
    text = debrief_text(found)
    for words in ("How it left you: quiet", "I will call.", "would come back: 4 of 5", "The needle.", "Next time: Ask"):
        assert words in text
    assert "You dispute this: She was late." in text


def test_the_patient_speaks_before_any_figure_and_no_grade_comes_first(prog):
    text = debrief_text(of(prog, "tell", "vow", "ring", answers=ANSWERS))
    titles = ["Debrief", "Ann speaks", "The moments", "Your guess beside Ann", "In your own words", "What moved"]
    titles += ["What was let show", "What was promised", "The evidence", "A small rubric"]
    order = [text.index(f"— {title}") for title in titles]
    assert order == sorted(order)
    assert "This shows what you recognise in a list" in text
    assert "It is small." in text, "the limits of the study stand with the score"


def test_the_patient_says_three_things_in_their_order(prog):
    found = of(prog, "ask", "vow", "ring")
    assert (found.noticed, found.kept_back, found.will_do) == ("I saw.", "Nothing.", "I will rest.")
    assert page("patient", found).split("\n")[2:] == [
        "What I noticed.", "I saw.", "", "What I kept back.", "Nothing.", "", "What I will do.", "I will rest.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cast", "name"),
    [
        ("bo: {name: Bo, role: his wife}, ann: {name: Ann, role: patient}", "Ann"),
        ("bo: {name: Bo}, ann: {name: Ann Lee, role: Patient}, cy: {name: Cy, role: patient}", "Ann"),
        ("bo: {name: Bo, role: a patient man}, ann: {name: Ann}", "Bo"),
        ("bo: {name: Bo}, ann: {name: Ann}", "Bo"),
    ],
)
def test_the_patient_is_the_first_whose_role_it_is_or_else_the_first(cast, name):
    head = HEAD.replace("cast:\n  ann: {name: Ann, role: patient}", f"cast: {{{cast}}}")
    found = of(program(BODY.replace("ann: I stopped", "I stopped"), head=head), "ask", "vow", "ring")
    assert found.patient == name
    assert page("patient", found).startswith(f"— {name} speaks —")


def test_authored_and_typed_text_is_shown_literally(prog):
    odd = "[red]{{ x }}{% raw %} <b>&amp; \\n %s"
    found = replace(of(prog, "ask", "vow", "ring"), noticed=odd, landed=odd, intention=odd)
    assert debrief_text(found, 200).count(odd) == 3


def test_the_debrief_as_json_is_whole(prog):
    value = json.loads(debrief_json(of(prog, "ask", "vow", "ring")))
    assert {"noticed", "curves", "evidence", "scores", "moments", "claim"} <= set(value)
    assert len(value["moments"]) == 3


def test_every_page_renders_for_an_encounter_without_anything():
    bare = program("visits: {v: {title: V, nodes: {a: {choices: {x: {say: X., next: b}}}, b: {ending: done}}}}")
    found = of(bare, "x")
    assert all(isinstance(page(name, found), str) for name in PAGES)
    assert "No moment of this encounter stands out." in debrief_text(found)
    assert "did not come up" in debrief_text(found)


def test_no_line_is_wider_than_the_page(prog):
    found = of(prog, "tell", "vow", "rest", answers=ANSWERS, attempt=2)
    for width in (40, 78):
        assert max(len(line) for line in debrief_text(found, width).split("\n")) <= width


def test_markdown_holds_headings_and_nothing_else_of_its_own(prog):
    odd = replace(of(prog, "ask", "vow", "ring"), noticed="# *not* a [heading](x) <b>")
    text = debrief_markdown(odd)
    assert "## Ann speaks" in text
    assert "\\# \\*not\\* a \\[heading\\](x) \\<b\\>" in text


def test_wrapping():
    assert wrapped("one two three\n\nfour", 8) == "one two\nthree\n\nfour"
    assert wrapped("unbreakable-word-longer", 8) == "unbreakable-word-longer"
    assert wrapped("[1] say: one two", 8, hang=4) == "[1] say:\n    one\n    two"
