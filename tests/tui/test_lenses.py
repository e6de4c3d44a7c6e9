"""The profile, the lens switch, and a learner who sees a piece of evidence differently."""

from __future__ import annotations

from simulator.sessions.verify import verify
from simulator.tui.debrief import DebriefScreen
from simulator.tui.dispute import DisputeScreen
from tests.tui import world
from tests.tui.test_debrief import answers, opened, step_of, to
from tests.tui.world import app_of, flat, page, press, told


async def test_the_profile_is_in_moments_and_has_no_figure(home):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "in moments")
        shown = flat(pilot.app)
        assert "A small rubric Another rubric" in shown
        assert "All moments 3 of 3" in shown
        assert "This shows what you recognise in a list of choices" in shown
        assert "%" not in shown
        assert shown.index("Listening 1 of 1") < shown.index("Attention 1 of 1")


async def test_the_overall_figure_is_shown_where_it_is_switched_on(home):
    async with app_of(home, overall=True).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "in moments")
        assert "100 % of what was on offer" in flat(pilot.app)


async def test_another_rubric_is_read_and_comes_round(home):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "in moments")
        first = page(pilot.app)
        await press(pilot, "l")
        shown = flat(pilot.app)
        assert "It is never scored." in shown
        assert "Warmth From Caring. It shows. +2 Choice 2. You named a day." in shown
        assert "of 3" not in shown
        await press(pilot, "l")
        assert page(pilot.app) == first


async def test_the_keys_of_a_step_do_nothing_at_another(home):
    async with app_of(home).run_test() as pilot:
        await opened(pilot, home)
        await to(pilot, "Ann speaks")
        before = page(pilot.app)
        await press(pilot, "l", "x")
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert page(pilot.app) == before


async def test_evidence_seen_differently_is_written_down_and_can_be_taken_back(home):
    async with app_of(home).run_test() as pilot:
        store, _ = await opened(pilot, home)
        await to(pilot, "the evidence")
        await press(pilot, "x")
        assert "Mark a piece of evidence first" in told(pilot.app)[-1]
        await press(pilot, "down", "x")
        assert isinstance(pilot.app.screen, DisputeScreen)
        assert "Attention, +2" in flat(pilot.app)
        await press(pilot, *"[b]", "enter")
        assert step_of(pilot.app) == "the evidence"
        assert "disputed: [b]" in flat(pilot.app)
        said = {"event": "disputed", "decision": 1, "criterion": "small/attention"}
        assert answers(store)[-1] == {**said, "text": "[b]"}
        await press(pilot, "x", *["backspace"] * 3, "enter")
        assert "disputed" not in flat(pilot.app)
        assert answers(store)[-1] == {**said, "text": ""}
        await press(pilot, "x", "escape")
        assert step_of(pilot.app) == "the evidence"
        assert len([one for one in answers(store) if one["event"] == "disputed"]) == 2


async def test_a_closed_session_takes_a_dispute_and_is_still_what_was_played(home):
    async with app_of(home).run_test() as pilot:
        store, session = world.begun(home, "wait", "call", "kept")
        session.end()
        await world.settled(pilot)
        pilot.app.reopen(session.writer.path.stem)
        await pilot.pause()
        await to(pilot, "the evidence")
        await press(pilot, "down", "x", *"No", "enter")
        assert "disputed: No" in flat(pilot.app)
        assert [one["event"] for one in answers(store)][-2:] == ["session-ended", "disputed"]
        assert verify(store, store.logs()[0]).status == "finished"
