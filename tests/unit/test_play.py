"""The rules of play, one by one, as docs/format.md states them."""

from __future__ import annotations

import pytest

from simulator.encounter.speech import Voice
from simulator.encounter.transcript import transcript
from simulator.encounter.transition import available, begin
from tests.support import codes, compiled, meters, names, play, program


def spoken(playthrough):
    return [turn.text for turn in transcript(playthrough.events, Voice(playthrough.program, 0)) if turn.text]


def flags(playthrough):
    prog = playthrough.program
    return {name for n, name in enumerate(prog.flags) if prog.ledger.has(playthrough.state, "flags", n)}


def marks(playthrough):
    """What is marked of the first fact and the first promise."""
    sets = ("told", "recalled", "promised", "kept", "passed")
    return {name for name in sets if playthrough.program.ledger.has(playthrough.state, name, 0)}


def test_entering_applies_effects_and_tells_once_and_lines_read_the_new_state():
    prog = program("""
        meters: {trust: 3}
        facts: {secret: A secret.}
        visits:
          one:
            title: One
            nodes:
              hub:
                effects: {trust: +1}
                tells: secret
                lines:
                  - {when: trust >= 4 and told('secret'), lines: New state.}
                  - {when: seen('hub'), lines: Again.}
                choices:
                  ask: {say: Ask., next: hub}
                  leave-it: {say: Go., next: out}
              out: {ending: done}
    """)  # fmt: skip
    first = play(prog)
    assert meters(first) == {"trust": 4}
    assert spoken(first) == ["One", "New state."]
    second = play(prog, "ask")
    assert meters(second) == {"trust": 4}, "effects of a node are applied on the first entry only"
    assert spoken(second)[-2:] == ["New state.", "Again."], "lines play each time; seen() holds once the node was left"
    assert names(second.available) == ["leave-it"], "a choice is offered once"


def test_evidence_and_effects_read_the_state_before_and_reply_and_next_the_state_after():
    prog = program("""
        meters: {trust: 3}
        visits:
          one:
            title: One
            nodes:
              start:
                choices:
                  lift:
                    say: Lift.
                    effects:
                      - {when: trust >= 4, trust: +5}
                      - {when: chose('lift') or seen('start'), trust: +4}
                      - {trust: +1}
                    reply:
                      - {when: trust >= 4 and chose('lift'), lines: After.}
                    next:
                      - {when: trust >= 4, go: up}
                      - {go: down}
              up: {lines: Up., ending: done}
              down: {lines: Down., ending: done}
    """)  # fmt: skip
    done = play(prog, "lift")
    assert meters(done) == {"trust": 4}
    assert spoken(done) == ["One", "Lift.", "After.", "Up.", "The door closes."]


def test_effects_are_clamped_at_both_ends_and_flags_are_set_and_cleared():
    prog = program("""
        meters: {low: 1, high: {start: 4, max: 5}}
        flags: [on, off]
        visits:
          one:
            title: One
            nodes:
              a:
                choices: {x: {say: X., effects: {low: -9, high: +9, "on": true}, next: b}}
              b:
                choices: {y: {say: Y., effects: {"on": false, "off": true}, next: c}}
              c: {ending: done}
    """)  # fmt: skip
    assert meters(play(prog, "x")) == {"low": 0, "high": 5}
    assert flags(play(prog, "x")) == {"on"}
    assert flags(play(prog, "x", "y")) == {"off"}


LEDGER = """
facts: {foot: Her foot., wedding: {text: A wedding., goal: true}}
promises: {call: Call her.}
visits:
  one:
    title: One
    nodes:
      a:
        choices:
          promise: {say: I will call., makes: call, next: b}
          listen: {say: Go on., tells: foot, next: b}
      b:
        choices:
          ring: {do: Ring., keeps: call, next: c}
          foot: {say: The foot., recalls: foot, next: c}
          weather: {say: Rain., next: c}
      c:
        choices:
          ring-late: {do: Ring late., keeps: call, next: d}
          leave-it: {do: Leave it., next: d}
      d: {ending: done}
"""


def test_keeping_needs_a_promise_and_recalling_needs_a_fact():
    prog = program(LEDGER)
    assert names(play(prog, "promise").available) == ["ring", "weather"]
    assert names(play(prog, "listen").available) == ["foot", "weather"]
    assert marks(play(prog, "listen", "foot")) == {"told", "recalled"}


def test_a_promise_passed_over_can_still_be_kept():
    prog = program(LEDGER)
    passed = play(prog, "promise", "weather")
    assert marks(passed) == {"promised", "passed"}
    assert marks(play(prog, "promise", "weather", "ring-late")) == {"promised", "passed", "kept"}


def test_otherwise_is_the_way_on_where_no_choice_is_left():
    body = """
        visits:
          one:
            title: One
            nodes:
              hub:
                otherwise: out
                choices: {ask: {say: Ask., next: hub}}
              out: {lines: Nothing more., ending: done}
    """
    assert play(program(body), "ask").is_over
    assert codes(body.replace("otherwise: out", "")) == ["BED502", "BED505"]


def test_a_node_is_seen_once_it_was_left_whichever_way():
    prog = program("""
        flags: [door]
        visits:
          one:
            title: One
            nodes:
              a:
                otherwise: b
                choices: {open: {say: Open., when: door, next: b}}
              b:
                lines:
                  - {when: seen('a'), lines: Behind you.}
                  - {when: seen('b'), lines: Not yet.}
                choices:
                  on: {say: On., next: [{when: seen('b'), go: c}, {go: d}]}
              c:
                lines: {when: seen('c'), lines: Not yet.}
                next: [{when: seen('c'), go: e}, {go: d}]
              e: {lines: Too early., ending: done}
              d:
                lines: {when: seen('c'), lines: Behind you too.}
                ending: done
    """)
    assert spoken(play(prog, "on"))[1:-1] == ["Behind you.", "On.", "Behind you too."]


def test_again_choices_stay_and_count_once():
    prog = program("""
        visits:
          one:
            title: One
            minutes: 5
            out-of-time: out
            nodes:
              hub:
                choices:
                  look: {notice: Look., again: true, tags: looking, next: hub}
                  twice: {say: Twice., when: count('looking') > 0, next: out}
                  leave-it: {say: Go., next: out}
              out: {ending: done}
    """)  # fmt: skip
    assert names(play(prog, "look", "look").available) == ["look", "twice", "leave-it"]
    assert play(prog, "look", "look").state.counts == (1,)


def test_a_choice_that_is_not_available_is_refused():
    prog = program(LEDGER)
    with pytest.raises(ValueError, match="one/b/ring"):
        play(prog, "ring")
    assert available(prog, begin(prog)[0]) == prog.nodes[0].choices
    assert available(prog, play(prog, "promise", "ring", "leave-it").state) == ()


def test_every_problem_of_a_file_is_reported_at_once():
    found = compiled("""
        meters: {trust: 30}
        visits:
          one:
            title: One
            nodes:
              a:
                lines: Hello.
                choices:
                  x: {say: X., when: trsut > 3, scores: {caring: 3}, next: nowhere}
                  y: {says: Y., effects: {trust: 1}, next: b}
              b: {leave: two}
    """)[1]  # fmt: skip
    assert {p.code for p in found} == {"BED204", "BED302", "BED401", "BED201", "BED209", "BED603"}
    assert all(p.place for p in found)
