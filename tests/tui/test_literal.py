"""Any text in any authored or typed field reaches the screen as itself, less only what a terminal would obey."""

from __future__ import annotations

import asyncio
import unicodedata

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.command import DiscoveryHit
from textual.widgets import Input, Static

from simulator.encounter.transcript import Turn
from simulator.language.diagnostics import Diagnostic, Place, Source
from simulator.language.text import FORBIDDEN
from simulator.tui.behind import Part, part_rows
from simulator.tui.commands import BedsideCommands
from simulator.tui.literal import content, fitted, literal, wrapped
from simulator.tui.mending import problem_rows
from simulator.tui.reading import ReadingScreen, StillScreen, TranscriptScreen
from simulator.tui.screenplay import ASIDE, hung, layout
from simulator.tui.sheet import Item, Picker, Row, Text, plain
from tests.tui import world
from tests.tui.test_preview import app_of as preview_app

HOSTILE = (
    "[b]bold[/b]",
    "[/x]",
    "[Nurse] He is pale",
    "[@click=app.quit]leave[/]",
    "[",
    "]",
    "\\[b]",
    "[[",
    "[link=x]y[/link]",
    "$text",
    "{x}",
    "%s",
    "`a`",
    "**b**",
    "\x1b[2J\x1b[31mred",
    "\x9b2J",
    "\x9d0;title\x07",
    "a\u202eb",
    "\u2066c\u2069",
    "漢字かな",
    "👩‍⚕️ family 👨‍👩‍👧",
    "é",
    "e\u0301",
    "x" * 300,
    "— not a heading —",
    "a\tb",
    "two\nlines",
    "nul\x00",
    "\ud800",
)
WORDS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)), min_size=1, max_size=4).map(" ".join)
KINDS = st.sampled_from(["visit", "narration", "speech", "learner", "ending", "beat"])
WIDTHS = st.integers(1, 200)


def said(text: str) -> str:
    """What must be seen of a text: everything but blanks, which wrapping moves, and what a terminal obeys."""
    return "".join(literal(text).split())


def seen(rows: list[Row]) -> str:
    return "".join("".join(span[0] for row in rows for span in row.spans).split())


@given(WORDS)
def test_literal_takes_away_only_what_a_terminal_obeys(text):
    kept = literal(text)
    assert not FORBIDDEN.search(kept)
    assert "\x1b" not in kept
    lost = {one for one in text if one not in kept} - {"\t"}
    assert all(FORBIDDEN.match(one) or unicodedata.category(one) == "Cs" for one in lost)


@given(WORDS)
def test_content_knows_no_markup(text):
    assert content(text).plain == literal(text)
    assert not content(text).spans


@given(WORDS, WIDTHS)
@example("漢字", 1)
@example("\u0301", 1)
@example("👩‍⚕️", 1)
def test_nothing_is_lost_by_wrapping(text, width):
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == said(text)
    assert all(cell_len(line) <= max(2, width) for line in lines)


@given(WORDS, st.integers(0, 60), st.booleans())
def test_a_fitted_line_fits(text, width, is_right):
    assert cell_len(fitted(text, width, is_right=is_right)) == width


@given(st.lists(st.tuples(KINDS, WORDS, WORDS, WORDS), min_size=1, max_size=4), WIDTHS)
def test_every_turn_is_seen_whole(given_, width):
    turns = [Turn(kind, text, who, manner) for kind, text, who, manner in given_]
    shown = seen(layout(turns, width))
    assert all(said(turn.text) in shown for turn in turns if turn.kind != "beat")
    assert said("".join(turn.text for turn in turns if turn.kind == "beat")) == "" or shown is not None
    assert not FORBIDDEN.search(shown)


@given(WORDS, WORDS, WIDTHS, st.sampled_from(["quiet", "name", "accent"]))
def test_a_paragraph_with_its_label_is_seen_whole(label, text, width, look):
    margin = 12 if width >= 60 else 3
    assert said(text) in seen(hung(literal(label), text, margin, min(72, width - margin - 1), look))
    assert said(text) == seen(plain(text, width))


@given(WORDS, WORDS, WIDTHS)
def test_every_item_of_a_list_is_seen_whole(text, below, width):
    shown = seen(Picker([Item(text, " 1  say     ", below)]).rows(width))
    assert said(text) in shown
    assert said(below) in shown


@given(WORDS, WIDTHS)
def test_what_is_behind_a_moment_is_seen_whole(text, width):
    for part in (Part("tempts", text), Part("1 say", text, "accent", 1), Part("", text, "heading")):
        shown = seen(part_rows(part, width))
        assert said(text) in shown
        assert not FORBIDDEN.search(shown)


@given(WORDS, st.text(max_size=60) | WORDS, st.integers(1, 80), st.integers(0, 40), WIDTHS)
@example("x", "a\tb\x1b[2Jc", 2, 3, 40)
@example("x", "漢字" * 60, 70, 5, 40)
def test_a_problem_is_told_whole_with_its_line_and_obeys_nothing(message, line, column, length, width):
    place = Place(Source("visit.yaml", line), 1, column, 1, column + length)
    rows = problem_rows(Diagnostic("BED401", message, place, help=message), width)
    shown = seen(rows)
    assert said(message) in shown
    assert f"visit.yaml:1:{column}errorBED401" in shown
    assert not FORBIDDEN.search("".join(span[0] for row in rows for span in row.spans))


@pytest.mark.parametrize("column", [1, 20, 90, 180])
@pytest.mark.parametrize("width", [30, 80])
def test_the_carets_stand_under_what_is_wrong(column, width):
    line = "".join(chr(0x100 + n) for n in range(180))
    place = Place(Source("visit.yaml", line), 1, column, 1, column + 1)
    shown, carets = (row.spans[1][0] for row in problem_rows(Diagnostic("BED401", "No.", place), width)[-2:])
    assert shown[carets.index("^")] == line[column - 1]
    assert carets.count("^") == 1
    assert len(shown) < width


@given(st.lists(WORDS, min_size=6, max_size=6), WIDTHS)
@settings(max_examples=6, phases=[Phase.explicit, Phase.generate])  # an app for each: too slow to shrink
def test_screens_show_it_and_obey_nothing(tmp_path_factory, texts, width):
    asyncio.run(_screens(tmp_path_factory.mktemp("home"), texts, width))


def painted(app) -> str:
    """What is on the terminal, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def _screens(home, texts, width) -> None:
    one, two, three, four, five, six = texts
    app = world.app_of(home)
    app.desk.shelf = type("Empty", (), {"all": lambda *_: {}})()
    async with app.run_test(size=(width, 24), notifications=True) as pilot:

        async def fine() -> str:
            await pilot.pause()
            found = painted(app)
            assert not FORBIDDEN.search(found.replace("\n", ""))
            assert app.is_running
            return found

        app.tell(one)
        app.screen.query_one(Input).value = literal(two).replace("\n", " ")
        app.screen.bar.show(title=one, middle=two, right=three)
        await fine()
        assert [literal(one)] == world.told(app)
        app.push_screen(StillScreen(three, four))
        await fine()
        assert [str(static.content) for static in app.screen.query("#still Static").results(Static)] == [
            literal(three), literal(four),
        ]  # fmt: skip
        app.push_screen(ReadingScreen(five, six))
        await fine()
        assert app.screen.query_one("#page", Text).source == six
        turns = [Turn("speech", one, two, three), Turn("narration", four, manner=ASIDE), Turn("learner", five, "say")]
        app.push_screen(TranscriptScreen(six, turns))
        await fine()
        shown = "".join(app.screen.query_one("#page").text.split())  # type: ignore[attr-defined]
        if width > 3:  # below that there is room for a scroll bar only
            assert said(one) in shown
            assert said(five) in shown


async def test_the_palette_takes_names_literally(home):
    odd = "[@click=app.quit]x[/] [b]The[/b] table"
    text = world.KITCHEN.replace("title: The kitchen table", f'title: "{odd}"')
    world.shelf(home, odd=text)
    async with world.app_of(home).run_test() as pilot:
        await world.settled(pilot)
        provider = BedsideCommands(pilot.app.screen)
        hits = [hit async for hit in provider.discover()]
        (first,) = [hit for hit in hits if isinstance(hit, DiscoveryHit) and odd in str(hit.text)]
        assert first.prompt.plain == f"Play: {odd}"
        assert not first.prompt.spans
        found = [hit async for hit in provider.search("click")]
        assert found[0].prompt.plain == f"Play: {odd}"
        await world.press(pilot, "ctrl+p")
        assert odd in painted(pilot.app)


ODD = "[b]Q[/b] [/x] 漢字 👩‍⚕️ [@click=app.quit]x[/]"


async def test_a_whole_encounter_in_odd_words(home):
    text = world.KITCHEN
    for word in ("Well. It was not here.", "And now you will want me in a home."):
        text = text.replace(word, ODD.replace("[/x] ", ""))
    for word in ("Say nothing, and listen to the tap.", "She filled the silence with what she had not told anyone.",
                 "Monday, 10:00", "Where did you first look?", "Listening"):  # fmt: skip
        text = text.replace(word, f"'{ODD}'")
    world.shelf(home, kitchen_table=text)
    for width in (20, 40, 80):
        async with world.app_of(home, explain=True).run_test(size=(width, 24)) as pilot:
            screen = await world.in_the_room(pilot)
            await world.press(pilot, "3", "w")
            assert said(ODD) in "".join(world.page(pilot.app).split())
            await world.press(pilot, "escape", "t")
            assert said(ODD) in "".join(world.page(pilot.app).split())
            await world.press(pilot, "escape")
            assert said(ODD) in "".join(world.page(pilot.app).split())
            assert ODD in screen.bar.middle
            assert not FORBIDDEN.search(painted(pilot.app).replace("\n", ""))


async def test_a_preview_in_odd_words(home):
    text = world.KITCHEN
    for word in ("Say nothing, and listen to the tap.", "She filled the silence with what she had not told anyone.",
                 "She fell on the stairs and not in the kitchen.", "Call her on Friday.",
                 "Time on the floor matters, and you know it does.", "You looked where I looked."):  # fmt: skip
        text = text.replace(word, f"'{ODD}'")
    path = world.shelf(home, kitchen_table=text) / "scenarios" / "kitchen-table.yaml"
    for width in (20, 40, 120):
        app = preview_app(home, path)
        async with app.run_test(size=(width, 24)) as pilot:
            await world.press(pilot, "1", "tab")
            assert said(ODD) in "".join(app.screen.query_one("#behind").text.split())
            path.write_text(text.replace("next: talk", f"next: '{ODD}'"), encoding="utf-8")
            app.screen.reload()
            await world.press(pilot, "e")
            assert not FORBIDDEN.search(painted(app).replace("\n", ""))
            path.write_text(text, encoding="utf-8")
