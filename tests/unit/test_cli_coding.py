"""`bedside code` and `bedside agreement`, as a second coder and an author type them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support import RUBRIC
from tests.unit.test_cli import SMALL

FILE = "codings/small-encounter.heron.yaml"
CODE = ("code", "small-encounter", "--rater", "heron", "--date", "2026-11-20")
# what the key has: sit +1, stand -1, ask +1, go-on 0


@pytest.fixture
def small(home):
    for folder, name, text in (("scenarios", "small-encounter", SMALL), ("rubrics", "small", RUBRIC)):
        Path(folder).mkdir(exist_ok=True)
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    return Path("scenarios/small-encounter.yaml")


def test_a_whole_coding(bedside, small):
    code, out, err = bedside(*CODE, typed="1\n0\nfoo\n3\n-1\ns\ny\n")
    assert code == 0
    assert f"{FILE}" in err
    assert "bedside agreement small-encounter" in err
    for words in (
        "Moment 1 of 2",
        "A small room.",
        "Ann (quietly): [b]Hello[/b] {you}.",
        "do: Sit down.",
        "Looked for here:",
        "Caring: Acting.",
        "Type -2, -1, 0, 1 or 2",
        "One way here.",
        "All 4 are answered, 1 of them skipped.",
    ):
        assert words in out
    for words in ("She was alone", "You were tired", "because"):
        assert words not in out, "the author's coding is hidden"
    text = Path(FILE).read_text(encoding="utf-8")
    assert "status: final" in text
    assert text.count("caring:") == 2
    assert ": s\n" in text
    assert "is final; to change it" in bedside(*CODE)[2]


def test_leaving_and_going_on(bedside, small):
    bedside(*CODE, typed="1\nq\n")
    assert "status: draft" in Path(FILE).read_text(encoding="utf-8")
    code, out, _ = bedside(*CODE, typed="b\n2\n−1\nm\nc\n0\n")
    assert code == 0, "the end of input leaves, and saves"
    assert "1 of 4 answered" in " ".join(out.split())
    assert out.index("[2] Caring: b") < out.index("[1] Caring (was 1): 2") < out.index("[2] Caring: −1")
    assert out.count("Moment 2 of 2") == 2
    assert "— Chart —" in out
    assert "Ann, 40. Well." in out
    text = Path(FILE).read_text(encoding="utf-8")
    assert [line.split(": ")[1] for line in text.split("\n") if line.startswith("    ")] == ["2", "-1", "0"]


def test_a_form_is_filled_in_with_an_editor(bedside, small):
    code, out, err = bedside(*CODE, "--blank")
    assert (code, out) == (0, "")
    assert "room for 4 answers" in err
    text = Path(FILE).read_text(encoding="utf-8")
    assert "# Ann (quietly): [b]Hello[/b] {you}." in text
    assert "because" not in text
    assert bedside(*CODE, "--blank")[0] == 2, "a file that is there is not overwritten"
    Path(FILE).write_text(text.replace("caring:", "caring: 1").replace("attention:", "attention: 0"), encoding="utf-8")
    code, out, _ = bedside("agreement", "small-encounter", FILE)
    assert code == 0
    assert "All criteria: 4 units, 50 % the same, 75 % within one" in out
    assert "2 apart: one/a/stand, wait: Stand there." in out
    assert "Caring: the key -1, heron +1." in out
    assert bedside(*CODE, typed="b\n-1\ny\n")[0] == 0
    assert "# Ann (quietly)" in Path(FILE).read_text(encoding="utf-8"), "a form stays one"
    assert "bedside-coding: 1" in bedside(*CODE, "--blank", "--to", "-")[1]


def test_guessing_by_the_choices_alone(bedside, small):
    code, out, err = bedside(*CODE, "--stem-blind", typed="1\n2\ny\n")
    assert code == 0
    assert "Hello" not in out
    assert "A small room" not in out
    assert "The best is: " in out
    file = "codings/small-encounter.heron.stem-blind.yaml"
    assert file in err
    code, out, _ = bedside("agreement", "small-encounter", file)
    assert code == 0
    assert "of 2 guessed" in out
    assert "Chance alone would get 50 %." in out
    found = json.loads(bedside("agreement", "small-encounter", file, "--json")[1])
    assert found["guesses"][0]["n"] == 2


def test_agreement_as_json(bedside, small):
    bedside(*CODE, typed="1\n1\n1\n1\ny\n")
    bedside("code", "small-encounter", "--rater", "ibis", typed="1\n1\n1\nq\n")
    files = [FILE, FILE.replace("heron", "ibis")]
    code, out, _ = bedside("agreement", "small-encounter", *files, "--json")
    found = json.loads(out)
    assert code == 0
    assert [one["rater"] for one in found["coders"]] == ["heron", "ibis"]
    assert [(one["one"], one["other"]) for one in found["comparisons"]][2] == ("heron", "ibis")
    assert found["comparisons"][2]["figures"]["all criteria"] == {
        "n": 3,
        "exact": 1.0,
        "within_one": 1.0,
        "kappa": None,
    }
    assert found["alphas"]["all criteria"]["n"] == 4


def test_a_coding_of_another_version_is_said(bedside, small):
    bedside(*CODE, typed="1\n1\n1\n1\ny\n")
    small.write_text(SMALL.replace("stand: {wait", "stay: {wait"), encoding="utf-8")
    assert "is of another version of this scenario; name another file with --to" in bedside(*CODE)[2]
    code, out, err = bedside("agreement", "small-encounter", FILE)
    assert code == 0
    assert "another version" in err
    assert "Not there any more: 1 answer (one/a/stand)." in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("code", "nothing"), 2, "There is no encounter"),
        (("code", "small-encounter", "--rater", "Dr. X"), 2, "small letters, digits and hyphens"),
        (("code", "small-encounter", "--date", "soon"), 2, "does not match"),
        (("code", "small-encounter", "--to", "-"), 2, "no file that answers can be kept in"),
        (("code", "small-encounter", "--to", "scenarios"), 2, "no file that answers can be kept in"),
        (("agreement", "small-encounter", "nothing.yaml"), 1, "BED101"),
        (("agreement", "small-encounter", "scenarios/small-encounter.yaml"), 1, "BED211"),
        (("agreement", "small-encounter"), 2, "Missing argument"),
    ],
)
def test_wrong_usage_is_told(bedside, small, arguments, code, words):
    found = bedside(*arguments)
    assert (found[0], words in found[2]) == (code, True)


def test_one_coder_twice_is_refused(bedside, small):
    bedside(*CODE, typed="1\nq\n")
    code, _, err = bedside("agreement", "small-encounter", FILE, FILE)
    assert code == 2
    assert "Two of these codings are by heron" in err


def test_a_scenario_that_tests_nothing_cannot_be_coded(bedside, small):
    text = re.sub(r"(scores: \{[^}]*\}|because: [^,]*), ", "", SMALL)
    small.write_text(text, encoding="utf-8")
    code, _, err = bedside(*CODE)
    assert (code, "nothing to code" in err) == (1, True)


def test_a_pipe_that_answers_nothing_usable_is_left(bedside, small):
    code, _, err = bedside(*CODE, typed="x\n" * 100)
    assert code == 0
    assert "Nothing of the last 20 lines could be used" in err
