"""What the workshop's commands do: for educators who write encounters."""

from __future__ import annotations

from simulator.cli.commands import find_program
from simulator.cli.out import out, out_json


def explore(name: str, *, as_json: bool, cap: int, seed: int) -> None:
    """Tell of every playthrough of an encounter."""
    from simulator.explore.build import exploration
    from simulator.library.words import warm_words
    from simulator.report.exploration import exploration_json, exploration_text

    _, _, program = find_program(name)
    found = exploration(program, warm_words(), cap=cap, seed=seed)
    if as_json:
        out_json(exploration_json(found))
    else:
        out(exploration_text(found))
