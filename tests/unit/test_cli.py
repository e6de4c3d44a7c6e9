"""The commands, as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support import HEAD, ROOT, RUBRIC

SMALL = (
    HEAD
    + """\
content-note: Someone is sad.
chart: "**Ann, 40.** Well."
meters: {trust: 3}
visits:
  one:
    title: Monday
    scene: A small room.
    minutes: 5
    out-of-time: bye
    nodes:
      a:
        lines: |
          ann (quietly): [b]Hello[/b] {you}.
        fixed-order: true
        choices:
          sit: {do: Sit down., scores: {caring: 1}, because: She was alone., effects: {trust: +1}, next: b}
          stand: {wait: Stand there., scores: {caring: -1}, tempts: You were tired., because: She saw it., next: b}
      b:
        fixed-order: true
        choices:
          ask: {say: How are you?, scores: {attention: 1}, because: Nobody had asked., next: bye}
          go-on: {say: "Well, then.", scores: {attention: 0}, tempts: Time., because: It closed the talk., next: bye}
      bye: {lines: She leaves., leave: done}
reflect: What did she need?
"""
)


@pytest.fixture
def small(home):
    """The scenario `small-encounter` with its rubric, in the working directory's folders."""
    from pathlib import Path

    for folder, name, text in (("scenarios", "small-encounter", SMALL), ("rubrics", "small", RUBRIC)):
        Path(folder).mkdir(exist_ok=True)
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    return Path("scenarios/small-encounter.yaml")


BEGIN = "\n"
DEBRIEF = "calm\n1\n2\n4\n3\n5\n\n\nHer eyes.\nSit first.\nd\n\n\n\n"


def test_help_says_what_each_command_does(bedside):
    code, out, _ = bedside("--help")
    assert code == 0
    for command in ("check", "list", "play", "resume", "sessions", "show", "verify"):
        assert command in out
        assert bedside(command, "--help")[0] == 0
    assert bedside()[1] == out, "without a command, help"


def test_a_whole_encounter(bedside, small):
    code, out, err = bedside("play", "small-encounter", "--plain", "--seed", "1", typed=BEGIN + "1\n1\n" + DEBRIEF)
    assert (code, err) == (0, "")
    order = [
        "— A small encounter —",
        "Before you begin: Someone is sad.",
        "— Monday —",
        "A small room.",
        "Ann (quietly): [b]Hello[/b] {you}.",
        "(5 of 5 minutes left)",
        "[1] do: Sit down.",
        "[2] wait: Stand there.",
        "You (do): Sit down.",
        "(4 of 5 minutes left)",
        "You (say): How are you?",
        "She leaves.",
        "— Done —",
        "The door closes.",
        "How did that leave you?",
        "What you did:",
        "would Ann say?",
        "— Ann speaks —",
        "I saw.",
        "— The moments to look at —",
        "— Your guess beside Ann —",
        "What did she need?",
        "One thing you will do next time",
        "— What moved —",
        "Choice 1, Monday: Sit down.",
        "trust 3 to 4.",
        "— The evidence, choice by choice —",
        "Caring: +1 helpful",
        "in moments —",
        "This shows what you recognise in a list",
        "2 of 2 moments",
        "Saved. `bedside show",
    ]
    position = 0
    for words in order:
        assert words in out[position:], f"{words!r} is missing, or comes too early"
        position = out.index(words, position)


def test_the_session_can_be_listed_shown_and_verified(bedside, small):
    bedside("play", "small-encounter", "--learner", "Kim", typed=BEGIN + "2\n1\n" + DEBRIEF)
    code, out, _ = bedside("sessions", "--json")
    (one,) = json.loads(out)
    assert (code, one["status"], one["learner"], one["ending"]) == (0, "finished", "Kim", "done")
    assert (one["met"], one["moments"]) == (1, 2)
    assert "finished  done, 1 of 2 moments" in bedside("sessions")[1]
    shown = bedside("show", one["session"][:20])[1]
    assert "You (wait): Stand there." in shown
    assert "What you were trying to do: You were tired." in shown
    assert "Next time: Sit first." in shown
    value = json.loads(bedside("show", one["session"], "--format", "json")[1])
    assert value["landed"] == "calm"
    assert value["marked"] == {"keep": 1, "replay": 2}
    assert value["predicted"] == {"listened": 4, "next": 3, "back": 5}
    assert [(p["criterion"], p["level"], p["file"], p["line"]) for p in value["evidence"]] == [
        ("caring", -1, "small-encounter.yaml", 30),
        ("attention", 1, "small-encounter.yaml", 34),
    ]
    code, out, _ = bedside("verify", "small")
    assert code == 0
    assert "finished: 2 choices replayed, every figure the same." in out


def test_a_second_attempt_opens_the_key(bedside, small):
    first = bedside("play", "small-encounter", typed=BEGIN + "2\n1\n" + DEBRIEF)[1]
    second = bedside("play", "small-encounter", typed=BEGIN + "2\n1\n" + DEBRIEF)[1]
    other = bedside("play", "small-encounter", "--learner", "Kim", typed=BEGIN + "2\n1\n" + DEBRIEF)[1]
    assert "The others on offer:" not in first
    assert "The others on offer:" in second
    assert "Caring: +1 helpful" in second
    assert "The others on offer:" not in other, "attempts are counted for each learner"


def test_leaving_and_going_on(bedside, small):
    code, out, err = bedside("play", "small-encounter", typed=BEGIN + "1\nq\n")
    assert (code, "`bedside resume` goes on" in err) == (0, True)
    assert "unfinished  1 choice" in bedside("sessions")[1]
    code, out, _ = bedside("resume", typed="1\n" + DEBRIEF)
    assert code == 0
    assert "— Where you were: Monday —" in out
    assert "You (do): Sit down." in out
    assert out.index("[1] say: How are you?") < out.index("— Done —")
    assert bedside("verify", "small")[0] == 0
    assert bedside("resume")[0] == 1, "nothing is left to go on with"
    assert "is finished" in bedside("resume", "small")[2]


def test_leaving_in_the_debrief_comes_back_to_it_and_asks_nothing_twice(bedside, small):
    bedside("play", "small-encounter", typed=BEGIN + "1\n1\ncalm\n1\n")
    code, out, _ = bedside("resume", typed="2\n4\n3\n5\n\n\nHer eyes.\nSit first.\n\n")
    assert code == 0
    assert "How did that leave you?" not in out
    assert "One you would keep" not in out
    assert "One you would play again" in out
    assert json.loads(bedside("show", "small", "--format", "json")[1])["landed"] == "calm"


def test_commands_in_practice(bedside, small):
    typed = BEGIN + "c\nw\nb\n1\nw\nt\n?\nb\n2\n1\n" + DEBRIEF
    code, out, _ = bedside("play", "small-encounter", typed=typed)
    assert code == 0
    assert "Ann, 40." in out
    assert "There is nothing to explain yet." in out
    assert "You have not chosen anything yet." in out
    assert "It helped. She was alone." in out
    assert "— So far —" in out
    assert "b: back by one choice (your log says so)" in out
    value = json.loads(bedside("show", "small", "--format", "json")[1])
    assert value["rewound"] is True
    assert [m["id"] for m in value["moments"]] == ["one/a/stand", "one/b/ask"], "the way taken in the end counts"
    assert bedside("verify", "small")[0] == 0


def test_in_assessment_there_is_no_going_back_and_no_explanation(bedside, small):
    code, out, _ = bedside("play", "small-encounter", "--mode", "assessment", typed=BEGIN + "1\nb\nw\n1\n" + DEBRIEF)
    assert code == 0
    assert "there is no going back" in out
    assert "explanations come after" in out
    second = bedside("play", "small-encounter", "--mode", "assessment", typed=BEGIN + "1\n1\n" + DEBRIEF)[1]
    assert "The others on offer:" not in second
    assert "Receipt" in second


def test_answers_that_cannot_be_used(bedside, small):
    code, out, _ = bedside("play", "small-encounter", typed=BEGIN + "9\nzero\n-1\n1 1\n\x1b[31m1\n1\n1\n" + DEBRIEF)
    assert code == 0
    assert out.count("Type a number from 1 to 2") == 5, "an escape sequence is text, not a 1"
    assert "\x1b" not in out
    code, out, _ = bedside("play", "small-encounter", typed=BEGIN + "x\n" * 500)
    assert code == 0
    assert out.count("Type a number") == 20, "a pipe that never answers is left"


def test_the_end_of_input_saves(bedside, small):
    code, _, err = bedside("play", "small-encounter", typed=BEGIN + "1\n")
    assert (code, "Saved." in err) == (0, True)
    assert "unfinished: 1 choice," in bedside("verify", "small")[1]


def test_not_beginning_leaves_no_log(bedside, small, home):
    assert bedside("play", "small-encounter", typed="q\n")[0] == 0
    assert bedside("play", "small-encounter", typed="")[0] == 0
    assert list((home / "sessions").iterdir()) == []


def test_the_same_seed_shows_the_same_order(bedside, small):
    small.write_text(small.read_text().replace("fixed-order: true", "fixed-order: false"))
    outs = [bedside("play", "small-encounter", "--seed", "5", typed=BEGIN + "1\n1\n" + DEBRIEF)[1] for _ in range(3)]
    assert len({out.split("— Debrief —")[0] for out in outs}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["play", "thrid-appointment"], 2, "Did you mean “third-appointment”?"),
        (["play", "scenarios/none.yaml"], 2, "There is no file scenarios/none.yaml here"),
        (["show", "none"], 2, "There is no session “none”"),
        (["verify", "none"], 2, "There is no session “none”"),
        (["resume", "none"], 2, "There is no session “none”"),
        (["resume"], 1, "There is no unfinished session"),
        (["check"], 2, "Missing argument"),
        (["check", "none.yaml"], 1, ""),
        (["play"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
        (["play", "third-appointment", "--seed", "x"], 2, "--seed"),
        (["play", "third-appointment", "--mode", "exam"], 2, "practice"),
    ],
)
def test_wrong_usage_is_a_sentence_and_a_code(bedside, arguments, code, words):
    found, out, err = bedside(*arguments)
    assert found == code
    assert words in err
    assert "Traceback" not in out + err


def test_a_broken_scenario_is_not_played(bedside, small):
    small.write_text(SMALL.replace("next: bye", "next: by"))
    code, _, err = bedside("play", "small-encounter", typed=BEGIN)
    assert code == 1
    assert "error BED401: " in err
    assert "“by”" in err
    assert "Did you mean “bye”?" in err
    assert "cannot be played until this is mended" in err


def test_check_tells_everything_and_counts(bedside, small):
    code, out, _ = bedside("check", "scenarios", "rubrics")
    assert (code, out) == (0, "0 errors and 0 warnings in 2 files.\n")
    small.write_text(
        SMALL.replace("{caring: 1}", "{carring: 1}").replace("next: bye", "next: by").replace("  ann (q", "  amm (q")
    )
    code, out, _ = bedside("check", "scenarios")
    assert code == 1
    assert "= help: Did you mean “caring”?" in out
    assert out.endswith("3 errors and 1 warning in 1 file.\n")
    line = next(line for line in out.splitlines() if line.startswith(" 29 | "))
    caret = out.splitlines()[out.splitlines().index(line) + 1]
    assert line[caret.index("^") :].startswith("carring")


def test_an_empty_folder_is_no_success(bedside, home):
    home.mkdir()
    code, out, _ = bedside("check", str(home))
    assert code == 1
    assert "There is no .yaml file in this folder." in out


def test_the_shipped_encounters_are_listed(bedside):
    code, out, err = bedside("list", "--json")
    assert (code, err) == (0, "")
    assert "third-appointment" in [one["id"] for one in json.loads(out)]
    assert "The third appointment." in bedside("list")[1]


def test_a_damaged_log_is_named_and_left_alone(bedside, small, home):
    bedside("play", "small-encounter", typed=BEGIN + "1\n1\n" + DEBRIEF)
    (path,) = (home / "sessions").iterdir()
    before = path.read_bytes()
    path.write_bytes(before.replace(b"one/a/sit", b"one/a/sat", 1))
    for command in (["verify", "small"], ["show", "small"], ["resume", "small"]):
        code, out, err = bedside(*command)
        assert code == 1
        assert "line 2" in out + err
    assert "damaged" in bedside("sessions")[1]
    assert path.read_bytes() == before.replace(b"one/a/sit", b"one/a/sat", 1)


def test_an_edited_scenario_does_not_change_an_old_session(bedside, small):
    bedside("play", "small-encounter", typed=BEGIN + "1\n1\n" + DEBRIEF)
    before = bedside("show", "small")[1]
    small.write_text(SMALL.replace("caring: 1", "caring: -2").replace("Sit down.", "Lie down."))
    assert bedside("show", "small")[1] == before
    assert bedside("verify", "small")[0] == 0


def test_a_fault_inside_is_a_sentence_and_is_kept(bedside, home, monkeypatch):
    monkeypatch.setattr("simulator.cli.commands.list_scenarios", lambda **_: 1 / 0)
    code, out, err = bedside("list")
    assert code == 3
    assert "a fault inside Bedside (ZeroDivisionError)" in err
    assert "Traceback" not in out + err
    assert "ZeroDivisionError" in (home / "fault.txt").read_text()


def test_control_c_saves(bedside, small, monkeypatch):
    class Interrupted:
        def __init__(self):
            self.lines = ["\n", "1\n"]

        def isatty(self):
            return True

        def readline(self):
            if not self.lines:
                raise KeyboardInterrupt
            return self.lines.pop(0)

    import io

    monkeypatch.setattr(io, "StringIO", lambda _: Interrupted())
    code, _, err = bedside("play", "small-encounter")
    assert (code, "Saved." in err) == (0, True)


def _python(*arguments: str, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False, **options
    )


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from simulator.cli.main import run; sys.argv = ['bedside', '--help']; run(); print(*sys.modules)"
    )
    found = set(_python("-c", code).stdout.split())
    assert not found & {"pydantic", "yaml", "jinja2", "platformdirs", "textual", "rich"}


def test_the_core_loads_no_shell():
    code = "import sys, simulator.debrief.build, simulator.report.text, simulator.sessions.session; print(*sys.modules)"
    found = set(_python("-c", code).stdout.split())
    assert "simulator.debrief.build" in found
    assert not found & {"click", "rich", "textual", "platformdirs", "simulator.cli"}


def test_a_reader_that_goes_away_is_no_fault(tmp_path):
    command = f"{sys.executable} -m simulator --help | head -n 1; exit ${{PIPESTATUS[0]}}"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False,
                           env={"BEDSIDE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})  # fmt: skip
    assert (found.returncode, found.stderr) == (0, "")


def test_yes_plays_the_shipped_encounter_whole(tmp_path):
    command = f"yes 1 | {sys.executable} -m simulator play third-appointment --plain --seed 3"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False,
                           env={"BEDSIDE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})  # fmt: skip
    assert found.returncode == 0
    assert "Saved. `bedside show" in found.stdout
    assert found.stderr == ""


EVIL = "\x1b[31mevil\x1b]0;pwn\x07"


def test_a_file_name_reaches_no_terminal_as_a_command(bedside, small):
    small.with_name(f"{EVIL}.yaml").write_text("bedside: 1\n")
    small.with_name(f"{EVIL}2.yaml").write_text(SMALL)
    for command in (["check", "scenarios"], ["list"], ["list", "--json"], ["play", f"scenarios/{EVIL}.yaml"]):
        _, out, err = bedside(*command)
        assert "\x1b" not in out + err
        assert "\x07" not in out + err
    assert "\\u001b" in bedside("list", "--json")[1]


def test_a_rubric_beside_the_scenarios_is_no_scenario(bedside, small):
    small.with_name("small.yaml").write_text(RUBRIC)
    code, out, err = bedside("list")
    assert (code, "small-encounter" in out, err) == (0, True, "")


def test_check_does_not_depend_on_where_it_is_asked(bedside, small, monkeypatch):
    monkeypatch.chdir("scenarios")
    assert bedside("check", small.name) == (0, "0 errors and 0 warnings in 1 file.\n", "")


def test_a_mistake_in_a_rubric_is_told_once(bedside, small):
    from pathlib import Path

    Path("rubrics/small.yaml").write_text(RUBRIC.replace("weight: 2", "weight: 0"))
    code, out, _ = bedside("check", "scenarios", "rubrics")
    assert (code, out.splitlines()[-1]) == (1, "1 error and 0 warnings in 2 files.")


@pytest.mark.parametrize("typed", ["²", "00019", "①", "1٣", "[3]", "0", "-1"])
def test_odd_numbers_are_no_numbers(bedside, small, typed):
    code, out, _ = bedside("play", "small-encounter", typed=f"{BEGIN}{typed}\n1\n1\ncalm\n{typed}\n1\n2\n" + "\n" * 20)
    assert code == 0
    assert out.count("Type a number from 1 to 2") == 2


def test_sessions_are_found_by_learner_and_by_the_end_of_their_id(bedside, small):
    for learner in ("crow", "heron"):
        bedside("play", "small-encounter", "--learner", learner, typed=BEGIN + "1\n1\n" + DEBRIEF)
    rows = bedside("sessions")[1].splitlines()
    assert "heron" in bedside("show", rows[1].split()[0])[1]
    code, out, _ = bedside("verify", "crow", "heron")
    assert (code, out.splitlines()[-1]) == (0, "2 of 2 logs sound.")
    assert [one["learner"] for one in json.loads(bedside("verify", "small", "--json")[1])] == ["crow", "heron"]
    assert "heron" in bedside("show")[1].splitlines()[0], "without a name, the last"
    assert "could mean 2 sessions" in bedside("show", "small")[2]


def test_resume_prefers_a_session_in_which_something_was_chosen(bedside, small):
    bedside("play", "small-encounter", typed=BEGIN + "1\nq\n")
    bedside("play", "small-encounter", typed=BEGIN + "q\n")
    assert "1 choice made" in bedside("resume", typed="q\n")[1]


def test_a_log_without_its_texts_is_not_called_damaged(bedside, small, home):
    import shutil

    bedside("play", "small-encounter", typed=BEGIN + "1\n1\n" + DEBRIEF)
    shutil.rmtree(home / "texts")
    code, out, _ = bedside("verify", "small")
    assert code == 1
    assert ": unchecked: the text it was played from" in out
