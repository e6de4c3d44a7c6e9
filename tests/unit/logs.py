"""A tiny encounter, and logs of it: played, cut, forged."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.language.diagnostics import Problems
from simulator.library.load import Texts, rebuild
from simulator.sessions.chain import FIRST
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.support import RUBRIC

if TYPE_CHECKING:
    from simulator.encounter.program import Program

TINY = """\
bedside: 1
title: A tiny encounter
summary: For logs.
level: introductory
minutes: 5
learner-role: A student.
objectives: []
rubrics: small
own-words: offered
reflect: [What did you see?, What will you try?]
cast:
  ann: {name: Ann, role: patient}
meters: {trust: 3}
visits:
  one:
    title: Monday
    nodes:
      door:
        lines: "ann: You again."
        choices:
          sit: {do: Sit down., scores: {presence: 1}, because: There is time., effects: {trust: +1}, next: talk}
          stand: {do: Stand., scores: {presence: -1}, because: She waits., effects: {trust: -1}, next: talk}
      talk:
        lines: "ann: It hurts."
        choices:
          wait: {wait: Wait., when: trust >= 4, scores: {attention: 2}, because: She goes on., next: plan}
          ask: {say: Where?, scores: {attention: 1}, because: A question., next: plan}
          cut: {say: Take this., scores: {attention: -1}, because: Too soon., next: plan}
      plan:
        lines: "ann: And now?"
        choices:
          call: {say: I will call., scores: {caring: 1}, because: It counts., next: bye}
          file: {do: Open the file., scores: {caring: 0}, because: Nothing yet., next: bye}
      bye: {lines: She goes., leave: [{when: trust >= 4, to: well}, {to: lost}]}
endings:
  well: {title: Well, text: The door stays open.}
  lost: {title: Lost, text: The door closes.}
patient-says: {noticed: You sat., kept-back: Nothing., will-do: I will rest.}
"""


def texts() -> Texts:
    return Texts("tiny", TINY.encode(), {"small": RUBRIC.encode()})


@cache
def tiny() -> Program:
    problems = Problems()
    program = rebuild(texts(), problems)
    assert program is not None, [one.message for one in problems]
    return program


def start(home: Path, *, mode: str = "practice", seed: int = 7, learner: str = "kim") -> tuple[Store, Session]:
    store = Store(home)
    return store, Session.start(store, texts(), tiny(), learner=learner, mode=mode, seed=seed)


def choose(session: Session, *names: str, words: str = "") -> None:
    """Take choices by the last part of their ids."""
    for name in names:
        (choice,) = [one for one in session.shown if one.id.endswith(f"/{name}")]
        session.choose(choice, words)


def reflect(session: Session) -> None:
    """Every kind of answer a debrief asks for."""
    session.answer("landed", word="tired")
    session.answer("marked", **{"as": "keep", "decision": 1})
    session.answer("predicted", question="listened", answer=4)
    session.answer("reflection", prompt=1, text="Wait “longer” – é 🙂.")
    session.answer("disputed", decision=2, criterion="small/attention", text="She had finished.")
    session.answer("intention", text="Sit.")


def finished(home: Path, **options: Any) -> tuple[Store, Path]:
    """A whole session, with its debrief."""
    store, session = start(home, **options)
    choose(session, "sit", "wait", "call")
    reflect(session)
    session.end()
    return store, session.writer.path


def events(path: Path) -> list[dict[str, Any]]:
    """What a log says, without the chain."""
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    return [{key: value for key, value in event.items() if key != "h"} for event in found]


def names(path: Path) -> list[str]:
    return [event["event"] for event in events(path)]


def forge(path: Path, forged: list[dict[str, Any]]) -> None:
    """A log of these events with a chain that fits."""
    forge_lines(path, [json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in forged])


def forge_lines(path: Path, bodies: list[str]) -> None:
    """A log of these lines, as they are, with a chain that fits."""
    head, lines = FIRST, []
    for body in bodies:
        head = sha256((head + body).encode("utf-8", "surrogatepass")).hexdigest()
        lines.append(f'{body[:-1]},"h":"{head}"}}\n'.encode("utf-8", "surrogatepass"))
    path.write_bytes(b"".join(lines))


def descriptors() -> int:
    """How many files this process has open."""
    return len(list(Path("/dev/fd").iterdir()))
