"""The app's speed and size: first paint against an empty Textual app, a key to the next screen, memory, many sessions.

python benchmarks/tui.py [rounds]
"""

from __future__ import annotations

import asyncio
import os
import pty
import resource
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

from simulator.language.diagnostics import Problems
from simulator.library.load import load
from simulator.library.settings import Settings
from simulator.sessions.session import Session
from simulator.tui.app import BedsideApp
from simulator.tui.desk import Desk
from simulator.tui.encounter import EncounterScreen

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("READY")
Empty().run()
"""
LONG = """\
bedside: 1
title: A long talk
summary: For measuring.
level: introductory
minutes: 5
learner-role: A student.
objectives: []
rubrics: healing-relationships
cast: {ann: {name: Ann, role: patient}}
visits:
  one:
    title: Monday
    nodes:
NODES
endings: {done: {title: Done, text: The door closes.}}
patient-says: {noticed: You sat., kept-back: Nothing., will-do: I will rest.}
"""
NODE = """\
      n-NOW:
        lines: "ann: You again. I had not thought that you would come, and now you stand there."
        choices:
          sit: {do: Sit down and wait., scores: {full-attention: 1}, because: There is time., next: n-NEXT}
          stand: {do: Stand., scores: {full-attention: -1}, because: She waits., next: n-NEXT}
"""


def long_encounter(choices: int) -> str:
    """A scenario of so many choices."""
    nodes = "".join(NODE.replace("NOW", str(n)).replace("NEXT", str(n + 1)) for n in range(choices + 1))
    return LONG.replace("NODES", f"{nodes}      n-{choices + 1}: {{lines: She goes., leave: done}}")


def first_paint(home: Path, word: bytes, *command: str) -> float:
    """Milliseconds from the start of a process until a word is on its terminal."""
    before = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(BEDSIDE_HOME=str(home), TERM="xterm-256color")
        os.execv(sys.executable, [sys.executable, *command])
    seen = b""
    while word not in seen:
        select.select([fd], [], [], 20)
        seen += os.read(fd, 65536)
    took = (time.perf_counter() - before) * 1000
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(fd)
    return took


def many_sessions(home: Path, number: int) -> None:
    """A folder of sessions: one that was played, and copies of it."""
    desk = Desk(home, Settings(), "learner", 1)
    loaded = load(desk.shelf.all("scenarios")["third-appointment"], desk.shelf, Problems())
    assert loaded and loaded[1]
    session = Session.start(desk.store, loaded[0], loaded[1], learner="learner", mode="practice", seed=1)
    while not session.playthrough.is_over:
        session.choose(session.shown[0])
    session.end()
    data = session.writer.path.read_bytes()
    for n in range(number - 1):
        (desk.store.sessions / f"20260101T{n:09d}Z-third-appointment-{n:06x}.jsonl").write_bytes(data)


async def library(home: Path) -> tuple[float, float]:
    """Milliseconds until the library is filled, and of a letter in its search."""
    app = BedsideApp(Desk(home, Settings(motion=False), "learner", 1))
    before = time.perf_counter()
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        filled = (time.perf_counter() - before) * 1000
        before = time.perf_counter()
        app.screen.fill()  # type: ignore[attr-defined]
        typed = (time.perf_counter() - before) * 1000
        await pilot.pause()
    return filled, typed


async def encounter(home: Path, choices: int) -> tuple[list[float], float]:
    """Milliseconds from each key to the screen painted, and megabytes that the choices cost."""
    (home / "scenarios").mkdir(parents=True)
    (home / "scenarios" / "long.yaml").write_text(long_encounter(choices))
    app, times = BedsideApp(Desk(home, Settings(motion=False), "learner", 1)), []
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        app.brief(next(one for one in app.desk.entries if one.id == "long"))
        for key in ("enter", "enter"):
            await pilot.pause()
            await pilot.press(key)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, EncounterScreen)
        start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(choices):
            before = time.perf_counter()
            screen._choose(0)
            screen._compositor.reflow(screen, app.size)
            screen._compositor.render_strips()
            times.append((time.perf_counter() - before) * 1000)
            await asyncio.sleep(0)
        await pilot.pause()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024
    return times, grown


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        none, many = Path(folder, "none"), Path(folder, "many")
        many_sessions(many, 1000)
        asyncio.run(library(many))  # the table beside the logs is made once
        app = ("-m", "simulator")
        paints = [
            (
                first_paint(none, b"READY", "-c", EMPTY),
                first_paint(none, b"library", *app),
                first_paint(many, b"library", *app),
            )
            for _ in range(rounds)
        ]
        empty, bedside, full = (statistics.median(column) for column in zip(*paints, strict=True))
        print(f"first paint: empty app {empty:.0f} ms, bedside {bedside:.0f} ms ({bedside / empty:.2f} times)")
        print(f"  with 1,000 sessions {full:.0f} ms ({full / bedside:.2f} times)")
        for name, home in (("no sessions", none), ("1,000 sessions", many)):
            filled, typed = asyncio.run(library(home))
            print(f"library, {name}: filled after {filled:.0f} ms, a letter of the search {typed:.1f} ms")
        times, grown = asyncio.run(encounter(Path(folder, "loop"), 200))
        first, last = statistics.median(times[:20]), statistics.median(times[-20:])
        print(f"a key to the next screen: {first:.1f} ms, after 180 choices {last:.1f} ms, most {max(times):.0f} ms")
        print(f"memory: {grown:.1f} MB more after 200 choices")


if __name__ == "__main__":
    main()
