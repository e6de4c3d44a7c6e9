"""Around the app: settings and their mistakes, the same figures as in plain lines, keys and themes."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from simulator.cli.main import run
from simulator.language.diagnostics import Problems
from simulator.library.keys import KEYS
from simulator.library.settings import Settings, read_settings
from simulator.sessions.replay import replay
from simulator.sessions.verify import verify
from simulator.tui.app import BedsideApp
from simulator.tui.desk import Desk
from tests.tui import world
from tests.tui.world import press, told


def read(home, text: str) -> tuple[Settings, Problems]:
    problems = Problems()
    (home / "settings.yaml").write_text(text, encoding="utf-8")
    return read_settings(home / "settings.yaml", KEYS, problems), problems


def test_settings_as_they_are_documented(home):
    text = "theme: light\nmotion: false\nexplain: true\noverall: true\nlearner: kim\n"
    text += "keys:\n  chart: r\n  go-back: escape,backspace\n"
    found, problems = read(home, text)
    assert not problems
    assert found == Settings("light", False, True, True, "kim", {"chart": "r", "go-back": "escape,backspace"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme: pink\n", "pink"),
        ("keys: {chrat: x}\n", "There is no action “chrat”."),
        ("keys: {chart: '1'}\n", "numbers choose"),
        ("motion: maybe\n", "maybe"),
        ("nonsense: 1\n", "nonsense"),
        ("- a\n", ""),
        ("theme: [\n", ""),
    ],
)
async def test_a_mistake_in_the_settings_is_told_with_its_place(home, text, message):
    found, problems = read(home, text)
    assert found == Settings()
    assert any(message in one.message for one in problems)
    app = BedsideApp(Desk(home, found, "kim", 3), problems=problems)
    async with app.run_test(notifications=True) as pilot:
        await world.settled(pilot)
        assert "settings.yaml:" in told(app)[0]
        assert told(app)[-1] == "The usual settings are used."


def test_no_settings_are_the_usual_ones(home):
    problems = Problems()
    assert read_settings(home / "settings.yaml", KEYS, problems) == Settings()
    assert not problems


async def test_the_same_choices_in_plain_lines_and_in_the_app(home, monkeypatch):
    async with world.app_of(home).run_test() as pilot:
        await world.in_the_room(pilot)
        await press(pilot, "2", "1", "enter", "enter", "2", "enter", "enter")
        app = pilot.app
    scenario = home / "scenarios" / "kitchen-table.yaml"
    arguments = ["play", str(scenario), "--plain", "--seed", str(world.SEED), "--learner", "kim"]
    monkeypatch.setattr(sys, "argv", ["bedside", *arguments])
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n2\n1\n\n2\n" + "\n" * 20))
    assert int(run()) == 0
    store = app.desk.store
    logs = store.logs()
    assert [verify(store, path).status for path in logs] == ["unfinished", "finished"]
    one, two = (app.desk.debrief(replay(store, path)) for path in logs)
    same = {"session": "", "attempt": 1, "key_open": False, "moments": (), "told": ()}
    assert replace(one, **same) == replace(two, **same)
    assert [(m.id, m.value, m.lo, m.hi) for m in one.moments] == [(m.id, m.value, m.lo, m.hi) for m in two.moments]
