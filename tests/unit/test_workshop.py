"""The workshop's commands, as an educator gives them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.support import HEAD, RUBRIC

BODY = """
visits:
  one:
    title: One
    nodes:
      a:
        choices:
          wait: {wait: Wait a little., scores: {attention: 1}, because: R., next: b}
          talk: {say: "It will be fine, [really].", scores: {attention: -1}, because: R., next: b}
      b: {ending: done}
"""


@pytest.fixture
def small(home, tmp_path):
    folder = tmp_path / "work"
    (folder / "small.yaml").write_text(RUBRIC)
    (folder / "little.yaml").write_text(HEAD + BODY)
    return folder / "little.yaml"


def test_a_file_is_explored(bedside, small):
    code, out, err = bedside("explore", str(small))
    assert (code, err) == (0, "")
    assert "2 different playthroughs" in out
    assert "one/a/talk “It will be fine, [really].”" in out


def test_an_id_is_explored_as_it_is_played(bedside, small):
    (small.parent / "scenarios").mkdir()
    small.rename(small.parent / "scenarios" / "little.yaml")
    (small.parent / "small.yaml").rename(small.parent / "scenarios" / "small.yaml")
    code, out, _ = bedside("explore", "little")
    assert code == 0
    assert out.startswith("A small encounter: every playthrough")


def test_json_has_every_figure_exactly(bedside, small):
    code, out, _ = bedside("explore", str(small), "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["scenario"], found["is-exact"], found["playthroughs"]) == ("little", True, 2)
    (rubric,) = found["rubrics"]
    assert rubric["least"] == {"value": {"exact": "-1/2", "about": -0.5}, "choices": ["one/a/talk"]}
    assert [one["strategy"] for one in rubric["strategies"]] == [
        "random", "first", "longest", "shortest", "warmest", "greedy",
    ]  # fmt: skip
    for one in rubric["strategies"]:
        shares = [Fraction(part["share"]["exact"]) for part in one["distribution"]]
        assert sum(shares) == 1
        values = [Fraction(part["value"]["exact"]) for part in one["distribution"]]
        assert sum(a * b for a, b in zip(shares, values, strict=True)) == Fraction(one["mean"]["exact"])


def test_beyond_the_cap_the_seed_decides_what_is_drawn(bedside, small):
    first = json.loads(bedside("explore", str(small), "--json", "--cap", "1")[1])
    assert (first["is-exact"], first["drawn"], first["states"]) == (False, 10_000, None)
    assert all(one["share"]["interval"] for one in first["endings"])
    other = json.loads(bedside("explore", str(small), "--json", "--cap", "1", "--seed", "1")[1])
    assert first["rubrics"] != other["rubrics"]


def test_a_file_that_cannot_be_played_is_told_of_as_play_tells_it(bedside, small):
    small.write_text(HEAD + BODY.replace("next: b", "next: bb"))
    code, out, err = bedside("explore", str(small))
    assert (code, out) == (1, "")
    assert "BED401" in err
    assert "cannot be played until this is mended" in err
    assert bedside("explore", "nowhere.yaml")[0] == 2
    assert bedside("explore", str(small), "--cap", "0")[0] == 2
