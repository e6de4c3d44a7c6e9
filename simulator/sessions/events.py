"""The events of a session log: their fields, and the order in which they may follow one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from simulator.language.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Check = Callable[[Any], bool]
    Event = dict[str, Any]

FORMAT = 1
MODES: Final = ("practice", "assessment")
MARKS: Final = ("keep", "replay")
QUESTIONS: Final = ("listened", "next", "back")  # what a learner predicts of the patient

_MOST = 2**53  # beyond it other readers of JSON round
# controls, turned text, and any space but the plain one: `cleaned` leaves none of it, and a terminal might obey it.
# Not `FORBIDDEN` itself, which may grow: what was written under format 1 is read under format 1 for good.
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")


# what a field may hold


def _whole(lo: int = 0, hi: int = _MOST) -> Check:
    return lambda value: type(value) is int and lo <= value <= hi


def _line(most: int = _MOST) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= most and not _UNCLEAN.search(value)


def _like(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _one_of(*values: str) -> Check:
    return lambda value: isinstance(value, str) and value in values


def _list(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def _object(**fields: Check) -> Check:
    return lambda value: (
        isinstance(value, dict) and value.keys() == fields.keys() and all(fields[key](value[key]) for key in fields)
    )


def _by_id(check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(_line()(key) and check(one) for key, one in value.items())


def _scored(value: Any) -> bool:
    """Whether it has the figures that lists show; the replay holds all of them against what was played."""
    overall = value.get("overall") if isinstance(value, dict) else None
    return isinstance(overall, dict) and _whole()(overall.get("met")) and _whole()(overall.get("moments"))


_time, _text, _sha256 = _like(_TIME), _line(2000), _like(_SHA256)
_named = _object(id=_line(), sha256=_sha256)

# event → its fields; those ending in ? may be left out
FIELDS: Final[dict[str, dict[str, Check]]] = {
    "session-started": {
        "format": _whole(FORMAT, FORMAT),
        "app": _line(),
        "session": _line(),
        "scenario": _named,
        "rubrics": _list(_named),
        "learner": _line(60),
        "mode": _one_of(*MODES),
        "seed": _whole(),
        "time": _time,
        "parent?": _object(session=_line(), line=_whole(1), h=_sha256),
    },
    "choice-made": {"choice": _line(), "shown": _list(_line()), "ms": _whole(), "words?": _text},
    "rewound": {"to": _whole()},
    "resumed": {"time": _time, "app": _line(), "discarded": _whole()},
    "encounter-ended": {
        "session": _line(),
        "scenario": _line(),
        "learner": _line(60),
        "mode": _one_of(*MODES),
        "seed": _whole(),
        "started": _time,
        "time": _time,
        "choices": _whole(),
        "rewound": lambda value: isinstance(value, bool),
        "ending": _line(),
        "meters": _by_id(_whole(-_MOST)),
        "scores": _by_id(_scored),
        "gates": _list(_line()),
    },
    "landed": {"word": _text},
    "heard": {},
    "marked": {"as": _one_of(*MARKS), "decision": _whole(1)},
    "predicted": {"question": _one_of(*QUESTIONS), "answer": _whole(1, 5)},
    "reflection": {"prompt": _whole(), "text": _text},
    "intention": {"text": _text},
    "disputed": {"decision": _whole(), "criterion": _line(), "rule?": _whole(), "text": _text},
    "session-ended": {"time": _time},
}

# the one event of the files in `rescored`
RESCORED: Final[dict[str, Check]] = {
    "session": _line(),
    "log": _sha256,
    "app": _line(),
    "time": _time,
    "scenario": _named,
    "rubrics": _list(_named),
    "ending": _line(),
    "meters": _by_id(_whole(-_MOST)),
    "scores": _by_id(_scored),
    "gates": _list(_line()),
}

REFLECTING: Final = frozenset({"landed", "heard", "marked", "predicted", "reflection", "intention", "disputed"})
VARYING: Final = frozenset({"time", "started", "ms", "learner", "session", "app", "parent", "h"})

# stage → the events that may come then, each with the stage it leads to
STAGES: Final[dict[str, dict[str, str]]] = {
    "new": {"session-started": "playing"},
    "playing": {"choice-made": "playing", "rewound": "playing", "resumed": "playing", "encounter-ended": "reflecting"},
    "reflecting": {**dict.fromkeys(REFLECTING | {"resumed"}, "reflecting"), "session-ended": "ended"},
    "ended": {"disputed": "ended"},
}


def key_of(answer: Event) -> tuple[str, object]:
    """Which question of the debrief an answer answers: the event, and what tells its like apart."""
    return answer["event"], answer.get("as", answer.get("question", answer.get("prompt")))


def fault(event: Event, stage: str) -> str:
    """What is wrong with an event that comes at `stage`, or nothing."""
    name = event["event"]
    fields = FIELDS.get(name)
    if fields is None:
        return f"there is no event {quoted(name)}"
    if name == "session-started" and _whole()(event.get("format")) and event["format"] != FORMAT:
        return f"it has format {event['format']}, and this Bedside reads format {FORMAT}"
    if name not in STAGES[stage]:
        return f"“{name}” cannot stand here"
    return _field_fault(event, fields)


def rescored_fault(event: Event) -> str:
    """What is wrong with an event of a file in `rescored`, or nothing."""
    if event["event"] != "rescored":
        return f"there is no event {quoted(event['event'])} here"
    return _field_fault(event, RESCORED)


def _field_fault(event: Event, fields: dict[str, Check]) -> str:
    for given, check in fields.items():
        key = given.rstrip("?")
        if key not in event:
            if given == key:
                return f"“{key}” is missing"
        elif not check(event[key]):
            return f"“{key}” is not what it should be"
    extra = event.keys() - {key.rstrip("?") for key in fields} - {"event"}
    return f"{quoted(min(extra))} does not belong there" if extra else ""


def first_fault(events: Sequence[Event]) -> tuple[int, str]:
    """The line and the reason of the first event that cannot be, or not there; (0, "") if all can."""
    stage = "new"
    for line, event in enumerate(events, start=1):
        wrong = fault(event, stage)
        if wrong:
            return line, wrong
        stage = STAGES[stage][event["event"]]
    return 0, ""


def quoted(value: object) -> str:
    """Something out of a log that may come from a stranger, fit for a message."""
    return f"“{cleaned(str(value), 60)}”"
