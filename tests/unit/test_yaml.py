"""YAML with positions: where the characters of a text stand, what is refused, and that nothing raises."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.encounter.compile import compile_encounter
from simulator.language.decode import decode
from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.likely import likely_cause
from simulator.language.speakers import Speakers
from simulator.language.text import FORBIDDEN
from simulator.language.tree import Mapping, Scalar, Sequence
from simulator.language.yaml import MOST_LEVELS, read_yaml
from simulator.rubric.read import read_rubric
from simulator.scenario.read import read_scenario

ROOT = Path(__file__).parent.parent.parent
STORY = (ROOT / "scenarios/third-appointment.yaml").read_text(encoding="utf-8")
RUBRIC = read_rubric((ROOT / "rubrics/healing-relationships.yaml").read_bytes(), "r.yaml", Problems())
SMALL = (ROOT / "tests/corpus/sound/small-scenario.yaml").read_text(encoding="utf-8")


def read(text: str) -> tuple[object, Problems]:
    problems = Problems()
    return read_yaml(Source("x.yaml", text), problems), problems


def text_of(yaml_text: str) -> Scalar:
    """The value under `a`."""
    tree, problems = read(yaml_text)
    assert isinstance(tree, Mapping) and not problems
    value = tree[Scalar("a")]
    assert isinstance(value, Scalar)
    return value


def codes(text: str) -> list[str]:
    return [one.code for one in read(text)[1]]


# where a character stands

STYLES = {
    "plain": "a: one two three\n",
    "plain on more lines": "a: one\n   two\n\n     three\n",
    "single quotes": "a: 'one two three'\n",
    "single quotes on more lines": "a: 'one\n\n  two\n  three'\n",
    "double quotes": 'a: "one two three"\n',
    "double quotes on more lines": 'a: "one\n  two \\\n  three"\n',
    "literal": "a: |\n  one\n    two\n  three\n",
    "literal with a header": "a: |2-   # why\n  one\n  two\n\n  three\n",
    "folded": "a: >-\n  one two\n\n  three\nb: 1\n",
    "in braces": "{b: 1, a: one two three, c: 2}\n",
}


@pytest.mark.parametrize("written", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("word", ["one", "two", "three"])
def test_a_word_is_found_where_it_stands(written, word):
    value = text_of(written)
    start = value.index(word)
    place = value.within(start, start + len(word))
    line = written.split("\n")[place.line - 1]
    assert line[place.column - 1 : place.end_column - 1] == word
    assert place.line == place.end_line


@pytest.mark.parametrize(
    "written",
    [
        "a: 'it''s two'",
        "a: '''tis two'",
        "a: 'a '''' two'",
        'a: "say \\"hm\\" two"',
        'a: "\\x41\\u0042\\U00000043 two"',
        'a: "tab\\ttwo"',
        'a: "new\\ntwo"',
        'a: "back\\\\slash two"',
        "a: back\\slash two",
        "a: 'back\\slash two'",
        'a: "no\\_break two"',
        "a: née 💊 two",
    ],
)
def test_quotes_and_escapes_do_not_shift_the_column(written):
    value = text_of(written)
    place = value.within(value.index("two"), value.index("two") + 3)
    assert (place.column, place.end_column) == (written.index("two") + 1, written.index("two") + 4)


def test_the_end_of_a_text_is_just_behind_its_last_character():
    value = text_of("a: one two\nb: c\n")
    assert value.within(7, 8).column == 11
    assert value.within(3, 4).column == 7  # a blank: behind the word before it
    assert text_of("a: |\n  one\n").within(4, 5).column == 6


def test_a_stretch_may_reach_over_lines():
    value = text_of("a: one\n   two three\n")
    place = value.within(0, len(value))
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 4, 2, 13)


def test_a_text_that_is_not_written_at_its_place_is_named_whole():
    value = text_of("a: |\n  one {{ x }}\n")
    assert Scalar.at("{{ x }}", value.place).within(3, 4) == value.place
    assert Scalar.at("told('x')", value.place, "'").within(0, 4) == value.place


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1)


@given(words=WORDS, style=st.sampled_from("'\"|>"), data=st.data())
def test_any_character_is_found_in_any_style(words, style, data):
    folded = "\n  ".join(words)
    body = {
        "'": "'" + folded.replace("'", "''") + "'",
        '"': '"' + folded.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "|": "|\n  " + folded,
        ">": ">\n  " + folded,
    }[style]
    written = f"a: {body}\nb: c\n"
    if FORBIDDEN.search(written):
        return
    value = text_of(written)
    index = data.draw(st.sampled_from([n for n, c in enumerate(value) if not c.isspace()]))
    place = value.within(index, index + 1)
    found = written.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]
    assert found in {value[index], {"'": "''", '"': "\\" + value[index]}.get(style)}


# values


def test_a_text_field_keeps_its_source():
    tree, _ = read("a: no\nb: 3:30\nc: 012\nd: 2024-01-02\ne: ~\nf: 'null'\n")
    assert isinstance(tree, Mapping)
    assert [str(value) for value in tree.values()] == ["no", "3:30", "012", "2024-01-02", "~", "null"]
    assert [value.is_null for value in tree.values() if isinstance(value, Scalar)] == [False] * 4 + [True, False]


def test_thirty_two_levels_are_read_and_one_more_is_not():
    assert codes("[" * MOST_LEVELS + "]" * MOST_LEVELS) == []
    assert codes("[" * (MOST_LEVELS + 1) + "]" * (MOST_LEVELS + 1)) == ["BED106"]


def test_line_ends_of_windows_and_a_mark_at_the_start_are_read():
    problems = Problems()
    source = decode("a: b\r\nc: d\r\n".encode("utf-8-sig"), "x.yaml", problems)
    assert source is not None and source.lines == ["a: b", "c: d", ""] and not problems


def test_only_one_error_for_a_file_that_is_not_well_formed():
    assert codes("a: b c #d\ne: [f\n") == ["BED105"]


def test_all_of_a_well_formed_file():
    assert codes("a: &x 1\na: !!str 2\nc: {<<: *x}\n") == ["BED108", "BED109", "BED112", "BED108", "BED110"]


def test_a_comment_set_apart_is_a_comment():
    assert codes("a: one two  # why\nb: one two #3\n") == ["BED115"]


def test_the_second_cut_shows_the_whole_text():
    _, problems = read("{a: one, two, three}")
    assert [one.help for one in problems] == [
        'Put quotes around the whole text: a: "one, two".',
        'Put quotes around the whole text: a: "one, two, three".',
    ]


def test_prose_in_a_list_and_words_in_a_list():
    assert codes("[harm, unsafe]") == []
    assert codes("[The Bedside team, a friend]") == ["BED114"]
    assert codes('["The Bedside team, a friend", Ana]') == []


def test_warnings_do_not_crowd_out_an_error():
    problems = Problems()
    for number in range(2 * Problems.MOST):
        problems.report("BED505", str(number), None)
    problems.report("BED501", "A loop.", None)
    assert len(problems.errors) == 1
    assert problems.left_out == Problems.MOST


# nothing raises


def inside(problems: Problems) -> bool:
    """Whether every place lies in its file."""
    places = [one.place for one in problems if one.place]
    return all(
        1 <= place.line <= len(place.source.lines)
        and 1 <= place.column <= len(place.source.line(place.line)) + 1
        and place.end_line <= len(place.source.lines)
        for place in places
    )


YAML_LIKE = st.text(st.sampled_from("ab:-,[]{}#&*!|>'\"%@`?\\ \n\t~<0\u00a0é"), max_size=60)


@given(st.one_of(st.text(), YAML_LIKE))
def test_no_text_raises(text):
    tree, problems = read(text)
    assert tree is None or isinstance(tree, (Scalar, Mapping, Sequence))
    assert tree is not None or problems
    assert inside(problems)


@given(st.binary(max_size=60))
def test_no_bytes_raise(data):
    problems = Problems()
    assert read_scenario(data, "x.yaml", problems) is None
    assert problems and inside(problems)


@given(st.one_of(st.binary(max_size=20), st.text(max_size=20).map(str.encode)), st.integers(0, len(SMALL)))
def test_no_bytes_within_a_scenario_raise(data, at):
    problems = Problems()
    read_scenario(SMALL[:at].encode() + data + SMALL[at:].encode(), "x.yaml", problems)
    assert inside(problems)


@st.composite
def mutated(draw: st.DrawFn, text: str = STORY) -> str:
    """The text with up to three characters or lines deleted, doubled, replaced or moved."""
    for _ in range(draw(st.integers(1, 3))):
        whole_lines = draw(st.booleans())
        parts = text.split("\n") if whole_lines else list(text)
        at = draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["delete", "double", "replace", "indent"])):
            case "delete":
                del parts[at]
            case "double":
                parts.insert(at, parts[at])
            case "indent":
                parts[at] = " " + parts[at]
            case _:
                other = draw(st.sampled_from(parts if whole_lines else list(":{}[]'\"#,\n\t|-&*+= \u202e")))
                parts[at] = other
        text = ("\n" if whole_lines else "").join(parts)
    return text


@given(mutated())
def test_no_slip_in_a_long_scenario_raises(text):
    problems = Problems()
    before = time.process_time()
    scenario = read_scenario(text.encode(), "x.yaml", problems)
    program = compile_encounter("x", scenario, {"healing-relationships": RUBRIC}, problems) if scenario else None
    assert time.process_time() - before < 2
    assert (program is None) == bool(problems.errors)
    assert inside(problems)


@pytest.mark.parametrize(
    "cast",
    [
        "cast: {lind: {name: Greta Lind, role: patient}, clerk: {name: The clerk}}",
        "cast:\n  lind: {name: Greta Lind}\n\n  # a comment\n  clerk:\n    role: clerk\n    name: 'The clerk'",
    ],
)
def test_who_may_be_meant_is_known_from_the_lines_of_a_broken_file(cast):
    speakers = Speakers.of_source(Source("x", f"bedside: 1\n{cast}\nvisits: [\n"))
    assert speakers.ids == {"lind", "clerk"}
    for words in ("lind", "Lind", "LIND", "Greta", "greta lind", "Mrs Lind", "Mrs. Lind"):
        assert speakers.who(words) == ("lind",), words
    assert speakers.who("The clerk") == speakers.who("Clerk") == ("clerk",)
    assert not any(map(speakers.who, ("Mrs", "The", "Greta Clerk", "visits", "bedside", "")))


def test_labels_stand_at_the_start_or_behind_a_sentence():
    speakers = Speakers({"lind": "Greta Lind"})
    assert speakers.at_start("  Greta (to the door): Yes.") == ("Greta", 2, ("lind",))
    assert speakers.at_start("Then Greta: Yes.") is None
    assert [one.who for one in speakers.inside("Well. Mrs Lind: No. And Greta: no. lind (low): Yes.")] == [
        "Mrs Lind",
        "lind",
    ]


def test_problems_that_are_withdrawn_make_room():
    problems = Problems()
    source = Source("x", "one\ntwo")
    for line in (1, 2):
        problems.report("BED112", "Twice.", Place(source, line, 1, line, 2))
    problems.withdraw("BED112", Place(source, 2, 1, 2, 4))
    problems.withdraw("BED113", Place(source, 1, 1, 2, 4))
    assert [str(one.place) for one in problems] == ["x:1:1"]


def test_a_cause_is_given_for_an_error_without_a_mark():
    import yaml

    message, place, help_, _ = likely_cause(Source("x", "a"), yaml.YAMLError("odd"))
    assert "odd" in message and place.line == 1 and help_
