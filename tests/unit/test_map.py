"""The map of a scenario: what is on it, how it is drawn, and that no text gets out of its place."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.encounter.playthrough import Playthrough
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf
from simulator.library.load import load
from simulator.report.layers import GAP, Link, Pass, layered
from simulator.report.map_cards import fitted, width_of
from simulator.report.map_layout import drawing_of
from simulator.report.map_svg import map_svg
from simulator.report.map_text import map_dot, map_mermaid, map_outline
from simulator.workshop.map import map_of
from simulator.workshop.traffic import steps_of
from tests.laws.small import LESS, picks, scenarios
from tests.support import ROOT, play, program

BODY = """
meters: {trust: 3}
facts: {foot: Her mother lost a foot.}
visits:
  one:
    title: Monday, 8:20
    minutes: 3
    out-of-time: knock
    nodes:
      a:
        lines: "ann: Hello."
        otherwise: bye
        choices:
          sit: {do: Sit down., next: b, tells: foot}
          stand: {wait: Stand there., next: [{when: trust >= 4, go: b}, {go: bye}]}
      b:
        otherwise: bye
        choices:
          ask: {say: How are you?, recalls: foot, next: bye}
          more: {say: "And then?", when: trust > 1, next: a}
      knock: {lines: A knock., next: bye}
      bye:
        lines: [{when: trust >= 9, lines: She smiles.}, "She leaves."]
        leave: [{when: trust >= 6, to: done}, {when: trust >= 5, to: two}, {to: two}]
  two:
    title: Tuesday
    nodes:
      c: {lines: Rain., ending: done}
"""
SMALL = program(BODY)


def ends(map_):
    return [(one.source.rsplit("/", 1)[-1], one.target.rsplit("/", 1)[-1], one.kind) for one in map_.edges]


def test_the_map_holds_every_way():
    found = map_of(SMALL)
    assert [one.id for one in found.nodes.values() if one.kind == "moment"] == ["one/a", "one/b"]
    assert [cluster.nodes for cluster in found.clusters] == [
        ("one/a", "one/b", "one/knock", "one/bye", "clock:one"),
        ("two/c",),
    ]
    assert ends(found) == [
        ("clock:one", "knock", "time"),
        ("a", "b", "choice"),
        ("a", "b", "choice"),
        ("a", "bye", "choice"),
        ("a", "bye", "otherwise"),
        ("b", "bye", "choice"),
        ("b", "a", "choice"),
        ("b", "bye", "otherwise"),
        ("knock", "bye", "way"),
        ("bye", "ending:done", "way"),
        ("bye", "c", "way"),
        ("bye", "c", "way"),
        ("c", "ending:done", "way"),
    ]
    told = [(one.needs, one.condition) for one in found.edges]
    assert told[2:4] == [("", "if trust is 4 or more"), ("", "if trust is 3 or less")]
    assert told[5:7] == [("told foot", ""), ("trust is 2 or more", "")]
    assert told[9:12] == [("", "if trust is 6 or more"), ("", "else if trust is 5 or more"), ("", "else")]
    assert found.nodes["one/bye"].line == "She leaves."


def test_learners_are_counted_on_the_ways_they_went():
    plays = [
        play(SMALL, "sit", "ask"),
        play(SMALL, "stand"),
        play(SMALL, "sit", "more", "stand"),
        Playthrough.start(SMALL),
    ]
    found = map_of(SMALL, steps_of(plays), 4)
    counts = {
        (*way, one.choice.rsplit("/", 1)[-1]): one.count for way, one in zip(ends(found), found.edges, strict=True)
    }
    assert counts["a", "b", "choice", "sit"] == 2
    assert counts["b", "a", "choice", "more"] == 1
    assert counts["a", "bye", "choice", "stand"] == 1, "the third came to 0 minutes there"
    assert counts["clock:one", "knock", "time", ""] == 1
    assert (found.nodes["clock:one"].count, found.nodes["one/bye"].count, found.nodes["one/a"].count) == (1, 3, 5)
    assert "Goes to “B”, 2 times." in map_outline(found)
    assert ">2</text>" in map_svg(found)


def test_the_outline_can_be_read_aloud():
    assert map_outline(map_of(SMALL)).split("\n") == [
        "A small encounter: 2 visits, 5 nodes, 4 choices, 1 ending.",
        "",
        "Visit 1: Monday, 8:20 (3 minutes)",
        "  A: Ann: Hello.",
        "    do: Sit down. Goes to “B”.",
        "    wait: Stand there.",
        "      If trust is 4 or more: to “B”.",
        "      If trust is 3 or less: to “Bye”.",
        "    If no choice is left: to “Bye”.",
        "  B",
        "    say: How are you? (Only if told foot.) Goes to “Bye”.",
        "    say: And then? (Only if trust is 2 or more.) Goes to “A”.",
        "    If no choice is left: to “Bye”.",
        "  Knock: A knock.",
        "    Goes to “Bye”.",
        "  Bye: She leaves.",
        "    If trust is 6 or more: to the ending “Done”.",
        "    Else if trust is 5 or more: to the visit “Tuesday”.",
        "    Else: to the visit “Tuesday”.",
        "  When the time is up",
        "    Goes to “Knock”.",
        "",
        "Visit 2: Tuesday",
        "  C: Rain.",
        "    Goes to the ending “Done”.",
        "",
        "Endings",
        "  Done",
    ]


HOSTILE = (
    '"]; a-->b; x["',
    "</script><script>alert(1)</script>",
    "a --> b %%{init: {}}%% #quot; `x`",
    '\\" } digraph \\',
    "]]> &amp; <b> ' {x}",
    "end",
    "subgraph z",
    "汉字 → ≥ 4 🙂",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_title_stays_a_title(words):
    quoted = "'" + words.replace("'", "''") + "'"
    text = BODY.replace("Monday, 8:20", quoted).replace("do: Sit down.", f"do: {quoted}")
    found = map_of(program(text))
    _is_mermaid(map_mermaid(found))
    _is_dot(map_dot(found))
    svg = ElementTree.fromstring(map_svg(found))
    assert not [one for one in svg.iter() if one.tag.endswith("script")]
    assert words in {"".join(one.itertext()) for one in svg.iter()} | {map_outline(found).split("\n")[2][9:-12]}


def _is_mermaid(text):
    """Every line is one of the few forms; a label holds nothing but words, blanks and codes."""
    label = r'"(?:[\w .,:?!\'’“”()×…]|#\d+;)*"'
    shape = rf"n\d+(?:\[{label}\]|\({label}\)|\{{\{{{label}\}}\}}|\(\[{label}\]\))"
    forms = ("flowchart TD", r"  accTitle: [\w ]+", rf"  subgraph v\d+\[{label}\]", rf" +{shape}", "  end",
             rf"  n\d+ (?:-- {label} )?--> n\d+")  # fmt: skip
    for line in text.split("\n"):
        assert any(re.fullmatch(form, line) for form in forms), line


def _is_dot(text):
    """Outside of quoted strings there is nothing but the frame."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", text)
    forms = (r"digraph S \{", r"  subgraph cluster_\d+ \{", "    label=S;", r" *\}", r" *S( -> S)? \[[\w=, ]*\];",
             "  rankdir=LR; compound=true;", r"  node \[.*\]; edge \[.*\];")  # fmt: skip
    for line in bare.split("\n"):
        assert any(re.fullmatch(form, line) for form in forms), line


@given(st.text(max_size=40))
def test_any_text_is_a_string_of_both_languages(text):
    from simulator.report.map_text import _coded, _quoted

    _is_mermaid(f'  n0["{_coded(text)}"]')
    assert re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', _quoted(text))


def overlaps(cards):
    return [
        (one.card.node.id, other.card.node.id)
        for one, other in itertools.combinations(cards, 2)
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.card.height
        and other.y < one.y + one.card.height
    ]


def check_drawing(map_):
    drawing = drawing_of(map_)
    assert not overlaps(drawing.cards)
    for one in drawing.cards:
        assert 0 <= one.x <= drawing.width - one.width
        assert 0 <= one.y <= drawing.height - one.card.height
        (band,) = [band for band in drawing.bands if band.y <= one.y <= band.y + band.height]
        assert one.y + one.card.height <= band.y + band.height
    for wire in drawing.wires:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in wire.points)
    assert sum(wire.has_arrow for wire in drawing.wires) >= len({edge.target for edge in map_.edges})
    drawn = {one.card.node.id for one in drawing.cards if not one.is_exit}
    assert drawn == set(map_.nodes)
    ElementTree.fromstring(map_svg(map_))


def test_the_shipped_scenarios_are_drawn_without_overlap():
    for path in (ROOT / "scenarios").glob("*.yaml"):
        found = map_of(load(path, Shelf((ROOT,)), Problems())[1])
        check_drawing(found)
        _is_mermaid(map_mermaid(found))
        _is_dot(map_dot(found))


@LESS
@given(scenarios(), picks)
def test_any_encounter_is_drawn_without_overlap(program_, choices):
    playing = Playthrough.start(program_)
    for pick in choices:
        if playing.is_over:
            break
        playing = playing.choose(playing.available[pick % len(playing.available)])
    steps = steps_of([playing])
    found = map_of(program_, steps, 1)
    assert sum(edge.count for edge in found.edges) == sum(n for (source, _, _), n in steps.items() if source)
    check_drawing(found)


def test_a_picture_is_the_same_each_time_and_says_what_it_shows():
    svg = map_svg(map_of(SMALL))
    assert svg == map_svg(map_of(SMALL))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert (root[0].text, root[0].get("id")) == ("A small encounter", "map-title")
    assert "2 visits, 5 nodes" in root[1].text
    assert "prefers-color-scheme:dark" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_columns_follow_the_longest_way_and_what_goes_back_is_set_apart():
    links = [Link("a", "b", 5), Link("b", "c", 5), Link("a", "c", 9), Link("c", "a", 5), Link("x", "c", 5)]
    found = layered(dict.fromkeys("abcx", 20.0), links, ())
    assert found.column_of == {"a": 0, "b": 1, "c": 2, "x": 1}
    assert found.back == {links[3]}
    assert Pass("c", 1) in found.columns[1]
    column = sorted((found.tops[cell], cell) for cell in found.columns[1] if isinstance(cell, str))
    assert column[1][0] - column[0][0] >= 20 + GAP


def test_lines_do_not_cross_where_they_need_not():
    links = [Link("a", "d", 5), Link("b", "c", 5), Link("s", "a", 5), Link("s", "b", 9)]
    found = layered(dict.fromkeys("sabcd", 20.0), links, ())
    assert (found.tops["a"] < found.tops["b"]) == (found.tops["d"] < found.tops["c"])


def test_no_drawing_of_nothing():
    assert layered({}, [], ()).height == 0


@given(st.text(min_size=1, max_size=200), st.integers(1, 4))
def test_text_fits_its_card(text, most):
    lines = fitted(text, 100, 11, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 11) <= 100 + 11 for line in lines)


def test_what_is_cut_says_so():
    assert fitted("one two three four five", 60, 10, 2) == ["one two", "three fou…"]
    assert fitted("x" * 100, 60, 10, 3)[0].endswith("…")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_lines_stand_out_from_their_ground(scheme):
    from simulator.report.map_svg import _COLOURS

    def luminance(name):
        parts = [int(_COLOURS[name][scheme][n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one, other):
        lo, hi = sorted((luminance(one), luminance(other)))
        return (hi + 0.05) / (lo + 0.05)

    # WCAG 2.2, 1.4.3 and 1.4.11
    for text in ("ink", "soft", "say", "do", "wait", "notice"):
        assert all(contrast(text, ground) >= 4.5 for ground in ("page", "band", "card", "ending"))
    for line in ("wire", "trunk"):
        assert all(contrast(line, ground) >= 3 for ground in ("page", "band"))
