"""The debrief: the model's order, every answer kept, nothing asked twice, and figures that lead back to moments."""

from __future__ import annotations

import pytest

from simulator.sessions.session import Session
from simulator.sessions.verify import verify
from simulator.tui.curves import CurveSheet
from simulator.tui.debrief import DebriefScreen, MomentScreen
from simulator.tui.library import LibraryScreen
from simulator.tui.save import SaveScreen
from simulator.tui.steps import Answer
from tests.tui import world
from tests.tui.world import app_of, bar, begun, flat, logged, names, page, press, told

PLAYED = ("wait", "call", "kept")


def answers(store) -> list[dict[str, object]]:
    """What was answered after the encounter, without the chain."""
    found = logged(store)
    after = next(n for n, one in enumerate(found) if one["event"] == "encounter-ended")
    return [{k: v for k, v in one.items() if k not in ("h", "time", "app", "discarded")} for one in found[after + 1 :]]


async def opened(pilot, home, *played: str, **options):
    """The debrief of a session that has just ended; (store, screen)."""
    store, session = begun(home, *(played or PLAYED), **options)
    session.leave()
    await world.settled(pilot)
    pilot.app.resume(session.writer.path.stem)
    await pilot.pause()
    return store, pilot.app.screen


def step_of(app) -> str:
    return app.screen.query_one("#step").name_of


async def to(pilot, name: str) -> None:
    """On to a step, skipping what comes before."""
    while step_of(pilot.app) != name:
        await press(
            pilot, "enter" if isinstance(pilot.app.focused, Answer) else "right" if not _curves(pilot) else "enter"
        )


def _curves(pilot) -> bool:
    return isinstance(pilot.app.focused, CurveSheet)


async def test_every_step_in_the_models_order_and_every_answer_logged(home):
    async with app_of(home).run_test() as pilot:
        store, _ = await opened(pilot, home)
        seen = []

        async def step(*keys: str) -> None:
            seen.append(step_of(pilot.app))
            await press(pilot, *keys)

        await step(*"tired", "enter")
        await step("down", "down", "enter")
        await step("down", "enter")
        for key in ("4", "5", "2"):
            await step(key)
        while not step_of(pilot.app).startswith("in your own"):
            await step("enter")
        await step(*"Her", "space", *"back.", "enter")
        await step(*"Sit.", "enter")
        while isinstance(pilot.app.screen, DebriefScreen):
            await step("enter")
        assert seen == [
            "landing", "one to keep", "one to play again", *["before the patient speaks"] * 3, "Ann speaks",
            *seen[7 : seen.index("every moment")], "every moment", "your guess", "in your own words",
            "next time", "what moved", "shown, promised, told", "the evidence", "in moments",
        ]  # fmt: skip
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert answers(store) == [
            {"event": "resumed"},
            {"event": "landed", "word": "tired"},
            {"event": "marked", "as": "keep", "decision": 2},
            {"event": "marked", "as": "replay", "decision": 1},
            {"event": "predicted", "question": "listened", "answer": 4},
            {"event": "predicted", "question": "next", "answer": 5},
            {"event": "predicted", "question": "back", "answer": 2},
            {"event": "heard"},
            {"event": "reflection", "prompt": 0, "text": "Her back."},
            {"event": "intention", "text": "Sit."},
            {"event": "session-ended"},
        ]
        assert verify(store, store.logs()[0]).status == "finished"


async def test_everything_can_be_skipped_with_enter(home):
    async with app_of(home).run_test() as pilot:
        store, screen = await opened(pilot, home)
        for _ in screen.making:
            await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert [one["event"] for one in answers(store)] == ["resumed", "heard", "session-ended"]


async def test_a_question_come_back_to_shows_its_answer(home):
    async with app_of(home).run_test() as pilot:
        store, screen = await opened(pilot, home)
        await press(pilot, *"sad", "enter")
        await press(pilot, "escape")
        assert "You said: sad" in page(pilot.app)
        await press(pilot, "enter", "down", "enter", "escape")
        assert "You said: Say nothing, and listen to the tap." in flat(pilot.app)
        await to(pilot, "Ann speaks")
        await press(pilot, "escape")
        assert "the patient has spoken since" in flat(pilot.app)
        await press(pilot, "3")
        assert [one["event"] for one in answers(store)] == ["resumed", "landed", "marked", "heard"]
        assert screen.is_live


async def test_a_resumed_debrief_asks_nothing_twice_nor_after_the_patient_spoke(home):
    async with app_of(home).run_test() as pilot:
        store, _ = await opened(pilot, home)
        await press(pilot, *"sad", "enter", "enter")
        await to(pilot, "before the patient speaks")
        await press(pilot, "q")
        await world.settled(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)
        await press(pilot, "up", "up", "up", "enter")
        assert step_of(pilot.app) == "one to keep"
        await to(pilot, "Ann speaks")
        await press(pilot, "q")
        pilot.app.resume(store.logs()[0].stem)
        await pilot.pause()
        assert step_of(pilot.app) == "Ann speaks"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert [one["event"] for one in answers(store)] == ["resumed", "landed", "resumed", "heard", "resumed"]


async def test_curves_go_from_bend_to_bend_and_open_their_moment(home):
    async with app_of(home).run_test() as pilot:
        _, screen = await opened(pilot, home)
        await to(pilot, "what moved")
        sheet = pilot.app.focused
        assert isinstance(sheet, CurveSheet)
        assert sheet.curve.meter == "trust"
        assert "trust 3 → 4" in page(pilot.app)
        await press(pilot, "right")
        assert "trust 4 → 6" in page(pilot.app)
        assert "Because: You did it." in page(pilot.app)
        await press(pilot, "right", "left", "left")
        assert sheet.bend == 0  # it comes round
        await press(pilot, "down")
        assert sheet.curve.meter == "hope"
        await press(pilot, "up", "o")
        assert isinstance(pilot.app.screen, MomentScreen)
        assert pilot.app.screen.moment.decision == 1
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        assert step_of(pilot.app) == "what moved"


async def test_evidence_opens_its_moment(home):
    async with app_of(home).run_test() as pilot:
        _, screen = await opened(pilot, home)
        await to(pilot, "the evidence")
        assert "monday/door/wait" in flat(pilot.app)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, MomentScreen)
        assert "She filled the silence" in flat(pilot.app)
        await press(pilot, "enter")
        assert pilot.app.screen is screen


async def test_every_moment_opens_by_mouse(home):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "every moment")
        await pilot.click("#step Picker", offset=(20, 2))
        await pilot.pause()
        assert isinstance(pilot.app.screen, MomentScreen)
        assert pilot.app.screen.moment.decision == 2


@pytest.mark.parametrize(("key", "suffix"), [("enter", "txt"), ("down", "md")])
async def test_saved_as_text_or_markdown(home, tmp_path, key, suffix):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "Ann speaks")
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, SaveScreen)
        await press(pilot, *([key] if key == "enter" else [key, "enter"]))
        (path,) = (tmp_path / "work").iterdir()
        assert path.suffix == f".{suffix}"
        assert "You looked where I looked." in path.read_text(encoding="utf-8")
        assert told(pilot.app)[-1] == f"Saved as {path.name}."


async def test_a_debrief_that_cannot_be_saved_says_so(home, monkeypatch):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "Ann speaks")
        monkeypatch.setattr(SaveScreen, "path", lambda self, suffix: home / "no" / f"x.{suffix}")
        await press(pilot, "s", "enter")
        assert told(pilot.app)[-1].startswith("It could not be saved: No such file")


async def test_an_odd_key_answers_no_scale(home):
    async with app_of(home).run_test() as pilot:
        store, _ = await opened(pilot, home)
        await to(pilot, "before the patient speaks")
        await press(pilot, "²", "①", "0", "6", "9")
        assert [one["event"] for one in answers(store)] == ["resumed"]
        assert step_of(pilot.app) == "before the patient speaks"


async def test_letters_are_letters_while_one_types(home):
    async with app_of(home, keys_={"go-on": "space", "quit": "x"}).run_test() as pilot:
        store, _ = await opened(pilot, home)
        await press(pilot, *"sqx", "space", *"c?", "enter")
        assert answers(store)[-1] == {"event": "landed", "word": "sqx c?"}


async def test_support_is_named_where_the_story_needs_it(home):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        assert "talk to someone you trust" in flat(pilot.app)


async def test_by_mouse_alone(home):
    async with app_of(home).run_test(size=(100, 30)) as pilot:
        store, screen = await opened(pilot, home)
        for number in range(40):
            if not isinstance(pilot.app.screen, DebriefScreen):
                break
            key = next(one for one in pilot.app.screen.query("FooterKey") if one.description == "go on")
            await pilot.click(key, offset=(number % 3, 0))
            await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert names(store)[-1] == "session-ended"
        assert not screen.is_live


async def test_by_mouse_alone_on_a_narrow_screen(home):
    async with app_of(home).run_test(size=(40, 12)) as pilot:
        store, _ = await opened(pilot, home)
        for number in range(40):
            if not isinstance(pilot.app.screen, DebriefScreen):
                break
            await pilot.click("#bottom .-on", offset=(number % 3, 0))
            await pilot.pause()
        assert names(store)[-1] == "session-ended"


async def test_the_bar_says_where_one_is(home):
    async with app_of(home).run_test() as pilot:
        _, screen = await opened(pilot, home)
        assert bar(pilot.app) == f"The kitchen table|debrief · landing|1 of {len(screen.making)}"


async def test_a_debrief_left_open_is_a_log_that_can_be_gone_on_with(home):
    async with app_of(home).run_test() as pilot:
        store, screen = await opened(pilot, home)
        pilot.app.home()
        await pilot.pause()
        again = Session.resume(store, store.logs()[0])
        again.leave()
        assert screen.source is not again
