"""What is heard and seen: the order of choices, variants and templates, and what people are called."""

from __future__ import annotations

from simulator.encounter.speech import Voice, shown
from simulator.encounter.transcript import transcript
from tests.support import HEAD, names, play, program


def test_the_order_shown_depends_on_the_seed_alone_and_may_be_fixed():
    body = """
        visits:
          one:
            title: One
            nodes:
              a:
                choices:
                  {a1: {say: A., next: b}, a2: {say: B., next: b}, a3: {say: C., next: b}, a4: {say: D., next: b}}
              b: {ending: done}
    """
    prog = program(body)
    node = prog.nodes[0]
    orders = {tuple(names(shown(node, node.choices, seed))) for seed in range(50)}
    assert len(orders) > 10
    assert shown(node, node.choices, 7) == shown(node, tuple(reversed(node.choices)), 7)
    fixed = program(
        body.replace("a:\n                choices", "a:\n                fixed-order: true\n                choices")
    )
    assert shown(fixed.nodes[0], fixed.nodes[0].choices, 7) == fixed.nodes[0].choices


def test_variants_are_drawn_by_the_seed_and_templates_filled_in():
    prog = program("""
        meters: {trust: 3}
        variants: {season: [spring, autumn]}
        visits:
          one:
            title: One
            scene: "It is {{ season }}. {{ ann.name | upper }} trusts you {{ trust }}."
            nodes:
              a:
                lines: |
                  {% if trust >= 3 %}
                  ann (quietly): Hello.
                  {% else %}
                  ann: Go.
                  {% endif %}
                  She waits.
                ending: done
    """)  # fmt: skip
    both = {transcript(play(prog).events, Voice(prog, seed))[1].text for seed in range(20)}
    assert both == {"It is spring. ANN trusts you 3.", "It is autumn. ANN trusts you 3."}
    turns = transcript(play(prog).events, Voice(prog, 0))
    assert [(t.kind, t.who, t.manner, t.text) for t in turns[2:4]] == [
        ("speech", "Ann", "quietly", "Hello."),
        ("narration", "", "", "She waits."),
    ]


def test_names_on_the_page_are_first_names_unless_that_would_confuse():
    head = HEAD.replace(
        "ann: {name: Ann, role: patient}",
        """ann: {name: Ann Lee, role: patient}
  bo: {name: Bo Lee}
  doc: {name: Dr. Bell}
  bo2: {name: Bo Ray}""",
    )
    prog = program("visits: {one: {title: One, nodes: {a: {ending: done}}}}", head=head)
    assert Voice(prog, 0).called == {"ann": "Ann", "bo": "Bo Lee", "doc": "Dr. Bell", "bo2": "Bo Ray"}
