"""Whether a log is what was played: chain, order, choices and claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.sessions.replay import Unreadable, read, replay_log

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.sessions.store import Store


@dataclass(frozen=True)
class Verdict:
    """What a log was found to be: `is_sound` if nothing in it was changed; `head` is the receipt."""

    path: Path
    is_sound: bool
    status: str  # finished, unfinished, torn, empty, damaged
    detail: str  # a sentence
    line: int = 0
    head: str = ""


def verify(store: Store, path: Path) -> Verdict:
    """Hold a log against its chain and against a replay from the kept texts."""
    try:
        log = read(path)
        if not log.events and not log.damage:
            detail = "it was cut off before its first line was whole; nothing was answered by then"
            return Verdict(path, False, "empty", detail, 1)
        found = replay_log(store, path, log)
    except Unreadable as error:
        return Verdict(path, False, "damaged", str(error), error.line)
    made = len(found.playthrough.made)
    lines = len(log.events)
    if log.torn:
        detail = f"the last line is torn ({log.torn} bytes): at most one event was lost; {made} choices are safe"
        return Verdict(path, False, "torn", detail, lines + 1, log.head)
    if not found.playthrough.is_over:
        return Verdict(path, True, "unfinished", f"{made} choices, no ending yet", lines, log.head)
    status = "finished" if found.is_closed else "unfinished"
    detail = f"{made} choices replayed, every figure the same"
    return Verdict(path, True, status, detail if found.is_closed else f"{detail}; the debrief is open", lines, log.head)
