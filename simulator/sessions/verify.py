"""Whether a log is what was played: chain, order, choices and claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.language.text import cleaned
from simulator.sessions.replay import TextsMissing, Unreadable, read, replay_log
from simulator.sessions.rescore import Doubtful, rescorings

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.sessions.chain import Log
    from simulator.sessions.store import Store


@dataclass(frozen=True)
class Verdict:
    """What a log was found to be: `is_sound` if nothing in it was changed; `head` is the receipt."""

    path: Path
    is_sound: bool
    status: str  # finished, unfinished, torn, empty, damaged, unchecked
    detail: str  # a sentence
    line: int = 0
    head: str = ""
    learner: str = ""


def verify(store: Store, path: Path) -> Verdict:
    """Hold a log against its chain and against a replay from the kept texts."""
    try:
        log = read(path)
    except Unreadable as error:
        return Verdict(path, False, "damaged", str(error))
    if not log.events and not log.damage:
        detail = "it was cut off before its first line was whole; nothing was answered by then"
        return Verdict(path, False, "empty", detail, 1)
    learner = _learner(log)
    try:
        found = replay_log(store, path, log)
    except TextsMissing as error:
        detail = f"{error}; ask for the folder `texts` that lies beside the sessions"
        return Verdict(path, False, "unchecked", detail, 0, log.head, learner)
    except Unreadable as error:
        return Verdict(path, False, "damaged", str(error), error.line, "", learner)
    try:
        later = len(rescorings(store, found))
    except Doubtful as error:
        detail = f"the log is sound, but not what was rescored beside it: {error}"
        return Verdict(path, False, "damaged", detail, 0, log.head, learner)
    made = len(found.playthrough.made)
    choices = f"{made} choice{'' if made == 1 else 's'}"
    lines = len(log.events)
    if log.torn:
        detail = f"the last line is torn ({log.torn} bytes): at most one event was lost; {choices} safe"
        return Verdict(path, False, "torn", detail, lines + 1, log.head, learner)
    if not found.playthrough.is_over:
        return Verdict(path, True, "unfinished", f"{choices}, no ending yet", lines, log.head, learner)
    detail = f"{choices} replayed, every figure the same" + ("" if found.is_closed else "; the debrief is open")
    detail += f"; rescored by {later} edited text{'' if later == 1 else 's'}, those figures too" if later else ""
    return Verdict(path, True, "finished" if found.is_closed else "unfinished", detail, lines, log.head, learner)


def _learner(log: Log) -> str:
    """The pseudonym in the first line, as far as it can be read."""
    learner = log.events[0].get("learner") if log.events else ""
    return cleaned(learner) if isinstance(learner, str) else ""
