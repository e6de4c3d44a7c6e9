"""Sessions by the command line: what a learner or an instructor is told when something is wrong."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys

import pytest

from simulator.cli.main import run
from simulator.sessions import folders
from simulator.sessions.store import Store
from simulator.sessions.verify import verify
from simulator.sessions.writer import LogWriter
from tests.support import ROOT, RUBRIC
from tests.unit.logs import TINY, choose, events, finished, forge, start, texts


@pytest.fixture
def bedside(monkeypatch, capsys, tmp_path):
    """`bedside` with its arguments: exit code, stdout, stderr."""
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path / "home"))

    def call(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["bedside", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = run()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(code), out, err

    return call


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def scenario(tmp_path):
    folder = tmp_path / "encounters"
    folder.mkdir()
    (folder / "small.yaml").write_text(RUBRIC)
    path = folder / "tiny.yaml"
    path.write_text(TINY)
    return path


def test_play_leave_resume_show_verify(bedside, home, scenario):
    assert bedside("play", scenario, "--plain", "--seed", 3, typed="\n1\n")[0] == 0
    (path,) = Store(home).logs()
    assert bedside("verify", path.stem)[1].startswith(f"{path.stem} (learner): unfinished: 1 choice, no ending yet.")
    code, out, _ = bedside("resume", typed="1\n" * 50)
    assert (code, "Where you were" in out) == (0, True)
    assert bedside("verify", path.stem)[1].startswith(f"{path.stem} (learner): finished: 3 choices")
    assert bedside("show", path.stem)[0] == 0
    code, _, err = bedside("resume", path.stem)
    assert (code, err) == (1, f"{path.stem} is finished. `bedside show {path.stem}` shows it.\n")
    code, _, err = bedside("resume")
    assert code == 1 and err.startswith("There is no unfinished session.")


@pytest.mark.parametrize("kept", [0, 40])
def test_a_log_without_a_whole_first_line_is_nothing_to_resume(bedside, home, kept):
    _, path = finished(home)
    path.write_bytes(path.read_bytes()[:kept])
    code, out, err = bedside("resume", path.stem)
    assert (code, out) == (1, "")
    assert err == (
        f"{path.stem} cannot be read at line 1: "
        "it was cut off before its first line was whole, so there is nothing to go on from.\n"
    )
    assert bedside("resume")[2].startswith("There is no unfinished session.")
    assert bedside("show", path.stem)[0] == 1
    code, out, _ = bedside("verify", path.stem)
    assert code == 1 and out.startswith(f"{path.stem}: empty, line 1: it was cut off before its first line was whole;")
    assert "empty" in bedside("sessions")[1]


def test_damage_is_told_and_the_file_stays_as_it_is(bedside, home):
    _, path = finished(home)
    data = path.read_bytes().replace(b"tired", b"happy")
    path.write_bytes(data)
    for command in ("resume", "show"):
        code, out, err = bedside(command, path.stem)
        assert (code, out) == (1, "")
        assert err == (
            f"{path.stem} cannot be read at line 6: "
            "its check `h` does not fit: it, or the order of the lines, was changed.\n"
        )
    assert bedside("verify", path.stem)[0] == 1
    assert path.read_bytes() == data


@pytest.mark.parametrize("field", ["learner", "event", "choice", "session", "time", "mode", "app", "key"])
def test_a_forged_log_does_nothing_to_a_terminal(bedside, home, field):
    _, path = finished(home)
    attack = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eabc\nall is well\r"
    log = events(path)
    if field == "key":
        log[1][attack] = 1
    else:
        for event in log:
            if field in event and (field != "event" or event["event"] == "landed"):
                event[field] = attack
    forge(path, log)
    for arguments in (
        ["sessions"], ["sessions", "--json"], ["show", path.stem], ["show", path.stem, "--format", "json"],
        ["verify", path.stem], ["resume", path.stem], ["resume"],
    ):  # fmt: skip
        code, out, err = bedside(*arguments)
        assert not set("\x1b\x07\x9b\u202e\r") & set(out + err), arguments
        assert "\nall is well" not in out + err, "nothing pretends to be a line of ours"
        assert code == (0 if arguments[0] == "sessions" else 1)


def test_a_log_open_in_another_window(bedside, home):
    _, session = start(home)
    choose(session, "sit")
    code, out, err = bedside("resume", session.writer.path.stem)
    assert (code, out) == (1, "")
    assert err == f"{session.writer.path.stem} is open in another window. Close it there first.\n"


def test_a_finished_log_with_a_torn_end_is_finished(bedside, home):
    _, path = finished(home)
    data = path.read_bytes() + b'{"event":'
    path.write_bytes(data)
    assert "is finished" in bedside("resume", path.stem)[2]
    assert "torn, line 13: the last line is torn (9 bytes)" in bedside("verify", path.stem)[1]
    assert path.read_bytes() == data


# a disk that is full, a home that cannot be written


def test_a_disk_that_fills_up_while_playing(home, scenario):
    """A real one: the system takes half a line and no more, and the learner is told so."""
    resource = pytest.importorskip("resource")
    arguments = [sys.executable, "-m", "simulator"]
    environment = {**os.environ, "BEDSIDE_HOME": str(home)}

    def bedside(*rest, limit=None):
        most = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
        return subprocess.run(
            [*arguments, *rest], input="1\n" * 60, capture_output=True, text=True, cwd=ROOT, env=environment,
            preexec_fn=most, check=False,
        )  # fmt: skip

    Store(home).keep(texts())  # longer than the limit, and there already
    begun = bedside("play", scenario, "--plain", "--seed", "3", limit=300)
    assert (begun.returncode, Store(home).logs()) == (3, [])
    stopped = bedside("play", scenario, "--plain", "--seed", "3", limit=700)
    (path,) = Store(home).logs()
    for told in (begun, stopped):
        assert told.returncode == 3
        assert told.stderr.startswith("bedside: No space left on device: ")
        assert "Traceback" not in told.stderr
    verdict = verify(Store(home), path)
    assert (verdict.status, verdict.is_sound) == ("unfinished", True)
    made = len([one for one in events(path) if one["event"] == "choice-made"])
    assert made == 1
    assert bedside("resume").returncode == 0
    assert verify(Store(home), path).status == "finished"


def test_a_home_that_is_a_file(bedside, home, scenario):
    home.write_text("not a folder")
    code, _, err = bedside("play", scenario, "--plain", typed="1\n" * 60)
    assert (code, err.splitlines()[0]) == (3, f"bedside: Not a directory: {home}.")
    assert bedside("sessions")[0] == 0
    assert home.read_text() == "not a folder"


def test_a_home_that_may_only_be_read(bedside, home, scenario, monkeypatch):
    finished(home)
    (before,) = Store(home).logs()

    def refuse(path, flags, mode=0o777, **options):
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(home)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, flags, mode, **options)

    opened = os.open
    monkeypatch.setattr(os, "open", refuse)
    code, _, err = bedside("play", scenario, "--plain", typed="1\n" * 60)
    assert code == 3
    assert err.startswith("bedside: Read-only file system: ") and "set BEDSIDE_HOME" in err
    code, _, err = bedside("resume", before.stem)
    assert (code, err) == (1, f"{before.stem} cannot be read: the file cannot be opened: Read-only file system.\n")
    assert bedside("show", before.stem)[0] == bedside("verify", before.stem)[0] == bedside("sessions")[0] == 0


def test_a_text_that_cannot_be_kept(bedside, home, scenario, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folders.os, "fsync", full)
    code, _, err = bedside("play", scenario, "--plain", typed="1\n" * 60)
    assert code == 3 and err.startswith("bedside: No space left on device")
    assert Store(home).logs() == []


def test_lists_survive_anything_in_the_folder(bedside, home):
    _, path = finished(home)
    (path.parent / "folder.jsonl").mkdir()
    (path.parent / "rubbish.jsonl").write_bytes(b"\xff\n\x00")
    (path.parent / "empty.jsonl").write_bytes(b"")
    forge(path.parent / "odd.jsonl", [{"event": "landed", "word": "a"}])
    code, out, _ = bedside("sessions", "--json")
    assert code == 0
    found = {one["session"]: one["status"] for one in json.loads(out)}
    assert found == {
        path.stem: "finished", "folder": "damaged", "rubbish": "damaged", "empty": "empty", "odd": "damaged",
    }  # fmt: skip
    assert bedside("verify", "")[0] == 1


def test_a_first_line_alone_is_a_session(bedside, home):
    store, session = start(home)
    session.leave()
    writer, log = LogWriter.reopen(session.writer.path)
    writer.close()
    assert len(log.events) == 1
    assert bedside("resume", typed="1\n" * 60)[0] == 0
    assert verify(store, session.writer.path).status == "finished"
