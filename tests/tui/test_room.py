"""The encounter: by number, arrows and mouse; the clock; silence; time between visits; looking and going back."""

from __future__ import annotations

from itertools import cycle

import pytest

from simulator.sessions.verify import verify
from simulator.tui.debrief import DebriefScreen
from simulator.tui.encounter import EncounterScreen
from simulator.tui.library import LibraryScreen
from simulator.tui.reading import ReadingScreen, StillScreen, TranscriptScreen
from simulator.tui.sheet import Picker
from tests.tui import world
from tests.tui.world import app_of, bar, flat, in_the_room, labels, logged, names, page, press, told

SIT, FLOOR, WAIT = "1", "2", "3"


def chosen(app) -> list[str]:
    return [one["choice"].rsplit("/", 1)[-1] for one in logged(app.desk.store) if one["event"] == "choice-made"]


async def test_the_first_page(home):
    async with app_of(home).run_test() as pilot:
        await world.settled(pilot)
        pilot.app.brief(world.entry(pilot.app, "kitchen-table"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StillScreen)
        assert pilot.app.screen.heading == "Monday, 10:00"
        await press(pilot, "enter")
        assert bar(pilot.app) == "The kitchen table|Monday, 10:00 · with Joe, Ann|4 of 4 min"
        assert "(to the window) I was looking for a spoon." in page(pilot.app)
        heads = [one.head.split() for one in pilot.app.screen.choices.items]
        assert heads == [["1", "do"], ["2", "say"], ["3", "wait"]]


async def test_by_number_by_arrows_and_by_mouse(home):
    async with app_of(home).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, SIT)
        await press(pilot, "down", "up", "down", "down")
        assert chosen(pilot.app) == ["sit"]  # to move is not to choose
        await press(pilot, "enter")
        assert chosen(pilot.app) == ["sit", "spoon"]
        await pilot.click("#choices", offset=(15, 1))  # below the rule: “Go on.”
        assert isinstance(pilot.app.screen, StillScreen)
        await pilot.click()
        assert screen.visit == "Friday"
        row = next(n for n, one in enumerate(screen.choices._rows) if one.item == 0)
        await pilot.click("#choices", offset=(15, row + 1))
        assert chosen(pilot.app) == ["sit", "spoon", "late"]


@pytest.mark.parametrize("key", ["0", "9", "²", "①", "٣", "superscript_two", "f5", "tab"])
async def test_a_key_that_is_no_choice_does_nothing(home, key):
    async with app_of(home).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, key)
        assert pilot.app.screen is screen
        assert names(pilot.app.desk.store) == ["session-started"]
        await press(pilot, "1")
        assert chosen(pilot.app) == ["sit"]


async def test_the_clock_stands_in_a_corner_and_becomes_hard_to_ignore(home):
    async with app_of(home).run_test() as pilot:
        screen = await in_the_room(pilot)
        right = screen.query_one("#bar-right")
        assert bar(pilot.app).endswith("4 of 4 min")
        assert not right.has_class("-soon")
        await press(pilot, SIT)
        assert bar(pilot.app).endswith("3 of 4 min")
        assert right.has_class("-soon")


async def test_between_visits_there_is_a_page_of_its_own(home):
    async with app_of(home).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, WAIT, "1")
        assert labels(pilot.app) == ["Go on."]
        assert "The kettle clicks." in page(pilot.app)
        await press(pilot, "1")  # a number is for choices only
        assert pilot.app.screen is screen
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StillScreen)
        assert pilot.app.screen.heading == "Friday"
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert "The kettle clicks." not in page(pilot.app)
        assert bar(pilot.app) == "The kitchen table|Friday · with Ann|"


async def test_silence_without_motion_is_an_empty_beat(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, WAIT)
        assert "Well. It was not here." in page(pilot.app)
        assert len(labels(pilot.app)) == 3


async def test_silence_with_motion_holds_the_reply_back(home):
    async with app_of(home, motion=True).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, WAIT)
        assert screen.silence is not None
        assert "Well. It was not here." not in page(pilot.app)
        assert labels(pilot.app) == []
        await press(pilot, "1", "enter", "2")
        assert chosen(pilot.app) == ["wait"]
        screen.silence.pause()
        screen._proceed()  # as the timer would
        assert screen.silence is None
        assert "Well. It was not here." in page(pilot.app)
        assert len(labels(pilot.app)) == 3


async def test_going_back_during_a_silence(home):
    async with app_of(home, motion=True).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, WAIT, "b")
        assert screen.silence is None
        assert len(labels(pilot.app)) == 3
        assert "listen to the tap" not in screen.page.text


async def test_back_by_one_choice(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, "b")
        assert told(pilot.app) == ["There is nothing to go back to."]
        await press(pilot, FLOOR)
        assert "Joe has shown you." in page(pilot.app)
        await press(pilot, "b")
        assert "Joe has shown you." not in page(pilot.app)
        assert names(pilot.app.desk.store)[-1] == "rewound"
        await press(pilot, SIT)
        assert chosen(pilot.app) == ["floor", "sit"]


async def test_why_chart_and_transcript(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, "w")
        assert "nothing to explain yet" in page(pilot.app)
        await press(pilot, "escape", FLOOR, "w")
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "It cost. It is a fair question, and it was Joe's." in flat(pilot.app)
        assert "Time on the floor matters" in flat(pilot.app)
        await press(pilot, "escape", "c")
        assert "zopiclone" in page(pilot.app)
        await press(pilot, "escape", "t")
        assert isinstance(pilot.app.screen, TranscriptScreen)
        for part in ("Monday, 10:00", "one chair pulled out", "Could you show me", "Joe has shown you."):
            assert part in flat(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EncounterScreen)


async def test_each_choice_explained_if_wanted(home):
    async with app_of(home, explain=True).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, FLOOR)
        assert "│ It cost. It is a fair question" in page(pilot.app)


async def test_assessment_forbids(home):
    async with app_of(home, mode="assessment", explain=True).run_test() as pilot:
        screen = await in_the_room(pilot)
        await press(pilot, FLOOR)
        assert "It cost." not in page(pilot.app)
        await press(pilot, "b", "w")
        assert told(pilot.app) == [
            "In assessment there is no going back.",
            "In assessment explanations come after the encounter.",
        ]
        assert pilot.app.screen is screen
        assert names(pilot.app.desk.store) == ["session-started", "choice-made"]


async def test_the_transcript_does_not_run_ahead_of_the_page(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, WAIT, "1", "t")
        assert "The kettle clicks." in page(pilot.app)
        assert "The line rings" not in page(pilot.app)


async def test_from_the_ending_to_the_debrief(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, WAIT, "1", "enter", "enter", "1")
        assert labels(pilot.app) == ["Go on."]
        assert names(pilot.app.desk.store)[-1] == "encounter-ended"
        await press(pilot, "b")
        assert told(pilot.app) == ["It is over; the debrief comes next."]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StillScreen)
        assert pilot.app.screen.heading == "Tea"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert pilot.app.screen.is_live


async def test_leaving_is_saved(home):
    async with app_of(home).run_test() as pilot:
        await in_the_room(pilot)
        await press(pilot, SIT, "q")
        await world.settled(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert told(pilot.app)[-1] == "Saved. You can go on from the library."
        store = pilot.app.desk.store
        assert verify(store, store.logs()[0]).status == "unfinished"


async def test_the_last_line_stays_in_view_on_a_small_screen(home):
    for size in ((40, 12), (80, 24)):
        async with app_of(home).run_test(size=size) as pilot:
            screen = await in_the_room(pilot)
            await press(pilot, SIT)
            await pilot.pause()
            assert screen.page.scroll_offset.y == screen.page.max_scroll_y
            assert screen.page.size.height >= 2
            assert screen.choices.size.height >= 3


SIZES = ((1, 1), (3, 3), (200, 60), (20, 6), (8, 4), (40, 12))


async def test_every_screen_at_any_size(home):
    async with app_of(home).run_test(size=(20, 6)) as pilot:
        sizes = cycle(SIZES)

        async def squeezed(*keys: str) -> None:
            await press(pilot, *keys)
            await pilot.resize_terminal(*next(sizes))

        await in_the_room(pilot)
        for keys in (WAIT, "question_mark"), ("escape", "t"), ("escape", "c"), ("escape", "1", "enter"), ("enter", "1"):
            await squeezed(*keys)
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        for _ in pilot.app.screen.making:
            await squeezed()
            await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        await squeezed("s")
        await squeezed("escape", "ctrl+p")


async def test_a_room_reflows_when_the_window_changes(home):
    async with app_of(home).run_test(size=(80, 24)) as pilot:
        screen = await in_the_room(pilot)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert bar(pilot.app).startswith("|")
        assert max(len(line) for line in screen.page.text.splitlines()) <= 40
        assert isinstance(screen.query_one(Picker).items, list)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert bar(pilot.app).startswith("The kitchen table|")
