"""A finished session scored by the texts as they are now, beside the score it was given, which stays.

`home/rescored/<session>.jsonl` is append-only and chained as a log is. Each line names the log's receipt and the texts,
so that it can be worked out again by anyone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simulator
from simulator.encounter.playthrough import Playthrough
from simulator.sessions.claims import ended, same
from simulator.sessions.events import quoted
from simulator.sessions.replay import Replay, Unreadable, program_of, read, replay
from simulator.sessions.store import now
from simulator.sessions.writer import LogWriter

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from simulator.encounter.program import Choice, Program
    from simulator.library.load import Texts
    from simulator.sessions.store import Store

    Claims = dict[str, Any]
    Status = Literal["current", "same", "changed", "broken", "unread"]

COMPARED = ("ending", "meters", "scores", "gates")
EVENT = "rescored"


@dataclass(frozen=True)
class Rescored:
    """What the texts of now make of a session.

    `status`: current (it was scored by these texts), same (other texts, the same figures), changed, broken (its
    choices cannot be played any more; `detail` says where), unread (the log, or what it was played from, is no good).
    """

    session: str
    learner: str
    scenario: str
    status: Status
    detail: str
    before: Claims
    after: Claims

    @property
    def is_new(self) -> bool:
        """Whether there is something to write down."""
        return self.status in ("same", "changed")


class Stuck(Exception):
    """The choices of a session cannot be played by a text; the message says where."""


def played_by(program: Program, choices: tuple[Choice, ...]) -> Playthrough:
    """The same choices, by id, in another version of their scenario; Stuck if they cannot be made there."""
    play = Playthrough.start(program)
    for number, old in enumerate(choices, start=1):
        choice = program.choice_by_id.get(old.id)
        if choice is None:
            raise Stuck(f"choice {number}, {quoted(old.id)}, is not there any more")
        if choice not in play.available:
            raise Stuck(f"choice {number}, {quoted(old.id)}, could not be made there any more")
        play = play.choose(choice)
    if not play.is_over:
        raise Stuck(f"after its {len(choices)} choices it has not ended any more")
    return play


def rescored(store: Store, path: Path, texts: Texts, program: Program) -> Rescored | None:
    """What the texts of now make of a log; None if it has no ending yet. Nothing is written."""
    try:
        found = replay(store, path)
        if not found.playthrough.is_over:
            return None
        last = _last(store, found)
    except Unreadable as error:
        return Rescored(path.stem, "", "", "unread", str(error), {}, {})
    who = (found.session, str(found.started["learner"]), found.program.id)
    before = last or claims(found, found.started, found.playthrough)
    names = store.names(texts)
    if all(names[key] == (last or found.started)[key] for key in names):
        return Rescored(*who, "current", "scored by these texts already", before, before)
    try:
        play = played_by(program, found.playthrough.made)
    except Stuck as error:
        return Rescored(*who, "broken", str(error), before, {})
    after = claims(found, names, play)
    is_same = all(same(before[key], after[key]) for key in COMPARED)
    return Rescored(*who, "same" if is_same else "changed", "", before, after)


def claims(found: Replay, names: Claims, play: Playthrough) -> Claims:
    """What is written of a score: the texts by name, and what the choices come to by them."""
    all_ = ended(found.started, play, is_rewound=found.is_rewound)
    return {"scenario": names["scenario"], "rubrics": names["rubrics"], **{key: all_[key] for key in COMPARED}}


def write(store: Store, one: Rescored, texts: Texts) -> None:
    """Write a new score down beside the log, and keep the texts it comes from."""
    store.keep(texts)
    head = read(store.path(one.session)).head
    line = {"event": EVENT, "session": one.session, "log": head, "app": simulator.__version__, "time": now()}
    path = store.rescored / f"{one.session}.jsonl"
    if path.exists():
        writer, _ = LogWriter.reopen(path)
        writer.append({**line, **one.after})
    else:
        writer = LogWriter.begin(path, {**line, **one.after})
    writer.close()


def rescorings(store: Store, found: Replay) -> list[Claims]:
    """The scores that were written down beside a log, oldest first; Unreadable if one is not what the choices come to.

    A dispute may have lengthened the log since: so the receipt of each may be of any line from its ending on.
    """
    path = store.rescored / f"{found.session}.jsonl"
    if not path.exists():
        return []
    log = read(path)
    if log.damage or log.torn:
        raise Unreadable(f"its rescoring: {log.damage or 'the last line is torn'}", log.damaged_line)
    heads = _heads(found)
    for line, event in enumerate(log.events, start=1):
        if event.get("event") != EVENT or event.get("session") != found.session or event.get("log") not in heads:
            raise Unreadable("its rescoring is of another log", line)
        try:
            play = played_by(program_of(store, event), found.playthrough.made)
            wanted = claims(found, event, play)
        except (Stuck, KeyError, TypeError) as error:
            raise Unreadable(f"its rescoring: {error}", line) from None
        if wrong := next((key for key in wanted if not same(event.get(key), wanted[key])), ""):
            raise Unreadable(f"its rescoring: “{wrong}” is not what the choices come to", line)
    return log.events


def _heads(found: Replay) -> set[str]:
    """The receipts a log has had since its encounter ended."""
    lines = found.path.read_bytes().split(b"\n")[: len(found.log.events)]
    ended_at = next(n for n, one in enumerate(found.log.events) if one["event"] == "encounter-ended")
    return {json.loads(line)["h"] for line in lines[ended_at:]}


def _last(store: Store, found: Replay) -> Claims | None:
    found_before = rescorings(store, found)
    return found_before[-1] if found_before else None
