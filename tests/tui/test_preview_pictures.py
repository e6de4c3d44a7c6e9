"""Pictures of the preview at three sizes, in the manner of `test_pictures.py`."""

from __future__ import annotations

import pytest
from pytest_textual_snapshot import SVGImageExtension

from tests.tui import world
from tests.tui.test_pictures import SIZES
from tests.tui.test_preview import BROKEN, app_of, save
from tests.tui.world import press


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_preview(home, snapshot, size):
    path = home / "scenarios" / "kitchen-table.yaml"
    app, different = app_of(home, path), []
    app.theme = "light"
    look = snapshot.use_extension(SVGImageExtension)
    async with app.run_test(size=size) as pilot:

        async def picture(name: str, *keys: str) -> None:
            await press(pilot, *keys)
            if look(name=name) != app.export_screenshot(title=name):
                different.append(name)

        await pilot.pause()
        await picture("01-playing", "1", "3")
        await picture("02-behind", "tab")
        await press(pilot, "b")
        await save(pilot, path, BROKEN)
        await picture("03-last-version")
        await picture("04-mending", "e")
        await press(pilot, "escape", "tab", "g")
        await world.settled(pilot)
        await picture("05-going")
    assert different == []
