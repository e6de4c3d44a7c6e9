"""What a log says of itself, without playing it again; for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.sessions.chain import read_log
from simulator.sessions.events import first_fault

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.sessions.store import Store


@dataclass(frozen=True)
class Summary:
    """A log at a glance; `moments` by the scenario's first rubric, as the log claims them."""

    session: str
    status: str  # finished, unfinished, empty, damaged
    scenario: str = ""
    learner: str = ""
    mode: str = ""
    started: str = ""
    choices: int = 0
    ending: str = ""
    met: int = 0
    moments: int = 0
    ended: str = ""


def summary(path: Path) -> Summary:
    """The summary of a log; one that cannot be read is called damaged."""
    try:
        log = read_log(path.read_bytes())
    except OSError:
        return Summary(path.stem, "damaged")
    if not log.events and not log.damage:
        return Summary(path.stem, "empty")
    if log.damage or first_fault(log.events)[0]:
        return Summary(path.stem, "damaged")
    first = log.events[0]
    by_name = {event["event"]: event for event in log.events}
    ended = by_name.get("encounter-ended")
    overall: dict[str, int] = next((one["overall"] for one in ended["scores"].values()), {}) if ended else {}
    choices = ended["choices"] if ended else sum(event["event"] == "choice-made" for event in log.events)
    return Summary(
        path.stem,
        "finished" if "session-ended" in by_name else "unfinished",
        first["scenario"]["id"],
        first["learner"],
        first["mode"],
        first["time"],
        choices,
        ended["ending"] if ended else "",
        overall.get("met", 0),
        overall.get("moments", 0),
        ended["time"] if ended else "",
    )


def attempt(store: Store, started: dict[str, Any]) -> int:
    """Which attempt at its scenario a session is, for its learner: one more than those ended before it began."""
    scenario, learner = started["scenario"]["id"], started["learner"]
    earlier = (path for path in store.logs() if path.stem < started["session"] and f"-{scenario[:40]}-" in path.stem)
    found = [one for one in map(summary, earlier) if (one.learner, one.scenario) == (learner, scenario)]
    return 1 + len([one for one in found if "" < one.ended <= started["time"]])
