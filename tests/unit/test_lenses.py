"""Lenses: evidence read through another rubric, direct and linked told apart, nothing scored."""

from __future__ import annotations

import pytest

from simulator.debrief.build import debrief
from simulator.debrief.lens import lenses, read_through
from simulator.report.scores import lens_text
from tests import support
from tests.support import RUBRIC

STARTED = {"session": "s", "seed": 1, "learner": "l", "mode": "practice"}

BODY = """
meters: {trust: 3}
promises: {call: Call.}
visits:
  v:
    title: V
    nodes:
      a:
        cue: {line: She looks away., when: trust >= 3, met-by: [see]}
        tests: [presence, caring]
        choices:
          see: {notice: Her hand., scores: {presence: 1}, because: It shook., effects: {trust: -1}, next: b}
          say: {say: Well., scores: {presence: 0, caring: -1}, makes: call, because: It was a word., next: b}
      b:
        cue: {line: She sighs., when: trust >= 3, met-by: [near]}
        choices:
          near: {do: Sit., scores: {caring: 1}, because: A chair., next: c}
          stay: {notice: The door., scores: {presence: -1}, because: It was yours., next: c}
      c:
        choices:
          call: {do: Call., when: promised('call'), keeps: call, next: d}
          rest: {do: Rest., next: d}
      d: {ending: done}
"""
RULES = "rules:\n  - {on: promise-kept, scores: {caring: 2}, because: Kept.}\n"


def other(links: str):
    return support.rubric(
        RUBRIC.replace(
            "caring: {title: Caring, means: Acting., looks-like: Calls., not: Forgets., try: Call.}",
            f"warmth: {{title: Warmth, means: A., looks-like: B., not: C., try: D., draws-on: [{links}]}}",
        )
    )


def link(criterion: str, only: str = "") -> str:
    return f"{{criterion: small/{criterion}, because: It shows.{f', only: {only}' if only else ''}}}"


@pytest.fixture(scope="module")
def prog():
    return support.program(BODY, rubric_text=RUBRIC + RULES)


def read(prog, links: str, *ids: str):
    """The pieces linked to `warmth`, as (decision, level)."""
    found = read_through(debrief(support.play(prog, *ids), STARTED, ()), "other", other(links))
    one = next(c for c in found.criteria if c.id == "warmth")
    assert not one.direct and not found.is_coded
    return [(piece.decision, piece.level) for linked in one.linked for piece in linked.proofs]


def test_linked_evidence_is_that_of_the_criterion_drawn_on_and_of_no_other(prog):
    assert read(prog, link("presence"), "see", "near", "rest") == [(1, 1)]
    assert read(prog, link("presence"), "see", "stay", "rest") == [(1, 1), (2, -1)]
    assert read(prog, link("attention"), "see", "stay", "rest") == []
    assert read(prog, f"{link('caring')}, {link('presence')}", "see", "near", "rest") == [(2, 1), (1, 1)]


def test_a_rule_that_held_is_evidence_and_one_that_did_not_is_none(prog):
    assert read(prog, link("caring"), "say", "near", "call") == [(1, -1), (2, 1), (0, 2)]
    assert read(prog, link("caring"), "say", "near", "rest") == [(1, -1), (2, 1)]


def test_what_counts_nothing_for_want_of_a_code_is_no_evidence(prog):
    """`see` is not coded on caring, which is tested there."""
    assert read(prog, link("caring"), "see", "stay", "rest") == []


def test_a_link_may_be_limited_to_a_cue_or_to_what_is_noticed(prog):
    # at the second moment the cue shows only while trust has not fallen
    assert read(prog, link("presence", "at-a-cue"), "see", "stay", "rest") == [(1, 1)]
    assert read(prog, link("presence", "at-a-cue"), "say", "stay", "rest") == [(1, 0), (2, -1)]
    assert read(prog, link("presence", "notice"), "say", "stay", "rest") == [(2, -1)]


def test_links_are_followed_one_step_only(prog):
    """The third draws on the second, which draws on the first: what the second only reads is not read again."""
    value = debrief(support.play(prog, "see", "near", "rest"), STARTED, ())
    third = support.rubric(
        RUBRIC.replace("try: Call.}", "try: D., draws-on: [{criterion: other/warmth, because: So.}]}")
    )
    assert not read_through(value, "third", third).has_links


def test_a_rubric_read_through_itself_shows_its_own_evidence_and_nothing_else(prog):
    value = debrief(support.play(prog, "say", "near", "call"), STARTED, ())
    lens = read_through(value, "small", prog.rubrics["small"])
    assert lens.is_coded and not lens.has_links
    found = [piece for one in lens.criteria for piece in one.direct]
    assert sorted(found, key=str) == sorted((one for one in value.evidence if one.is_coded), key=str)


def test_only_rubrics_with_something_to_show_are_offered(prog):
    value = debrief(support.play(prog, "see", "near", "rest"), STARTED, ())
    rubrics = {"reads": other(link("presence")), "reads-not": other(link("attention"))}
    assert [one.rubric for one in lenses(value, rubrics)] == ["reads"]


def test_a_lens_as_text_has_no_figure(prog):
    value = debrief(support.play(prog, "see", "near", "rest"), STARTED, ())
    text = lens_text(read_through(value, "other", other(link("presence"))))
    assert "read, not scored" in text
    assert "It is never scored." in text
    assert "From Presence. It shows." in text
    assert "Choice 1, +1 helpful: It shook." in text
    assert "%" not in text and "moments" not in text
