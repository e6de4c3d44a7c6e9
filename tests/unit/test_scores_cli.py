"""score, rescore, rubric list and rubric show, as an instructor types them; and what a learner disputes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.sessions.store import Store
from simulator.sessions.writer import LogWriter
from tests.support import RUBRIC
from tests.unit.logs import finished, forge_lines, start
from tests.unit.test_cli import BEGIN, DEBRIEF, SMALL

READS = RUBRIC.replace("title: A small rubric", "title: Another rubric").replace(
    "caring: {title: Caring,", "warmth: {title: Warmth, draws-on: [{criterion: small/caring, because: It shows.}],"
)


@pytest.fixture
def small(bedside):
    """The scenario `small-encounter` with its rubric and another that reads it, played once: sat down, asked."""
    for folder, name, text in (
        ("scenarios", "small-encounter", SMALL),
        ("rubrics", "small", RUBRIC),
        ("rubrics", "other", READS),
    ):
        Path(folder).mkdir(exist_ok=True)
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    assert bedside("play", "small-encounter", "--plain", "--seed", "1", typed=BEGIN + "1\n1\n" + DEBRIEF)[0] == 0
    return bedside


def test_score_gives_every_figure_and_the_line_of_proof(small):
    code, out, err = small("score")
    assert (code, err) == (0, "")
    for text in (
        "This shows what you recognise in a list of choices",
        "The whole: 2 of 2 moments, 100 % of what was on offer (9/2 of 9/2).",
        "Doing: 1 of 1 moments (4 of 4; too few for a figure).",
        "Choice 1, one/a/sit, small-encounter.yaml line 29:",
        "+1 helpful, 2 between -2 and 2. She was alone.",
        "It is small.",
    ):
        assert text in " ".join(out.split())


def test_score_by_one_rubric_and_through_another(small):
    assert small("score", "--rubric", "small")[1].count("— A small rubric —") == 1
    code, out, _ = small("score", "--rubric", "other")
    assert code == 0
    assert "— Another rubric: read, not scored —" in out
    assert "Choice 1, +1 helpful: She was alone." in out
    assert "— A small rubric —" not in out
    code, _, err = small("score", "--rubric", "othr")
    assert code == 2
    assert "There is no rubric “othr”. Did you mean “other”?" in err


def test_score_as_json_is_whole(small):
    found = json.loads(small("score", "--json")[1])
    assert found["claim"].startswith("This shows what you recognise")
    (one,) = found["scores"]
    assert (one["earned"], one["possible"], one["figure"]) == ("9/2", "9/2", "1")
    assert [(p["criterion"], p["level"], p["choice"]) for p in one["evidence"]] == [
        ("caring", 1, "one/a/sit"), ("attention", 1, "one/b/ask")
    ]  # fmt: skip
    assert (found["lenses"], found["rescored"]) == ([], [])
    (lens,) = json.loads(small("score", "--json", "--rubric", "other")[1])["lenses"]
    assert lens["rubric"] == "other"


def test_an_unfinished_session_has_no_scores(small):
    small("play", "small-encounter", "--plain", typed=BEGIN + "1\nq\n")
    code, _, err = small("score")
    assert code == 1
    assert "no ending yet" in err


# rescore


def edit(old: str, new: str, file: str = "scenarios/small-encounter.yaml") -> None:
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_rescore_tells_first_and_writes_beside(small, home):
    before = {path: path.read_bytes() for path in home.rglob("*.jsonl")}
    edit("ask: {say: How are you?, scores: {attention: 1}", "ask: {say: How are you?, scores: {attention: -1}")
    code, dry, _ = small("rescore", str(home), "--dry-run")
    assert code == 0
    assert "small: 100 % (9/2 of 9/2), 2 of 2 moments → 89 % (4 of 9/2), 1 of 2 moments" in dry
    assert "attention: 1/2 of 1/2, 1 of 1 moments → 0 of 1/2, 0 of 1 moments" in dry
    assert "1 changed" in dry and "(1 would be written)" in dry
    assert {path: path.read_bytes() for path in home.rglob("*.jsonl")} == before, "nothing was written"

    code, wet, _ = small("rescore", str(home / "sessions"))
    assert (code, wet) == (0, dry.replace("would be written", "written"))
    assert all(path.read_bytes() == data for path, data in before.items()), "the log is as it was"
    assert len(list((home / "rescored").iterdir())) == 1
    assert "rescored by 1 edited text, those figures too" in small("verify", "small")[1]

    out = " ".join(small("score")[1].split())
    assert "by edited texts: small 89 % (4 of 9/2), 1 of 2 moments." in out
    assert "The whole: 2 of 2 moments, 100 %" in out, "the old score is never lost"
    assert "The whole: 1 of 2 moments, 89 %" in " ".join(small("score", "--latest")[1].split())

    code, again, _ = small("rescore", str(home))
    assert code == 0
    assert "0 changed, 0 with the same figures by an edited text (0 written); 1 scored by these texts already" in again


def test_a_session_that_cannot_be_played_any_more_is_named_and_not_guessed(small, home):
    edit("ask: {say: How", "inquire: {say: How")
    code, out, _ = small("rescore", str(home))
    assert code == 1
    assert "not rescored: choice 2, “one/b/ask”, is not there any more." in out
    assert "1 not rescored" in out
    assert not (home / "rescored").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ask: {say", "ask: {when: trust < 3, say", "choice 2, “one/b/ask”, could not be made there any more"),
        ("because: Nobody had asked., next: bye}",
         "because: Nobody had asked., next: more}",
         "after its 2 choices it has not ended any more"),
    ],
)  # fmt: skip
def test_why_a_session_cannot_be_played_any_more(small, home, old, new, said):
    edit("      bye: {", "      more: {choices: {rise: {do: Rise., next: bye}}}\n      bye: {")
    edit(old, new)
    assert said in small("rescore", str(home), "--dry-run")[1]


def test_the_same_figures_by_an_edited_text_are_written_too(small, home):
    edit("title: A small rubric", "title: A smaller rubric", "rubrics/small.yaml")
    out = small("rescore", str(home))[1]
    assert "the same figures by an edited text." in out
    assert "1 with the same figures by an edited text (1 written)" in out


def test_an_edit_after_an_edit_is_held_against_the_first(small, home):
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    edit("attention: -1}", "attention: 2}")
    out = small("rescore", str(home))[1]
    assert "89 % (4 of 9/2), 1 of 2 moments → 100 % (5 of 5), 2 of 2 moments" in out
    assert small("score")[1].count("Rescored ") == 2


def test_a_changed_rescoring_is_found(small, home):
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    (path,) = (home / "rescored").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"met":1', b'"met":2', 1))
    for command in (("score", "--latest"), ("rescore", str(home)), ("verify", "small")):
        code, out, err = small(*command)
        assert code == 1, command
        assert f"line 1 of {path.name}" in out + err
    code, out, err = small("score")
    assert (code, "The whole: 2 of 2 moments, 100 %" in " ".join(out.split())) == (0, True), "the old score stands"
    assert "cannot be trusted" in err


def test_a_torn_rescoring_counts_for_nothing_and_is_mended_by_the_next(small, home):
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    (path,) = (home / "rescored").iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    assert small("verify", "small")[0] == 0
    assert "Rescored" not in small("score")[1]
    assert "(1 written)" in small("rescore", str(home))[1]
    assert "rescored by 1 edited text" in small("verify", "small")[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"log":"', b'"log":"0'),
        (b'"app":"', b'"other":1,"app":"'),
        (b'"time":"20', b'"time":3,"x":"20'),
        (b'"event":"rescored"', b'"event":"landed"'),
        (b'"id":"small-encounter"', b'"id":5'),
    ],
)
def test_a_rescoring_made_up_with_a_chain_that_fits_is_found(small, home, old, new):
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    (path,) = (home / "rescored").iterdir()
    body = path.read_bytes().decode().rpartition(',"h":"')[0] + "}"
    forge_lines(path, [body.replace(old.decode(), new.decode(), 1)])
    code, out, err = small("verify", "small")
    assert code == 1
    assert "the log is sound, but not what was rescored beside it" in out + err


def test_a_log_under_another_name_is_rescored_beside_itself(small, home):
    (log,) = (home / "sessions").iterdir()
    log = log.rename(log.with_name("alice.jsonl"))
    edit("attention: 1}", "attention: -1}")
    assert "(1 written)" in small("rescore", str(home))[1]
    assert [one.name for one in (home / "rescored").iterdir()] == ["alice.jsonl"]
    assert "rescored by 1 edited text" in small("verify", "alice")[1]


def test_a_log_cut_after_it_was_rescored_is_unfinished_and_no_fault(small, home):
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    (log,) = (home / "sessions").iterdir()
    lines = log.read_bytes().splitlines(keepends=True)
    for count in range(1, len(lines)):
        log.write_bytes(b"".join(lines[:count]))
        for command in (("verify", "small"), ("score",), ("rescore", str(home), "--dry-run")):
            assert small(*command)[0] in (0, 1), (command, count)


def test_a_rescoring_that_is_open_elsewhere_is_said_and_the_rest_is_done(small, home):
    small("play", "small-encounter", "--plain", "--seed", "2", typed=BEGIN + "1\n1\n" + DEBRIEF)
    edit("attention: 1}", "attention: -1}")
    small("rescore", str(home))
    edit("attention: -1}", "attention: 2}")
    first, _ = sorted((home / "rescored").iterdir())
    writer, _ = LogWriter.reopen(first)
    code, out, _ = small("rescore", str(home))
    writer.close()
    assert code == 1
    assert "its rescoring is open elsewhere" in out
    assert "(1 written)" in out


def test_what_a_log_calls_its_scenario_is_no_path(small, home):
    (log,) = (home / "sessions").iterdir()
    bodies = [line.rpartition(',"h":"')[0] + "}" for line in log.read_text(encoding="utf-8").splitlines()]
    forge_lines(log, [body.replace('"id":"small-encounter"', '"id":"../x"').replace(
        '"scenario":"small-encounter"', '"scenario":"../x"') for body in bodies])  # fmt: skip
    code, _, err = small("rescore", str(home))
    assert code == 1
    assert "There is no encounter “../x” here now." in err


def test_rescore_where_there_is_nothing(bedside, home, tmp_path):
    code, _, err = bedside("rescore", str(tmp_path))
    assert code == 2
    assert "There are no sessions in" in err
    assert bedside("rescore", "nowhere")[0] == 2


def test_an_encounter_that_is_gone_and_a_damaged_log_are_said(small, home):
    Path("scenarios/small-encounter.yaml").unlink()
    code, _, err = small("rescore", str(home))
    assert code == 1
    assert "There is no encounter “small-encounter” here now." in err
    (path,) = (home / "sessions").iterdir()
    path.write_bytes(path.read_bytes().replace(b"sit", b"sat", 1))
    assert "the log is damaged" in small("rescore", str(home))[1]


# rubrics


def test_rubrics_are_listed(small):
    code, out, _ = small("rubric", "list")
    assert code == 0
    assert "small\n  A small rubric. 3 criteria, no bands." in out
    rows = {row["id"]: row for row in json.loads(small("rubric", "list", "--json")[1])}
    assert {"small", "other", "healing-relationships", "healing-skills", "healing-in-primary-care"} == set(rows)
    shipped = ("relationships", "skills", "in-primary-care")
    assert [rows[f"healing-{id_}"]["criteria"] for id_ in shipped] == [17, 31, 12]
    assert rows["healing-in-primary-care"]["bands"] == 0


def test_a_rubric_is_shown(small):
    text = small("rubric", "show", "other")[1]
    for line in (
        "Attention (attention, part of presence, counts 1/2)",
        "    - Waits",
        "Also read from small/caring: It",
    ):
        assert line in text
    markdown = small("rubric", "show", "other", "--format", "markdown")[1]
    assert "### Listening" in markdown and "| Waits. | Cuts in. |" in markdown
    found = json.loads(small("rubric", "show", "other", "--format", "json")[1])
    assert found["domains"][1]["criteria"][0]["draws-on"] == [
        {"criterion": "small/caring", "only": None, "because": "It shows."}
    ]


def test_a_rubric_that_is_not_there_or_broken(small):
    code, _, err = small("rubric", "show", "healing-skill")
    assert code == 2
    assert "There is no rubric “healing-skill”. Did you mean “healing-skills”? One that lies elsewhere" in err
    edit("title: Another rubric", "titel: Another rubric", "rubrics/other.yaml")
    code, _, err = small("rubric", "show", "other")
    assert code == 1
    assert "error BED201: " in err
    assert "rubrics/other.yaml: cannot be read" in small("rubric", "list")[2]


# disputes


def test_a_learner_sees_a_piece_of_evidence_differently(small):
    reasons = "2\nShe had asked me to.\n\n"
    typed = BEGIN + "1\n1\n" + DEBRIEF.rsplit("d\n", 1)[0] + "d\n\n\n" + reasons + "1\n\n"
    code, out, err = small("play", "small-encounter", "--plain", "--seed", "1", typed=typed)
    assert (code, err) == (0, "")
    assert "Written down beside the evidence." in out
    assert "[1] Another rubric" in out and "— Another rubric: read, not scored —" in out
    assert "Disputed by the learner: She had asked me to." in small("score")[1]
    assert "You dispute this: She had asked me to." in small("show")[1]
    assert small("verify", "small")[0] == 0


def test_a_dispute_can_be_taken_back_and_never_changes_a_figure(small):
    plain = json.loads(small("score", "--json")[1])["scores"][0]["earned"]
    again = "2\nNo.\n2\n\n\n\n"
    typed = BEGIN + "1\n1\n" + DEBRIEF.rsplit("d\n", 1)[0] + "d\n\n\n" + again
    out = small("play", "small-encounter", "--plain", "--seed", "1", typed=typed)[1]
    assert "Taken back." in out
    found = json.loads(small("score", "--json")[1])["scores"][0]
    assert found["earned"] == plain
    assert [one["disputed"] for one in found["evidence"]] == ["", ""]


def test_a_dispute_names_evidence_that_is_there(home):
    _, session = start(home)
    with pytest.raises(ValueError, match="cannot stand here"):
        session.answer("disputed", decision=1, criterion="small/presence", text="No.")
    session.leave()
    store, path = finished(home)
    from simulator.sessions.session import Session

    session = Session.resume(store, path)
    session.answer("disputed", decision=1, criterion="small/presence", text="I stood, in truth.")
    for decision, criterion in ((1, "small/caring"), (9, "small/presence"), (1, "small/none")):
        with pytest.raises(ValueError, match="there is no"):
            session.answer("disputed", decision=decision, criterion=criterion, text="No.")
    for rule in ({}, {"rule": 0}, {"rule": 7}):
        with pytest.raises(ValueError, match="rule"):
            session.answer("disputed", decision=0, criterion="small/presence", text="No.", **rule)
    session.leave()
    assert Store(home).logs()
