"""The library, the briefing, the sessions, the palette and help."""

from __future__ import annotations

from textual.widgets import Input

from simulator.sessions.verify import verify
from simulator.tui.briefing import BriefingScreen
from simulator.tui.debrief import DebriefScreen
from simulator.tui.encounter import EncounterScreen
from simulator.tui.library import LibraryScreen
from simulator.tui.played import SessionsScreen
from simulator.tui.reading import HelpScreen, ReadingScreen, StillScreen
from simulator.tui.sheet import Text
from tests.tui import world
from tests.tui.world import app_of, bar, begun, flat, labels, page, press, settled, told

ENCOUNTERS = "#encounters"


async def test_the_shelf_is_read_after_the_first_paint(home, monkeypatch):
    app, painted = app_of(home), []
    look = app.desk.look
    monkeypatch.setattr(app.desk, "look", lambda: (painted.append(app.screen.is_mounted), look()))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert painted == [True]
        assert labels(app, ENCOUNTERS) == ["In the corridor", "The kitchen table"]
        assert bar(app) == "Bedside|the library|kim"


async def test_an_entry_says_what_one_chooses_by(home):
    async with app_of(home).run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "down")
        assert "Ann Lowe · introductory · 10 min · 2 visits · content note" in flat(pilot.app)
        about = pilot.app.screen.query_one("#about", Text).source
        assert "Hear it from her before you hear it from others" in about


async def test_search_as_you_type(home):
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"ben")
        assert labels(pilot.app, ENCOUNTERS) == ["In the corridor"]
        await press(pilot, *" spoon")
        assert labels(pilot.app, ENCOUNTERS) == []
        assert "nothing fits" in str(pilot.app.screen.query_one("#filters").content)
        await press(pilot, "escape")
        assert len(labels(pilot.app, ENCOUNTERS)) == 2
        await press(pilot, "slash", *"falls", "enter", "enter")
        assert isinstance(pilot.app.screen, BriefingScreen)


async def test_filters_by_level_and_by_what_it_trains(home):
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        seen = []
        for _ in range(4):
            await press(pilot, "l")
            seen.append(labels(pilot.app, ENCOUNTERS))
        assert seen == [["The kitchen table"], [], ["In the corridor"], ["In the corridor", "The kitchen table"]]
        await press(pilot, "f")
        assert labels(pilot.app, ENCOUNTERS) == ["The kitchen table"]
        assert pilot.app.screen.criterion == "attention"


async def test_what_is_unfinished_is_offered_first_and_gone_on_with(home):
    store, session = begun(home, "wait")
    session.leave()
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        assert labels(pilot.app, ENCOUNTERS)[0] == "The kitchen table"
        assert "go on" in page(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EncounterScreen)
        assert "listen to the tap" in page(pilot.app)
        await press(pilot, "1")
        assert world.names(store)[-2:] == ["resumed", "choice-made"]


async def test_the_last_result_stands_beside_an_encounter(home):
    _, session = begun(home, "wait", "call", "kept")
    session.end()
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        assert "last time 3 of 3 moments" in flat(pilot.app)


async def test_the_briefing_has_a_way_out_and_a_chart(home):
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        text = page(pilot.app)
        for part in ("You are: A student on a home visit", "A fall is spoken of", "Do what you said", "10 minutes"):
            assert part in text
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "amlodipine 5 mg" in page(pilot.app)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert not list(home.glob("sessions/*"))


async def test_sessions_are_listed_and_opened(home):
    store, session = begun(home, "floor", "home", "late")
    session.end()
    _, other = begun(home, "wait")
    other.leave()
    before = [path.read_bytes() for path in store.logs()]
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, SessionsScreen)
        assert bar(pilot.app).endswith("2 sessions")
        assert "unfinished · 1 choice" in flat(pilot.app)
        assert "finished · dial-tone, 0 of 2 moments" in flat(pilot.app)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert not pilot.app.screen.is_live
        assert "She puts the receiver down before you do." in flat(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)
    assert [path.read_bytes() for path in store.logs()] == before
    assert [verify(store, path).status for path in store.logs()] == ["finished", "unfinished"]


async def test_no_sessions_is_said(home):
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "s", "enter")
        assert "Nothing was played yet." in page(pilot.app)


async def palette(pilot, words: str) -> None:
    await press(pilot, "ctrl+p")
    pilot.app.screen.query_one(Input).value = words
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.2)  # the palette gathers its hits in a thread of its own
    await press(pilot, "down", "enter")
    await pilot.pause()


async def test_the_palette_finds_encounters_sessions_screens_and_colours(home):
    _, session = begun(home, "wait", "call", "kept")
    session.end()
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await palette(pilot, "corridor")
        assert isinstance(pilot.app.screen, BriefingScreen)
        await palette(pilot, "debrief")
        assert isinstance(pilot.app.screen, DebriefScreen)
        await palette(pilot, "library")
        assert isinstance(pilot.app.screen, LibraryScreen)
        await palette(pilot, "colours light")
        assert pilot.app.theme == "light"
        await palette(pilot, "sessions")
        assert isinstance(pilot.app.screen, SessionsScreen)


async def test_leaving_a_room_through_the_palette_frees_its_log(home):
    async with app_of(home).run_test() as pilot:
        await world.in_the_room(pilot)
        await press(pilot, "3")
        await palette(pilot, "library")
        await settled(pilot)
        await press(pilot, "up", "up", "up", "enter")
        assert isinstance(pilot.app.screen, EncounterScreen), told(pilot.app)


async def test_help_answers_what_can_be_done_here_with_the_keys_as_set(home):
    async with app_of(home, keys_={"chart": "x", "help": "f1"}).run_test() as pilot:
        await world.in_the_room(pilot)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, EncounterScreen)
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = page(pilot.app)
        assert "x   chart" in text
        assert "1-9   choose" in text
        assert "c   chart" not in text
        await press(pilot, "escape", "x")
        assert "amlodipine" in page(pilot.app)


async def test_assessment_is_chosen_in_the_library(home):
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "a")
        await world.in_the_room(pilot)
        assert not pilot.app.screen.session.is_practice


async def test_a_file_with_mistakes_is_on_the_shelf_and_says_so(home):
    (home / "scenarios" / "broken.yaml").write_text("bedside: 1\ntitle: [\n")
    (home / "scenarios" / "no-rubric.yaml").write_text(world.CORRIDOR.replace("rubrics: small", "rubrics: gone"))
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        assert labels(pilot.app, ENCOUNTERS)[-1] == "broken.yaml"
        await press(pilot, *["down"] * 9, "enter")
        assert "bedside check" in told(pilot.app)[-1]
        pilot.app.brief(world.entry(pilot.app, "no-rubric"))
        await press(pilot, "enter")
        assert "no-rubric.yaml cannot be played as it is." in told(pilot.app)[-1]
        assert not list(home.glob("sessions/*"))


async def test_a_damaged_or_busy_log_is_told_in_a_sentence(home):
    store, session = begun(home, "wait")
    _, damaged = begun(home, "wait")
    damaged.leave()
    path = damaged.writer.path
    path.write_bytes(path.read_bytes().replace(b'"ms":', b'"mz":'))
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        pilot.app.resume(session.writer.path.stem)
        await pilot.pause()
        assert told(pilot.app)[-1].endswith("is open in another window.")
        pilot.app.resume(path.stem)
        await pilot.pause()
        assert "cannot be read" in told(pilot.app)[-1]
        pilot.app.reopen(path.stem)
        await pilot.pause()
        assert "cannot be read" in told(pilot.app)[-1]
        assert isinstance(pilot.app.screen, LibraryScreen)
    session.leave()
    assert len(store.logs()) == 2


async def test_a_folder_that_cannot_be_written_to_is_told(home, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.tui.doors.Session.start", full)
    async with app_of(home).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "enter")
        assert "No space left on device" in told(pilot.app)[-1]
        assert isinstance(pilot.app.screen, BriefingScreen)


async def test_leaving_before_the_shelf_was_read(home):
    app = app_of(home)
    async with app.run_test() as pilot:
        await press(pilot, "q")
    assert app.return_code == 0


async def test_each_theme_paints(home):
    for name in ("dark", "light", "contrast", "colour-blind"):
        async with app_of(home, theme=name).run_test() as pilot:
            await settled(pilot)
            assert pilot.app.theme == name
            still = StillScreen("x")
            await pilot.app.push_screen(still)
