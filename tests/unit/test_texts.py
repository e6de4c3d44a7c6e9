"""The words of a scenario: reading grade, judging words, readings that are due, texts that look cut."""

from __future__ import annotations

import datetime
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cli.commands import check_file
from simulator.language.diagnostics import Problems
from simulator.library.find import Shelf, shipped
from simulator.workshop.reading_level import NOTHING, measure, sentences, syllables
from simulator.workshop.texts import check_texts, judging_words
from tests.examples import placed
from tests.support import DAY, HEAD, program

BODY = """\
visits:
  monday:
    title: Monday
    nodes:
      door:
        choices:
          ask: {say: SAID, next: bye}
          act: {do: DONE, next: bye}
      bye: {lines: She goes., ending: done}
"""


def warned(head: str = "", *, said: str = "Yes?", done: str = "Sit.", day: datetime.date = DAY):
    """What is warned of in a small scenario, each as its code and the text it points at."""
    found = Problems()
    body = BODY.replace("SAID", said).replace("DONE", done)
    check_texts(program(body, head=HEAD + head).scenario, found, day)
    return [(one.code, _at(one.place)) for one in found]


def _at(place):
    lines = place.source.lines[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return " ".join(line.strip() for line in lines)


# how hard it is


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("take", 1), ("the", 1), ("whole", 1), ("missed", 1), ("times", 1), ("eyes", 1), ("don't", 1), ("guess", 1)],
        *[("table", 2), ("wanted", 2), ("boxes", 2), ("people", 2), ("couldn't", 2), ("being", 2), ("likely", 2)],
        *[("question", 2), ("quiet", 2), ("something", 2), ("insulin", 3), ("idea", 3), ("medicine", 3), ("34", 2)],
        *[("medication", 4), ("cardiovascular", 6), ("hypoglycemia", 6)],
    ],
)
def test_syllables_are_estimated_from_spelling(word, count):
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid():
    # 10 words, 2 sentences, 13 syllables: 0.39 × 5 + 11.8 × 1.3 − 15.59
    one = measure("I quit the needle in June. Nobody has to sigh.")
    assert one == (10, 2, 13)
    assert one.grade == pytest.approx(1.70)
    assert NOTHING.grade == 0


def test_a_sentence_ends_where_a_reader_would_pause_for_breath():
    text = "Dr. Harlan said 10.4 percent... “Why?” I asked (twice.)\n\nNo"
    assert [text[start:end] for start, end, _ in sentences(text)] == [
        "Dr. Harlan said 10.4 percent...",
        "“Why?”",
        "I asked (twice.)",
        "No",
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_words_of_two_texts_are_the_words_of_both(one, two):
    joint = measure(f"{one}\n\n{two}")
    assert joint.words == measure(one).words + measure(two).words
    assert joint.syllables >= joint.words >= joint.sentences


def test_a_sentence_of_more_than_thirty_words_is_warned_of():
    thirty = " ".join(["one"] * 30)
    assert warned(said=f"{thirty}. Yes?") == []
    assert warned(said=f"Yes? {thirty} more. No.") == [("BED803", f"{thirty} more.")]


def test_what_is_done_is_not_what_the_patient_is_told():
    assert warned(done=" ".join(["one"] * 40)) == []


def test_what_excludes_each_other_is_no_sentence():
    half = " ".join(["one"] * 20)
    text = f"\"{{% if told('x') %}}{half}{{% else %}}{half}{{% endif %}}.\""
    assert warned("facts: {x: It.}\n", said=text) == []


HARD = "Continuous pharmacological intervention necessitates collaborative monitoring. "


def test_a_few_hard_words_are_no_measure_and_a_hundred_are():
    assert measure(HARD * 10).words == 60
    assert warned(said=HARD * 16) == []  # 96 words
    assert [code for code, _ in warned(said=HARD * 17)] == ["BED803"]


def test_the_grade_is_of_english_only():
    assert warned("language: de-AT\n", said=HARD * 20) == []
    assert len(warned("language: en-GB\n", said=HARD * 20)) == 1


def test_what_the_shipped_scenario_says_is_plain():
    found = check_file(shipped("scenarios") / "third-appointment.yaml", Shelf(()), DAY)
    assert not found


# charts


def _chart(text: str, head: str = ""):
    return warned(f"{head}chart: |\n  {text}\n")


def test_a_judging_word_is_told_once_at_its_place():
    found = _chart("A poor\n  historian. Refuses, refused.\n  Poor historian.")
    assert sorted(found) == [("BED804", "Refuses"), ("BED804", "poor historian")]


@pytest.mark.parametrize(
    "text",
    [
        'Two visits "no-show".',
        "Her sister: “she refuses it, and claims to know why”.",
        "Labelled 'drug-seeking' in May.",
        "Labelled ‘drug-seeking’ in May. She doesn’t agree.",
        "Alcoholic hepatitis. Diabetic foot. Difficult to reach by phone. Denies fever.",
        "Insurance claims pending. Wound failed to heal. No lung compliance testing.",
        "Entitled to leave. Addiction clinic.",
    ],
)
def test_what_does_not_judge_is_let_be(text):
    assert _chart(text) == []


def test_an_apostrophe_opens_no_quotation():
    assert _chart("Mother's house. Refuses insulin. It's far.") == [("BED804", "Refuses")]


def test_every_entry_of_the_list_has_a_suggestion_and_finds_itself():
    entries = judging_words()
    assert len(entries) > 30
    assert all(instead for _, instead in entries)
    assert not any(pattern.search(instead) for pattern, instead in entries)


def test_charts_in_other_languages_are_let_be():
    assert _chart("Non-compliant.", "language: fr\n") == []


# readings


def _reviews(*rows: str):
    return "reviewed:\n" + "".join(f"  - {{by: A reader, {row}}}\n" for row in rows)


def test_a_reading_is_due_the_day_after():
    head = _reviews("on: 2025-01-01, next: 2026-01-01")
    assert warned(head, day=datetime.date(2026, 1, 1)) == []
    assert warned(head, day=datetime.date(2026, 1, 2)) == [("BED805", "2026-01-01")]


def test_only_the_newest_reading_counts():
    old = "on: 2023-01-01, next: 2024-01-01"
    assert warned(_reviews("on: 2025-01-01", old)) == []
    assert warned(_reviews("on: 2022-01-01, next: 2030-01-01", old)) == [("BED805", "2024-01-01")]
    assert warned(_reviews("on: 2020-01-01")) == []


def test_check_asks_as_of_a_day(bedside):
    assert bedside("new", "visit")[0] == 0
    file = Path("visit.yaml")
    file.write_text(file.read_text(encoding="utf-8") + _reviews("on: 2025-01-01, next: 2026-01-01"), encoding="utf-8")
    assert bedside("check", "--strict", "--as-of", "2025-12-31", str(file))[0] == 0
    code, told, _ = bedside("check", "--strict", "--as-of", "2026-01-02", str(file))
    assert code == 1 and "BED805" in told
    code, told, narrated = bedside("check", "--as-of", "soon", str(file))
    assert (code, told) == (2, "") and "soon" in narrated


def test_playing_asks_for_none_of_this(bedside):
    assert bedside("new", "visit")[0] == 0
    file = Path("visit.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "facilitator: Ask them,\n", encoding="utf-8")
    assert "BED806" in bedside("check", str(file))[1]
    _, told, narrated = bedside("play", "--plain", str(file), typed="1\n" * 9)
    assert "BED8" not in told + narrated


# ends


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Third time this month,", ","),
        ("Third time (this month", "("),
        ("You said “Monday", "“"),
        ('You said "Monday', '"'),
        ('At 5\'10" you said "Monday', '"'),
        ("(One) and (two", "("),
    ],
)
def test_a_text_that_looks_cut_is_warned_of(text, at):
    assert _ends(text) == [("BED806", at)]


@pytest.mark.parametrize(
    "text",
    [
        "So —",
        "I thought I-",
        "She is 5'10\"",
        "Sorry :(",
        "1) sit 2) wait",
        "He said “sit” (twice).",
        "A sum of {{ trust }} and (no more",
        "She said “it is over.\n\nThen she left.",
    ],
)
def test_what_is_whole_is_let_be(text):
    assert _ends(text) == []


def _ends(text: str):
    block = "|\n" + textwrap.indent(text, " " * 14)
    body = BODY.replace("{do: DONE, next: bye}", f"\n            next: bye\n            do: {block}")
    found = Problems()
    check_texts(program(body.replace("SAID", "Yes?"), head=HEAD + "meters: {trust: 3}\n").scenario, found, DAY)
    return [(one.code, _at(one.place)) for one in found]


def test_what_a_comment_cut_is_told_once(tmp_path):
    text = "reflect:\n  - Which door was it, #5 or another?\n"
    file = tmp_path / "visit.yaml"
    file.write_text(placed("top", text), encoding="utf-8")
    assert [one.code for one in check_file(file, Shelf(()), DAY)] == ["BED115"]
