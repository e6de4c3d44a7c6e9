"""The clock of a visit: what costs minutes, and when it knocks."""

from __future__ import annotations

from simulator.encounter.transition import TimeUp
from tests.support import choice, play, program
from tests.unit.test_play import spoken

CLOCK = """
visits:
  one:
    title: One
    minutes: 4
    out-of-time: knock
    nodes:
      a:
        choices:
          slow: {say: Slow., minutes: 9, reply: Played whole., next: b}
          two: {say: Two., minutes: 2, next: b}
          free: {say: Free., minutes: 0, next: b}
      b:
        choices:
          one-more: {say: One., next: c}
          rest: {say: Rest., minutes: 2, next: c}
      c:
        choices: {last: {say: Last., next: off}}
      knock:
        lines: A knock.
        choices: {late: {say: Late., minutes: 3, next: d}}
      d:
        choices: {later: {say: Later., minutes: 3, next: off}}
      off: {leave: two}
  two:
    title: Two
    nodes:
      z: {ending: done}
"""


def test_a_choice_costs_one_minute_unless_it_says_otherwise():
    assert play(program(CLOCK), "free").state.minutes == 4
    assert play(program(CLOCK), "free", "one-more").state.minutes == 3


def test_a_choice_may_cost_more_than_is_left_and_is_taken_whole():
    done = play(program(CLOCK), "slow")
    assert done.state.minutes == 0
    assert spoken(done) == ["One", "Slow.", "Played whole.", "A knock."]


def test_out_of_time_replaces_next_once_and_from_there_nothing_costs_minutes():
    prog = program(CLOCK)
    late = play(prog, "two", "rest", "late")
    assert prog.nodes[late.state.node].id == "one/d", "the clock stands at 0 and is not asked again"
    assert late.choose(choice(prog, "later")).is_over


def test_a_visit_without_a_clock_has_no_minutes():
    assert play(program(CLOCK), "free", "one-more", "last").state.minutes == -1


def test_each_visit_has_a_clock_of_its_own_which_knocks_again():
    prog = program("""
        visits:
          one:
            title: One
            minutes: 2
            out-of-time: knock
            nodes:
              a: {choices: {slow: {say: Slow., minutes: 2, next: away}, quick: {say: Quick., next: away}}}
              away: {leave: two}
              knock: {lines: A knock., leave: two}
          two:
            title: Two
            minutes: 3
            out-of-time: bell
            nodes:
              b: {choices: {long: {say: Long., minutes: 3, next: off}, short: {say: Short., next: off}}}
              off: {lines: In time., ending: done}
              bell: {lines: A bell., ending: done}
    """)
    assert spoken(play(prog, "slow"))[-2:] == ["A knock.", "Two"]
    for first in ("slow", "quick"):
        begun = play(prog, first)
        assert (begun.state.minutes, begun.state.late) == (3, False), "each visit starts with its own clock"
        assert "In time." in spoken(play(prog, first, "short"))
        done = play(prog, first, "long")
        assert "A bell." in spoken(done)
        assert [event.visit.id for event in done.events if isinstance(event, TimeUp)][-1] == "two"


def test_a_visit_that_is_come_back_to_has_its_clock_at_full():
    prog = program("""
        visits:
          one:
            title: One
            minutes: 2
            out-of-time: knock
            nodes:
              a:
                otherwise: out
                choices: {x: {say: X., minutes: 2, next: out}, y: {say: Y., minutes: 2, next: out}}
              knock: {lines: A knock., leave: two}
              out: {ending: done}
          two:
            title: Two
            nodes: {b: {choices: {back: {say: Back., next: c}, stay: {say: Stay., next: d}}, otherwise: d},
                    c: {leave: one}, d: {ending: done}}
    """)
    assert play(prog, "x", "back").state.minutes == 2
    assert spoken(play(prog, "x", "back", "y")).count("A knock.") == 2
