"""One synthetic encounter, big enough to measure: nodes in a row, 3 or 4 choices, 3 meters, a fifth conditional."""

from __future__ import annotations

import random

HEAD = """\
bedside: 1
title: Synthetic
summary: For measuring.
level: introductory
minutes: 5
learner-role: A student.
objectives: []
rubrics: healing-relationships
cast:
  ann: {name: Ann, role: patient}
patient-says: {noticed: A., kept-back: B., will-do: C.}
endings:
  done: {title: Done, text: The end.}
meters: {trust: 5, hope: 5, known: 5}
visits:
  v:
    title: Visit
    nodes:
"""
CRITERIA = ("full-attention", "partnering", "caring-actions", "mindfulness")


def scenario(
    nodes: int, *, with_text: bool = True, seed: int = 1, asks: tuple[str, ...] = ("trust",), width: int = 0
) -> str:
    """The scenario as YAML; with text, each node's line has two interpolations. Conditions are on the meters `asks`.

    With a `width`, the nodes lie in layers of so many, and each choice leads into the next layer: the depth is
    nodes / width.
    """
    chance = random.Random(seed)
    rows = [HEAD]
    for n in range(nodes):
        rows.append(f"      n{n}:\n")
        if with_text:
            rows.append(
                "        lines: |\n          ann: I slept {{ trust }} hours and walked {{ hope }} blocks, doctor.\n"
            )
        rows.append(f"        tests: {CRITERIA[n % 4]}\n        choices:\n")
        rows += [_choice(n, c, _ahead(n, nodes, width, chance), chance, asks) for c in range(chance.choice((3, 4)))]
    rows.append(f"      n{nodes}: {{ending: done}}\n")
    return "".join(rows)


def _ahead(n: int, nodes: int, width: int, chance: random.Random) -> int:
    if width:
        return min(nodes, (n // width + 1) * width + chance.randrange(width))
    return min(nodes, n + chance.choice((1, 1, 1, 2, 3)))


def _choice(n: int, c: int, ahead: int, chance: random.Random, asks: tuple[str, ...]) -> str:
    when = f"            when: {{}} >= {chance.randint(2, 7)}\n" if c and chance.random() < 0.2 else ""
    when = when.format(asks[n % len(asks)])
    meter = chance.choice(("trust", "hope", "known"))
    level = 1 if c == 0 else chance.choice((-1, 0, 1))
    return (
        f"          c{c}:\n            say: What would you like to tell me about that, in your own words?\n{when}"
        f"            scores: {{{CRITERIA[n % 4]}: {level}}}\n            because: It was what she needed then.\n"
        f"            effects: {{{meter}: {chance.choice((-1, 1)):+d}}}\n            next: n{ahead}\n"
    )
