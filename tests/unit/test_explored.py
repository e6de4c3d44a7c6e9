"""What `check` sees by playing every playthrough, each thing once and where it stands."""

from __future__ import annotations

import datetime

import pytest

from simulator.explore.graph import explore
from simulator.language.diagnostics import Problems
from simulator.workshop.check import check_scenario
from simulator.workshop.explored import check_explored
from simulator.workshop.tells import check_tells, decisions
from tests import support

TODAY = datetime.date(2026, 5, 4)
BODY = """
meters: {trust: 3}
facts: {foot: Her foot.}
promises: {call: Call.}
visits:
  v:
    title: V
    nodes:
      a:
        choices:
          CHOICES
      b:
        choices:
          foot: {say: Your foot?, when: told('foot'), next: c}
          keep: {do: Call., keeps: call, next: c}
          rest: {do: Rest., next: c}
      c: {leave: LEAVE}
  w:
    title: W
    nodes:
      x: {lines: Later., next: y}
      y: {lines: Much later., ending: done}
"""


def told(body: str, **options: str) -> list[tuple[str, int, str]]:
    """Code, line and message of all that is warned of."""
    program = support.program(body, **options)
    problems = Problems()
    check_explored(program, explore(program), problems)
    return [(one.code, one.place.line - len(support.HEAD.splitlines()), one.message) for one in problems]


def body(choices: str = "", leave: str = "w") -> str:
    some = "ask: {say: How?, effects: {trust: +1}, tells: foot, makes: call, next: b}\n"
    some += "          look: {notice: It., next: b}"
    return BODY.replace("CHOICES", choices or some).replace("LEAVE", leave)


def test_a_sound_scenario_is_not_warned_of():
    assert told(body()) == []


def test_a_visit_that_is_never_come_to_is_told_once_and_not_each_of_its_nodes():
    found = told(body(leave="[{when: trust >= 6, to: w}, {to: done}]"))
    assert found == [("BED509", 19, "No playthrough comes to the visit “w”.")]


def test_a_condition_that_is_never_true_in_lines():
    lines = "[{when: trust >= 5, lines: She smiles.}, She waits.]"
    found = told(body().replace("x: {lines: Later.", f"x: {{lines: {lines}"))
    assert found == [("BED309", 22, "In no playthrough is this true when it is asked.")]


def test_what_a_choice_keeps_or_recalls_is_no_condition_of_its_author():
    """`foot` is recalled where it was always told: that is as it should be."""
    one = "{say: How?, tells: foot, makes: call, next: b}"
    always = f"ask: {one}\n          too: {one}"
    some = body(always).replace("when: told('foot')", "recalls: foot")
    assert told(some) == []
    assert [code for code, *_ in told(body(always))] == ["BED309"]


def test_a_promise_that_no_way_can_keep():
    later = "[{when: not promised('call'), to: w}, {to: done}]"
    moved = body(leave=later).replace("          keep: {do: Call., keeps: call, next: c}\n", "")
    moved = moved.replace("y: {lines: Much later., ending: done}",
                          "y: {choices: {keep: {do: Call., keeps: call, next: z}, rest: {do: Rest., next: z}}}\n"
                          "      z: {ending: done}")  # fmt: skip
    assert [(code, message) for code, _, message in told(moved)] == [
        ("BED511", "No playthrough offers the choice “w/y/keep”."),
        ("BED512", "The promise “call” can be made, and no playthrough can keep it."),
    ]


def test_a_fact_that_nothing_tells_and_one_that_nothing_asks_for():
    silent = body().replace("facts: {foot: Her foot.}", "facts: {foot: Her foot., hand: Her hand.}")
    assert told(silent) == [("BED513", 3, "Nothing tells the fact “hand”.")]
    loose = body().replace("foot: {say: Your foot?, when: told('foot'), next: c}", "foot: {say: Your foot?, next: c}")
    assert [(code, line) for code, line, _ in told(loose)] == [("BED513", 3)]
    asked = loose.replace("x: {lines: Later.", "x: {lines: \"{% if told('foot') %}Your foot.{% endif %} Later.\"")
    assert [code for code, *_ in told(asked)] == []


def test_a_rule_of_the_scenario_that_never_holds_and_one_of_a_rubric_that_never_does():
    rule = "rules:\n  - {when: trust >= 7, scores: {caring: 1}, because: B.}\n"
    assert [(code, line) for code, line, _ in told(rule + body())] == [("BED309", 2)]
    counts = support.RUBRIC + "rules:\n  - {when: count('cut') >= 3, scores: {caring: -1}, because: B.}\n"
    assert told(body(), rubric_text=counts) == [], "where nothing is tagged, it is no opportunity"
    tagged = body().replace("notice: It.,", "notice: It., tags: cut,")
    assert [code for code, *_ in told(tagged, rubric_text=counts)] == ["BED612"]
    assert told(tagged, rubric_text=counts.replace(">= 3", ">= 1")) == []


def test_what_static_checks_have_told_is_not_told_again():
    problems = Problems()
    program, problems = support.compiled(body().replace(", makes: call", ""))
    assert program is not None
    assert [one.code for one in problems] == ["BED506"]
    check_scenario(program, problems, TODAY)
    assert [one.code for one in problems] == ["BED506"]


def test_with_too_many_states_nothing_is_said(monkeypatch):
    monkeypatch.setattr("simulator.workshop.check.MOST_STATES", 2)
    problems = Problems()
    assert check_scenario(support.program(body()), problems, TODAY) is False
    assert not problems


# tells


def moments(*rows: str) -> str:
    """Moments one after another; each row is "text level, text level"."""
    nodes = []
    for n, row in enumerate(rows):
        after = f"m{n + 1}" if n + 1 < len(rows) else "end"
        choices = []
        for c, part in enumerate(row.split(", ")):
            text, level = part.rsplit(" ", 1)
            choices.append(f"c{c}: {{say: {text}., scores: {{caring: {level}}}, because: B., next: {after}}}")
        nodes.append(f"      m{n}:\n        choices:\n          " + "\n          ".join(choices))
    return "visits:\n  v:\n    title: V\n    nodes:\n" + "\n".join(nodes) + "\n      end: {ending: done}\n"


def tells(text: str) -> list[str]:
    program = support.program(text)
    problems = Problems()
    check_tells(program, explore(program), ["tell me more"], problems)
    return [one.code for one in problems]


LONG = "Much longer words 1, Short -1, Words -1"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([LONG] * 3, ["BED701"]),  # by chance once in 27
        ([LONG] * 2, []),  # by chance once in 9
        ([LONG] * 3 + ["Much longer words -1, Short 1, Words -1"] * 3, []),  # 3 of 6: by chance once in 3
        ([LONG] * 5 + ["Much longer words -1, Short 1, Words -1"] * 2, ["BED701"]),
        (["Much longer words 1, Short 1, Words 1"] * 5, []),  # where all are best, nothing is given away
        (["Tell me more 1, And the wrist there -1, Words of some kind -1"] * 3, ["BED703"]),
    ],
)
def test_length_and_tone_are_told_of_where_chance_would_not_do_it(rows, codes):
    assert tells(moments(*rows)) == codes


def test_a_decision_is_taken_as_it_is_in_most_of_its_states():
    program = support.program("""
meters: {trust: 3}
visits:
  v:
    title: V
    nodes:
      a:
        choices:
          up: {say: A., effects: {trust: +2}, next: b}
          down: {say: B., effects: {trust: -2}, next: b}
          off: {say: C., effects: {trust: -3}, next: b}
      b:
        choices:
          push: {say: D., scores: [{when: trust >= 5, caring: 2, because: B.}, {caring: -1, because: B.}], next: c}
          hold: {say: E., scores: {caring: 1}, because: B., next: c}
          also: {say: F., when: trust < 1, next: c}
      c: {ending: done}
""")
    (one,) = decisions(program, explore(program))
    assert [choice.id for choice in one.best] in (["v/b/hold"], ["v/b/push"])
    assert one.node.id == "v/b"
