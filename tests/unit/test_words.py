"""Conditions told in words."""

from __future__ import annotations

import pytest

from simulator.language.diagnostics import Problems
from simulator.language.shape import texts_of
from simulator.library.find import Shelf
from simulator.library.load import load
from simulator.workshop.terms import taken_apart
from simulator.workshop.words import Words
from tests.laws.small import CONDITIONS
from tests.support import ROOT, program

BODY = """
meters: {trust: 3, inner-hope: 2}
flags: [open-door]
facts: {foot: Her mother lost a foot.}
promises: {call: Call Ann on Monday.}
visits:
  one:
    title: Monday
    minutes: 4
    out-of-time: bye
    nodes:
      a:
        choices:
          sit: {do: Sit down., tags: slow, tells: foot, makes: call, next: bye}
          stand: {do: Stand., next: bye}
      bye: {lines: She leaves., leave: two}
  two:
    title: Tuesday
    nodes:
      b: {choices: {ring: {do: Ring., keeps: call, next: end}, not: {wait: Wait., next: end}}}
      end: {ending: done}
"""
FULL = Words(program(BODY))
BRIEF = Words(program(BODY), is_brief=True)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("trust >= 4", "trust is 4 or more"),
        ("trust > 4", "trust is 5 or more"),
        ("trust < 4", "trust is 3 or less"),
        ("4 >= trust", "trust is 4 or less"),
        ("trust == 4", "trust is 4"),
        ("not trust != 4", "trust is 4"),
        ("not trust >= 4", "trust is 3 or less"),
        ("trust > -1", "trust is 0 or more"),
        ("trust + inner_hope > 4", "trust plus inner hope is 5 or more"),
        ("trust - 1 > inner_hope", "trust minus 1 is more than inner hope"),
        ("minutes_left <= 2", "the number of minutes left is 2 or less"),
        ("count('slow') >= 1", "the number of choices marked “slow” is 1 or more"),
        ("open_door", "“open door” is so"),
        ("not open_door", "“open door” is not so"),
        ("told('foot')", "it was told that “Her mother lost a foot”"),
        ("not recalled('foot')", "it was not brought up again that “Her mother lost a foot”"),
        ("promised('call')", "this was promised: “Call Ann on Monday”"),
        ("not kept('call')", "this promise was not kept: “Call Ann on Monday”"),
        ("chose('sit')", "the learner chose “do: Sit down.”"),
        ("chose('one/a/stand')", "the learner chose “do: Stand.”"),
        ("seen('a')", "play has come through “a”"),
        ("open_door and trust > 2", "“open door” is so, and trust is 3 or more"),
        ("not (open_door and trust > 2)", "“open door” is not so, or trust is 2 or less"),
        ("open_door and (trust > 2 or trust == 0)", "“open door” is so, and (trust is 3 or more, or trust is 0)"),
        ("not (open_door or not trust > 2)", "“open door” is not so, and trust is 3 or more"),
        ("open_door == true", "“open door” is so"),
        ("open_door != true", "“open door” is not so"),
        ("open_door == told('foot')", "both or neither: “open door” is so; it was told that “Her mother lost a foot”"),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_plain_words(condition, words):
    assert FULL.when(condition) == words


def test_in_brief_ids_stand_for_the_texts_they_name():
    assert BRIEF.when("told('foot') and not open_door") == "told foot, and not open door"
    assert BRIEF.when("not chose('sit')") == "not chose sit"
    assert BRIEF.when(None) == ""


def test_each_of_several_cases_says_when_it_counts_by_itself():
    cases = ["trust >= 5", "open_door or told('foot')", None]
    assert FULL.case(cases, 0) == "trust is 5 or more"
    assert (
        FULL.case(cases, 1)
        == "trust is 4 or less, and (“open door” is so, or it was told that “Her mother lost a foot”)"
    )
    assert FULL.case(cases, 2).startswith("trust is 4 or less, and “open door” is not so, and it was not told")
    assert FULL.case([None], 0) == ""
    assert FULL.case(["open_door or trust > 2", None], 0) == "“open door” is so, or trust is 3 or more"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_taking_apart_loses_nothing(condition):
    flat = str(taken_apart(condition))
    for word in ("trust", "hope", "open_door", "told", "foot", "call", "kept", "count", "chose", "seen"):
        assert (word in condition) == (word in flat)


def test_every_condition_of_the_shipped_scenarios_can_be_told():
    for path in (ROOT / "scenarios").glob("*.yaml"):
        loaded = load(path, Shelf((ROOT,)), Problems())
        words = Words(loaded[1])
        conditions = {str(text) for _, name, text in texts_of(loaded[1].scenario) if name == "when"}
        assert conditions
        for condition in conditions:
            told = words.when(condition)
            assert told
            assert not set("_=<>") & set(told)
