"""Redraw the README's picture: an encounter, as the app itself paints it.

python docs/picture.py
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulator.library.settings import Settings
from simulator.tui.app import BedsideApp
from simulator.tui.desk import Desk

PICTURE = Path(__file__).parent / "picture.svg"
SCENARIO, SIZE, CHOICES = "third-appointment", (90, 28), 1


async def drawn() -> str:
    """The picture: always the same for the same scenario and the same app."""
    with tempfile.TemporaryDirectory() as folder:
        app = BedsideApp(Desk(Path(folder), Settings(theme="dark", motion=False), "learner", seed=3))
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            app.brief(next(one for one in app.desk.entries if one.id == SCENARIO))
            for key in ("enter", "enter", *["1"] * CHOICES):
                await pilot.pause()
                await pilot.press(key)
            await pilot.pause()
            svg = app.export_screenshot(title="bedside")
    svg = re.sub(r"\bterminal-\d+-", "terminal-", svg)
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # a picture that asks no one for a font


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(drawn()), encoding="utf-8")
    print(f"{PICTURE} is drawn.")
