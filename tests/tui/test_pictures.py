"""A picture of every screen at three sizes, dark and light: accepted after someone has looked at each.

One playthrough for each size, and two pictures wherever it comes by. After a change that is meant:
`pytest tests/tui/test_pictures.py --snapshot-update`, and look at the SVG files before they are committed.
"""

from __future__ import annotations

import pytest
from pytest_textual_snapshot import SVGImageExtension

from simulator.tui.debrief import DebriefScreen
from simulator.tui.steps import Answer
from tests.tui import world
from tests.tui.world import press

SIZES = ((40, 12), (80, 24), (120, 40))
# step of the debrief → what opens from it, and by which keys
ASIDE = {
    "every-moment": [("50-moment", "down", "enter"), ("51-save", "escape", "s")],
    "the-evidence": [("52-dispute", "down", "x")],
    "in-moments": [("53-lens", "l"), ("54-help-in-moments", "question_mark")],
}


@pytest.fixture
def clock(monkeypatch):
    """Sessions always begin at the same time, under names that count."""
    numbers = iter(range(1, 100))
    monkeypatch.setattr("simulator.sessions.session.now", lambda: world.STAMP)
    monkeypatch.setattr(
        "simulator.sessions.store.Store.new_id", lambda self, name: f"20260504T100000000Z-{name}-{next(numbers):06d}"
    )
    monkeypatch.setattr("simulator.tui.save.Path.cwd", lambda: world.Path("/home/kim"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen(home, clock, snapshot, size):
    _, before = world.begun(home, "floor", "home", "late")
    before.end()
    _, unfinished = world.begun(home, "stop", scenario="in-the-corridor")
    unfinished.leave()
    app, different = world.app_of(home), []
    look = snapshot.use_extension(SVGImageExtension)
    async with app.run_test(size=size) as pilot:

        async def picture(name: str, *keys: str) -> None:
            """The picture after some keys; all are compared before any is complained of."""
            await press(pilot, *keys)
            for theme in ("light", "dark"):
                app.theme = theme
                await pilot.pause()
                if look(name=f"{theme}-{name}") != app.export_screenshot(title=name):
                    different.append(f"{theme}-{name}")

        await world.settled(pilot)
        await picture("01-library")
        await picture("02-sessions", "s")
        await picture("03-nothing-fits", "escape", "l", "l")
        await picture("04-briefing", "l", "l", "down", "down", "enter")
        await picture("05-still", "enter")
        await picture("06-encounter", "enter")
        await picture("07-silence", "3")
        await picture("08-help", "question_mark")
        await picture("09-chart", "escape", "c")
        await picture("10-transcript", "escape", "t")
        await picture("11-why", "escape", "w")
        await picture("12-end-of-visit", "escape", "1")
        await picture("13-between", "enter")
        await picture("14-second-visit", "enter")
        await picture("15-ending", "1", "enter")
        await press(pilot, "enter")
        number = 20
        while isinstance(app.screen, DebriefScreen):
            name = app.screen.query_one("#step").name_of.replace(" ", "-").replace(",", "")
            await picture(f"{number}-{name}")
            number += 1
            for other, *keys in ASIDE.get(name, ()):
                await picture(other, *keys)
            asked = ["f", "enter"] if isinstance(app.focused, Answer) else ["enter"]
            await press(pilot, *(["escape", "n"] if name in ASIDE else asked))
        await world.settled(pilot)
        await picture("60-library-after")
        await press(pilot, "ctrl+p")
        await app.workers.wait_for_complete()
        app.screen.query_one("Input").cursor_blink = False
        await picture("61-palette")
    assert different == []
