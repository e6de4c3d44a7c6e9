"""What the coding teaches: motives of lesser choices, harm that shows, objectives that are exercised."""

from __future__ import annotations

import textwrap

import pytest

from simulator.language.diagnostics import Problems
from simulator.workshop.teaching import check_teaching
from tests.support import HEAD, program

BEST = "sit: {do: Sit., scores: {presence: 1}, because: She waited., next: bye}"


def warned(*choices: str, node: str = "", head: str = "", more: str = ""):
    """The codes earned by a node with these choices, each with the choice, objective or case it points at."""
    rows = textwrap.indent("\n".join(choices), " " * 10)
    body = (
        f"{head}meters: {{trust: 3}}\nvisits:\n  monday:\n    title: Monday\n    nodes:\n      door:\n        {node}\n"
        f"        choices:\n{rows}\n{textwrap.indent(more, ' ' * 6)}\n      bye: {{lines: She goes., ending: done}}\n"
    )
    base = HEAD.replace("objectives: []\n", "") if "objectives" in head else HEAD
    found = Problems()
    check_teaching(program(body, head=base), found)
    return [(one.code, _on(one.place)) for one in found]


def _on(place):
    line = place.source.line(place.line)
    return (
        line[place.column - 1 : place.end_column - 1]
        if place.end_column - place.column > 1
        else line.split(":")[0].strip()
    )


# lesser choices


def test_a_lesser_choice_needs_what_tempts_to_it():
    lesser = "do: Stand., scores: {presence: 0}, because: She looked up., next: bye"
    assert warned(BEST, f"stand: {{{lesser}}}") == [("BED607", "stand")]
    assert warned(BEST, f"stand: {{{lesser}, tempts: It is quick.}}") == []


def test_the_best_choices_need_none():
    assert warned(BEST, "ask: {say: Well?, scores: {presence: 1}, because: It was hers to tell., next: bye}") == []


def test_where_nothing_is_scored_nothing_tempts():
    assert warned("sit: {do: Sit., next: bye}", "stand: {do: Stand., next: bye}") == []


def test_a_choice_is_lesser_only_beside_one_that_is_always_on_offer():
    rare = "sit: {do: Sit., when: trust >= 5, scores: {presence: 1}, because: She waited., next: bye}"
    stand = "stand: {do: Stand., scores: {presence: 0}, because: She looked up., next: bye}"
    assert warned(rare, stand) == []


def test_a_choice_that_is_best_in_one_case_needs_none():
    cases = "[{when: trust >= 4, presence: 1}, {presence: 0}]"
    hold = f"hold: {{wait: Hold still., scores: {cases}, because: It was on its way., next: bye}}"
    stand = "stand: {do: Stand., tempts: It is quick., scores: {presence: 0}, because: She looked up., next: bye}"
    assert warned(BEST, hold, stand) == []


def test_a_choice_that_costs_in_one_case_needs_one():
    cases = "[{when: trust >= 4, presence: 1}, {presence: -1}]"
    hold = f"wait: Hold still., scores: {cases}, because: It was on its way., next: bye"
    assert warned(BEST, f"hold: {{{hold}}}") == [("BED607", "hold")]
    assert warned(BEST, f"hold: {{{hold}, tempts: Silence feels like listening.}}") == []


def test_a_level_that_is_not_tested_does_not_make_a_choice_lesser():
    both = "ask: {say: Well?, scores: {presence: 1, caring: -1}, because: It was hers., next: bye}"
    assert warned(BEST, both, node="tests: presence") == []


def test_choices_that_can_be_taken_in_turn_do_not_compete():
    look = "look: {do: Look., next: door}"
    stand = "stand: {do: Stand., scores: {presence: 0}, because: She looked up., next: bye}"
    assert warned(BEST, stand, look) == []


# decisions that are none


def test_a_best_choice_beside_others_that_teach_nothing():
    bare = ["stand: {do: Stand., next: bye}", "leave-1: {do: Go., scores: {presence: 0}, next: bye}"]
    assert warned(BEST, *bare) == [("BED610", "sit")]


def test_one_that_teaches_makes_it_a_decision():
    bare = "stand: {do: Stand., next: bye}"
    tempting = "ask: {do: Ask., tempts: You want to know., next: bye}"
    assert warned(BEST, bare, tempting) == [("BED607", "stand")]


def test_a_moment_with_one_choice_is_no_decision():
    assert warned(BEST) == []


# harm

HARM = "age: {say: At your age?, tempts: A joke., scores: {presence: -1, harm: true}, because: She is 74.%s, next: bye}"


def test_harm_that_nothing_shows():
    assert [code for code, _ in warned(BEST, HARM % "")] == ["BED608"]


def test_a_clinical_risk_that_nothing_shows():
    assert [code for code, _ in warned(BEST, (HARM % "").replace("harm", "unsafe"))] == ["BED608"]


@pytest.mark.parametrize("shown", ["reply: She looks away.", "effects: {trust: -1}", "tells: fall", "makes: call"])
def test_whatever_comes_of_it_shows_it(shown):
    head = "facts: {fall: She fell.}\npromises: {call: Call her.}\n"
    assert warned(BEST, HARM % f", {shown}", head=head) == []


def test_a_way_of_its_own_shows_it():
    away = (HARM % "").replace("next: bye", "next: gone")
    assert warned(BEST, away, more="gone: {lines: She leaves., next: bye}") == []


@pytest.mark.parametrize(
    "asked", ["chose('age')", "chose('door/age')", "chose('monday/door/age')", "count('joke') >= 1"]
)
def test_a_condition_that_asks_for_it_shows_it(asked):
    head = f'rules:\n  - {{when: "{asked}", scores: {{caring: -1}}, because: She remembered.}}\n'
    assert warned(BEST, HARM % ", tags: joke", head=head) == []


def test_a_condition_that_asks_for_another_choice_does_not():
    head = "rules:\n  - {when: chose('sit'), scores: {caring: 1}, because: She remembered.}\n"
    assert [code for code, _ in warned(BEST, HARM % "", head=head)] == ["BED608"]


# objectives


def _objective(criterion: str) -> str:
    return f"objectives:\n  - {{text: Do it, criteria: [{criterion}]}}\n"


def test_an_objective_on_which_nothing_is_scored():
    assert warned(BEST, head=_objective("presence")) == []
    assert warned(BEST, head=_objective("caring")) == [("BED609", "caring")]
    assert warned(BEST, head=_objective("small/caring")) == [("BED609", "small/caring")]


def test_what_is_coded_and_not_tested_is_not_scored():
    both = BEST.replace("presence: 1", "presence: 1, caring: 1")
    assert warned(both, node="tests: presence", head=_objective("caring")) == [("BED609", "caring")]
    assert warned(both, head=_objective("caring")) == []


def test_a_facet_exercises_its_criterion_and_not_the_reverse():
    facet = BEST.replace("presence", "attention")
    assert warned(facet, head=_objective("presence")) == []
    assert warned(BEST, head=_objective("attention")) == [("BED609", "attention")]


def test_a_rule_exercises_what_it_scores():
    rule = "rules:\n  - {when: chose('sit'), scores: {caring: 1}, because: She remembered.}\n"
    assert warned(BEST, head=_objective("caring") + rule) == []
