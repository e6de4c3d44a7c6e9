"""The shape of play: hubs, loops that spend nothing, moments that could leave no choice, nodes nothing leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.encounter.graph import Edge, components, edges, reached
from tests.support import compiled, program

ONE = """
meters: {trust: 3, hope: 3}
flags: [brave]
facts: {foot: A foot.}
promises: {call: A call.}
visits:
  one:
    title: One
"""
END = "      out: {ending: done}\n"


def visit(nodes: str, *, clock: str = "") -> str:
    """One visit with these nodes (written from the left margin) and a last one called `out`."""
    indented = "".join(f"      {line}\n" for line in nodes.strip("\n").split("\n"))
    return f"{ONE}{clock}    nodes:\n{indented}{END}"


CLOCK = "    minutes: 5\n    out-of-time: knock\n"


def codes(body: str) -> list[str]:
    """Errors and warnings as `CODE node`, where the node is told by its line."""
    _, problems = compiled(body)
    return sorted(one.code for one in problems)


def hubs(body: str) -> set[str]:
    return {node.id.removeprefix("one/") for node in program(body).nodes if node.is_hub}


HUB = """
hall:
  choices:
    ask: {say: Ask., next: room}
    look: {notice: Look., next: hall}
    go-on: {do: Go., next: out}
  otherwise: out
room: {lines: A room., next: hall}
"""


def test_a_hub_is_every_node_that_can_be_entered_again():
    assert hubs(visit(HUB)) == {"hall", "room"}
    assert hubs(visit("hall:\n  choices:\n    ask: {say: Ask., next: room}\nroom: {next: out}")) == set()


def test_a_node_before_a_loop_is_no_hub():
    assert "door" not in hubs(visit("door: {next: hall}" + HUB))


def test_plain_nodes_are_those_whose_choices_are_always_there():
    found = {node.id: node.is_plain for node in program(visit(HUB)).nodes}
    assert found == {"one/hall": False, "one/room": False, "one/out": True}


# loops

AGAIN = """
hall:
  choices:
    ask: {{say: Ask., again: true, next: {to}{minutes}}}
    go-on: {{do: Go., next: out}}
room: {{lines: A room., next: hall}}
knock: {{lines: A knock., next: {knock}}}
"""


@pytest.mark.parametrize(
    ("to", "minutes", "knock", "clock", "is_loop"),
    [
        ("hall", "", "out", "", True),  # no clock: a minute costs nothing
        ("room", "", "out", "", True),
        ("hall", "", "out", CLOCK, False),  # a minute on a clock is spent
        ("room", "", "out", CLOCK, False),
        ("hall", ", minutes: 0", "out", CLOCK, True),
        ("hall", "", "hall", CLOCK, True),  # the clock stands at 0, and runs no more
        ("out", "", "hall", CLOCK, False),
    ],
)
def test_a_loop_must_spend_something(to, minutes, knock, clock, is_loop):
    found = codes(visit(AGAIN.format(to=to, minutes=minutes, knock=knock), clock=clock))
    assert ("BED501" in found) == is_loop


def test_a_loop_through_a_choice_offered_once_is_fine():
    assert codes(visit(HUB)) == []


def test_a_loop_of_nodes_without_choices_is_told_once_with_its_nodes():
    _, problems = compiled(visit("a: {next: b}\nb: {next: [{when: trust > 3, go: a}, {go: out}]}"))
    assert [(one.code, one.note) for one in problems] == [("BED501", "The loop: one/a, one/b.")]


def test_two_loops_are_two_problems():
    body = """
a: {next: [{when: trust > 3, go: a}, {go: b}]}
b: {next: [{when: trust > 3, go: b}, {go: out}]}
"""
    assert codes(visit(body)) == ["BED501", "BED501"]


def test_otherwise_can_close_a_loop():
    body = """
hall:
  choices:
    ask: {say: Ask., when: trust > 3, next: out}
  otherwise: room
room: {next: hall}
"""
    assert codes(visit(body)) == ["BED501"]


def test_visits_that_lead_to_each_other_are_a_loop():
    body = """
meters: {trust: 3}
visits:
  one: {title: One, nodes: {a: {leave: two}}}
  two: {title: Two, nodes: {b: {leave: [{when: trust > 3, to: one}, {to: done}]}}}
"""
    assert "BED501" in codes(body)


def test_minutes_do_not_break_a_loop_over_visits_whose_clocks_start_afresh():
    choices = "{again: true, say: x., next: back}"
    body = f"""
meters: {{trust: 3}}
visits:
  one:
    title: One
    minutes: 5
    out-of-time: back
    nodes:
      a: {{choices: {{x: {choices}}}}}
      back: {{leave: [{{when: trust > 3, to: two}}, {{to: done}}]}}
  two: {{title: Two, nodes: {{b: {{leave: one}}}}}}
"""
    assert "BED501" in codes(body)


# moments without a choice


def moment(*conditions: str, again: str = "") -> str:
    """A node whose choices have these conditions."""
    rows = "".join(f"    c{n}: {{say: x., when: {when}{again}, next: out}}\n" for n, when in enumerate(conditions))
    return visit(f"hall:\n  choices:\n{rows}".rstrip("\n"))


@pytest.mark.parametrize(
    ("conditions", "is_stuck"),
    [
        (["trust > 3"], True),
        (["trust > 3", "trust <= 3"], False),
        (["trust > 3", "trust < 3"], True),
        (["brave", "not brave"], False),
        (["brave and trust > 3", "not brave", "trust < 4"], False),
        (["brave and trust > 3", "not brave", "trust < 3"], True),
        (["told('foot')", "not told('foot')"], False),
        (["trust + hope > 9", "trust + hope < 10"], False),
        (["trust == hope", "trust != hope"], False),
        (["chose('c1')", "not chose('c1')"], False),
    ],
)
def test_stuck_moments_are_found_by_trying_every_state(conditions, is_stuck):
    assert ("BED502" in codes(moment(*conditions))) == is_stuck


def test_a_choice_that_keeps_a_promise_may_not_be_there():
    keeps = "hall:\n  choices:\n    call: {do: Call., keeps: call, next: out}"
    assert codes(visit(keeps)) == ["BED502", "BED506"]
    made = "\n    wait: {wait: Wait., makes: call, next: out}"
    assert codes(visit(f"{keeps}{made}")) == []
    assert codes(visit(f"{keeps}\n  otherwise: out")) == ["BED506"]  # no choice makes the promise


def test_a_hub_whose_choices_are_all_offered_once_runs_dry():
    body = """
hall:
  choices:
    ask: {say: Ask., next: hall}
    look: {notice: Look., next: hall}
  otherwise: out
"""
    assert codes(visit(body)) == []
    assert codes(visit(body.replace("  otherwise: out\n", ""))) == ["BED502", "BED505"]


def test_a_clock_is_part_of_the_state():
    nodes = """
hall:
  choices:
    a: {say: x., when: minutes_left > 2, next: out}
    b: {say: x., when: WHEN, next: out}
knock: {next: out}
"""
    assert codes(visit(nodes.replace("WHEN", "minutes_left < 3"), clock=CLOCK)) == []
    assert codes(visit(nodes.replace("WHEN", "minutes_left < 2"), clock=CLOCK)) == ["BED502"]


# what leads where


def test_a_node_nothing_leads_to_is_a_warning():
    assert codes(visit("a: {next: out}\nattic: {next: out}")) == ["BED505"]


def test_the_out_of_time_node_is_led_to_only_if_something_costs_minutes():
    nodes = "hall:\n  choices:\n    a: {say: x., minutes: MINUTES, next: out}\nknock: {next: out}"
    assert codes(visit(nodes.replace("MINUTES", "1"), clock=CLOCK)) == []
    assert codes(visit(nodes.replace("MINUTES", "0"), clock=CLOCK)) == ["BED505"]


def test_edges_of_a_visit_with_a_clock():
    nodes = "hall:\n  choices:\n    a: {say: x., again: true, next: hall}\n    b: {say: x., minutes: 0, next: out}\n"
    found = program(visit(nodes + "knock: {next: out}", clock=CLOCK))
    hall, knock, out = 0, 1, 2
    assert set(edges(found.nodes, found.visits)) == {
        Edge(hall, hall, once=False, minutes=1),
        Edge(hall, knock, once=False, minutes=1, knocks=True),
        Edge(hall, out, once=True),
        Edge(knock, out),
    }


# on any graph

WAYS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24)


@given(WAYS)
def test_components_are_what_reaches_each_other(pairs):
    ahead: dict[int, list[int]] = {}
    for start, end in pairs:
        ahead.setdefault(start, []).append(end)
    group = components(8, [Edge(*pair) for pair in pairs])
    for a in range(8):
        for b in range(8):
            together = b in reached([a], ahead) and a in reached([b], ahead)
            assert (group[a] == group[b]) == together


def test_a_way_of_a_hundred_thousand_nodes_needs_no_recursion():
    ways = [Edge(n, n + 1) for n in range(100_000)]
    assert len(set(components(100_001, ways))) == 100_001
    assert len(set(components(100_001, [*ways, Edge(100_000, 0)]))) == 1
