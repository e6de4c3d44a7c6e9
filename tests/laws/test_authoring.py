"""Laws of what authors' tools are told: schemas accept what is sound, annotations say what was said."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.language.diagnostics import Diagnostic, Place, Source
from simulator.report.machine import problems_github
from tests.as_editors_read import underlined
from tests.laws.small import scenarios


@settings(max_examples=40)  # each is read and held against a large schema
@given(scenarios())
def test_a_sound_scenario_is_underlined_nowhere(program):
    assert underlined(program.scenario.place.source.text) == []


@settings(max_examples=40)
@given(scenarios(), st.data())
def test_a_key_that_does_not_exist_is_underlined_wherever_it_stands(program, data):
    text = program.scenario.place.source.text
    keys = [found.start(1) for found in re.finditer(r"\b(say|do|lines|choices|next|because|title|cast)\b\"?: ", text)]
    at = data.draw(st.sampled_from(keys))
    assert underlined(f"{text[:at]}q{text[at:]}")


def _plain(told: str) -> str:
    return re.sub("%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), told)


@given(st.text(), st.text(min_size=1), st.integers(1, 9))
def test_an_annotation_is_one_line_from_which_nothing_is_lost(message, file, line):
    place = Place(Source(file, ""), line, 1, line, 2)
    told = problems_github([Diagnostic("BED402", message, place)])
    assert "\n" not in told and "\r" not in told
    head, _, said = told.removeprefix("::error ").partition("::")
    assert _plain(said) == message
    properties = dict(one.split("=", 1) for one in head.split(","))
    assert _plain(properties["file"]) == file and properties["line"] == str(line)
    assert list(properties) == ["file", "line", "col", "endLine", "endColumn", "title"]
