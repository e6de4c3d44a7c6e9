"""A second coding: what the coder is given, what is read back, and how far it agrees."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.encounter.playthrough import Playthrough
from simulator.language.diagnostics import Problems
from simulator.report.agreement import agreement_text
from simulator.report.coding import coding_yaml, criteria_paragraphs, moment_paragraphs, option_text
from simulator.report.text import percent
from simulator.workshop.agreement import ALL, KEY, agreement
from simulator.workshop.coding import Coding, read_coding
from simulator.workshop.key import guessable, key, told
from simulator.workshop.sheet import UnitId, sheet
from simulator.workshop.ways import shortest_ways
from tests.laws.small import LESS, scenarios
from tests.support import program
from tests.unit.logs import tiny

SHA = "a" * 64
DAY = datetime.date(2026, 11, 20)
BODY = """
meters: {trust: 3}
visits:
  one:
    title: Monday
    scene: A small room.
    nodes:
      a:
        lines:
          - |
            ann (quietly): Hello.
          - {when: trust >= 5, lines: She smiles.}
          - "{% if trust > 3 %}She sits.{% else %}She stands.{% endif %} {{ ann.name }}, {{ trust }}."
          - |
            ann: I {% if trust > 6 %}trust{% elif trust > 5 %}like{% endif %} you.
            {% if trust > 6 %}
            ann: You {{ ann.name | upper }}!
            {% endif %}
            The door.
        tests: [caring, attention]
        choices:
          sit:
            do: Sit down.
            tempts: SECRET-1
            scores:
              - {when: trust >= 4, caring: 2, attention: 1, because: SECRET-2}
              - {caring: 1, because: SECRET-3}
            next: b
          stand: {wait: Stand there., scores: {caring: -2}, because: SECRET-4, effects: {trust: -1}, next: b}
          nod: {do: Nod., next: b}
      b:
        choices:
          ask:
            say: How are you?
            when: trust >= 2
            scores: [{when: trust >= 3, presence: 1, because: SECRET-5}]
            next: bye
          leave-it: {say: "Well, then.", scores: {presence: -1}, because: SECRET-6, next: bye}
      bye: {lines: She leaves., leave: done}
"""
SMALL = program(BODY)
UNITS = list(sheet(SMALL, "x").units())


def coding(levels, *, rater="heron", sha256=SHA, **more):
    return Coding(SMALL.id, sha256, rater, DAY, levels=levels, **more)


def read(text, *, sha256=SHA, of=SMALL):
    problems = Problems()
    found = read_coding(text.encode(), "c.yaml", of, sha256, set(sheet(of, "x").units()), problems)
    return found, problems


def test_a_unit_is_a_choice_in_one_case_on_one_criterion_tested_there():
    assert key(SMALL) == {
        ("one/a/sit/1", "attention"): 1,
        ("one/a/sit/1", "caring"): 2,
        ("one/a/sit/2", "attention"): 0,
        ("one/a/sit/2", "caring"): 1,
        ("one/a/stand", "attention"): 0,
        ("one/a/stand", "caring"): -2,
        ("one/a/nod", "attention"): 0,
        ("one/a/nod", "caring"): 0,
        ("one/b/ask/1", "presence"): 1,
        ("one/b/ask/2", "presence"): 0,
        ("one/b/leave-it", "presence"): -1,
    }
    assert set(UNITS) == set(key(SMALL))
    assert told(SMALL)["one/b/ask/2"] == ("say: How are you?", "trust is 2 or less")


def test_the_coder_is_given_the_moment_and_nothing_of_the_key():
    found = sheet(SMALL, "heron")
    first, second = found.moments
    text = "\n".join([*moment_paragraphs(first), *map(option_text, first.options), *criteria_paragraphs(first)])
    for words in (
        "— Monday —", "A small room.", "Ann (quietly): Hello.", "[If trust is 5 or more:]", "[If trust is 4 or more:]",
        "She stands.", "Ann, [trust].", "do: Sit down.", "Attention: Hearing.", "trust 3 (of 0 to 10)",
    ):  # fmt: skip
        assert words in text
    assert first.lines[3:] == (
        "[If trust is 4 or more:] She sits. [Otherwise:] She stands. [In any case:] Ann, [trust].",
        "Ann: I [If trust is 7 or more:] trust [Or else, if trust is 6 or more:] like [In any case:] you.",
        "[If trust is 7 or more:]",
        "Ann: You Ann!",
        "[In any case:]",
        "The door.",
    )
    assert {case.condition for one in first.options for case in one.cases} == {
        "",
        "trust is 4 or more",
        "trust is 3 or less",
    }
    assert [words for _, words in second.way.choices] in (["do: Sit down."], ["wait: Stand there."], ["do: Nod."])
    assert "There only if trust is 2 or more." in "\n".join(map(option_text, second.options))
    form = coding_yaml(coding({}), found, is_form=True)
    assert "SECRET" not in form + text + repr(found)


def test_where_no_way_was_found_that_is_said_and_a_long_one_is_told_from_its_end():
    (first, second) = sheet(SMALL, "heron").moments
    assert "was not found" in "\n".join(moment_paragraphs(replace(first, way=None)))
    way = replace(second.way, choices=tuple(("Monday", f"say: {n}.") for n in range(25)))
    text = "\n".join(moment_paragraphs(replace(second, way=way)))
    assert "After 5 choices:" in text
    assert ("- say: 4." in text, "- say: 5." in text) == (False, True)


def test_the_order_of_choices_is_the_coders_own():
    orders = {tuple(one.id for one in sheet(SMALL, f"rater-{n}").moments[0].options) for n in range(20)}
    assert len(orders) > 3
    assert sheet(SMALL, "heron") == sheet(SMALL, "heron")


@given(st.dictionaries(st.sampled_from(UNITS), st.sampled_from([-2, -1, 0, 1, 2, None])), st.booleans())
def test_what_is_written_is_read_back(levels, is_form):
    before = coding(levels, status="final")
    after, problems = read(coding_yaml(before, sheet(SMALL, "heron"), is_form=is_form))
    assert (after, list(problems)) == (before, [])


def test_guesses_are_read_back():
    before = coding({}, kind="stem-blind", guesses={"one/a": "one/a/sit", "one/b": None})
    for is_form in (True, False):
        after, problems = read(coding_yaml(before, sheet(SMALL, "x"), is_form=is_form))
        assert (after, list(problems)) == (before, [])
    assert "Hello" not in coding_yaml(before, sheet(SMALL, "x"), is_form=True), "the patient's lines are hidden"


HEAD = f"""\
bedside-coding: 1
scenario: {{id: small-encounter, sha256: {SHA}}}
rater: heron
date: 2026-11-20
kind: full
status: draft
"""


@pytest.mark.parametrize(
    ("text", "code", "line", "help_"),
    [
        (HEAD.replace("small-enc", "other-enc"), "BED221", 2, "other-encounter"),
        (HEAD + "guesses: {one/a: sit}\n", "BED222", 7, "Take `guesses` out"),
        (HEAD.replace("full", "stem-blind") + "levels: {one/a/nod: {caring: 1}}\n", "BED222", 7, "Take `levels` out"),
        (HEAD + "levels:\n  one/a/nood: {caring: 1}\n", "BED223", 8, "one/a/nod"),
        (HEAD + "levels:\n  one/a/nod: {carring: 1}\n", "BED223", 8, "caring"),
        (HEAD + "levels:\n  one/a/sit: {caring: 1}\n", "BED223", 8, "one/a/sit/"),
        (HEAD.replace("full", "stem-blind") + "guesses: {one/a: sitt}\n", "BED223", 7, "sit"),
        (HEAD + "levels:\n  one/a/nod: {caring: 3}\n", "BED204", 8, "from -2 to 2"),
        (HEAD + "levels:\n  one/a/nod: {caring: high}\n", "BED203", 8, "digits"),
        (HEAD + "levels:\n  one/a/nod: {caring: –1}\n", "BED203", 8, "-1"),
        (HEAD + "levels:\n  one/a/nod: 1\n", "BED203", 8, ""),
        (HEAD + "note: hm\n", "BED201", 7, ""),
        (HEAD.replace("draft", "done"), "BED205", 6, ""),
        ("bedside: 1\n", "BED211", 1, "bedside code"),
        ("levels: *a\n", "BED108", 1, ""),
    ],
)
def test_a_mistake_in_a_coding_is_told_with_its_place(text, code, line, help_):
    found, problems = read(text)
    assert found is None
    assert (problems[0].code, problems[0].place.line) == (code, line)
    assert help_ in problems[0].help


@given(st.text(max_size=60), st.integers(0, len(HEAD)))
def test_no_file_makes_the_reader_fail(text, at):
    read(HEAD[:at] + text + HEAD[at:])


def test_what_is_gone_from_another_version_is_named_and_the_rest_compared():
    text = HEAD.replace(SHA, "b" * 64) + "levels:\n  one/a/nod: {caring: 1, old: 2}\n  one/z/x: {caring: 1}\n"
    found, problems = read(text)
    assert not problems
    assert found.gone == ["one/a/nod: old", "one/z/x"]
    (coder,) = agreement(SMALL, SHA, [found]).coders
    assert (coder.is_same_version, coder.answered, coder.gone) == (False, 1, ("one/a/nod: old", "one/z/x"))
    told_ = agreement_text(agreement(SMALL, SHA, [found]), 10_000)
    assert "another version" in told_
    assert "2 answers (one/a/nod: old, one/z/x)" in told_


def test_figures_by_hand():
    levels = {**key(SMALL), UnitId("one/a/nod", "caring"): 1, UnitId("one/a/stand", "caring"): 1}
    levels[UnitId("one/b/ask/1", "presence")] = None
    found = agreement(SMALL, SHA, [coding(levels)])
    (pair,) = found.comparisons
    # 10 units: the key 1 2 0 1 0 -2 0 0 0 -1, heron 1 2 0 1 0 1 0 1 0 -1; squares of the differences 9 + 1
    # Σa = 1, Σb = 5, Σa² = 11, Σb² = 9: by chance (10 · 20 - 2 · 1 · 5) / 100 = 1.9, found 10 / 10
    assert (pair.one, pair.other, pair.figures[ALL].n) == (KEY, "heron", 10)
    assert (pair.figures[ALL].exact, pair.figures[ALL].within_one) == (0.8, 0.9)
    assert pair.figures[ALL].kappa == pytest.approx(1 - 1 / 1.9)
    assert pair.figures["attention"].kappa == 1
    assert [(one.choice, one.criterion, one.levels, one.apart) for one in found.disagreements] == [
        ("one/a/stand", "caring", {KEY: -2, "heron": 1}, 3),
        ("one/a/nod", "caring", {KEY: 0, "heron": 1}, 1),
    ]
    assert found.alphas[ALL].n == 10
    assert [one.skipped for one in found.coders] == [1]


def test_two_coders_are_compared_with_each_other_too():
    found = agreement(SMALL, SHA, [coding(dict(key(SMALL))), coding({UNITS[0]: 1}, rater="ibis")])
    assert [(one.one, one.other) for one in found.comparisons] == [(KEY, "heron"), (KEY, "ibis"), ("heron", "ibis")]
    assert found.comparisons[0].figures[ALL].kappa == 1
    assert found.comparisons[2].figures[ALL].n == 1
    text = agreement_text(found)
    assert "no kappa" in text or "kappa" in text


def test_where_a_figure_is_not_defined_the_reason_is_told():
    found = agreement(SMALL, SHA, [coding({UnitId("one/a/nod", "caring"): 0})])
    text = agreement_text(found, 10_000)
    assert (
        "All criteria: 1 unit, 100 % the same, 100 % within one, no kappa (both gave one and the same level)." in text
    )
    assert "All criteria: not given, because all gave one and the same level." in text
    assert "Presence: not given, because no unit was coded by two." in text
    assert "they coded nothing in common" in agreement_text(agreement(SMALL, SHA, [coding({})]), 10_000)


def test_guessing_is_held_against_what_chance_would_do():
    assert guessable(SMALL) == {"one/a": ({"one/a/sit"}, 3), "one/b": ({"one/b/ask"}, 2)}
    blind = coding({}, kind="stem-blind", guesses={"one/a": "one/a/sit", "one/b": "one/b/leave-it"})
    (found,) = agreement(SMALL, SHA, [blind]).guesses
    assert (found.n, found.hits, found.share, found.missed) == (2, 1, 0.5, ("one/b",))
    assert found.chance == pytest.approx((1 / 3 + 1 / 2) / 2)
    assert found.p == pytest.approx(1 - (2 / 3) * (1 / 2))
    assert "p = 0.667, exact" in agreement_text(agreement(SMALL, SHA, [blind]))
    nothing = agreement(SMALL, SHA, [coding({}, kind="stem-blind")])
    assert "Nothing was guessed." in agreement_text(nothing)


def test_every_node_of_a_small_encounter_is_come_to_on_a_shortest_way():
    found = {tiny().nodes[index].id: play.count for index, play in shortest_ways(tiny()).items()}
    assert found == {"one/door": 0, "one/talk": 1, "one/plan": 2}


@LESS
@given(scenarios())
def test_of_any_encounter_the_sheet_and_the_key_have_the_same_units(program_):
    found = sheet(program_, "heron")
    author = key(program_)
    assert sorted(found.units()) == sorted(author)
    assert all(-2 <= level <= 2 for level in author.values())
    for index, play in shortest_ways(program_).items():
        assert Playthrough.of(program_, play.made).state.node == index
    whole = Coding(program_.id, SHA, "heron", DAY, levels=dict(author))
    text = coding_yaml(whole, found, is_form=True)
    assert not any(secret in text for secret in ("A reason.", "The best.", "Then.", "Else.", "A good motive."))
    after, problems = read(text, of=program_)
    assert not problems
    assert after.levels == author
    (pair,) = agreement(program_, SHA, [after]).comparisons
    assert pair.figures[ALL].exact in (1, None)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@example((23, 40))  # 57.5 %, whose float times 100 lies a little below the half
@example((57, 200))  # 28.5 %, whose float itself does
def test_halves_of_a_per_cent_go_up_of_floats_as_of_fractions(share: tuple[int, int]) -> None:
    hits, n = share
    assert percent(hits / n) == percent(f"{hits}/{n}") == f"{(200 * hits + n) // (2 * n)} %"
