"""The preview: a file is played while it is written, and what is behind each moment is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from threading import Event

import pytest

from simulator.encounter.playthrough import Playthrough
from simulator.library.watch import Saved, Watch
from simulator.tui.behind import BehindSheet
from simulator.tui.closely import looked_at_closely
from simulator.tui.desk import Desk
from simulator.tui.going import GoToScreen
from simulator.tui.mending import MendingScreen
from simulator.tui.preview import PERIOD, PreviewScreen
from simulator.tui.preview_app import PreviewApp
from simulator.tui.reading import HelpScreen
from simulator.tui.sheet import Picker
from tests.tui import world
from tests.tui.world import KITCHEN, bar, flat, labels, press, told

TIDY = KITCHEN.replace("The kettle clicks.", "The kettle is quiet.")
BROKEN = KITCHEN.replace("            next: talk\n          floor:", "            next: tolk\n          floor:")


@pytest.fixture
def path(home):
    return home / "scenarios" / "kitchen-table.yaml"


def app_of(home, path, closer=None) -> PreviewApp:
    desk = Desk(home, world.settings(), "kim", world.SEED)
    return PreviewApp(desk, Watch(path, desk.shelf), closer=closer)


@asynccontextmanager
async def preview(home, path, size=(104, 24), closer=None):
    async with app_of(home, path, closer).run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


async def save(pilot, path, text: str | None) -> None:
    """Save the file (None: take it away), and let the screen look as often as it takes."""
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    screen = pilot.app.screen_stack[1]
    screen.look()
    screen.look()
    await pilot.pause()


def screen_of(pilot):
    return pilot.app.screen_stack[1]


def behind(pilot) -> str:
    return " ".join(pilot.app.screen_stack[1].query_one(BehindSheet).text.split())


async def test_the_page_and_what_is_behind_it(home, path):
    async with preview(home, path) as pilot:
        assert bar(pilot.app) == "kitchen-table.yaml|monday/door · after 0 choices|no problems"
        assert "(to the window) I was looking for a spoon." in flat(pilot.app)
        assert labels(pilot.app)[2] == "Say nothing, and listen to the tap."
        assert "meters trust 3 (0 to 10), hope 4 (0 to 10) not told stairs not made call" in behind(pilot)
        await press(pilot, "1")
        assert "trust 5 (was 3, 0 to 10)" in behind(pilot)
        assert "told stairs: She fell on the stairs" in behind(pilot)
        assert "changes hope 4 to 6; promised call leads to monday/bye, then friday/line" in behind(pilot)
        await press(pilot, "3")
        assert "late" in behind(pilot)
        text = behind(pilot)
        assert "– say: I said Friday. kept, line " in text
        assert ", not offered why not It is there only if this was promised: “Call her on Friday”." in text
        assert "Now: not promised call." in text


async def test_a_save_is_followed_at_the_same_moment(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1")
        await save(pilot, path, KITCHEN.replace("She turns the tap off.", "The tap is off now."))
        assert bar(pilot.app).startswith("kitchen-table.yaml|monday/talk · after 1 choice|")
        assert "The tap is off now." in flat(pilot.app)
        await press(pilot, "1")
        assert "friday/line · after 2 choices" in bar(pilot.app)


async def test_the_files_are_looked_at_by_the_clock(home, path, monkeypatch):
    set_interval, ticks = PreviewScreen.set_interval, []

    def noted(self, period, callback=None, **options):
        if callback == self.look:
            ticks.append((period, callback))
        return set_interval(self, period, callback, **options)

    monkeypatch.setattr(PreviewScreen, "set_interval", noted)
    async with preview(home, path) as pilot:
        ((period, look),) = ticks
        assert period == PERIOD
        path.write_text(TIDY, encoding="utf-8")
        look()
        look()
        await press(pilot, "1", "1")
        assert "The kettle is quiet." in flat(pilot.app)


async def test_a_file_with_mistakes_leaves_the_last_version_playing(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1")
        await save(pilot, path, BROKEN)
        assert bar(pilot.app).endswith("|monday/talk · after 1 choice|1 error")
        assert "kitchen-table.yaml has 1 error as saved. The last version without errors plays on." in behind(pilot)
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, MendingScreen)
        text = flat(pilot.app)
        assert "1 error and 0 warnings." in text
        assert "kitchen-table.yaml:49:19 error BED401" in text
        assert "There is no node “tolk” in this visit." in text
        assert "49 │ next: tolk │ ^^^^ help: Did you mean “talk”?" in text
        await save(pilot, path, TIDY)
        assert "0 errors and 0 warnings." in flat(pilot.app)
        await press(pilot, "escape", "1")
        assert bar(pilot.app).endswith("|friday/line · after 2 choices|no problems")
        assert "The kettle is quiet." in flat(pilot.app)


def held() -> tuple[Event, list[int], Callable[[Saved], Saved]]:
    """A close look that begins when it is let go; what it was given; and the look itself."""
    go, begun = Event(), []

    def look(saved: Saved) -> Saved:
        begun.append(len(begun))
        go.wait(10)
        return looked_at_closely(saved)

    return go, begun, look


async def looked(pilot) -> None:
    """Until no close look goes on."""
    while (thread := screen_of(pilot).closely.thread) is not None:
        await asyncio.to_thread(thread.join)
        await pilot.pause()


async def test_what_every_playthrough_shows_comes_after_the_save(home, path):
    go, begun, look = held()
    async with preview(home, path, closer=look) as pilot:
        assert bar(pilot.app).endswith("no problems so far")
        await press(pilot, "e")
        assert "Every playthrough is being looked at" in flat(pilot.app)
        await save(pilot, path, TIDY)
        await save(pilot, path, BROKEN)  # there is nothing to look at closely
        assert "1 error and 0 warnings." in flat(pilot.app)
        await save(pilot, path, KITCHEN)
        go.set()
        await looked(pilot)
        assert begun == [0, 1]  # the first save, and of those that waited the last
        expected = looked_at_closely(screen_of(pilot).watched.read())
        assert [one.message for one in screen_of(pilot).saved.problems] == [one.message for one in expected.problems]
        assert expected.problems
        assert "Every playthrough" not in flat(pilot.app)
        await press(pilot, "escape")
        assert bar(pilot.app).endswith(f"{len(expected.problems)} warnings")


async def test_a_fault_in_looking_closely_is_no_silence(home, path):
    def look(saved: Saved) -> Saved:
        raise ZeroDivisionError

    app = app_of(home, path, look)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await asyncio.to_thread(screen_of(pilot).closely.thread.join)
            screen_of(pilot).look()


async def test_a_file_that_is_gone_leaves_the_last_version_playing(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1")
        await save(pilot, path, None)
        assert "kitchen-table.yaml is gone. The last version without errors plays on." in behind(pilot)
        await save(pilot, path, KITCHEN)
        assert bar(pilot.app).endswith("|monday/talk · after 1 choice|no problems")


async def test_a_file_with_mistakes_from_the_start_is_played_once_they_are_mended(home, path):
    path.write_text(BROKEN, encoding="utf-8")
    async with preview(home, path) as pilot:
        assert bar(pilot.app) == "kitchen-table.yaml|nothing to play yet|1 error"
        await press(pilot, "g", "b", "r", "1")
        assert told(pilot.app) == ["There is nowhere to go until the file has no errors."]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MendingScreen)
        await press(pilot, "escape")
        await save(pilot, path, KITCHEN)
        assert labels(pilot.app)[2] == "Say nothing, and listen to the tap."


async def test_choices_that_hold_no_more_are_told_and_come_back_with_the_next_save(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1", "1")
        await save(
            pilot, path, KITCHEN.replace("          call:", "          ring:").replace("say: I want", "say: I need")
        )
        assert "monday/talk · after 1 choice" in bar(pilot.app)
        word = "1 of the 2 choices made still holds. The choice monday/talk/call is not there any more."
        assert word in behind(pilot)
        assert told(pilot.app) == []  # it is seen
        await save(pilot, path, KITCHEN)
        assert "friday/line · after 2 choices" in bar(pilot.app)
        assert word not in behind(pilot)


async def test_on_a_narrow_screen_it_is_told_in_passing(home, path):
    async with preview(home, path, (80, 24)) as pilot:
        await press(pilot, "1", "1")
        await save(pilot, path, KITCHEN.replace("makes: call", "makes: call\n            when: trust >= 9"))
        assert "not offered now" in told(pilot.app)[0]
        assert "Now: trust is 5." in told(pilot.app)[0]


async def test_the_other_side_is_a_key_away(home, path):
    async with preview(home, path, (80, 24)) as pilot:
        sheet, page = screen_of(pilot).query_one(BehindSheet), screen_of(pilot).query_one("#played")
        assert (page.display, sheet.display) == (True, False)
        await press(pilot, "tab")
        assert (page.display, sheet.display) == (False, True)
        assert "monday/door" in behind(pilot)
        await press(pilot, "1")
        assert "monday/talk" in behind(pilot)
        await press(pilot, "tab")
        assert (page.display, sheet.display) == (True, False)
        await pilot.resize_terminal(104, 24)
        await press(pilot, "tab")
        assert (page.display, sheet.display) == (True, True)
        assert pilot.app.focused is sheet


async def test_the_arrows_show_what_is_behind_a_choice(home, path):
    async with preview(home, path, (120, 20)) as pilot:
        sheet = screen_of(pilot).query_one(BehindSheet)
        await press(pilot, "down")
        assert sheet.marked == 2
        at, height = sheet.scroll_offset.y, sheet.scrollable_content_region.height
        assert at > 0
        assert 2 in [row.item for row in sheet._rows[at : at + height]]
        await save(pilot, path, TIDY)  # nothing jumps
        assert (sheet.marked, sheet.scroll_offset.y, screen_of(pilot).query_one(Picker).marked) == (2, at, 1)
        await press(pilot, "enter")
        assert sheet.scroll_offset.y == 0


async def test_a_page_that_was_scrolled_up_stays_there_after_a_save(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1", "1")
        page = screen_of(pilot).query_one("#page")
        page.scroll_home(animate=False)
        await save(pilot, path, TIDY)
        assert (page.scroll_offset.y, "The kettle is quiet." in page.text) == (0, True)
        await press(pilot, "2")
        assert page.is_vertical_scroll_end


async def test_the_chart_and_everything_so_far(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "c")
        assert "Ann Lowe, 80. Lives alone" in flat(pilot.app)
        await press(pilot, "escape", "1", "t")
        assert pilot.app.screen.heading == "So far"
        assert "It is the stairs you want to see." in flat(pilot.app)


async def test_back_one_and_from_the_beginning(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "b")
        assert told(pilot.app) == ["There is nothing to go back to."]
        await press(pilot, "1", "1", "b")
        assert "monday/talk · after 1 choice" in bar(pilot.app)
        await save(pilot, path, TIDY)
        assert "monday/talk · after 1 choice" in bar(pilot.app)
        await press(pilot, "2", "r")
        assert "monday/door · after 0 choices" in bar(pilot.app)


async def test_to_the_end_and_again(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "1", "1", "1")
        assert "over · after 3 choices" in bar(pilot.app)
        assert "The next time, there are two chairs pulled out." in flat(pilot.app)
        assert "noticed You looked where I looked." in behind(pilot)
        await press(pilot, "1")
        assert "over" in bar(pilot.app)
        await press(pilot, "enter")
        assert "monday/door · after 0 choices" in bar(pilot.app)


async def test_to_any_node_by_a_way_of_play(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "g")
        assert isinstance(pilot.app.screen, GoToScreen)
        await pilot.app.workers.wait_for_complete()
        assert labels(pilot.app, "#nodes") == [
            "monday/door   (you are here)",
            "monday/talk",
            "monday/bye   (no choices; play comes through)",
            "friday/line",
            "friday/over   (no choices; play comes through)",
        ]
        await press(pilot, *"earl")  # words of its first line
        assert labels(pilot.app, "#nodes") == ["friday/line"]
        await press(pilot, "enter")
        assert "friday/line · after 2 choices" in bar(pilot.app)
        play = screen_of(pilot).play
        assert Playthrough.of(play.program, play.made).state == play.state
        await save(pilot, path, TIDY)
        assert "friday/line · after 2 choices" in bar(pilot.app)
        await press(pilot, "g", "up", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "friday/line · after 2 choices" in bar(pilot.app)  # through monday/bye, which asks for no choice
        await press(pilot, "g", *"nw", "enter")
        assert bar(pilot.app).startswith("Go to|nothing fits|")
        await press(pilot, "escape")
        assert "friday/line · after 2 choices" in bar(pilot.app)


async def test_a_file_saved_while_one_looks_where_to_go(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "g", *"earl")
        await pilot.app.workers.wait_for_complete()
        await save(pilot, path, TIDY)
        await press(pilot, "enter")
        assert "friday/line · after 2 choices" in bar(pilot.app)
        assert "The kettle is quiet." in flat(pilot.app)


async def test_a_node_that_no_play_comes_to_is_said_to_have_no_way(home, path):
    text = KITCHEN.replace("say: I said Friday.", "say: I said Friday.\n            when: trust >= 9")
    text = text.replace("next: over}", "next: [{when: trust >= 9 and hope <= 0, go: far}, {go: over}]}")
    text = text.replace("      over: {leave", "      far: {lines: Far away., next: over}\n      over: {leave")
    path.write_text(text, encoding="utf-8")
    async with preview(home, path) as pilot:
        await press(pilot, "g")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, *"far", "enter")
        assert labels(pilot.app, "#nodes") == ["friday/far   (no choices; play comes through, no way here was found)"]
        assert told(pilot.app) == ["No way to friday/far was found by playing. Perhaps no play can come there."]
        assert isinstance(pilot.app.screen, GoToScreen)


async def test_nothing_is_written(home, path):
    before = sorted(home.rglob("*"))
    async with preview(home, path) as pilot:
        await press(pilot, "1", "1", "1", "r", "1", "q")
        await pilot.pause()
        assert not pilot.app.is_running
    assert sorted(home.rglob("*")) == before


async def test_help_tells_the_keys(home, path):
    async with preview(home, path) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        for words in ("tab behind it", "g go to", "e problems", "b back one", "r restart", "1-9 choose"):
            assert words in flat(pilot.app)


async def test_the_palette_has_colours_only(home, path):
    async with preview(home, path) as pilot:
        provider = next(iter(pilot.app.COMMANDS))(pilot.app.screen)
        hits = [str(hit.text) async for hit in provider.discover()]
        assert hits
        assert all(hit.startswith("Colours: ") for hit in hits)
