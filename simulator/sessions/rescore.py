"""A finished session scored by the texts as they are now, beside the score it was given, which stays.

`home/rescored/<name of the log>` is append-only and chained as a log is. Each line names the log's receipt and the
texts, so that it can be worked out again by anyone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simulator
from simulator.encounter.playthrough import Playthrough
from simulator.sessions.claims import ended, same
from simulator.sessions.events import quoted, rescored_fault
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

    path: Path
    session: str
    learner: str
    scenario: str
    status: Status
    detail: str
    before: Claims
    after: Claims
    head: str = ""  # the log's receipt

    @property
    def is_new(self) -> bool:
        """Whether there is something to write down."""
        return self.status in ("same", "changed")


class Doubtful(Exception):
    """What stands beside a log is not what its choices come to; the log itself may be sound."""


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
    except (Unreadable, Doubtful) as error:
        return unread(path, str(error))
    who = (path, found.session, str(found.started["learner"]), found.program.id)
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
    return Rescored(*who, "same" if is_same else "changed", "", before, after, found.log.head)


def unread(path: Path, why: str, scenario: str = "") -> Rescored:
    """A session that cannot be rescored, with the reason."""
    return Rescored(path, path.stem, "", scenario, "unread", why, {}, {})


def claims(found: Replay, names: Claims, play: Playthrough) -> Claims:
    """What is written of a score: the texts by name, and what the choices come to by them."""
    all_ = ended(found.started, play, is_rewound=found.is_rewound)
    return {"scenario": names["scenario"], "rubrics": names["rubrics"], **{key: all_[key] for key in COMPARED}}


def write(store: Store, one: Rescored, texts: Texts) -> None:
    """Write a new score down beside the log, and keep the texts it comes from; nothing where it stands there already.

    OSError or LogBusy if it cannot be written.
    """
    store.keep(texts)
    body = {"event": EVENT, "session": one.session, "log": one.head, "app": simulator.__version__, "time": now()}
    path = _beside(store, one.path)
    try:
        writer = LogWriter.begin(path, {**body, **one.after})
    except FileExistsError:  # there is one, or another process was first
        writer, log = LogWriter.reopen(path)
        last = log.events[-1] if log.events else {}
        if not all(same(last.get(key), value) for key, value in one.after.items()):
            writer.append({**body, **one.after})
    writer.close()


def rescorings(store: Store, found: Replay) -> list[Claims]:
    """The scores that were written down beside a log, oldest first; `Doubtful` if one is not what the choices come to.

    A dispute may have lengthened the log since: so the receipt of each may be of any line from its ending on. A torn
    last line counts for nothing, as in a log.
    """
    path = _beside(store, found.path)
    if found.stage == "playing" or not path.exists():
        return []
    log = read(path)
    if log.damage:
        raise Doubtful(f"line {log.damaged_line} of {path.name}: {log.damage}")
    heads = _heads(found)
    for line, event in enumerate(log.events, start=1):
        wrong = rescored_fault(event) or _fault(store, found, event, heads)
        if wrong:
            raise Doubtful(f"line {line} of {path.name}: {wrong}")
    return log.events


def _fault(store: Store, found: Replay, event: Claims, heads: set[str]) -> str:
    """What is wrong with a rescoring of this log, or nothing."""
    if event["session"] != found.session or event["log"] not in heads:
        return "it is of another log, or of more of this one than is there"
    try:
        wanted = claims(found, event, played_by(program_of(store, event), found.playthrough.made))
    except (Stuck, Unreadable) as error:
        return str(error)
    wrong = next((key for key in wanted if not same(event[key], wanted[key])), "")
    return f"“{wrong}” is not what the choices come to" if wrong else ""


def _beside(store: Store, log: Path) -> Path:
    """Where the rescorings of a log stand, by the name of its file: what a log says of itself is no file's name."""
    return store.rescored / log.name


def _heads(found: Replay) -> set[str]:
    """The receipts a log has had since its encounter ended."""
    lines = found.path.read_bytes().split(b"\n")[: len(found.log.events)]
    ended_at = next(n for n, one in enumerate(found.log.events) if one["event"] == "encounter-ended")
    return {json.loads(line)["h"] for line in lines[ended_at:]}


def _last(store: Store, found: Replay) -> Claims | None:
    found_before = rescorings(store, found)
    return found_before[-1] if found_before else None
