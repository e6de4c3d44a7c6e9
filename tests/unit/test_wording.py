"""Texts made ready to be played: manners, acts, and what would leave a choice without words."""

from __future__ import annotations

from simulator.encounter.speech import Voice
from simulator.encounter.transcript import transcript
from tests.support import codes, play, program

BODY = """
meters: {{trust: 3}}
variants: {{mood: [low]}}
visits:
  one:
    title: One
    nodes:
      a:
        lines: |
          ann ({{{{ mood }}}}): Hello.
        choices:
          x:
            say: {say}
            next: b
      b: {{ending: done}}
"""


def test_a_manner_is_filled_in():
    prog = program(BODY.format(say="Hi."))
    turn = transcript(play(prog).events, Voice(prog, 0))[1]
    assert (turn.who, turn.manner, turn.text) == ("Ann", "low", "Hello.")


def test_the_words_of_a_choice_are_one_paragraph():
    prog = program(BODY.format(say="|\n              One line.\n              [2] say: another"))
    assert Voice(prog, 0).words(prog.choices[0].text, play(prog).state) == "One line. [2] say: another"


def test_a_choice_must_not_be_left_without_words():
    assert codes(BODY.format(say='"{% if trust > 5 %}Hi{% endif %}"')) == ["BED207"]
    assert codes(BODY.format(say='"{% if trust > 5 %}Hi{% else %}Oh{% endif %}"')) == []
    assert codes(BODY.format(say='"Well{% if trust > 5 %}, hi{% endif %}"')) == []
