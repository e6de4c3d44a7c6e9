"""`kill -9` of the app in a terminal, by keys: what was answered is there, and play goes on from it.

The other end of a pty reads until the screen shows what is expected; nobody sleeps.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from simulator.cli.exits import Exit
from simulator.sessions.store import Store
from simulator.sessions.verify import verify
from tests.support import ROOT, RUBRIC
from tests.unit.logs import TINY, names

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS, CHUNK = 50, 5
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\|[ -/]*[0-~])")
ALONE = ("session-started", "encounter-ended", "resumed", "heard", "session-ended")  # not answers
# the keys of one way through: to begin, three choices, out of the room, and the debrief
WAY = [("before you begin", "\r"), ("go on", "\r"), ("You again", "1"), ("It hurts", "1"), ("And now", "1"),
       ("She goes", "\r"), ("The door", "\r"), ("One word", "sad\r"), ("Which moment", "\x1b[B\r"),
       ("play again", "\x1b[B\r"), ("listened to", "4"), ("happens next", "3"), ("come back", "2")]  # fmt: skip


class Terminal:
    """The app in a pty. `seen` is every word it has painted since `forget`."""

    def __init__(self, home: Path, *arguments: str, size: tuple[int, int] = (24, 80), term: str = "xterm-256color",
                 command: tuple[str, ...] = ("-m", "simulator")):  # fmt: skip
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update(BEDSIDE_HOME=str(home), TERM=term, COLORTERM="truecolor", PYTHONIOENCODING="utf-8")
            os.execv(sys.executable, [sys.executable, *command, *arguments])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.raw = b""

    @property
    def seen(self) -> str:
        """The words, without what moves the cursor."""
        return " ".join(SEQUENCE.sub(b" ", self.raw).decode("utf-8", "ignore").split())

    def read(self) -> bool:
        """Whatever has come; False at the end of it."""
        ready, _, _ = select.select([self.fd], [], [], 20)  # only so that a changed screen cannot hang us
        assert ready, f"nothing came after: {self.seen[-600:]}"
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the other end was closed
            return False
        self.raw += data
        return bool(data)

    def wait(self, words: str) -> bool:
        """Read until the words are on the screen; False if it ended before."""
        while words not in self.seen:
            if not self.read():
                return False
        return True

    def type(self, keys: str) -> None:
        self.raw = b""
        os.write(self.fd, keys.encode())

    def kill(self, number: int = signal.SIGKILL) -> int:
        """The end; the exit code, negative for a signal."""
        os.kill(self.pid, number)
        return self.end()

    def end(self) -> int:
        while self.read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encounters")
    (folder / "small.yaml").write_text(RUBRIC)
    (folder / "tiny.yaml").write_text(TINY)
    return str(folder / "tiny.yaml")


def answers(path: Path) -> list[str]:
    return [name for name in names(path) if name not in ALONE]


@pytest.mark.parametrize("first", range(0, KILLS, CHUNK))
def test_kill(first, tmp_path, tiny):
    for number in range(first, first + CHUNK):
        killed_once(random.Random(f"kill the app {number}"), tmp_path / str(number), tiny, number)


def killed_once(draw: random.Random, home: Path, scenario: str, number: int) -> None:
    """Play for some steps, die in the middle of the next, and go on."""
    home.mkdir()
    (home / "settings.yaml").write_text("motion: false\n")
    app, steps = Terminal(home, "play", scenario, "--seed", str(number)), draw.randint(1, len(WAY) - 1)
    for words, keys in WAY[:steps]:
        assert app.wait(words), app.seen
        app.type(keys)
    if draw.random() < 0.5:  # either the next screen was seen, or no one knows
        assert app.wait(WAY[steps][0]), app.seen
        acknowledged = sum(keys not in ("\r",) for _, keys in WAY[:steps])
    else:
        acknowledged = sum(keys not in ("\r",) for _, keys in WAY[: steps - 1])
        for _ in range(draw.randint(0, 2)):
            app.read()
    assert app.kill() == -signal.SIGKILL
    store = Store(home)
    logs = store.logs()
    if not logs or not logs[0].stat().st_size:
        assert steps <= 1
        return
    (path,) = logs
    kept = held(store, path, acknowledged)
    goes_on(home, path, kept)


def held(store: Store, path: Path, acknowledged: int) -> bytes:
    """The whole lines of a log, which is sound and holds every answer whose next screen was seen."""
    assert verify(store, path).status in ("unfinished", "torn")
    data = path.read_bytes()
    kept = data[: data.rindex(b"\n") + 1]
    whole = path.with_name("kept.part")
    whole.write_bytes(kept)
    assert len(answers(whole)) >= acknowledged
    return kept


def goes_on(home: Path, path: Path, kept: bytes) -> None:
    """`bedside resume` opens the app where it was, and one more answer can be given; q leaves."""
    store = Store(home)
    is_over = "encounter-ended" in names(path.with_name("kept.part"))
    app = Terminal(home, "resume")
    assert app.wait("debrief" if is_over else "leave"), app.seen
    app.kill(signal.SIGHUP)  # the window is closed
    assert path.read_bytes().startswith(kept)
    assert names(path)[kept.count(b"\n")] == "resumed"
    assert verify(store, path).status == "unfinished"


def test_leaving_by_key_is_clean_and_says_how_to_go_on(tmp_path, tiny):
    app = Terminal(tmp_path, "play", tiny)
    for words, keys in WAY[:3]:
        assert app.wait(words)
        app.type(keys)
    assert app.wait("It hurts")
    app.type("q")
    assert app.wait("the library")
    app.type("q")
    assert app.end() == 0
    assert "`bedside resume` goes on where you stopped." in app.seen
    assert answers(Store(tmp_path).logs()[0]) == ["choice-made"]


def test_control_q_leaves_from_anywhere(tmp_path, tiny):
    app = Terminal(tmp_path, "play", tiny)
    assert app.wait("before you begin")
    app.type("\r")
    assert app.wait("go on")
    app.type("\x11")
    assert app.end() == 0


def test_settings_that_are_no_file_are_no_reason_to_fall_over(tmp_path):
    (tmp_path / "settings.yaml").mkdir()
    app = Terminal(tmp_path)
    assert app.wait("the library")
    app.type("q")
    assert app.end() == 0


FAULTY = """
import sys
from simulator.tui.library import LibraryScreen
def fall(self): raise RuntimeError("a fault on purpose")
LibraryScreen.fill = fall
from simulator.cli.main import run
sys.exit(run())
"""


def test_a_fault_is_told_in_a_sentence_and_is_no_exit_code_of_0(tmp_path):
    app = Terminal(tmp_path, command=("-c", FAULTY))
    assert app.end() == Exit.FAULT
    assert "a fault inside Bedside (RuntimeError). Nothing you answered is lost." in app.seen
    assert "a fault on purpose" in (tmp_path / "fault.txt").read_text()


def test_a_dumb_terminal_gets_plain_lines_and_is_told(tmp_path, tiny):
    app = Terminal(tmp_path, "play", tiny, term="dumb")
    assert app.wait("There is no terminal to paint, so this is plain mode.")
    assert app.wait("Press enter to begin")
    app.type("q\n")
    assert app.end() == 0
    assert b"\x1b[?1049h" not in app.raw
