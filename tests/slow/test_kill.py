"""`kill -9` while someone plays: what was answered is there, and play goes on from it to the end."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from simulator.sessions.store import Store
from simulator.sessions.verify import verify
from tests.support import ROOT, RUBRIC
from tests.unit.logs import TINY, events, names

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS, CHUNK = 200, 10
SHIPPED_EVERY = 4  # one in so many plays what learners play; the others an encounter of three choices

# what asks, and what an answer to it leaves in the log; every prompt has a line to itself
PROMPTS = {
    "Press enter to begin, or q to leave. ": "",
    "> ": "choice-made",
    "How did that leave you? One word: ": "landed",
    "One you would keep, by number: ": "marked",
    "One you would play again: ": "marked",
    "felt listened to (1 to 5): ": "predicted",
    "knows what happens next (1 to 5): ": "predicted",
    "would come back (1 to 5): ": "predicted",
    "Enter to go on. ": "",
    "Enter to go on, or a for all your moments. ": "",
    "In your words: ": "reflection",
    "Enter to finish, or d for the details: curves, evidence, moments. ": "",
    "One thing you will do next time: ": "intention",
}
ASKS = re.compile(r"^(?:\w+ )?(" + "|".join(map(re.escape, PROMPTS)) + ")", re.MULTILINE)
ALONE = ("session-started", "encounter-ended", "resumed", "heard", "session-ended")  # not answers


@dataclass
class Learner:
    """A real process, played by a pipe. `answered` are the answers in the order typed."""

    process: subprocess.Popen[bytes]
    seen: str = ""
    answered: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, home: Path, *arguments: str) -> Learner:
        environment = {**os.environ, "BEDSIDE_HOME": str(home), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "simulator", *arguments]
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=environment))

    def asked(self) -> list[str]:
        """Every prompt that has been on the screen."""
        return ASKS.findall(self.seen)

    def read(self) -> bool:
        """Whatever has come on the screen; False at the end of it."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], 120)  # only so that a changed prompt cannot hang us
        assert ready, f"no prompt that is known:\n{self.seen[-500:]}"
        data = os.read(self.process.stdout.fileno(), 65536)
        self.seen += data.decode("utf-8", "ignore")
        return bool(data)

    def wait(self, prompts: int) -> bool:
        """Read until so many prompts were asked; False if it ended before."""
        while len(self.asked()) < prompts:
            if not self.read():
                return False
        return True

    def type(self, *answers: str) -> None:
        """Type answers, whether or not they have been asked for yet."""
        assert self.process.stdin is not None
        self.answered += answers
        os.write(self.process.stdin.fileno(), "".join(f"{one}\n" for one in answers).encode())

    def kill(self) -> None:
        """The end, without a word, and what was on the screen by then."""
        self.process.send_signal(signal.SIGKILL)
        while self.read():
            pass
        code, err = self.close()
        assert code in (-signal.SIGKILL, 0), f"it had stopped by itself: {err}"

    def close(self) -> tuple[int, str]:
        """The exit code and what was said on stderr."""
        _, err = self.process.communicate()
        return self.process.returncode, err.decode()

    def acknowledged(self) -> list[str]:
        """The events of those answers after which another screen was drawn."""
        found, made = [], 0
        for prompt, answer in list(zip(self.asked(), self.answered, strict=False))[: max(0, len(self.asked()) - 1)]:
            event = PROMPTS[prompt]
            if event == "choice-made" and answer == "b":
                event, made = ("rewound", made - 1) if made else ("", 0)
            elif event == "choice-made":
                made += 1
            found += [event] if event else []
        return found


def play_and_kill(draw: random.Random, home: Path, *arguments: str) -> Learner:
    """Play for a while, then die: before, while or after an answer is taken, or in a flood of answers."""
    learner = Learner.of(home, *arguments)
    back = draw.randint(2, 3) if draw.random() < 0.3 else 0  # while there is a choice left after it
    answers = ["b" if turn == back else "1" for turn in range(60)]
    turns = draw.randint(0, 18)
    match draw.choice(["asked", "typed", "flood", "bytes"]):
        case "asked" | "typed" as moment:
            for turn in range(turns):
                if not learner.wait(turn + 1):
                    break
                learner.type(answers[turn])
            if moment == "asked":
                learner.wait(turns + 1)
        case "flood":
            learner.type(*answers)
            learner.wait(turns + 1)
        case "bytes":
            learner.type(*answers)
            most = draw.randint(0, 4000)
            while len(learner.seen) < most and learner.read():
                pass
    learner.kill()
    return learner


def answers_in(path: Path) -> list[str]:
    return [name for name in names(path) if name not in ALONE]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encounters")
    (folder / "small.yaml").write_text(RUBRIC)
    (folder / "tiny.yaml").write_text(TINY)
    return str(folder / "tiny.yaml")


@pytest.mark.parametrize("first", range(0, KILLS, CHUNK))
def test_kill(first, tmp_path, tiny):
    for number in range(first, first + CHUNK):
        draw = random.Random(f"kill {number}")
        scenario = tiny if number % SHIPPED_EVERY else "third-appointment"
        killed_once(draw, tmp_path / str(number), scenario, number)


def killed_once(draw: random.Random, home: Path, scenario: str, number: int) -> None:
    store = Store(home)
    learner = play_and_kill(draw, home, "play", scenario, "--plain", "--seed", str(number))
    acknowledged = learner.acknowledged()
    logs = store.logs()
    if not logs or not logs[0].stat().st_size:
        assert not acknowledged, "killed before the session began"
        return
    (path,) = logs
    kept = held(store, path, acknowledged)
    if verify(store, path).status == "finished":
        return
    if draw.random() < 0.25:  # and killed once more, on coming back
        play_and_kill(draw, home, "resume", path.stem)
        assert path.read_bytes().startswith(kept)
        kept = held(store, path, acknowledged)
        if verify(store, path).status == "finished":
            return
    goes_on(home, path, kept)
    assert verify(store, path).status == "finished"


def held(store: Store, path: Path, acknowledged: list[str]) -> bytes:
    """The whole lines of a log, which is sound and holds every answer that was acknowledged."""
    verdict = verify(store, path)
    assert verdict.status in ("unfinished", "torn", "finished"), verdict
    data = path.read_bytes()
    kept = data[: data.rindex(b"\n") + 1]
    path_of_kept = path.with_name("kept.part")
    path_of_kept.write_bytes(kept)
    assert answers_in(path_of_kept)[: len(acknowledged)] == acknowledged
    assert all(one["choice"] == one["shown"][0] for one in events(path_of_kept) if one["event"] == "choice-made")
    return kept


def goes_on(home: Path, path: Path, kept: bytes) -> None:
    """`bedside resume` plays on from the last answer to the end, and changes nothing before it."""
    learner = Learner.of(home, "resume", "--plain")
    learner.type(*["1"] * 90)
    while learner.read():
        pass
    assert learner.close() == (0, "")
    assert "— Where you were: " in learner.seen
    assert path.read_bytes().startswith(kept)
    found, lines = names(path), kept.count(b"\n")
    assert found[lines] == "resumed"
    assert found[-1] == "session-ended"
    assert found.count("encounter-ended") == 1
