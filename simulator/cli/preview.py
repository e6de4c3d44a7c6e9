"""Playing a file while it is written."""

from __future__ import annotations

from simulator.cli import screen
from simulator.cli.exits import Exit
from simulator.cli.out import stop
from simulator.cli.place import home
from simulator.library.find import Shelf
from simulator.library.watch import Watch


def preview(name: str, *, seed: int, plain: bool) -> None:
    """Open the preview of the scenario that a path or an id names."""
    shelf = Shelf.of(home())
    path = shelf.find("scenarios", name)
    if path is None:
        raise stop(f"There is no file {name} here. `bedside new` begins one.", Exit.USAGE)
    if plain or not screen.is_possible():
        raise stop(
            f"A preview needs a terminal to paint. Without one, `bedside check {name}` tells what to mend, "
            f"`bedside map {name}` shows where everything leads, and `bedside play {name} --plain` plays it.",
            Exit.USAGE,
        )
    screen.preview(Watch(path, shelf), seed)
